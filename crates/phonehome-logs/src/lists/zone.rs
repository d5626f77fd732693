//! Master files (RFC 1035, 5.1): words, parentheses, and names relative to an origin.

use super::SkipReason;
use super::bytes::ends_with_ignore_case;

/// The longest owner name kept, in bytes of presentation form: 255 octets, each at most `\DDD`.
const MAX_OWNER: usize = 1024;

/// The words of a record. Blanks, line feeds and parentheses separate them, `;` starts a comment up to the end of the
/// line, a quoted string is one word with its quotes, and a backslash protects the character behind it.
#[derive(Clone, Debug)]
pub(super) struct Words<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            let (piece, rest) = piece(self.0)?;
            self.0 = rest;
            match piece.first() {
                Some(b';' | b'(' | b')') => {}
                Some(byte) if byte.is_ascii_whitespace() => {}
                _ => return Some(piece),
            }
        }
    }
}

/// The depth of parentheses behind `line`, given the depth in front of it.
pub(super) fn depth_after(line: &[u8], mut depth: u32) -> u32 {
    let mut rest = line;
    while let Some((piece, tail)) = piece(rest) {
        rest = tail;
        match piece.first() {
            Some(b'(') => depth = depth.saturating_add(1),
            Some(b')') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

/// Splits off a blank, a parenthesis, a comment or a word; never empty.
fn piece(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (first, rest) = text.split_first()?;
    let length = match first {
        b'(' | b')' => 1,
        byte if byte.is_ascii_whitespace() => 1,
        b';' => 1 + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len()),
        b'"' => 1 + scan(rest, |byte| matches!(byte, b'"' | b'\n'), 1),
        _ => scan(text, |byte| matches!(byte, b'(' | b')' | b';' | b'"') || byte.is_ascii_whitespace(), 0),
    };
    text.split_at_checked(length.min(text.len()))
}

/// The length up to an unescaped byte that `stop` accepts, plus `extra`; all of `text` where there is none.
fn scan(text: &[u8], stop: impl Fn(u8) -> bool, extra: usize) -> usize {
    let mut escaped = false;
    let found = text.iter().position(|&byte| {
        let end = !escaped && stop(byte);
        escaped = !escaped && byte == b'\\';
        end
    });
    found.map_or(text.len(), |at| at + extra)
}

/// A name of a master file, without its final dot.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    /// Presentation form; empty for the root, and for the apex where that is not known.
    pub(super) text: Vec<u8>,
    /// Whether the name is known up to the root. If not, it is relative to the zone's apex.
    pub(super) absolute: bool,
}

impl Name {
    /// Sets the name to `word` as it stands under `origin`.
    ///
    /// # Errors
    /// `BadName` where the result is too long to be a name, `OutOfZone` where it depends on an origin that is not known.
    pub(super) fn resolve(&mut self, word: &[u8], origin: Option<&Self>) -> Result<(), SkipReason> {
        if word.len() > MAX_OWNER {
            return Err(SkipReason::BadName);
        }
        self.text.clear();
        if let Some(text) = word.strip_suffix(b".").filter(|text| !ends_in_escape(text)) {
            self.text.extend_from_slice(text);
            self.absolute = true;
            return Ok(());
        }
        let origin = origin.ok_or(SkipReason::OutOfZone)?;
        self.absolute = origin.absolute;
        if word != b"@" {
            self.text.extend_from_slice(word);
            if !origin.text.is_empty() {
                self.text.push(b'.');
            }
        }
        self.text.extend_from_slice(&origin.text);
        if self.text.len() > MAX_OWNER { Err(SkipReason::BadName) } else { Ok(()) }
    }

    /// The part of the name in front of `apex`: empty at the apex, none outside the zone.
    pub(super) fn below<'a>(&'a self, apex: Option<&Self>) -> Option<&'a [u8]> {
        if !self.absolute {
            return Some(&self.text);
        }
        let apex = &apex?.text;
        if apex.is_empty() {
            return Some(&self.text);
        }
        if !ends_with_ignore_case(&self.text, apex) {
            return None;
        }
        let head = self.text.get(..self.text.len() - apex.len())?;
        if head.is_empty() { Some(head) } else { head.strip_suffix(b".").filter(|head| !ends_in_escape(head)) }
    }
}

/// Whether an odd number of backslashes ends `text`, so that what follows is escaped.
fn ends_in_escape(text: &[u8]) -> bool {
    text.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}
