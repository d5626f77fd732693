//! Eight octets at a time: case, separators and unusual octets by arithmetic on words (SWAR), equal on every surface.

const ONES: u64 = 0x0101_0101_0101_0101;
const LOW7: u64 = 0x7f7f_7f7f_7f7f_7f7f;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The word at `start`, little-endian; zero where the bytes end.
#[inline]
pub(super) fn load(bytes: &[u8], start: usize) -> u64 {
    match bytes.get(start..start + 8).and_then(|slice| slice.try_into().ok()) {
        Some(array) => u64::from_le_bytes(array),
        None => 0,
    }
}

/// The letter "a" eight times.
pub(super) const LETTERS: u64 = ONES * b'a' as u64;

/// The last `count` octets (1 to 7) as a word.
#[inline]
pub(super) fn last_of(bytes: &[u8], count: usize) -> u64 {
    match bytes.last_chunk::<8>() {
        Some(octets) => u64::from_le_bytes(*octets) >> (64 - 8 * count),
        None => bytes.iter().rev().fold(0, |word, octet| word << 8 | u64::from(*octet)),
    }
}

/// The first eight octets of a name's last label as a word, at compile time.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
pub(super) const fn top(name: &[u8]) -> u64 {
    let mut start = name.len();
    while start > 0 && name[start - 1] != b'.' {
        start -= 1;
    }
    let mut word = 0;
    let mut n = 0;
    while n < 8 && start + n < name.len() {
        word |= (name[start + n] as u64) << (8 * n);
        n += 1;
    }
    word
}

/// 0x80 in every octet of `word` that lies in `first..=last`; octets above 0x7f never do.
#[inline]
const fn in_range(word: u64, first: u8, last: u8) -> u64 {
    let low = word & LOW7;
    let at_least_first = low + ONES * (0x80 - first as u64);
    let above_last = low + ONES * (0x7f - last as u64);
    at_least_first & !above_last & !word & HIGH
}

/// 0x80 in every octet of `word` equal to `octet`, exactly.
#[inline]
const fn equal_to(word: u64, octet: u8) -> u64 {
    in_range(word, octet, octet)
}

/// The word in lower case (ASCII).
#[inline]
pub(super) const fn lower_case(word: u64) -> u64 {
    word | (in_range(word, b'A', b'Z') >> 2)
}

/// One bit an octet: which are dots.
#[inline]
pub(super) const fn dots(word: u64) -> u64 {
    // Gathers the top bits of the octets: octet n's bit lands at bit 56 + n.
    (equal_to(word, b'.') >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// 0x80 in every octet that is a LF.
#[inline]
pub(crate) const fn line_feeds(octets: [u8; 8]) -> u64 {
    equal_to(u64::from_le_bytes(octets), b'\n')
}

/// Whether every octet of a lower-case word is a letter, a digit, `-`, `_` or `.`.
#[inline]
pub(super) const fn is_plain(word: u64) -> bool {
    // '-' and '.' are neighbours, and '/' alone divides them from the digits.
    let fine = in_range(word, b'a', b'z') | (in_range(word, b'-', b'9') & !equal_to(word, b'/')) | equal_to(word, b'_');
    fine == HIGH
}

/// Octets `0..count` of the word; count at most 8.
#[inline]
pub(crate) const fn first_octets(count: usize) -> u64 {
    if count >= 8 { u64::MAX } else { (1_u64 << (count * 8)) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_octets() {
        for octet in 0..=255_u8 {
            for place in 0..8 {
                let mut array = *b"a0-z.9_b";
                array[place] = octet;
                let word = u64::from_le_bytes(array);
                let lower = lower_case(word).to_le_bytes();
                assert_eq!(lower, array.map(|octet| octet.to_ascii_lowercase()), "{array:?}");
                let expected =
                    array.iter().enumerate().filter(|(_, octet)| **octet == b'.').fold(0, |mask, (n, _)| mask | 1 << n);
                assert_eq!(dots(word), expected, "{array:?}");
                let plain = |octet: &u8| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
                assert_eq!(is_plain(lower_case(word)), lower.iter().all(plain), "{array:?}");
            }
        }
    }
}
