//! Bytes of a pack: sections into a sealed file, strings and numbers into sections.

use std::collections::BTreeMap;

use phonehome::format::{ALIGN, CONTRACT, FORMAT, HEADER, MAGIC, SECTION_ROW, seal};

/// Strings of a pack, each once; offset 0 is the empty string.
#[derive(Debug)]
pub(crate) struct Strings {
    bytes: Vec<u8>,
    offsets: BTreeMap<String, u32>,
}

impl Strings {
    pub(crate) fn new() -> Self {
        Self { bytes: vec![0], offsets: BTreeMap::from([(String::new(), 0)]) }
    }

    /// The offset of a string, which is added when it is new.
    pub(crate) fn offset(&mut self, text: &str) -> u32 {
        if let Some(offset) = self.offsets.get(text) {
            return *offset;
        }
        let offset = small(self.bytes.len());
        number(&mut self.bytes, small(text.len()));
        self.bytes.extend_from_slice(text.as_bytes());
        self.offsets.insert(text.to_owned(), offset);
        offset
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// A length or place as the 32 bits that packs use; a pack is far below 4 GiB.
pub(crate) fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Appends an LEB128 number.
pub(crate) fn number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends little-endian words.
pub(crate) fn words(out: &mut Vec<u8>, values: &[u32]) {
    for value in values {
        out.extend_from_slice(&value.to_le_bytes());
    }
}

/// A section to be written.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) id: u32,
    pub(crate) parameter: u32,
    pub(crate) bytes: Vec<u8>,
}

impl Section {
    pub(crate) fn new(id: u32, bytes: Vec<u8>) -> Self {
        Self { id, parameter: 0, bytes }
    }
}

/// Puts sections into one sealed file. `date` is yyyymmdd.
pub(crate) fn file(kind: u8, date: u32, seed: u64, sections: &[Section]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&CONTRACT.to_le_bytes());
    out.extend_from_slice(&[kind, 0, 0, 0]);
    words(&mut out, &[date, 0]);
    out.extend_from_slice(&seed.to_le_bytes());
    out.extend_from_slice(&[0; 8]);
    words(&mut out, &[small(sections.len()), 0]);
    let mut place = align(HEADER + sections.len() * SECTION_ROW);
    for section in sections {
        words(&mut out, &[section.id, small(place), small(section.bytes.len()), section.parameter]);
        place = align(place + section.bytes.len());
    }
    for section in sections {
        out.resize(align(out.len()), 0);
        out.extend_from_slice(&section.bytes);
    }
    seal(&mut out);
    out
}

fn align(length: usize) -> usize {
    length.div_ceil(ALIGN) * ALIGN
}
