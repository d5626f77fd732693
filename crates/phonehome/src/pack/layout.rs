//! The pack's format, shared by reader and writer.
//!
//! ```text
//! 0   8  magic "PHONEHOM"
//! 8   2  format          10  2  contract version     12  1  kind (0 base, 1 overlay)    13  3  zero
//! 16  4  content date, yyyymmdd                      20  4  length of the whole file
//! 24  8  seed of every hash
//! 32  8  checksum over bytes 0..32 and 40..end
//! 40  4  number of sections                          44  4  zero
//! 48     sections: id, offset, length, parameter (4 bytes each); their bytes begin on multiples of 64
//! ```
//! All numbers are little-endian. Unknown sections are skipped.

/// The first eight bytes.
pub const MAGIC: [u8; 8] = *b"PHONEHOM";
/// The format this release reads and writes.
pub const FORMAT: u16 = 1;
/// The version of the contract between library and hosts that the pack was made for.
pub const CONTRACT: u16 = 1;
/// Bytes before the table of sections.
pub const HEADER: usize = 48;
/// Bytes of one row of the table of sections.
pub const SECTION_ROW: usize = 16;
/// Sections begin on multiples of this.
pub const ALIGN: usize = 64;
/// Most sections that a reader looks at.
pub const MAX_SECTIONS: usize = 64;

/// Kind of a base pack.
pub const KIND_BASE: u8 = 0;
/// Kind of an overlay.
pub const KIND_OVERLAY: u8 = 1;

/// Ids of sections.
pub mod section {
    /// How many codes of each vocabulary the pack uses.
    pub const CODES: u32 = 1;
    /// Hash table; in a base pack its values are places in `ANCHORS` divided by 4.
    pub const TABLE: u32 = 2;
    /// Anchors: see [`super::anchor`].
    pub const ANCHORS: u32 = 3;
    /// Entries: see [`super::entry`].
    pub const ENTRIES: u32 = 4;
    /// Patterns: offset in `PROGRAMS`, length (u16), zero (u16), entry.
    pub const PATTERNS: u32 = 5;
    /// Compiled patterns.
    pub const PROGRAMS: u32 = 6;
    /// What only `explain` needs of each entry.
    pub const DETAILS: u32 = 7;
    /// Strings: length as a varint, then UTF-8. Offset 0 is the empty string.
    pub const STRINGS: u32 = 8;
    /// Vendors: id, name, parent's number or 0xffff_ffff (u32 each).
    pub const VENDORS: u32 = 9;
    /// Platforms: id, name (u32 each).
    pub const PLATFORMS: u32 = 10;
    /// Sources: id, title, address, licence, date (u32 each).
    pub const SOURCES: u32 = 11;
    /// Hash table of the public-suffix rules; values are bits of [`super::suffix_rule`].
    pub const SUFFIXES: u32 = 12;
    /// Hash table of host tokens; values are purposes.
    pub const TOKENS: u32 = 13;
    /// fst of the anchors, labels reversed.
    pub const ORDERED: u32 = 14;
    /// Facts on the pack as a whole: see `about` of the reader.
    pub const ABOUT: u32 = 15;
    /// An overlay's label texts: vendor, purpose's number + 1, note (u32 each).
    pub const LABELS: u32 = 16;
    /// The name model. A pack may lack it; then no name is scored.
    pub const MODEL: u32 = 17;
    /// Brands and lure words: see [`super::brand`]. A pack may lack them; then nothing is a look-alike.
    pub const BRANDS: u32 = 18;
    /// Hash table of top-level domains that are much abused; values are 1. A pack may lack it.
    pub const ABUSED: u32 = 19;
}

/// An anchor: name's length (u8), zero (u8), number of patterns (u16), exact entry, suffix entry, first pattern (u32 each), name.
pub mod anchor {
    /// Bytes before the name.
    pub const HEADER: usize = 16;
    /// "No entry".
    pub const NONE: u32 = u32::MAX;
    /// Most patterns under one anchor, so that a lookup's time stays bounded.
    pub const MAX_PATTERNS: usize = 64;
}

