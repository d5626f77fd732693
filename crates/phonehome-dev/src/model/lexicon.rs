//! The lexicon: English words of the lists named SCOWL (Kevin Atkinson and others, free to use with their notice), as the package
//! `scowl` installs them. Only fingerprints of the words go into the model.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};

use super::data::Judged;

/// Where Debian's package puts the lists.
const FOLDER: &str = "/usr/share/dict/scowl";
/// The lists: a number is the share of words of which an educated speaker knows fewer.
const LISTS: [&str; 2] = ["english-words", "american-words"];
/// See [`LISTS`]; a greater number has rarer words.
const SIZES: [u8; 7] = [10, 20, 35, 40, 50, 55, 60];

/// Lengths of words, in letters: as the library's tables hold them.
const SHORTEST: usize = 3;
const LONGEST: usize = 10;

/// All words of the lists.
pub(super) fn scowl() -> Result<BTreeSet<String>> {
    let mut words = BTreeSet::new();
    for list in LISTS {
        for size in SIZES {
            let path = Path::new(FOLDER).join(format!("{list}.{size}"));
            let text = std::fs::read(&path)
                .with_context(|| format!("cannot read {}: install the package scowl", path.display()))?;
            // ISO 8859-1, of which only plain letters are wanted.
            let lines = text.split(|octet| *octet == b'\n').map(String::from_utf8_lossy);
            words.extend(lines.filter(|word| is_word(word)).map(|word| word.into_owned()));
        }
    }
    Ok(words)
}

fn is_word(word: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// Those words that begin or end a label that a person chose, the most telling first, and not more than `most`.
pub(super) fn useful(words: &BTreeSet<String>, rows: &[Judged], most: usize) -> Vec<String> {
    let labels: BTreeSet<&[u8]> = rows.iter().filter(|row| !row.row.is_dga).map(|row| row.label.as_slice()).collect();
    let mut counts: BTreeMap<&[u8], usize> = words.iter().map(|word| (word.as_bytes(), 0)).collect();
    for part in labels.iter().flat_map(|label| label.split(|octet| !octet.is_ascii_lowercase())) {
        // What is left beside the word has to be long enough for another one.
        for length in SHORTEST..=LONGEST.min(part.len().saturating_sub(SHORTEST)) {
            for word in [part.get(..length), part.get(part.len() - length..)].into_iter().flatten() {
                if let Some(count) = counts.get_mut(word) {
                    *count += 1;
                }
            }
        }
    }
    let mut ranked: Vec<(&[u8], usize)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    // A long word that stands there is less often chance.
    ranked.sort_by_key(|(word, count)| (usize::MAX - count * (word.len() - 1), *word));
    ranked.into_iter().take(most).map(|(word, _)| String::from_utf8_lossy(word).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::data::Row;
    use super::*;

    #[test]
    fn words_count_where_labels_begin_and_end() {
        let judged = |label: &str, is_dga| Judged {
            row: Row { name: format!("{label}.com"), label: "list".to_owned(), is_dga },
            label: label.as_bytes().to_vec(),
            top: b"com".to_vec(),
            suffix_labels: 1,
        };
        let rows = [
            judged("carpetshop", false),
            judged("petshop", false),
            judged("my-carpet", false),
            judged("catalogue", true),
        ];
        let words = ["car", "carpet", "pet", "shop", "cat", "my"].map(str::to_owned).into();
        assert_eq!(useful(&words, &rows, 10), ["shop", "carpet", "car", "pet"]);
        assert_eq!(useful(&words, &rows, 1), ["shop"]);
    }

    #[test]
    fn a_word_has_three_to_ten_plain_letters() {
        assert!(["car", "vocabulary"].into_iter().all(is_word));
        assert!(!["at", "vocabularies", "it's", "caf\u{e9}", "Car", ""].into_iter().any(is_word));
    }
}
