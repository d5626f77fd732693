//! Names: text or wire form in, canonical bytes with label boundaries out.
//!
//! Accepted are presentation form (RFC 1035 section 5.1: `\DDD`, `\X`, an optional final dot, any case) and wire form (length
//! octets). Both give the same [`Name`]: decoded octets in lower case, and a mask that says which of them are separators, so
//! that an escaped dot stays inside its label. U-labels, URLs and list syntax belong to `phonehome-logs::lists`.

mod read;
mod special;
mod words;

use std::fmt::{self, Write};

pub(crate) use special::{is_reverse, local_suffix};
pub(crate) use words::{first_octets, line_feeds};

/// Most octets of a name without length octets and root: RFC 1035 allows 255 on the wire.
pub const MAX_NAME: usize = 253;
/// Most octets of a label (RFC 1035 section 2.3.4).
pub const MAX_LABEL: usize = 63;

/// Room for the longest name, and for 8-byte loads at its end.
const BUFFER: usize = MAX_NAME + 8;

/// A domain name in canonical form: lower case, no final dot, at most [`MAX_NAME`] octets.
///
/// `Display` writes presentation form: printable ASCII as it is, special characters as `\X`, other octets as `\DDD`.
// In this order a usual name lies in one or two cache lines.
#[derive(Clone)]
#[repr(C)]
pub struct Name {
    /// Bit n: octet n is a separator.
    dots: [u64; 4],
    len: u8,
    labels: u8,
    /// Only letters, digits, `-`, `_` and separators.
    plain: bool,
    /// Octets with `.` between labels; anything behind the end.
    bytes: [u8; BUFFER],
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
        Self { dots: [0; 4], len: 0, labels: 0, plain: true, bytes: [0; BUFFER] }
    }

    /// The decoded octets, `.` between labels. An octet `.` may also stand inside a label: see [`Name::is_plain`].
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len()).unwrap_or(&[])
    }

    /// How many labels the name has, the root not counted.
    pub fn label_count(&self) -> usize {
        usize::from(self.labels)
    }

    /// Whether the name has only letters, digits, `-` and `_`: then its octets are also its presentation form.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// The last separator before an offset.
    fn previous_dot(&self, before: usize) -> Option<usize> {
        let mut word = before / 64;
        let mut mask = self.dots.get(word).copied().unwrap_or(0) & ((1_u64 << (before % 64)) - 1);
        while mask == 0 {
            word = word.checked_sub(1)?;
            mask = self.dots.get(word).copied().unwrap_or(0);
        }
        Some(word * 64 + 63 - mask.leading_zeros() as usize)
    }

    /// Where the label starts that ends at an offset.
    #[inline]
    pub(crate) fn label_start_before(&self, end: usize) -> usize {
        self.previous_dot(end).map_or(0, |dot| dot + 1)
    }

    /// The labels from the last (the top-level domain) to the first, each with its offset.
    pub fn labels_from_right(&self) -> LabelsFromRight<'_> {
        LabelsFromRight { name: self, end: if self.len == 0 { None } else { Some(self.len()) } }
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
        // Nearly every name is its own presentation form.
        if self.plain
            && let Some(Ok(text)) = self.as_bytes().get(start..).map(std::str::from_utf8)
        {
            out.push_str(text);
            return;
        }
        for (at, &octet) in self.as_bytes().iter().enumerate().skip(start) {
            match octet {
                b'.' if self.is_dot(at) => out.push('.'),
                _ if read::stands_in_names(octet) && !matches!(octet, b'.' | b'$') => out.push(char::from(octet)),
                // What reading refuses bare, and what means something in a zone file.
                0x21..=0x7e => {
                    out.push('\\');
                    out.push(char::from(octet));
                }
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
    /// Octets of the name, separators included.
    #[inline]
    pub(crate) const fn len(&self) -> usize {
        self.len as usize
    }

    /// The octets from `start` on as one little-endian word, with anything behind the name's end.
    #[inline]
    pub(crate) fn word(&self, start: usize) -> u64 {
        words::load(&self.bytes, start)
    }

    /// Offsets at which labels start, the first label first.
    #[inline]
    pub(crate) const fn label_starts(&self) -> LabelStarts<'_> {
        let [mask, later @ ..] = &self.dots;
        LabelStarts { start: 0, left: self.labels, mask: *mask, base: 0, later }
    }

    /// Which octets are dots inside labels, one bit each; none in most names.
    #[inline]
    pub(crate) fn inner_dots(&self) -> [u64; 4] {
        if self.plain { [0; 4] } else { self.find_inner_dots() }
    }

    #[cold]
    fn find_inner_dots(&self) -> [u64; 4] {
        let mut found = [0; 4];
        for (at, octet) in self.as_bytes().iter().enumerate() {
            if let (b'.', Some(mask)) = (octet, found.get_mut(at / 64)) {
                *mask |= 1 << (at % 64);
            }
        }
        for (mask, dots) in found.iter_mut().zip(self.dots) {
            *mask &= !dots;
        }
        found
    }
}

/// Iterator of [`Name::label_starts`].
pub(crate) struct LabelStarts<'n> {
    start: usize,
    left: u8,
    /// Separators not yet passed of the 64 octets from `base` on, and those behind.
    mask: u64,
    base: usize,
    later: &'n [u64],
}

impl Iterator for LabelStarts<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let start = self.start;
        self.left = self.left.checked_sub(1)?;
        if self.left > 0 {
            while self.mask == 0 {
                let (next, later) = self.later.split_first()?;
                (self.mask, self.later) = (*next, later);
                self.base += 64;
            }
            self.start = self.base + self.mask.trailing_zeros() as usize + 1;
            self.mask &= self.mask - 1;
        }
        Some(start)
    }
}
