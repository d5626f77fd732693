//! Names: text or wire form in, canonical bytes with label boundaries out.
//!
//! Accepted are presentation form (RFC 1035 section 5.1: `\DDD`, `\X`, an optional final dot, any case) and wire form (length
//! octets). Both give the same [`Name`]: decoded octets in lower case, and a mask that says which of them are separators, so
//! that an escaped dot stays inside its label. U-labels, URLs and list syntax belong to `phonehome-logs::lists`.

mod read;
mod special;
mod words;

use std::fmt::{self, Write};

pub use special::LocalSuffix;
pub(crate) use special::{is_reverse, local_suffix};

/// Most octets of a name without length octets and root: RFC 1035 allows 255 on the wire.
pub const MAX_NAME: usize = 253;
/// Most octets of a label (RFC 1035 section 2.3.4).
pub const MAX_LABEL: usize = 63;

/// Room for the longest name, and for 8-byte loads at its end.
const BUFFER: usize = 264;

/// A domain name in canonical form: lower case, no final dot, at most [`MAX_NAME`] octets.
///
/// `Display` writes presentation form: printable ASCII as it is, special characters as `\X`, other octets as `\DDD`.
#[derive(Clone)]
pub struct Name {
    /// Octets with `.` between labels; zero behind the end.
    bytes: [u8; BUFFER],
    len: usize,
    /// Bit n: octet n is a separator.
    dots: [u64; 4],
    labels: usize,
    /// Only letters, digits, `-`, `_` and separators.
    plain: bool,
}

/// Why bytes are not a domain name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameError {
    /// Nothing there, or only the root.
    Empty,
    /// More than 253 octets (255 on the wire).
    TooLong,
    /// A label of more than 63 octets.
    LabelTooLong,
    /// Two dots in a row, or one in front.
    EmptyLabel,
    /// A backslash that neither `\DDD` (000 to 255) nor a character follows.
    Escape,
    /// An unescaped octet that stands in no domain name: blanks, controls, URL punctuation, bytes above 0x7e.
    Octet(u8),
    /// An IPv4 or IPv6 address.
    Address,
    /// Wire form that ends early, has a compression pointer or goes on behind the root.
    Wire,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::TooLong => f.write_str("longer than 253 octets"),
            Self::LabelTooLong => f.write_str("a label is longer than 63 octets"),
            Self::EmptyLabel => f.write_str("an empty label"),
            Self::Escape => f.write_str("a backslash without a valid escape"),
            Self::Octet(octet @ 0x21..=0x7e) => write!(f, "the character {:?}", char::from(*octet)),
            Self::Octet(b' ') => f.write_str("a blank"),
            Self::Octet(octet) => write!(f, "the byte {octet:#04x}"),
            Self::Address => f.write_str("an IP address"),
            Self::Wire => f.write_str("damaged wire form"),
        }
    }
}

impl std::error::Error for NameError {}

impl Name {
    /// Reads presentation form.
    ///
    /// # Errors
    /// [`NameError`] says what is not a domain name about it.
    pub fn parse(text: &[u8]) -> Result<Self, NameError> {
        let mut name = Self::blank();
        name.read(text)?;
        Ok(name)
    }

    /// Reads wire form: length octets, labels, the root's zero octet; no compression pointers.
    ///
    /// # Errors
    /// [`NameError::Wire`] for damage, [`NameError::Empty`] for the root alone.
    pub fn parse_wire(wire: &[u8]) -> Result<Self, NameError> {
        let mut name = Self::blank();
        name.read_wire(wire)?;
        Ok(name)
    }

    /// A name without content, to be filled by `read`.
    pub(crate) const fn blank() -> Self {
        Self { bytes: [0; BUFFER], len: 0, dots: [0; 4], labels: 0, plain: true }
    }

    /// The decoded octets, `.` between labels. An octet `.` may also stand inside a label: see [`Name::is_plain`].
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }

    /// How many labels the name has, the root not counted.
    pub fn label_count(&self) -> usize {
        self.labels
    }

    /// Whether the name has only letters, digits, `-` and `_`: then its octets are also its presentation form.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// Offset of the label that ends where the label at `start` begins, or `None` for the first label.
    fn previous_dot(&self, before: usize) -> Option<usize> {
        let mut word = before / 64;
        let mut mask = self.dots.get(word).copied().unwrap_or(0) & ((1_u64 << (before % 64)) - 1);
        while mask == 0 {
            word = word.checked_sub(1)?;
            mask = self.dots.get(word).copied().unwrap_or(0);
        }
        Some(word * 64 + 63 - mask.leading_zeros() as usize)
    }

    /// The labels from the last (the top-level domain) to the first, each with its offset.
    pub fn labels_from_right(&self) -> LabelsFromRight<'_> {
        LabelsFromRight { name: self, end: if self.len == 0 { None } else { Some(self.len) } }
    }

    /// Whether the name is `ancestor` or lies below it.
    pub fn is_within(&self, ancestor: &Name) -> bool {
        let mut own = self.labels_from_right();
        self.labels >= ancestor.labels
            && ancestor.labels_from_right().all(|label| own.next().is_some_and(|mine| mine.bytes == label.bytes))
    }

    /// The part from an offset on, in presentation form.
    pub(crate) fn tail(&self, start: usize) -> String {
        let mut text = String::new();
        self.write_range(start, &mut text);
        text
    }

    fn is_dot(&self, at: usize) -> bool {
        self.dots.get(at / 64).is_some_and(|mask| mask >> (at % 64) & 1 == 1)
    }

    fn write_range(&self, start: usize, out: &mut String) {
        for (at, &octet) in self.as_bytes().iter().enumerate().skip(start) {
            match octet {
                b'.' if self.is_dot(at) => out.push('.'),
                b'.' | b'\\' | b'"' | b'(' | b')' | b';' | b'@' | b'$' => {
                    out.push('\\');
                    out.push(char::from(octet));
                }
                0x21..=0x7e => out.push(char::from(octet)),
                // Writing to a String does not fail.
                _ => {
                    let _ = write!(out, "\\{octet:03}");
                }
            }
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tail(0))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.dots == other.dots && self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Name {}

/// Iterator of [`Name::labels_from_right`].
#[derive(Clone, Debug)]
pub struct LabelsFromRight<'n> {
    name: &'n Name,
    /// Behind the last octet of the next label.
    end: Option<usize>,
}

/// One label: where it starts, and its octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'n> {
    /// Offset of the label's first octet in [`Name::as_bytes`].
    pub start: usize,
    /// The label's octets.
    pub bytes: &'n [u8],
}

impl<'n> Iterator for LabelsFromRight<'n> {
    type Item = Label<'n>;

    #[inline]
    fn next(&mut self) -> Option<Label<'n>> {
        let end = self.end?;
        let dot = self.name.previous_dot(end);
        let start = dot.map_or(0, |dot| dot + 1);
        self.end = dot;
        Some(Label { start, bytes: self.name.bytes.get(start..end)? })
    }
}

impl Name {
    /// The octets from `start` on as one little-endian word; behind the name they are zero.
    #[inline]
    pub(crate) fn word(&self, start: usize) -> u64 {
        words::load(&self.bytes, start)
    }
}
