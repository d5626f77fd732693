//! A few operations on byte strings that `std` lacks on stable.

use memchr::memchr;

/// The parts before and after the first `byte`.
pub(super) fn split_once(text: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let (head, tail) = text.split_at_checked(memchr(byte, text)?)?;
    Some((head, tail.get(1..)?))
}

/// The part before the first byte that `stop` accepts; all of it where none is.
pub(super) fn until(text: &[u8], stop: impl FnMut(&u8) -> bool) -> &[u8] {
    text.iter().position(stop).and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The non-empty parts between ASCII blanks.
pub(super) fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty())
}

/// The part before a `#` that stands first or behind a blank.
pub(super) fn before_comment(text: &[u8]) -> &[u8] {
    if memchr(b'#', text).is_none() {
        return text;
    }
    let mut blank = true;
    until(text, |&byte| {
        let comment = blank && byte == b'#';
        blank = byte.is_ascii_whitespace();
        comment
    })
}

/// Whether `text` ends with `end`, ASCII case aside.
pub(super) fn ends_with_ignore_case(text: &[u8], end: &[u8]) -> bool {
    text.len().checked_sub(end.len()).and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}
