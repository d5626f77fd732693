//! Punycode (RFC 3492) of one label, decoded in place: no allocation, and time bounded by the label's length.

use crate::name::MAX_LABEL;

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// The characters of a decoded label.
#[derive(Clone, Debug)]
pub(super) struct Decoded {
    chars: [char; MAX_LABEL],
    len: usize,
}

impl Decoded {
    pub(super) fn chars(&self) -> &[char] {
        self.chars.get(..self.len).unwrap_or(&[])
    }

    fn insert(&mut self, at: usize, char: char) -> Option<()> {
        let part = self.chars.get_mut(at..=self.len)?;
        part.rotate_right(1);
        *part.first_mut()? = char;
        self.len += 1;
        Some(())
    }
}

/// Decodes what stands behind `xn--`; `None` for what is not Punycode or too long for a label.
pub(super) fn decode(text: &[u8]) -> Option<Decoded> {
    let mut out = Decoded { chars: ['\0'; MAX_LABEL], len: 0 };
    let (basic, mut rest) = match text.iter().rposition(|octet| *octet == b'-') {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (&[][..], text),
    };
    for octet in basic {
        out.insert(out.len, octet.is_ascii().then_some(char::from(*octet))?)?;
    }
    let (mut code, mut at, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    while !rest.is_empty() {
        let (delta, left) = number(rest, bias)?;
        rest = left;
        let points = u32::try_from(out.len).ok()? + 1;
        bias = adapt(delta, points, at == 0 && code == INITIAL_N);
        let place = at.checked_add(delta)?;
        code = code.checked_add(place / points)?;
        out.insert((place % points) as usize, char::from_u32(code)?)?;
        at = place % points + 1;
    }
    Some(out)
}

/// One variable-length number, and what stands behind it.
fn number(text: &[u8], bias: u32) -> Option<(u32, &[u8])> {
    let (mut value, mut weight) = (0_u32, 1_u32);
    for (n, octet) in text.iter().enumerate() {
        let digit = match octet {
            b'a'..=b'z' => u32::from(octet - b'a'),
            b'A'..=b'Z' => u32::from(octet - b'A'),
            b'0'..=b'9' => u32::from(octet - b'0') + 26,
            _ => return None,
        };
        value = value.checked_add(digit.checked_mul(weight)?)?;
        let threshold = (BASE * (u32::try_from(n).ok()? + 1)).saturating_sub(bias).clamp(T_MIN, T_MAX);
        if digit < threshold {
            return Some((value, text.get(n + 1..)?));
        }
        weight = weight.checked_mul(BASE - threshold)?;
    }
    None
}

fn adapt(delta: u32, points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut bias = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        bias += BASE;
    }
    bias + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<String> {
        decode(text.as_bytes()).map(|decoded| decoded.chars().iter().collect())
    }

    #[test]
    fn vectors_of_rfc_3492() {
        // Section 7.1: (A) Arabic, (B) simplified Chinese, (D) Czech, (E) Hebrew, (I) Russian, (L), (P), (R), (S).
        for (encoded, plain) in [
            (
                "egbpdaj6bu4bxfgehfvwxn",
                "\u{644}\u{64a}\u{647}\u{645}\u{627}\u{628}\u{62a}\u{643}\u{644}\u{645}\u{648}\u{634}\u{639}\u{631}\u{628}\u{64a}\u{61f}",
            ),
            ("ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"),
            ("Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"),
            ("b1abfaaepdrnnbgefbadotcwatmq2g4l", "почемужеонинеговорятпорусски"),
            ("3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"),
            ("MajiKoi5-783gue6qz075azm5e", "MajiでKoiする5秒前"),
            ("d9juau41awczczp", "そのスピードで"),
            ("-> $1.00 <--", "-> $1.00 <-"),
        ] {
            assert_eq!(decoded(encoded).as_deref(), Some(plain), "{encoded}");
        }
        assert_eq!(decoded("mnchen-3ya").as_deref(), Some("münchen"));
    }

    #[test]
    fn junk_is_refused() {
        for junk in [
            "99999999",
            "a-99999999999999",
            "\u{fc}",
            "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
            "a_",
            "--.",
            "ls8h=",
        ] {
            assert_eq!(decoded(junk), None, "{junk}");
        }
        assert_eq!(decoded("").as_deref(), Some(""));
    }

    #[test]
    fn any_octets_end() {
        // A linear congruential generator stands in for random octets.
        let mut state = 7_u32;
        for _ in 0..20_000 {
            let mut label = [0; MAX_LABEL];
            for octet in &mut label {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *octet = b"abcdefghijklmnopqrstuvwxyz0123456789-\xff"[(state >> 24) as usize % 38];
            }
            let _ = decode(&label[..(state >> 16) as usize % MAX_LABEL]);
        }
    }
}
