//! Different texts, each once and numbered from 0, in compact form.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Texts in the order they came first.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    text: Vec<u8>,
    ends: Vec<u32>,
    /// Numbers by the hash of their text; those of one hash are chained by `next`.
    first: HashMap<u64, u32, BuildHasherDefault<Given>>,
    next: Vec<u32>,
}

/// No further number.
const NONE: u32 = u32::MAX;

/// Passes on what is a hash already.
#[derive(Debug, Default)]
struct Given(u64);

impl Hasher for Given {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl Interner {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, number: usize) -> &[u8] {
        let end = self.ends.get(number).map_or(0, |end| *end as usize);
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.text.get(start..end).unwrap_or(&[])
    }

    /// The number of a text that came.
    pub(crate) fn find(&self, text: &[u8]) -> Option<usize> {
        self.in_chain(self.first.get(&hash(text)).copied()?, text)
    }

    fn in_chain(&self, first: u32, text: &[u8]) -> Option<usize> {
        let mut number = first;
        while number != NONE {
            if self.get(number as usize) == text {
                return Some(number as usize);
            }
            number = self.next.get(number as usize).copied().unwrap_or(NONE);
        }
        None
    }

    /// The number of a text, and whether it came for the first time. `None` where there is no room for it.
    pub(crate) fn add(&mut self, text: &[u8]) -> Option<(usize, bool)> {
        let hash = hash(text);
        let first = self.first.get(&hash).copied().unwrap_or(NONE);
        if let Some(number) = self.in_chain(first, text) {
            return Some((number, false));
        }
        let fresh = u32::try_from(self.ends.len()).ok()?;
        self.ends.push(u32::try_from(self.text.len() + text.len()).ok()?);
        self.text.extend_from_slice(text);
        self.next.push(first);
        self.first.insert(hash, fresh);
        Some((fresh as usize, true))
    }
}

/// `word_hash` leaves out the end of a long text.
fn hash(text: &[u8]) -> u64 {
    let tail = text.get(64..).unwrap_or_default().chunks(64);
    tail.fold(phonehome::format::word_hash(text, text.len() as u64), |sum, part| {
        sum.rotate_left(1) ^ phonehome::format::word_hash(part, sum)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_once() {
        let mut texts = Interner::default();
        let long = |end: char| format!("{}{end}", "a".repeat(200));
        let added =
            ["b.com", "a.com", "b.com", &long('x'), &long('y'), &long('x')].map(|text| texts.add(text.as_bytes()));
        assert_eq!(added.map(Option::unwrap), [(0, true), (1, true), (0, false), (2, true), (3, true), (2, false)]);
        assert_eq!((texts.get(1), texts.get(3).len(), texts.len()), (&b"a.com"[..], 201, 4));
        assert_eq!(texts.get(4), b"");
    }
}
