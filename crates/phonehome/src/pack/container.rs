//! The outer form of every pack: header, checksum, sections.

use std::borrow::Cow;
use std::ops::Range;

use super::PackError;
use super::layout::{ALIGN, FORMAT, HEADER, KIND_BASE, MAGIC, MAX_SECTIONS, SECTION_ROW};
use crate::hash;

/// An opened pack: bytes that passed the checks, and where its sections lie.
#[derive(Clone)]
pub(crate) struct Container<'a> {
    bytes: Cow<'a, [u8]>,
    pub(crate) seed: u64,
    /// Content date, yyyymmdd.
    pub(crate) date: u32,
    pub(crate) checksum: u64,
}

/// A section's place and parameter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    range: Range<usize>,
    pub(crate) parameter: u32,
}

impl<'a> Container<'a> {
    /// Checks everything that can be checked without knowing the sections.
    pub(crate) fn open(bytes: Cow<'a, [u8]>, kind: u8) -> Result<Self, PackError> {
        if bytes.len() < HEADER {
            let is_ours = MAGIC.starts_with(bytes.get(..bytes.len().min(MAGIC.len())).unwrap_or(&[]));
            return Err(if is_ours {
                PackError::Truncated { expected: HEADER, got: bytes.len() }
            } else {
                PackError::Magic
            });
        }
        if !bytes.starts_with(&MAGIC) {
            return Err(PackError::Magic);
        }
        let format = read_u16(&bytes, 8);
        if format != FORMAT {
            return Err(PackError::Format { expected: FORMAT, got: format });
        }
        let length = read_u32(&bytes, 20) as usize;
        if length != bytes.len() {
            return Err(PackError::Truncated { expected: length, got: bytes.len() });
        }
        let expected = read_u64(&bytes, 32);
        let got = checksum(&bytes);
        if expected != got {
            return Err(PackError::Checksum { expected, got });
        }
        let found = bytes.get(12).copied().unwrap_or(0);
        if found != kind {
            return Err(PackError::Kind { expected: kind_name(kind), got: kind_name(found) });
        }
        Ok(Self { seed: read_u64(&bytes, 24), date: read_u32(&bytes, 16), checksum: expected, bytes })
    }

    /// A section that must be there.
    pub(crate) fn section(&self, id: u32, name: &'static str) -> Result<Section, PackError> {
        let count = (read_u32(&self.bytes, 40) as usize).min(MAX_SECTIONS);
        let row = (0..count)
            .map(|n| HEADER + n * SECTION_ROW)
            .find(|row| read_u32(&self.bytes, *row) == id)
            .ok_or(PackError::Section(name))?;
        let start = read_u32(&self.bytes, row + 4) as usize;
        let end = start.saturating_add(read_u32(&self.bytes, row + 8) as usize);
        if end > self.bytes.len() || !start.is_multiple_of(ALIGN) {
            return Err(PackError::Section(name));
        }
        Ok(Section { range: start..end, parameter: read_u32(&self.bytes, row + 12) })
    }

    /// A section that may be missing; then it is empty.
    pub(crate) fn optional(&self, id: u32) -> Section {
        self.section(id, "").unwrap_or_default()
    }

    /// A section's bytes.
    #[inline]
    pub(crate) fn bytes_of(&self, section: &Section) -> &[u8] {
        self.bytes.get(section.range.clone()).unwrap_or(&[])
    }

    /// The size of the file in bytes.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }
}

impl std::fmt::Debug for Container<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Container({} bytes, {:016x})", self.bytes.len(), self.checksum)
    }
}

const fn kind_name(kind: u8) -> &'static str {
    if kind == KIND_BASE { "a base pack" } else { "an overlay" }
}

/// The checksum over the header before its own field, and everything behind that field.
fn checksum(bytes: &[u8]) -> u64 {
    let before = hash::checksum(bytes.get(..32).unwrap_or(&[]));
    before.rotate_left(17) ^ hash::checksum(bytes.get(40..).unwrap_or(&[]))
}

/// Writes length and checksum into the header of finished pack bytes.
pub(crate) fn seal(bytes: &mut [u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    if let Some(field) = bytes.get_mut(20..24) {
        field.copy_from_slice(&length.to_le_bytes());
    }
    let sum = checksum(bytes);
    if let Some(field) = bytes.get_mut(32..40) {
        field.copy_from_slice(&sum.to_le_bytes());
    }
}

/// Little-endian numbers at an offset; 0 where the bytes end.
pub(super) fn read_u16(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at.saturating_add(2)).and_then(|slice| slice.try_into().ok()).map_or(0, u16::from_le_bytes)
}

/// See [`read_u16`].
pub(super) fn read_u32(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at.saturating_add(4)).and_then(|slice| slice.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// See [`read_u16`].
pub(super) fn read_u64(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at.saturating_add(8)).and_then(|slice| slice.try_into().ok()).map_or(0, u64::from_le_bytes)
}
