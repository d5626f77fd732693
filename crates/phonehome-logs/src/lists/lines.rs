//! Cuts chunks of any size into lines, in bounded memory.

use super::bytes::split_once;

/// The longest line that is read, in bytes without its line feed. A longer one is reported as
/// [`SkipReason::TooLong`](super::SkipReason::TooLong) and never buffered. CSV and RPZ records that span lines have the
/// same limit.
pub const MAX_LINE: usize = 64 * 1024;

/// A line of the input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub(super) number: u64,
    /// Its bytes, without line feed and without a byte order mark; none where it was too long.
    pub(super) text: Option<&'a [u8]>,
}

/// The splitter: what is left of the last chunk.
#[derive(Debug, Default)]
pub(super) struct Lines {
    carry: Vec<u8>,
    overflow: bool,
    count: u64,
}

impl Lines {
    /// Calls `each` for every line that `chunk` completes.
    pub(super) fn feed(&mut self, mut chunk: &[u8], each: &mut dyn FnMut(Line<'_>)) {
        while let Some((head, tail)) = split_once(chunk, b'\n') {
            self.end(head, each);
            chunk = tail;
        }
        self.hold(chunk);
    }

    /// Calls `each` for a last line without a line feed, and returns how many lines there were.
    pub(super) fn finish(mut self, each: &mut dyn FnMut(Line<'_>)) -> u64 {
        if self.overflow || !self.carry.is_empty() {
            self.end(&[], each);
        }
        self.count
    }

    fn end(&mut self, last: &[u8], each: &mut dyn FnMut(Line<'_>)) {
        self.count += 1;
        let fresh = self.carry.is_empty() && !self.overflow;
        if !fresh {
            self.hold(last);
        }
        let bytes = if fresh { last } else { &self.carry };
        let kept = !self.overflow && bytes.len() <= MAX_LINE;
        let text = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) if self.count == 1 => rest,
            _ => bytes,
        };
        each(Line { number: self.count, text: kept.then_some(text) });
        self.carry.clear();
        self.overflow = false;
    }

    fn hold(&mut self, part: &[u8]) {
        if self.overflow || self.carry.len() + part.len() > MAX_LINE {
            self.overflow = true;
            self.carry.clear();
        } else {
            self.carry.extend_from_slice(part);
        }
    }
}
