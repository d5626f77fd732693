//! Seeded random numbers: SplitMix64 (Steele, Lea, Flood 2014). The same seed gives the same numbers everywhere.

pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A number from `least` to `most`.
    pub(super) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most + 1 - least)
    }

    /// True this many times in a hundred.
    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of the words of a text, which a space parts.
    pub(super) fn word<'w>(&mut self, text: &'w str) -> &'w str {
        let count = text.split(' ').count();
        text.split(' ').nth(self.below(count)).unwrap_or("")
    }

    /// So many characters of an alphabet.
    pub(super) fn text(&mut self, alphabet: &str, length: usize) -> String {
        let octets = alphabet.as_bytes();
        (0..length).filter_map(|_| octets.get(self.below(octets.len()))).map(|octet| char::from(*octet)).collect()
    }
}
