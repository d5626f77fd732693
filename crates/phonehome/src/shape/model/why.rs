//! Why a label scores as it does, in words.
//!
//! Features that belong together are put back to those of a usual name, one group after the other: what the score loses is what
//! the group weighed. That needs no theory of the trees, and is exact for the score as it is.

use super::features::{Features, Weighed, place};
use super::letters::MOST;
use super::trees::Sum;
use super::{Model, layout};

/// Groups that are named at most.
const NAMED: usize = 3;
/// Groups of letters that are named at most.
const LETTERS: usize = 3;
/// Consonants in a row that are worth a word: English words have up to three at most places.
const MANY_CONSONANTS: i16 = 4;

/// Features that say one thing together, and that thing.
struct Group {
    places: &'static [usize],
    words: fn(&Seen<'_>) -> String,
}

/// What a sentence is made from.
struct Seen<'s> {
    label: &'s [u8],
    top: &'s [u8],
    features: &'s Features,
    weighed: &'s Weighed,
}

const GROUPS: &[Group] = &[
    Group {
        places: &[
            place::THREES,
            place::ALL,
            place::FOURS,
            place::MEAN,
            place::LEAST,
            place::MOST,
            place::ODD,
            place::LEAST_RUN,
            place::MOST_RUN,
        ],
        words: |seen| seen.letters(),
    },
    Group {
        places: &[place::COVERED, place::WORDS, place::LONGEST_WORD, place::UNCOVERED],
        words: |seen| match seen.length() - seen.of(place::UNCOVERED) {
            0 => "no dictionary word in it".to_owned(),
            covered => format!("dictionary words cover {covered} of {} characters", seen.length()),
        },
    },
    Group { places: &[place::DIGITS, place::DIGIT_RUN, place::SWITCHES, place::HEX], words: |seen| seen.digits() },
    Group {
        places: &[place::VOWELS, place::CONSONANT_RUN, place::ALTERNATION],
        words: |seen| match seen.of(place::CONSONANT_RUN) {
            run if run >= MANY_CONSONANTS => format!("{run} consonants in a row"),
            _ => "its mix of vowels and consonants".to_owned(),
        },
    },
    Group { places: &[place::DISTINCT, place::REPEATS], words: |_| "how seldom characters come again".to_owned() },
    Group { places: &[place::LENGTH], words: |seen| format!("{} characters", seen.of(place::LENGTH)) },
    Group {
        places: &[place::HYPHENS],
        words: |seen| match seen.of(place::HYPHENS) {
            0 => "no hyphen".to_owned(),
            1 => "a hyphen".to_owned(),
            hyphens => format!("{hyphens} hyphens"),
        },
    },
    Group {
        places: &[place::TOP, place::SUFFIX_LABELS],
        words: |seen| format!("the ending .{}", String::from_utf8_lossy(seen.top)),
    },
];

impl Seen<'_> {
    fn of(&self, place: usize) -> i16 {
        self.features.get(place).copied().unwrap_or(0)
    }

    /// Octets that were looked at.
    fn length(&self) -> i16 {
        self.label.len().min(MOST) as i16
    }

    fn digits(&self) -> String {
        match self.label.iter().filter(|octet| octet.is_ascii_digit()).count() {
            0 => "no digit".to_owned(),
            digits if digits == self.label.len() => "digits alone".to_owned(),
            1 => format!("a digit among {} characters", self.label.len()),
            digits => format!("{digits} digits among {} characters", self.label.len()),
        }
    }

    /// The heaviest groups of letters that do not overlap, in the order in which they stand.
    fn letters(&self) -> String {
        let mut heaviest: Vec<(usize, i16)> = self.weighed.places().iter().copied().enumerate().collect();
        heaviest.sort_by_key(|(at, weight)| (-weight, *at));
        let mut taken: Vec<usize> = Vec::new();
        for (at, _) in heaviest.into_iter().take_while(|(_, weight)| *weight > 0) {
            if taken.len() < LETTERS && taken.iter().all(|other| other.abs_diff(at) >= 3) {
                taken.push(at);
            }
        }
        taken.sort_unstable();
        // The group at a place begins one character before: the first one holds the label's beginning.
        let group = |at: &usize| {
            let letters = self.label.get(at.saturating_sub(1)..(at + 2).min(self.label.len())).unwrap_or(&[]);
            format!("\"{}\"", String::from_utf8_lossy(letters))
        };
        match taken.is_empty() {
            true => "its letters as a whole".to_owned(),
            false => {
                let groups: Vec<String> = taken.iter().map(group).collect();
                format!("letters more usual in machine-made names ({})", groups.join(", "))
            }
        }
    }
}

/// What weighed most for a machine-made label, the heaviest first.
pub(crate) fn why(model: &Model<'_>, label: &[u8], top: &[u8], suffix_labels: usize) -> String {
    let (features, weighed) = (model.features(label, top, suffix_labels), model.weigh(label));
    let (usual, whole) = (layout::usual(model.section), sum(model, &features));
    let mut groups: Vec<(i32, &Group)> = GROUPS
        .iter()
        .map(|group| {
            let mut changed = features;
            for place in group.places {
                if let (Some(feature), Some(usual)) = (changed.get_mut(*place), usual.get(*place)) {
                    *feature = *usual;
                }
            }
            (whole - sum(model, &changed), group)
        })
        .filter(|(weight, _)| *weight > 0)
        .collect();
    groups.sort_by_key(|(weight, _)| -weight);
    let seen = Seen { label, top, features: &features, weighed: &weighed };
    let words: Vec<String> = groups.iter().take(NAMED).map(|(_, group)| (group.words)(&seen)).collect();
    if words.is_empty() { "its shape as a whole".to_owned() } else { words.join(", ") }
}

fn sum(model: &Model<'_>, features: &Features) -> i32 {
    match model.leaves(features, i32::MIN) {
        Sum::First(sum) | Sum::All(sum) => sum,
    }
}
