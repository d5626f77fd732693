//! What the trees look at: a label as small whole numbers, each with a name that a person understands.

use super::letters::{self, MOST};
use super::lexicon::Cover;
use super::trees::NEVER;

/// Features, with room: a power of two, so that any octet of a tree can be masked to a place.
pub const FEATURES: usize = 32;

/// A label's features by their places.
pub type Features = [i16; FEATURES];

/// Places of the features. Shares are in 256ths.
pub(crate) mod place {
    pub(crate) const THREES: usize = 0;
    pub(crate) const ALL: usize = 1;
    pub(crate) const FOURS: usize = 2;
    pub(crate) const MEAN: usize = 3;
    pub(crate) const LEAST: usize = 4;
    pub(crate) const MOST: usize = 5;
    pub(crate) const ODD: usize = 6;
    pub(crate) const LEAST_RUN: usize = 7;
    pub(crate) const MOST_RUN: usize = 8;
    pub(crate) const LENGTH: usize = 9;
    pub(crate) const DIGITS: usize = 10;
    pub(crate) const VOWELS: usize = 11;
    pub(crate) const HYPHENS: usize = 12;
    pub(crate) const DISTINCT: usize = 13;
    pub(crate) const CONSONANT_RUN: usize = 14;
    pub(crate) const DIGIT_RUN: usize = 15;
    pub(crate) const SWITCHES: usize = 16;
    pub(crate) const REPEATS: usize = 17;
    pub(crate) const HEX: usize = 18;
    pub(crate) const ALTERNATION: usize = 19;
    pub(crate) const COVERED: usize = 20;
    pub(crate) const WORDS: usize = 21;
    pub(crate) const LONGEST_WORD: usize = 22;
    pub(crate) const UNCOVERED: usize = 23;
    pub(crate) const TOP: usize = 24;
    pub(crate) const SUFFIX_LABELS: usize = 25;
}

/// What the features are called in reports, by their places.
pub const NAMES: [&str; 26] = [
    "sum of threes",
    "sum of threes and fours",
    "sum of fours",
    "mean weight",
    "least weight",
    "greatest weight",
    "share of odd places",
    "least run of four",
    "greatest run of four",
    "length",
    "share of digits",
    "share of vowels",
    "hyphens",
    "share of distinct characters",
    "consonants in a row",
    "digits in a row",
    "switches between digits and others",
    "repeats",
    "share of hex digits",
    "share of vowel-consonant changes",
    "share covered by words",
    "words",
    "longest word",
    "letters outside words",
    "prior of the top-level domain",
    "labels of the suffix",
];

/// The weights of a label's groups of letters, added up at each place where a group begins.
pub(crate) struct Weighed {
    /// Sum of the weights at each place.
    at: [i16; MOST],
    /// Places in use.
    count: usize,
    threes: i32,
    fours: i32,
}

impl Weighed {
    /// Looks up every group. `bits` is the size of the table of fours.
    pub(crate) fn of(label: &[u8], threes: &[u8], fours: &[u8], bits: u32) -> Self {
        let weight = |table: &[u8], place: usize| i16::from(table.get(place).copied().unwrap_or(0).cast_signed());
        let mut weighed = Self { at: [0; MOST], count: 0, threes: 0, fours: 0 };
        for (slot, place) in weighed.at.iter_mut().zip(letters::threes(label)) {
            *slot = weight(threes, place);
            weighed.threes += i32::from(*slot);
            weighed.count += 1;
        }
        for (slot, place) in weighed.at.iter_mut().zip(letters::fours(label, bits)) {
            let weight = weight(fours, place);
            *slot += weight;
            weighed.fours += i32::from(weight);
        }
        weighed
    }

    /// The sum of all weights.
    pub(crate) const fn sum(&self) -> i32 {
        self.threes + self.fours
    }

    /// The weights at each place.
    pub(crate) fn places(&self) -> &[i16] {
        self.at.get(..self.count).unwrap_or(&[])
    }

    fn fill(&self, features: &mut Features) {
        let places = self.places();
        let count = self.count.max(1) as i32;
        let all = self.sum();
        let runs = || places.windows(4).map(|run| run.iter().sum::<i16>());
        put(features, place::THREES, self.threes);
        put(features, place::FOURS, self.fours);
        put(features, place::ALL, all);
        put(features, place::MEAN, all * 16 / count);
        put(features, place::LEAST, places.iter().copied().min().unwrap_or(0).into());
        put(features, place::MOST, places.iter().copied().max().unwrap_or(0).into());
        put(features, place::ODD, share(places.iter().filter(|weight| **weight > 0).count(), self.count));
        put(features, place::LEAST_RUN, runs().min().map_or(all, i32::from));
        put(features, place::MOST_RUN, runs().max().map_or(all, i32::from));
    }
}

/// Kinds of octets: each the lowest bit of an octet of its own, so that a sum of kinds counts four of them at once.
const VOWEL: u32 = 1;
const DIGIT: u32 = 1 << 8;
const HEX: u32 = 1 << 16;
const HYPHEN: u32 = 1 << 24;
/// Not counted: the bit is that of no count which [`MOST`] octets reach.
const CONSONANT: u32 = 1 << 7;

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const KINDS: [u32; 256] = {
    let mut kinds = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        kinds[octet] = match octet as u8 {
            b'a' | b'e' => VOWEL | HEX,
            b'i' | b'o' | b'u' => VOWEL,
            b'b' | b'c' | b'd' | b'f' => CONSONANT | HEX,
            b'g'..=b'z' => CONSONANT,
            b'0'..=b'9' => DIGIT | HEX,
            b'-' => HYPHEN,
            _ => 0,
        };
        octet += 1;
    }
    kinds
};

