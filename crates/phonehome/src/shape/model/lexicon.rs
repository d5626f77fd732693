//! Words that people use in names: how much of a label they cover.
//!
//! Two tables, read in place. For each group of three letters, a mask of the lengths (3 to 10) of the words that begin with it:
//! a word of three letters is known by that alone, and most groups begin no word at all. For longer words a hash table of
//! buckets of four 16-bit fingerprints; a full bucket passes on to the next. A wrong word takes a group that begins a word of
//! just this length, and then has a chance of about 1 in 10,000.

/// Masks: one for each group of three letters.
pub(crate) const MASKS: usize = 26 * 26 * 26;
/// Octets of a bucket.
pub(crate) const BUCKET: usize = 8;
/// Shortest and longest word.
pub(crate) const SHORTEST: usize = 3;
/// See [`SHORTEST`].
pub(crate) const LONGEST: usize = 10;
/// Most buckets that one word's search visits.
pub(crate) const MAX_PROBES: usize = 8;

use super::letters::MOST;

/// The tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon<'a> {
    masks: &'a [u8],
    buckets: &'a [[u8; BUCKET]],
}

/// How words cover a label: of all ways to lay words side by side the one that covers most, with fewest words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cover {
    /// Letters inside words.
    pub(crate) letters: u8,
    /// Words.
    pub(crate) words: u8,
    /// Letters of the longest word anywhere in the label.
    pub(crate) longest: u8,
}

/// A word's hash, letter by letter, in the manner of FxHash with a multiplication at the end.
#[derive(Clone, Copy)]
pub(crate) struct WordHash(u64);

impl WordHash {
    pub(crate) const fn new() -> Self {
        Self(0)
    }

