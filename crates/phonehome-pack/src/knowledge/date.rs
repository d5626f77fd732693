//! Dates of the sources: `2026-11-24`.

/// The date as yyyymmdd, when the text is a possible date.
pub(super) fn number(text: &str) -> Option<u32> {
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(n, octet)| if n == 4 || n == 7 { *octet == b'-' } else { octet.is_ascii_digit() });
    let part = |range| text.get(range).and_then(|digits: &str| digits.parse::<u32>().ok());
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let is_possible = is_shaped && (1990..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_possible.then_some(year * 10_000 + month * 100 + day)
}
