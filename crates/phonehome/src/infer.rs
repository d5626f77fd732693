//! Purposes guessed from words in a host name, below the suffix of a known vendor only.

use crate::codes::Purpose;
use crate::pack::Base;
use crate::region::Region;

/// Most words that are looked at: the time stays bounded.
const MAX_TOKENS: usize = 12;
/// Most purposes that are guessed.
const MAX_PURPOSES: usize = 3;
/// Region words that mean nothing else in host names; others ("in", "me", "de") are left to patterns.
const REGIONS: &[&str] = &["us", "eu", "cn", "ap", "sg", "ru", "jp", "kr", "au", "br"];

/// Letters of each of them.
const REGION: usize = 2;

/// What the words of a name suggest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guess<'n> {
    /// The purposes in the order of their words.
    pub(crate) purposes: [Option<Purpose>; MAX_PURPOSES],
    /// The first word that suggested a purpose.
    pub(crate) token: &'n [u8],
    /// A region word that stands alone.
    pub(crate) region: Region,
}

/// Reads the host part (what stands before a vendor's domain). Words end at `.`, `-`, `_`, and between letters and digits.
pub(crate) fn guess<'n>(base: &Base<'_>, host: &'n [u8]) -> Guess<'n> {
    let mut guess = Guess { purposes: [None; MAX_PURPOSES], token: &[], region: Region::NONE };
    let mut found = 0;
    for token in tokens(host).take(MAX_TOKENS) {
        if let Some(purpose) = base.token(token).and_then(Purpose::from_number) {
            if found < MAX_PURPOSES && !guess.purposes.contains(&Some(purpose)) {
                if let Some(slot) = guess.purposes.get_mut(found) {
                    *slot = Some(purpose);
                }
                if found == 0 {
                    guess.token = token;
                }
                found += 1;
            }
        } else if guess.region == Region::NONE && token.len() == REGION {
            guess.region = REGIONS
                .iter()
                .find(|region| region.as_bytes() == token)
                .and_then(|id| Region::from_id(id))
                .unwrap_or(Region::NONE);
        }
    }
    guess
}

/// The letters of each piece. A piece that goes to and fro between letters and digits is an identifier, not words.
fn tokens(host: &[u8]) -> impl Iterator<Item = &[u8]> {
    host.split(|octet| matches!(octet, b'.' | b'-' | b'_')).filter_map(letters)
}

/// What is left of a piece without the digits at one end, when there are no others and a letter comes first.
#[inline]
fn letters(piece: &[u8]) -> Option<&[u8]> {
    let is_digit = u8::is_ascii_digit;
    let start = piece.iter().position(|octet| !is_digit(octet))?;
    let (_, rest) = piece.split_at_checked(start)?;
    let end = rest.iter().position(is_digit).unwrap_or(rest.len());
    let (letters, behind) = rest.split_at_checked(end)?;
    let is_word = behind.is_empty() || start == 0 && behind.iter().all(is_digit);
    (is_word && letters.first().is_some_and(u8::is_ascii_lowercase)).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_and_identifiers_left_alone() {
        let check = |host: &str, expected: &[&str]| {
            let found: Vec<&str> = tokens(host.as_bytes()).map(|token| std::str::from_utf8(token).unwrap()).collect();
            assert_eq!(found, expected, "{host}");
        };
        check("log2-eu.ota", &["log", "eu", "ota"]);
        check("12-devaccess", &["devaccess"]);
        check("3com.log2.a1b.1a2.7", &["com", "log"]);
        check("ad2afa9e-11.push", &["push"]);
        check("", &[]);
        check("..--__", &[]);
    }
}
