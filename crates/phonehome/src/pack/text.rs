//! Varints and strings of a pack.

/// Reads numbers and strings one after the other; what is missing reads as zero and empty.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(section: &'a [u8], start: usize) -> Self {
        Self { bytes: section.get(start..).unwrap_or(&[]) }
    }

    pub(super) fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((&octet, rest)) => {
                self.bytes = rest;
                octet
            }
            None => 0,
        }
    }

    /// An LEB128 number; more than five octets read as zero.
    pub(super) fn number(&mut self) -> u32 {
        let mut value = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let octet = self.byte();
            value |= u64::from(octet & 0x7f) << shift;
            if octet & 0x80 == 0 {
                return u32::try_from(value).unwrap_or(0);
            }
        }
        0
    }

    /// How many items follow; never more than octets are left.
    pub(super) fn count(&mut self) -> usize {
        (self.number() as usize).min(self.bytes.len())
    }
}

/// The string at an offset of the section `STRINGS`; anything else than one reads as empty.
pub(super) fn string(strings: &[u8], offset: u32) -> &str {
    let mut reader = Reader::new(strings, offset as usize);
    let length = reader.number() as usize;
    reader.bytes.get(..length).and_then(|octets| std::str::from_utf8(octets).ok()).unwrap_or("")
}
