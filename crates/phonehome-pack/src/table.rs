//! Filling the hash table that packs carry.

use phonehome::format::{BUCKET, MAX_PROBES, SLOTS, Spot, slot};

/// Entries per 100 buckets: 6 of 7 slots, 10.7 bytes an entry. Fuller tables probe further, emptier ones are larger.
const ENTRIES_PER_100_BUCKETS: usize = 600;

/// The bytes of a table of (hash, value) pairs; values fit `value_bits`, hashes differ.
pub(crate) fn build(pairs: &[(u64, u32)], value_bits: u32) -> Vec<u8> {
    let mut count = (pairs.len() * 100).div_ceil(ENTRIES_PER_100_BUCKETS).max(1);
    loop {
        if let Some(bytes) = fill(pairs, value_bits, count) {
            return bytes;
        }
        // A run of full buckets longer than a reader's patience: rare, and gone in a slightly larger table.
        count += count / 16 + 1;
    }
}

fn fill(pairs: &[(u64, u32)], value_bits: u32, count: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; count * BUCKET];
    for (hash, value) in pairs {
        let spot = Spot::of(*hash, count as u64);
        let mut bucket = usize::try_from(spot.bucket).ok()?;
        let mut probes = 0;
        loop {
            let octets = bytes.get_mut(bucket * BUCKET..(bucket + 1) * BUCKET)?;
            let (control, slots) = octets.split_at_mut(8);
            if let Some(free) = control.iter().take(SLOTS).position(|mark| *mark == 0) {
                *control.get_mut(free)? = spot.mark;
                slots
                    .get_mut(free * 8..(free + 1) * 8)?
                    .copy_from_slice(&slot(*hash, *value, value_bits).to_le_bytes());
                break;
            }
            *control.get_mut(SLOTS)? |= spot.overflow;
            bucket = if bucket + 1 == count { 0 } else { bucket + 1 };
            probes += 1;
            if probes == MAX_PROBES {
                return None;
            }
        }
    }
    Some(bytes)
}
