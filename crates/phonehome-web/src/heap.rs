//! Different names with their short answers, how often and where each came, in compact form: a million fit into a browser's memory.

use phonehome::Brief;

use crate::interner::Interner;

/// Names, each once, in the order they came first.
#[derive(Debug, Default)]
pub(crate) struct Heap {
    names: Interner,
    briefs: Vec<Brief>,
    seen: Vec<Seen>,
}

/// How often and where a name came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) count: u32,
    /// Its first and its last line, counted over everything that was read, from 1.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl Heap {
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The name of a row, in canonical presentation form.
    pub(crate) fn name(&self, row: usize) -> &[u8] {
        self.names.get(row)
    }

    pub(crate) fn brief(&self, row: usize) -> Option<&Brief> {
        self.briefs.get(row)
    }

    pub(crate) fn seen(&self, row: usize) -> Seen {
        self.seen.get(row).copied().unwrap_or_default()
    }

    /// The row of a name.
    pub(crate) fn find(&self, name: &[u8]) -> Option<usize> {
        self.names.find(name)
    }

    /// Counts a name; a new one is answered by `brief`. `false` where there is no room for more.
    pub(crate) fn add(&mut self, name: &[u8], line: u32, brief: impl FnOnce() -> Brief) -> bool {
        match self.names.add(name) {
            Some((_, true)) => {
                self.briefs.push(brief());
                self.seen.push(Seen { count: 1, first: line, last: line });
            }
            Some((row, false)) => {
                if let Some(seen) = self.seen.get_mut(row) {
                    seen.count = seen.count.saturating_add(1);
                    seen.last = line;
                }
            }
            None => return false,
        }
        true
    }

    /// Answers every name anew.
    pub(crate) fn answer_anew(&mut self, answer: impl Fn(&[u8]) -> Brief) {
        let Self { names, briefs, .. } = self;
        for (row, brief) in briefs.iter_mut().enumerate() {
            *brief = answer(names.get(row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_once_with_their_count_and_lines() {
        let mut heap = Heap::default();
        for (name, line) in [("b.com", 1), ("a.com", 2), ("b.com", 7)] {
            assert!(heap.add(name.as_bytes(), line, || phonehome::Classifier::builtin().classify(name.as_bytes(), 0)));
        }
        assert_eq!(heap.len(), 2);
        assert_eq!(heap.seen(0), Seen { count: 2, first: 1, last: 7 });
        assert_eq!(heap.seen(1), Seen { count: 1, first: 2, last: 2 });
    }
}