    #[inline]
    pub(crate) const fn then(self, letter: u8) -> Self {
        Self((self.0.rotate_left(5) ^ letter as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The first bucket of so many to look at, and the fingerprint, never 0 (an empty slot's). The last buckets are nobody's
    /// first: they take what others pass on.
    #[inline]
    pub(crate) const fn spot(self, buckets: usize) -> (usize, u16) {
        let mixed = (self.0 ^ (self.0 >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let firsts = buckets.saturating_sub(MAX_PROBES - 1) as u64;
        let bucket = ((mixed >> 32) * firsts) >> 32;
        let print = (mixed >> 16) as u16;
        (bucket as usize, if print == 0 { 1 } else { print })
    }
}

/// The place of a group of three letters among the masks; `None` where one is no letter.
#[inline]
pub(crate) fn group(letters: &[u8]) -> Option<usize> {
    let [a, b, c, ..] = letters else { return None };
    let place = |letter: u8| usize::from(letter.wrapping_sub(b'a'));
    let (a, b, c) = (place(*a), place(*b), place(*c));
    (a < 26 && b < 26 && c < 26).then_some((a * 26 + b) * 26 + c)
}

impl<'a> Lexicon<'a> {
    pub(crate) fn new(masks: &'a [u8], buckets: &'a [u8]) -> Self {
        Self { masks, buckets: buckets.as_chunks().0 }
    }

    /// The lengths of the words that begin with the first three letters: bit n stands for n + 3.
    #[inline]
    fn lengths(&self, letters: &[u8]) -> u8 {
        group(letters).and_then(|place| self.masks.get(place)).copied().unwrap_or(0)
    }

    /// Whether a word of 3 to 10 letters is in the lexicon.
    pub(crate) fn contains(&self, word: &[u8]) -> bool {
        if !(SHORTEST..=LONGEST).contains(&word.len()) || self.lengths(word) >> (word.len() - SHORTEST) & 1 == 0 {
            return false;
        }
        word.len() == SHORTEST || self.holds(word.iter().fold(WordHash::new(), |hash, letter| hash.then(*letter)))
    }

    #[inline]
    fn holds(&self, hash: WordHash) -> bool {
        let (first, print) = hash.spot(self.buckets.len());
        for bucket in self.buckets.iter().skip(first).take(MAX_PROBES) {
            let [a, b, c, d] = prints(*bucket);
            if a == print || b == print || c == print || d == print {
                return true;
            }
            // Slots fill in order: an empty last one ends the search.
            if d == 0 {
                return false;
            }
        }
        false
    }

    /// How words cover the first octets of a label, by dynamic programming.
    pub(crate) fn cover(&self, label: &[u8]) -> Cover {
        // best[n]: for the first n octets, 64 for each letter covered, less 1 for each word.
        let mut best = [0_i32; MOST + 1];
        let mut longest = 0;
        let label = label.get(..MOST).unwrap_or(label);
        for start in 0..label.len() {
            let rest = label.get(start..).unwrap_or(&[]);
            let reached = best.get(start).copied().unwrap_or(0);
            raise(&mut best, start + 1, reached);
            let lengths = self.lengths(rest);
            if lengths == 0 {
                continue;
            }
            let longest_here = SHORTEST + lengths.ilog2() as usize;
            let mut hash = WordHash::new();
            for (letter, length) in rest.iter().zip(1..=longest_here) {
                hash = hash.then(*letter);
                if length < SHORTEST || lengths >> (length - SHORTEST) & 1 == 0 {
                    continue;
                }
                if length == SHORTEST || self.holds(hash) {
                    raise(&mut best, start + length, reached + length as i32 * 64 - 1);
                    longest = longest.max(length as u8);
                }
            }
        }
        let total = best.get(label.len()).copied().unwrap_or(0);
        let letters = (total + 63) / 64;
        Cover { letters: letters as u8, words: (letters * 64 - total) as u8, longest }
    }
}

#[inline]
fn raise(best: &mut [i32; MOST + 1], at: usize, value: i32) {
    if let Some(slot) = best.get_mut(at) {
        *slot = (*slot).max(value);
    }
}

#[inline]
fn prints(bucket: [u8; BUCKET]) -> [u16; 4] {
    let [a0, a1, b0, b1, c0, c1, d0, d1] = bucket;
    [[a0, a1], [b0, b1], [c0, c1], [d0, d1]].map(u16::from_le_bytes)
}

/// Writes the tables for words; words that are too short or long, or have other characters than a to z, are left out.
/// `None` when a word's buckets are all full: then take more buckets.
pub(crate) fn write<'w>(words: impl Iterator<Item = &'w str>, buckets: usize) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut masks, mut table) = (vec![0; MASKS], vec![[0_u16; 4]; buckets]);
    for word in words.map(str::as_bytes) {
        let is_word = (SHORTEST..=LONGEST).contains(&word.len()) && word.iter().all(u8::is_ascii_lowercase);
        let Some(mask) = group(word).filter(|_| is_word).and_then(|place| masks.get_mut(place)) else { continue };
        *mask |= 1 << (word.len() - SHORTEST);
        if word.len() == SHORTEST {
            continue;
        }
        let (first, print) = word.iter().fold(WordHash::new(), |hash, letter| hash.then(*letter)).spot(buckets);
        let mut places = table.iter_mut().skip(first).take(MAX_PROBES).flatten();
        let slot = places.find(|slot| **slot == 0 || **slot == print)?;
        *slot = print;
    }
    Some((masks, table.into_iter().flatten().flat_map(u16::to_le_bytes).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover(words: &[&str], label: &str) -> (u8, u8, u8) {
        let (masks, buckets) = write(words.iter().copied(), 64).unwrap();
        let Cover { letters, words, longest } = Lexicon::new(&masks, &buckets).cover(label.as_bytes());
        (letters, words, longest)
    }

    #[test]
    fn covers_most_letters_with_fewest_words() {
        let words = ["car", "carpet", "pet", "shop", "petshops"];
        assert_eq!(cover(&words, "carpetshop"), (10, 2, 6));
        assert_eq!(cover(&words, "carpetshops"), (11, 2, 8));
        assert_eq!(cover(&words, "x9-carpetx"), (6, 1, 6));
        assert_eq!(cover(&words, "zzzz"), (0, 0, 0));
        assert_eq!(cover(&words, ""), (0, 0, 0));
        assert_eq!(cover(&words, &"carpet".repeat(10)), (39, 7, 6));
    }

    #[test]
    fn knows_its_words_and_no_others() {
        let words = ["car", "carpet", "universe", "abcdefghij", "toolongaword", "ab", "caf\u{e9}s"];
        let (masks, buckets) = write(words.iter().copied(), 4).unwrap();
        let lexicon = Lexicon::new(&masks, &buckets);
        for word in ["car", "carpet", "universe", "abcdefghij"] {
            assert!(lexicon.contains(word.as_bytes()), "{word}");
        }
        for word in ["cat", "carpe", "carpets", "toolongaword", "ab", "", "caf\u{e9}s", "car\0et"] {
            assert!(!lexicon.contains(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn too_few_buckets_are_refused() {
        let words: Vec<String> =
            (0..100).map(|n| format!("word{}{}", (b'a' + n / 26) as char, (b'a' + n % 26) as char)).collect();
        assert!(write(words.iter().map(String::as_str), 4).is_none());
        assert!(write(words.iter().map(String::as_str), 60).is_some());
    }
}
