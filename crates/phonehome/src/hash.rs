//! Hashes: of every suffix of a name in one pass, of words, and the checksum of a pack.
//!
//! A name is cut into words of eight octets from its end. They are chained once, and each suffix ends the chain with the
//! octets left of its whole words and with its length: so suffixes share the work, and their last steps do not wait for each
//! other. The finishing steps are those of MurmurHash3 (Austin Appleby, public domain); the odd constants are its and
//! xxHash's. 64-bit wrapping arithmetic only, so every surface gives the same bits. None of this is cryptographic: seeds
//! keep an operator's list from colliding by accident, and a checksum finds damage, not forgery.

use crate::name::{self, MAX_NAME, Name};

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

/// Whole words of the longest name, and the empty beginning of the chain.
const CHAIN: usize = MAX_NAME / 8 + 1;

/// The hash of one suffix of a name, and where the suffix starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Suffix {
    pub(crate) hash: u64,
    pub(crate) start: usize,
}

/// Room for the hashes of a name's last 0, 8, 16... octets. What a shorter name leaves is never read.
#[derive(Clone, Debug)]
pub(crate) struct Chain([u64; CHAIN]);

impl Chain {
    pub(crate) const fn new() -> Self {
        Self([0; CHAIN])
    }
}

/// A name's hashes: the shared chain, from which each suffix has its own in a few steps.
pub(crate) struct Suffixes<'n> {
    name: &'n Name,
    seed: u64,
    chain: &'n Chain,
    /// Which octets are dots inside labels: nearly always none.
    inner: [u64; 4],
}

impl<'n> Suffixes<'n> {
    /// Chains the words of a name.
    #[inline]
    pub(crate) fn new(name: &'n Name, seed: u64, chain: &'n mut Chain) -> Self {
        let mut last = seed;
        let mut end = name.len();
        for slot in &mut chain.0 {
            *slot = last;
            let Some(start) = end.checked_sub(8) else { break };
            last = join(last, spread(name.word(start), seed));
            end = start;
        }
        Self { name, seed, chain, inner: name.inner_dots() }
    }

    /// The name.
    pub(crate) const fn name(&self) -> &'n Name {
        self.name
    }

    /// The suffixes, the whole name first.
    #[inline]
    pub(crate) fn longest_first(&self) -> impl Iterator<Item = Suffix> {
        self.name.label_starts().map(move |start| self.suffix(start))
    }

    /// The suffixes, the top-level domain first.
    #[inline]
    pub(crate) fn shortest_first(&self) -> impl Iterator<Item = Suffix> {
        self.name.labels_from_right().map(|label| self.suffix(label.start))
    }

    #[inline]
    fn suffix(&self, start: usize) -> Suffix {
        let length = self.name.len() - start;
        let chain = self.chain.0.get(length / 8).copied().unwrap_or(self.seed);
        let rest = self.name.word(start) & name::first_octets(length % 8);
        let inner = if self.inner == [0; 4] { 0 } else { self.inner_from(start, length) };
        let shape = inner.wrapping_add(length as u64).wrapping_mul(D);
        Suffix { hash: join(chain.wrapping_add(shape), spread(rest, self.seed)), start }
    }
}

impl Suffixes<'_> {
    /// What tells a suffix with dots inside its labels from one with the same octets and separators there: 0 without such dots.
    #[cold]
    fn inner_from(&self, start: usize, length: usize) -> u64 {
        let (first, shift) = (start / 64, start % 64);
        let mask = |at: usize| self.inner.get(at).copied().unwrap_or(0);
        (first..first + length.div_ceil(64)).fold(0, |sum: u64, at| {
            let low = mask(at) >> shift;
            // A shift by 64 is none: then the next word has no part in this one.
            let high = mask(at + 1).checked_shl(64 - shift as u32).unwrap_or(0);
            (sum.rotate_left(29) ^ low ^ high).wrapping_mul(A)
        })
    }
}

/// The hash of a whole name.
pub fn name_hash(name: &Name, seed: u64) -> u64 {
    Suffixes::new(name, seed, &mut Chain::new()).suffix(0).hash
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