/// An entry: the [`crate::Brief`] (32 bytes), place in `DETAILS` (u32), region (2 bytes), kind of match (u8), least harmful
/// answer mode + 1 (u8, 0: not stated).
pub mod entry {
    /// Bytes of an entry.
    pub const SIZE: usize = 40;
    /// Kind of match: this name alone.
    pub const EXACT: u8 = 0;
    /// Kind of match: a family of names.
    pub const PATTERN: u8 = 1;
    /// Kind of match: the name and everything below it.
    pub const SUFFIX: u8 = 2;
}

/// Brands, for finding their look-alikes. All numbers are u16 unless said otherwise.
///
/// Brands lie in buckets by their first letters, and again by their last: see `key`. How many brands, lure words, starts by
/// head, starts by tail, numbers by head and numbers by tail; two maps of the buckets in use, by head and by tail (`WORDS` rows
/// of 64 buckets: a bit each (u64), how many are set in the rows before); for each bucket in use its start among the numbers,
/// and their end, by head and by tail; brands' numbers by head and by tail; brands and lure words of `ROW` bytes (place in the
/// text, length (u8), flags (u8), vendor's number, zero); the text.
pub mod brand {
    /// Rows of a map.
    pub const WORDS: usize = 256;
    /// Bytes of a row of a map.
    pub const WORD: usize = 10;
    /// Bytes of the counts.
    pub const COUNTS: usize = 12;
    /// Bytes of a brand or lure word.
    pub const ROW: usize = 8;
    /// Fewest letters of a brand or lure word.
    pub const SHORTEST: usize = 4;
    /// Fewest letters of a brand that another word may be one slip away from.
    pub const SHORTEST_SLIP: usize = 6;
    /// Most letters of a brand.
    pub const LONGEST: usize = 40;
    /// Most brands of one bucket, so that the time of a search stays bounded.
    pub const MAX_IN_BUCKET: usize = 48;
    /// Most lure words.
    pub const MAX_LURES: usize = 64;
    /// Flag: a word one slip away looks like this brand.
    pub const SLIP: u8 = 1;
    /// Flag: counts beside a lure word and in a subdomain.
    pub const TOKEN: u8 = 2;
    /// Flag: no ordinary word, so it counts whatever else stands in the label.
    pub const COINED: u8 = 4;

    /// Letters by which words of a length are looked up, at either end. A slip leaves the first or the last half of a brand as it
    /// is, so short words need a short key.
    #[inline]
    pub const fn key(length: usize) -> usize {
        if length <= SHORT { 3 } else { 4 }
    }

    /// Most letters of a word with a short key.
    pub const SHORT: usize = 8;

    /// The bucket of a key's letters, of which there are at most four.
    #[inline]
    pub fn bucket(letters: &[u8]) -> usize {
        let word = match *letters {
            [a, b, c] => u32::from_le_bytes([a, b, c, 0]),
            [a, b, c, d] => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        };
        (word.wrapping_mul(0x9e37_79b1) >> 18) as usize
    }
}

/// Bits of a public-suffix rule.
pub mod suffix_rule {
    /// The rule itself, ICANN section.
    pub const ICANN: u32 = 1;
    /// The rule itself, private section.
    pub const PRIVATE: u32 = 2;
    /// `*.` below the name, ICANN section.
    pub const ICANN_WILDCARD: u32 = 4;
    /// `*.` below the name, private section.
    pub const PRIVATE_WILDCARD: u32 = 8;
    /// An exception (`!`).
    pub const EXCEPTION: u32 = 16;
}

/// Bits of hash-table values per table; the rest of a slot's 64 bits holds the hash.
pub mod value_bits {
    /// Anchors: places up to 64 MiB. Every hit is confirmed against the stored name.
    pub const ANCHORS: u32 = 24;
    /// Public-suffix rules.
    pub const SUFFIXES: u32 = 5;
    /// Host tokens.
    pub const TOKENS: u32 = 5;
    /// Abused top-level domains.
    pub const ABUSED: u32 = 1;
    /// Overlay rules without labels: one bit for the name itself, one for what lies below.
    pub const RULES: u32 = 2;
}

/// Bits of an overlay's rule.
pub mod rule {
    /// The name itself.
    pub const APEX: u32 = 1;
    /// Everything below the name.
    pub const BELOW: u32 = 2;
}
