//! Filling a [`Name`]: a fast road for plain text, a careful one for escapes and unusual octets, one for wire form.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{BUFFER, MAX_LABEL, MAX_NAME, Name, NameError, words};

impl Name {
    /// Reads presentation form in the place of what was there. After an error the name is good for nothing but another reading.
    #[inline]
    pub(crate) fn read(&mut self, text: &[u8]) -> Result<(), NameError> {
        (self.dots, self.plain) = ([0; 4], true);
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
        let Ok(len) = u8::try_from(text.len()) else { return false };
        self.len = len;
        let (target, _) = self.bytes.as_chunks_mut::<8>();
        let lines = text.chunks(64).zip(target.chunks_mut(8)).zip(&mut self.dots);
        let mut fine = true;
        for ((text, target), dots) in lines {
            let (whole, rest) = text.as_chunks::<8>();
            let last = (!rest.is_empty()).then(|| words::last_of(text, rest.len()));
            let words = whole.iter().map(|octets| (u64::from_le_bytes(*octets), u64::MAX));
            let words = words.chain(last.map(|word| (word, words::first_octets(rest.len()))));
            for ((place, (word, kept)), slot) in words.enumerate().zip(target) {
                let word = words::lower_case(word);
                // Octets behind the end count as the letter "a".
                fine &= words::is_plain(word | (!kept & words::LETTERS));
                *dots |= words::dots(word) << (place * 8);
                *slot = word.to_le_bytes();
            }
        }
        fine
    }

    /// Reads escapes and the octets that names may hold besides letters and digits.
    #[cold]
    fn read_careful(&mut self, text: &[u8]) -> Result<(), NameError> {
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
                    self.push_octet(decoded)?;
                }
                _ if stands_in_names(octet) => self.push_octet(octet)?,
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
                self.push_octet(octet)?;
            }
            rest = after;
        }
        self.check_labels()
    }

    /// Appends an octet of a label.
    fn push_octet(&mut self, octet: u8) -> Result<(), NameError> {
        self.plain &= matches!(octet, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_');
        self.push(octet)
    }

    fn push(&mut self, octet: u8) -> Result<(), NameError> {
        if self.len() >= MAX_NAME {
            return Err(NameError::TooLong);
        }
        if let Some(slot) = self.bytes.get_mut(usize::from(self.len)) {
            *slot = octet.to_ascii_lowercase();
        }
        self.len += 1;
        Ok(())
    }

    fn push_dot(&mut self) -> Result<(), NameError> {
        let at = self.len();
        self.push(b'.')?;
        if let Some(mask) = self.dots.get_mut(at / 64) {
            *mask |= 1 << (at % 64);
        }
        Ok(())
    }

    /// Counts labels and refuses empty and long ones.
    #[inline]
    fn check_labels(&mut self) -> Result<(), NameError> {
        let len = self.len();
        let [dots, ..] = self.dots;
        if len == 0 {
            return Err(NameError::Empty);
        }
        if len > MAX_LABEL {
            return self.check_long_labels();
        }
        // One word holds all separators, and no label is too long; an empty one has a separator on both sides.
        self.labels = 1 + dots.count_ones() as u8;
        if dots & (dots << 1 | 1 | 1 << len >> 1) == 0 { Ok(()) } else { Err(NameError::EmptyLabel) }
    }

    fn check_long_labels(&mut self) -> Result<(), NameError> {
        self.labels = 1;
        let (mut longest, mut shortest) = (0, usize::MAX);
        let mut end = self.len();
        while let Some(dot) = self.previous_dot(end) {
            self.labels += 1;
            longest = longest.max(end - dot - 1);
            shortest = shortest.min(end - dot - 1);
            end = dot;
        }
        if longest.max(end) > MAX_LABEL {
            return Err(NameError::LabelTooLong);
        }
        if shortest.min(end) == 0 { Err(NameError::EmptyLabel) } else { Ok(()) }
    }

    /// Refuses IPv4 addresses: dots and digits alone.
    #[inline]
    fn check_address(&self) -> Result<(), NameError> {
        let bytes = self.as_bytes();
        // With fewer labels than dots, a dot stands inside a label.
        if self.labels != 4
            || !bytes.last().is_some_and(u8::is_ascii_digit)
            || !bytes.first().is_some_and(u8::is_ascii_digit)
        {
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
pub(super) const fn stands_in_names(octet: u8) -> bool {
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
