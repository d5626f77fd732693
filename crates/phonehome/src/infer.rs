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
        } else if guess.region == Region::NONE {
            let word = std::str::from_utf8(token).unwrap_or("");
            guess.region = REGIONS
                .iter()
                .find(|region| **region == word)
                .and_then(|id| Region::from_id(id))
                .unwrap_or(Region::NONE);
        }
    }
    guess
}

/// The runs of letters of each piece. A piece that goes to and fro between letters and digits is an identifier, not words.
fn tokens(host: &[u8]) -> impl Iterator<Item = &[u8]> {
    let pieces = host.split(|octet| matches!(octet, b'.' | b'-' | b'_'));
    pieces
        .filter(|piece| runs(piece).count() <= 2)
        .flat_map(runs)
        .filter(|run| run.first().is_some_and(u8::is_ascii_lowercase))
}

/// A piece, cut where letters meet digits.
fn runs(piece: &[u8]) -> impl Iterator<Item = &[u8]> {
    piece.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit())
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
        check("ad2afa9e-11.push", &["push"]);
        check("", &[]);
        check("..--__", &[]);
    }
}
