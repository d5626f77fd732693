//! Different names with their short answers and how often each came, in compact form: a million fit into a browser's memory.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use phonehome::Brief;

/// Names, each once, in the order they came first.
#[derive(Debug, Default)]
pub(crate) struct Heap {
    text: Vec<u8>,
    ends: Vec<u32>,
    briefs: Vec<Brief>,
    counts: Vec<u32>,
    /// Rows by the hash of their name; rows of one hash are chained by `next`.
    first: HashMap<u64, u32, BuildHasherDefault<Given>>,
    next: Vec<u32>,
}

/// No further row.
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

impl Heap {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The name of a row, in canonical presentation form.
    pub(crate) fn name(&self, row: usize) -> &[u8] {
        let end = self.ends.get(row).map_or(0, |end| *end as usize);
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.text.get(start..end).unwrap_or(&[])
    }

    pub(crate) fn brief(&self, row: usize) -> Option<&Brief> {
        self.briefs.get(row)
    }

    pub(crate) fn count(&self, row: usize) -> u32 {
        self.counts.get(row).copied().unwrap_or(0)
    }

    /// Counts a name; a new one is answered by `brief`. `false` where there is no room for more.
    pub(crate) fn add(&mut self, name: &[u8], brief: impl FnOnce() -> Brief) -> bool {
        let hash = phonehome::format::word_hash(name, name.len() as u64) ^ tail_hash(name);
        let mut row = self.first.get(&hash).copied().unwrap_or(NONE);
        let first = row;
        while row != NONE {
            if self.name(row as usize) == name {
                if let Some(count) = self.counts.get_mut(row as usize) {
                    *count = count.saturating_add(1);
                }
                return true;
            }
            row = self.next.get(row as usize).copied().unwrap_or(NONE);
        }
        let (Ok(number), Ok(end)) = (u32::try_from(self.ends.len()), u32::try_from(self.text.len() + name.len()))
        else {
            return false;
        };
        self.text.extend_from_slice(name);
        self.ends.push(end);
        self.briefs.push(brief());
        self.counts.push(1);
        self.next.push(first);
        self.first.insert(hash, number);
        true
    }

    /// Answers every name anew.
    pub(crate) fn answer_anew(&mut self, answer: impl Fn(&[u8]) -> Brief) {
        for row in 0..self.len() {
            let brief = answer(self.name(row));
            if let Some(old) = self.briefs.get_mut(row) {
                *old = brief;
            }
        }
    }
}

/// The hash of what `word_hash` leaves out of a long name.
fn tail_hash(name: &[u8]) -> u64 {
    name.get(64..).map_or(0, |rest| rest.chunks(64).fold(0, |sum, part| phonehome::format::word_hash(part, sum)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_once_with_their_count() {
        let mut heap = Heap::default();
        let long = |end: char| format!("{}{end}", "a".repeat(200));
        for name in ["b.com", "a.com", "b.com", &long('x'), &long('y'), &long('x')] {
            assert!(heap.add(name.as_bytes(), || phonehome::Classifier::builtin().classify(name.as_bytes(), 0)));
        }
        let rows: Vec<_> = (0..heap.len()).map(|row| (heap.name(row).len(), heap.count(row))).collect();
        assert_eq!(rows, [(5, 2), (5, 1), (201, 2), (201, 1)]);
        assert_eq!(heap.name(1), b"a.com");
    }
}
