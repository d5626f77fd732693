//! The hash table that packs hold and lookups read in place.
//!
//! Buckets of 64 bytes, one cache line each: eight control octets, then seven slots of eight octets. Control octet n holds
//! a few bits of slot n's hash, so that one comparison of words finds the slots worth reading; octet 7 is a little Bloom
//! filter of the entries that found their bucket full and went to the next one (the idea of boost's unordered_flat_map). A
//! slot holds the low bits of the hash above `value_bits` bits of value. The bucket is the hash's high half scaled to their
//! number, so a table can be filled to any degree: at the writer's 6 entries a bucket, 10.7 bytes an entry.
//!
//! Every index is checked at use and every walk bounded: damaged bytes give wrong answers, never a panic or a loop.

/// Bytes of a bucket.
pub const BUCKET: usize = 64;
/// Slots of a bucket.
pub const SLOTS: usize = 7;
/// Most buckets that one entry's search visits.
pub const MAX_PROBES: u64 = 64;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Where an entry belongs and what marks it: shared by reader and writer.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// The bucket to look into first.
    pub bucket: u64,
    /// The control octet, never 0 (an empty slot's).
    pub mark: u8,
    /// The bit of the overflow octet.
    pub overflow: u8,
}

impl Spot {
    /// The spot of a hash in a table of so many buckets.
    #[inline]
    pub const fn of(hash: u64, buckets: u64) -> Self {
        let mark = (hash >> 24) as u8;
        Self {
            bucket: ((hash >> 32) * buckets) >> 32,
            mark: if mark == 0 { 1 } else { mark },
            overflow: 1 << (hash >> 21 & 7),
        }
    }
}

/// A table inside a pack, read in place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    buckets: &'a [u8],
    count: u64,
    value_bits: u32,
}

impl<'a> Table<'a> {
    /// Reads a section of whole buckets whose slots carry `value_bits` (at most 32) bits of value.
    pub(crate) const fn new(section: &'a [u8], value_bits: u32) -> Self {
        let value_bits = if value_bits > 32 { 32 } else { value_bits };
        Self { buckets: section, count: (section.len() / BUCKET) as u64, value_bits }
    }

    /// The value stored under a hash, of those that `confirm` accepts the first.
    #[inline]
    pub(crate) fn find(&self, hash: u64, mut confirm: impl FnMut(u32) -> bool) -> Option<u32> {
        let spot = Spot::of(hash, self.count);
        let mut number = spot.bucket;
        for _ in 0..MAX_PROBES {
            let start = number as usize * BUCKET;
            let bucket: &[u8; BUCKET] = self.buckets.get(start..start + BUCKET)?.try_into().ok()?;
            let control = word_at(bucket, 0);
            let mut hits = equal_octets(control, spot.mark);
            while hits != 0 {
                let slot = word_at(bucket, 1 + hits.trailing_zeros() as usize / 8);
                if (slot >> self.value_bits) == (hash << self.value_bits) >> self.value_bits {
                    let value = (slot & ((1 << self.value_bits) - 1)) as u32;
                    if confirm(value) {
                        return Some(value);
                    }
                }
                hits &= hits - 1;
            }
            if (control >> 56) as u8 & spot.overflow == 0 {
                return None;
            }
            number = if number + 1 == self.count { 0 } else { number + 1 };
        }
        None
    }
}

/// The part of a hash that a slot keeps, shifted above its value.
pub const fn slot(hash: u64, value: u32, value_bits: u32) -> u64 {
    (hash << value_bits) | value as u64
}

#[inline]
fn word_at(bucket: &[u8; BUCKET], index: usize) -> u64 {
    let (words, _) = bucket.as_chunks::<8>();
    words.get(index).map_or(0, |octets| u64::from_le_bytes(*octets))
}

/// 0x80 in each of the seven control octets that may equal `mark`; now and then one too many, which the slot refutes.
#[inline]
const fn equal_octets(control: u64, mark: u8) -> u64 {
    let differing = (control ^ (ONES * mark as u64)) | 0xff << 56;
    differing.wrapping_sub(ONES) & !differing & HIGHS
}
