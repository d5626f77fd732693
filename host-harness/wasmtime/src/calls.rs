//! The calls of the contract on one instance, with inputs cut to what can matter.

use crate::contract::{Brief, Explanation, Info, Owner};
use crate::error::CallError;
use crate::instance::Instance;

/// A name is at most 255 octets, of which each may be written as `\DDD`: what is longer than this is no name and has the answer
/// of its beginning. So no input makes a guest copy more.
const LONGEST_NAME: usize = 4096;
/// Octets of lines that go into one call: enough for thousands of names, little enough for memory and deadline.
const PIECE: usize = 16 << 10;

impl Instance {
    pub(crate) fn classify(&mut self, name: &[u8], policy: u32) -> Result<Brief, CallError> {
        let name = cut(name);
        self.call(|exports, store, classifier| exports.classifier().call_classify(store, classifier, name, policy))
    }

    pub(crate) fn classify_lines(&mut self, text: &[u8], policy: u32) -> Result<Vec<Brief>, CallError> {
        let mut briefs = Vec::new();
        for piece in Pieces(text) {
            let more = self.call(|exports, store, classifier| {
                exports.classifier().call_classify_lines(store, classifier, piece, policy)
            })?;
            // Most texts are one piece.
            if briefs.is_empty() { briefs = more } else { briefs.extend(more) }
        }
        Ok(briefs)
    }

    pub(crate) fn classify_packed(&mut self, text: &[u8], policy: u32) -> Result<Vec<u8>, CallError> {
        let mut octets = Vec::new();
        for piece in Pieces(text) {
            let more = self.call(|exports, store, classifier| {
                exports.classifier().call_classify_packed(store, classifier, piece, policy)
            })?;
            if octets.is_empty() { octets = more } else { octets.extend(more) }
        }
        Ok(octets)
    }

    pub(crate) fn explain(&mut self, name: &[u8], policy: u32) -> Result<Explanation, CallError> {
        let name = cut(name);
        self.call(|exports, store, classifier| exports.classifier().call_explain(store, classifier, name, policy))
    }

    pub(crate) fn explain_json(&mut self, name: &[u8], policy: u32) -> Result<String, CallError> {
        let name = cut(name);
        self.call(|exports, store, classifier| exports.classifier().call_explain_json(store, classifier, name, policy))
    }

    pub(crate) fn info(&mut self) -> Result<Info, CallError> {
        self.call(|exports, store, classifier| exports.classifier().call_info(store, classifier))
    }

    pub(crate) fn vendors(&mut self) -> Result<Vec<Owner>, CallError> {
        self.call(|exports, store, classifier| exports.classifier().call_vendors(store, classifier))
    }

    pub(crate) fn platforms(&mut self) -> Result<Vec<Owner>, CallError> {
        self.call(|exports, store, classifier| exports.classifier().call_platforms(store, classifier))
    }
}

fn cut(name: &[u8]) -> &[u8] {
    name.get(..LONGEST_NAME).unwrap_or(name)
}

/// A text in pieces of whole lines; a line that is a piece by itself is cut like a name.
struct Pieces<'t>(&'t [u8]);

impl<'t> Iterator for Pieces<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        if self.0.len() <= PIECE {
            return (!self.0.is_empty()).then(|| std::mem::take(&mut self.0));
        }
        let head = self.0.get(..PIECE)?;
        if let Some(end) = head.iter().rposition(|octet| *octet == b'\n') {
            let (piece, rest) = self.0.split_at_checked(end + 1)?;
            self.0 = rest;
            return Some(piece);
        }
        let end = self.0.iter().position(|octet| *octet == b'\n').unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.strip_prefix(b"\n").unwrap_or(rest);
        Some(cut(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> usize {
        text.strip_suffix(b"\n").unwrap_or(text).split(|octet| *octet == b'\n').count()
    }

    #[test]
    fn pieces_have_the_lines_of_the_text() {
        let long = vec![b'x'; 3 * PIECE];
        let texts: [Vec<u8>; 6] = [
            b"a\nb".to_vec(),
            b"a\n\n\n".to_vec(),
            b"name.example\n".repeat(20_000),
            [b"a\n", long.as_slice(), b"\nb\n"].concat(),
            [b"a\n", long.as_slice()].concat(),
            b"\n".repeat(PIECE + 1),
        ];
        for text in texts {
            let found: usize = Pieces(&text).map(lines).sum();
            assert_eq!(found, lines(&text));
            assert!(Pieces(&text).all(|piece| piece.len() <= PIECE));
        }
        assert_eq!(Pieces(b"").count(), 0);
    }
}
