//! Filling a [`Name`]: a fast road for plain text, a careful one for escapes and unusual octets, one for wire form.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{BUFFER, MAX_LABEL, MAX_NAME, Name, NameError, words};

impl Name {
    /// Reads presentation form into a blank name.
    #[inline]
    pub(crate) fn read(&mut self, text: &[u8]) -> Result<(), NameError> {
        let bare = match text {
            [rest @ .., b'.'] => rest,
            all => all,
        };
        if bare.is_empty() {
            return Err(if text.len() == 1 || text.is_empty() { NameError::Empty } else { NameError::EmptyLabel });
        }
        if bare.len() > MAX_NAME || !self.read_plain(bare) {
            *self = Self::blank();
            self.read_careful(text)?;
        }
        self.check_labels()?;
        self.check_address()
    }

    /// Copies, lower-cases and finds separators; false when an octet is not plain.
    #[inline]
    fn read_plain(&mut self, text: &[u8]) -> bool {
        let Some(target) = self.bytes.get_mut(..text.len()) else { return false };
        target.copy_from_slice(text);
        self.len = text.len();
        let mut start = 0;
        while start < text.len() {
            let kept = words::first_octets(text.len() - start);
            let word = words::lower_case(words::load(&self.bytes, start));
            // Octets behind the end count as the letter "a".
            if !words::is_plain((word & kept) | (!kept & 0x6161_6161_6161_6161)) {
                return false;
            }
            if let Some(slot) = self.bytes.get_mut(start..start + 8) {
                slot.copy_from_slice(&word.to_le_bytes());
            }
            if let Some(mask) = self.dots.get_mut(start / 64) {
                *mask |= words::dots(word) << (start % 64);
            }
            start += 8;
        }
        true
    }

    /// Reads escapes and the octets that names may hold besides letters and digits.
    #[cold]
    fn read_careful(&mut self, text: &[u8]) -> Result<(), NameError> {
        self.plain = false;
        let mut rest = text;
        while let Some((&octet, after)) = rest.split_first() {
            rest = after;
            match octet {
                // The final dot is the root's.
                b'.' if rest.is_empty() => {}
                b'.' => self.push_dot()?,
                b'\\' => {
                    let (decoded, after) = unescape(rest)?;
                    rest = after;
                    self.push(decoded)?;
                }
                _ if stands_in_names(octet) => self.push(octet)?,
                _ => return Err(refusal(octet, text)),
            }
        }
        Ok(())
    }

    /// Reads wire form into a blank name.
    pub(crate) fn read_wire(&mut self, wire: &[u8]) -> Result<(), NameError> {
        let mut rest = wire;
        loop {
            let (&count, after) = rest.split_first().ok_or(NameError::Wire)?;
            if count == 0 {
                if !after.is_empty() {
                    return Err(NameError::Wire);
                }
                break;
            }
            if usize::from(count) > MAX_LABEL {
                return Err(NameError::Wire);
            }
            let (label, after) = after.split_at_checked(usize::from(count)).ok_or(NameError::Wire)?;
            if self.len > 0 {
                self.push_dot()?;
            }
            for &octet in label {
                self.plain &= matches!(octet, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_');
                self.push(octet)?;
            }
            rest = after;
        }
        self.check_labels()
    }

    fn push(&mut self, octet: u8) -> Result<(), NameError> {
        if self.len >= MAX_NAME {
            return Err(NameError::TooLong);
        }
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = octet.to_ascii_lowercase();
        }
        self.len += 1;
        Ok(())
    }

    fn push_dot(&mut self) -> Result<(), NameError> {
        let at = self.len;
        self.push(b'.')?;
        if let Some(mask) = self.dots.get_mut(at / 64) {
            *mask |= 1 << (at % 64);
        }
        Ok(())
    }

    /// Counts labels and refuses empty and long ones.
    #[inline]
    fn check_labels(&mut self) -> Result<(), NameError> {
        if self.len == 0 {
            return Err(NameError::Empty);
        }
        self.labels = 1 + self.dots.iter().map(|mask| mask.count_ones() as usize).sum::<usize>();
        // A label longer than 63 octets needs a name at least that long; most names are short.
        let mut longest = 0;
        let mut shortest = usize::MAX;
        let mut end = self.len;
        while let Some(dot) = self.previous_dot(end) {
            longest = longest.max(end - dot - 1);
            shortest = shortest.min(end - dot - 1);
            end = dot;
        }
        longest = longest.max(end);
        shortest = shortest.min(end);
        if longest > MAX_LABEL {
            return Err(NameError::LabelTooLong);
        }
        if shortest == 0 { Err(NameError::EmptyLabel) } else { Ok(()) }
    }

    /// Refuses IPv4 addresses: dots and digits alone.
    #[inline]
    fn check_address(&self) -> Result<(), NameError> {
        let bytes = self.as_bytes();
        if !bytes.last().is_some_and(u8::is_ascii_digit) || !bytes.first().is_some_and(u8::is_ascii_digit) {
            return Ok(());
        }
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        if text.parse::<Ipv4Addr>().is_ok() { Err(NameError::Address) } else { Ok(()) }
    }
}

/// `DDD` or one character behind a backslash.
fn unescape(rest: &[u8]) -> Result<(u8, &[u8]), NameError> {
    match rest {
        [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', after @ ..] => {
            let value = u32::from(a - b'0') * 100 + u32::from(b - b'0') * 10 + u32::from(c - b'0');
            u8::try_from(value).map(|octet| (octet, after)).map_err(|_| NameError::Escape)
        }
        [b'0'..=b'9', ..] | [] => Err(NameError::Escape),
        [octet, after @ ..] => Ok((*octet, after)),
    }
}

/// Printable ASCII that resolvers print unescaped in names; blanks and the punctuation of URLs, lists and zone files do not.
const fn stands_in_names(octet: u8) -> bool {
    matches!(octet, 0x21..=0x7e)
        && !matches!(octet, b'/' | b':' | b'@' | b',' | b';' | b'"' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'\\')
}

/// An IPv6 address, or the octet that is at fault.
fn refusal(octet: u8, text: &[u8]) -> NameError {
    let inner = match text {
        [b'[', inner @ .., b']'] => inner,
        all => all,
    };
    let is_address =
        inner.len() < BUFFER && std::str::from_utf8(inner).is_ok_and(|text| text.parse::<Ipv6Addr>().is_ok());
    if is_address { NameError::Address } else { NameError::Octet(octet) }
}
