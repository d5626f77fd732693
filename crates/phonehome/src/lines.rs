//! Lines of a text, found eight octets at a time: the one reading of "a line" for every surface.

use crate::name::line_feeds;

/// The lines of a text, empty ones too, without their ends: LF, and a CR before it. After a final LF there is no further line.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'t> {
    rest: &'t [u8],
}

/// How many lines a text has for [`Classifier::classify_lines`](crate::Classifier::classify_lines).
pub fn line_count(text: &[u8]) -> usize {
    let (words, rest) = text.as_chunks::<8>();
    let in_words: u32 = words.iter().map(|octets| line_feeds(*octets).count_ones()).sum();
    let in_rest = rest.iter().filter(|octet| **octet == b'\n').count();
    let is_open = text.last().is_some_and(|octet| *octet != b'\n');
    in_words as usize + in_rest + usize::from(is_open)
}

impl<'t> Lines<'t> {
    pub(crate) const fn of(text: &'t [u8]) -> Self {
        Self { rest: text }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = &'t [u8];

    #[inline]
    fn next(&mut self) -> Option<&'t [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = line_feed(self.rest).unwrap_or(self.rest.len());
        let (line, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.get(1..).unwrap_or(&[]);
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

/// Where the first LF stands.
#[inline]
fn line_feed(text: &[u8]) -> Option<usize> {
    let (words, rest) = text.as_chunks::<8>();
    for (place, octets) in words.iter().enumerate() {
        let hits = line_feeds(*octets);
        if hits != 0 {
            return Some(place * 8 + hits.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|octet| *octet == b'\n').map(|at| words.len() * 8 + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_a_plain_split() {
        let texts: [&[u8]; 12] = [
            b"",
            b"\n",
            b"\n\n",
            b"a",
            b"a\n",
            b"a\r\n\r\nb",
            b"\r",
            b"a\rb\r\r\n",
            b"12345678\n1234567\n\n123456789012345678901234567890",
            b"\n\n\n\n\n\n\n\n\n",
            b"\x8a\x0b\x09\x0a\x8a",
            b"1234567\n12345678\n",
        ];
        for text in texts {
            let whole = text.strip_suffix(b"\n").unwrap_or(text);
            let plain = whole.split(|octet| *octet == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
            let plain: Vec<&[u8]> = plain.take(if text.is_empty() { 0 } else { usize::MAX }).collect();
            assert_eq!(Lines::of(text).collect::<Vec<_>>(), plain, "{}", text.escape_ascii());
            assert_eq!(line_count(text), plain.len(), "{}", text.escape_ascii());
        }
    }
}