/// Counts over the label's octets.
fn count_octets(label: &[u8], features: &mut Features) {
    let label = label.get(..MOST).unwrap_or(label);
    let mut counts = [0_u8; letters::ALPHABET];
    let (mut distinct, mut squares) = (0, 0);
    let mut kinds = 0;
    let (mut consonant_run, mut digit_run, mut consonants, mut digits_now) = (0, 0, 0, 0);
    let (mut switches, mut alternations, mut before) = (0, 0, 0);
    for octet in label {
        let kind = KINDS.get(usize::from(*octet)).copied().unwrap_or(0);
        if let Some(count) = counts.get_mut(letters::code(*octet)) {
            distinct += usize::from(*count == 0);
            // The next square is greater by twice the number and one.
            squares += 2 * usize::from(*count) + 1;
            *count += 1;
        }
        kinds += kind & !CONSONANT;
        consonants = if kind & CONSONANT != 0 { consonants + 1 } else { 0 };
        digits_now = if kind & DIGIT != 0 { digits_now + 1 } else { 0 };
        consonant_run = consonant_run.max(consonants);
        digit_run = digit_run.max(digits_now);
        switches += i32::from(before != 0 && (before ^ kind) & DIGIT != 0);
        alternations += usize::from((before | kind) & (VOWEL | CONSONANT) == VOWEL | CONSONANT);
        before = kind;
    }
    let [vowels, digits, hex, hyphens] = kinds.to_le_bytes().map(usize::from);
    let length = label.len();
    put(features, place::DIGITS, share(digits, length));
    put(features, place::VOWELS, share(vowels, length));
    put(features, place::HEX, share(hex, length));
    put(features, place::HYPHENS, hyphens as i32);
    put(features, place::DISTINCT, share(distinct, length));
    put(features, place::CONSONANT_RUN, consonant_run);
    put(features, place::DIGIT_RUN, digit_run);
    put(features, place::SWITCHES, switches);
    put(features, place::REPEATS, share(squares, length * length));
    put(features, place::ALTERNATION, share(alternations, length));
}

/// All features of a label.
pub(crate) fn of(label: &[u8], weighed: &Weighed, cover: Cover, top: i8, suffix_labels: usize) -> Features {
    let mut features = [0; FEATURES];
    weighed.fill(&mut features);
    count_octets(label, &mut features);
    let length = label.len().min(MOST);
    put(&mut features, place::LENGTH, label.len() as i32);
    put(&mut features, place::COVERED, share(usize::from(cover.letters), length));
    put(&mut features, place::WORDS, i32::from(cover.words));
    put(&mut features, place::LONGEST_WORD, i32::from(cover.longest));
    put(&mut features, place::UNCOVERED, length as i32 - i32::from(cover.letters));
    put(&mut features, place::TOP, i32::from(top));
    put(&mut features, place::SUFFIX_LABELS, suffix_labels as i32);
    if let Some(never) = features.get_mut(NEVER) {
        *never = i16::MIN;
    }
    features
}

/// A part of a whole, in 256ths.
fn share(part: usize, whole: usize) -> i32 {
    // Division of 32 bits takes half as long; nothing here is greater than a label's octets, squared.
    (part as u32 * 256 / (whole as u32).max(1)) as i32
}

#[inline]
fn put(features: &mut Features, at: usize, value: i32) {
    if let Some(slot) = features.get_mut(at) {
        *slot = value.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_label(label: &str) -> Features {
        let weighed = Weighed::of(label.as_bytes(), &[], &[], 16);
        of(label.as_bytes(), &weighed, Cover { letters: 3, words: 1, longest: 3 }, -7, 2)
    }

    fn at(label: &str, place: usize) -> i16 {
        of_label(label)[place]
    }

    #[test]
    fn octets_are_counted() {
        let half = 128;
        assert_eq!(at("a1b2", place::DIGITS), half);
        assert_eq!(at("abab", place::VOWELS), half);
        assert_eq!(at("xaxa", place::HEX), half);
        assert_eq!(at("a--b", place::HYPHENS), 2);
        assert_eq!(at("aabb", place::DISTINCT), half);
        assert_eq!(at("strength", place::CONSONANT_RUN), 4);
        assert_eq!(at("a123b45", place::DIGIT_RUN), 3);
        assert_eq!(at("ab12cd3", place::SWITCHES), 3);
        assert_eq!(at("abab", place::ALTERNATION), 192);
        assert_eq!(at("aaaa", place::REPEATS), 256);
        assert_eq!(at("abcdef", place::LENGTH), 6);
    }

    #[test]
    fn words_and_ending_are_passed_on() {
        assert_eq!(at("catxyz", place::COVERED), 128);
        assert_eq!(at("catxyz", place::UNCOVERED), 3);
        assert_eq!(at("catxyz", place::TOP), -7);
        assert_eq!(at("catxyz", place::SUFFIX_LABELS), 2);
        assert_eq!(at("catxyz", NEVER), i16::MIN);
    }

    #[test]
    fn long_and_empty_labels_have_features() {
        assert_eq!(at(&"z".repeat(63), place::LENGTH), 63);
        assert_eq!(at(&"7".repeat(63), place::DIGITS), 256);
        assert_eq!(at("", place::DIGITS), 0);
    }
}
