//! The lexicon: words that people put into names, counted in names that people chose.
//!
//! A word is what stands between hyphens or digits in a label. Words that stand alone so in several names are candidates; each
//! then counts once for every label that begins or ends with it, since most labels join words without a hyphen.

use std::collections::{BTreeMap, BTreeSet};

use super::data::Judged;

const SHORTEST: usize = 3;
const LONGEST: usize = 10;

/// The words, most useful first.
pub(super) fn words(rows: &[Judged], most: usize, seen: usize) -> Vec<String> {
    let labels: BTreeSet<&[u8]> = rows.iter().filter(|row| !row.row.is_dga).map(|row| row.label.as_slice()).collect();
    let mut alone: BTreeMap<&[u8], usize> = BTreeMap::new();
    for label in &labels {
        let parts: Vec<&[u8]> = label.split(|octet| !octet.is_ascii_lowercase()).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            continue;
        }
        for part in parts {
            if (SHORTEST..=LONGEST).contains(&part.len()) {
                *alone.entry(part).or_default() += 1;
            }
        }
    }
    let mut counts: BTreeMap<&[u8], usize> = alone.into_iter().filter(|(_, count)| *count >= seen).collect();
    for label in &labels {
        for part in label.split(|octet| !octet.is_ascii_lowercase()) {
            for length in SHORTEST..=LONGEST.min(part.len().saturating_sub(SHORTEST)) {
                let (first, last) = (&part[..length], &part[part.len() - length..]);
                for word in [first, last] {
                    if let Some(count) = counts.get_mut(word) {
                        *count += 1;
                    }
                }
            }
        }
    }
    let mut ranked: Vec<(&[u8], usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(word, count)| (usize::MAX - count * (word.len() - 1), *word));
    ranked.into_iter().take(most).map(|(word, _)| String::from_utf8_lossy(word).into_owned()).collect()
}
