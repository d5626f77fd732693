//! Hashes: of every suffix of a name in one pass, of words, and the checksum of a pack.
//!
//! A suffix hash chains its labels from the right, so all suffixes of a name cost one pass. Each eight octets are mixed on
//! their own (the multiplications of different labels overlap) and then join the chain. The finishing steps are those of
//! MurmurHash3 (Austin Appleby, public domain); the odd constants are its and xxHash's. 64-bit wrapping arithmetic only, so
//! every surface gives the same bits. None of this is cryptographic: seeds keep an operator's list from colliding by
//! accident, and a checksum finds damage, not forgery.

use crate::name::Name;

const A: u64 = 0xff51_afd7_ed55_8ccd;
const B: u64 = 0xc4ce_b9fe_1a85_ec53;
const C: u64 = 0x9e37_79b1_85eb_ca87;
const D: u64 = 0xc2b2_ae3d_27d4_eb4f;

/// Spreads every bit of eight octets over the word.
#[inline]
const fn spread(word: u64, seed: u64) -> u64 {
    let mut mixed = (word ^ seed).wrapping_mul(A);
    mixed ^= mixed >> 32;
    mixed = mixed.wrapping_mul(B);
    mixed ^ (mixed >> 29)
}

/// Joins a spread word to the chain.
#[inline]
const fn join(chain: u64, mixed: u64) -> u64 {
    let joined = (chain.rotate_left(27) ^ mixed).wrapping_mul(C);
    joined ^ (joined >> 32)
}

/// The hash of one suffix of a name, and where the suffix starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Suffix {
    pub(crate) hash: u64,
    pub(crate) start: usize,
}

/// Hashes of the suffixes of a name, the top-level domain first, up to `N` labels.
pub(crate) struct Suffixes<const N: usize> {
    list: [Suffix; N],
    count: usize,
}

impl<const N: usize> Suffixes<N> {
    /// Hashes every suffix of at most `N` labels.
    #[inline]
    pub(crate) fn new(name: &Name, seed: u64) -> Self {
        let mut list = [Suffix { hash: 0, start: 0 }; N];
        let mut chain = seed;
        let mut count = 0;
        for (label, slot) in name.labels_from_right().zip(list.iter_mut()) {
            chain = join_label(chain, name, label.start, label.bytes.len(), seed);
            *slot = Suffix { hash: chain, start: label.start };
            count += 1;
        }
        Self { list, count }
    }

    /// The suffixes, the shortest first.
    #[inline]
    pub(crate) fn as_slice(&self) -> &[Suffix] {
        self.list.get(..self.count).unwrap_or(&[])
    }
}

#[inline]
fn join_label(chain: u64, name: &Name, start: usize, len: usize, seed: u64) -> u64 {
    let mut chain = chain.wrapping_add((len as u64).wrapping_mul(D));
    let mut at = start;
    let mut left = len;
    while left > 8 {
        chain = join(chain, spread(name.word(at), seed));
        at += 8;
        left -= 8;
    }
    // A label has at least one octet, so 1 to 8 are left.
    let last = name.word(at) << (64 - 8 * left as u32);
    join(chain, spread(last, seed))
}

/// The hash of a whole name.
pub fn name_hash(name: &Name, seed: u64) -> u64 {
    name.labels_from_right().fold(seed, |chain, label| join_label(chain, name, label.start, label.bytes.len(), seed))
}

/// The hash of a short word, such as a host token; only its first 64 octets count.
pub fn word_hash(word: &[u8], seed: u64) -> u64 {
    let mut chain = seed.wrapping_add((word.len() as u64).wrapping_mul(D));
    for chunk in word.chunks(8).take(8) {
        chain = join(chain, spread(little_endian(chunk), seed));
    }
    chain
}

/// Up to eight octets as a little-endian word.
fn little_endian(octets: &[u8]) -> u64 {
    octets.iter().rev().fold(0, |word, octet| word << 8 | u64::from(*octet))
}

/// The checksum of a pack's sections: four lanes of eight octets, so that a megabyte takes a tenth of a millisecond.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes = [A, B, C, D];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (lane, octets) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            let word = octets.try_into().map_or(0, u64::from_le_bytes);
            *lane = (*lane ^ word).wrapping_mul(C).rotate_left(31);
        }
    }
    let mut sum = bytes.len() as u64;
    for lane in lanes {
        sum = join(sum, spread(lane, 0));
    }
    for octets in blocks.remainder().chunks(8) {
        sum = join(sum, spread(little_endian(octets), 0));
    }
    sum
}
