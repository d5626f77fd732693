//! The name model: how machine-made a label looks.
//!
//! A cascade. Groups of three letters are weighed first, then groups of four; most names that people chose are told by these sums
//! and leave. For the rest some twenty features and the words that cover the label go into gradient-boosted trees, the first of
//! which let go most of them. Whole numbers only, so every surface gives the same score. What it is trained on and how well it
//! does: `MODEL.md`.

mod features;
mod layout;
pub(crate) mod letters;
mod lexicon;
pub(crate) mod parts;
mod trees;
mod why;

use std::cmp::Ordering;

use crate::codes::Band;
use crate::hash;

pub use features::{FEATURES, Features, NAMES};
pub(crate) use layout::Layout;
use lexicon::Lexicon;
use trees::Sum;
pub(crate) use why::why;

/// A model in a pack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Model<'a> {
    section: &'a [u8],
    layout: &'a Layout,
}

/// What a label's letters suggest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Score {
    /// Log-odds in hundredths, at the base rate that the pack states.
    pub(crate) hundredths: i16,
    /// `None` below the lowest threshold.
    pub(crate) band: Option<Band>,
}

impl<'a> Model<'a> {
    pub(crate) const fn new(section: &'a [u8], layout: &'a Layout) -> Self {
        Self { section, layout }
    }

    fn table(&self, range: &std::ops::Range<usize>) -> &'a [u8] {
        self.section.get(range.clone()).unwrap_or(&[])
    }

    /// The score of a label, given the last label of the name and how many labels its suffix has. `None` for an empty label and
    /// for punycode, whose letters nobody chose.
    #[inline]
    pub(crate) fn score(&self, label: &[u8], top: &[u8], suffix_labels: usize) -> Option<Score> {
        if label.is_empty() || label.starts_with(b"xn--") {
            return None;
        }
        let threes = self.table(&self.layout.threes);
        let sum: i32 =
            letters::threes(label).map(|place| i32::from(threes.get(place).copied().unwrap_or(0).cast_signed())).sum();
        if sum <= self.layout.leave {
            return Some(self.let_go(self.layout.quick.score(sum)));
        }
        let weighed = self.weigh(label);
        if weighed.sum() <= self.layout.leave_fours {
            return Some(self.let_go(self.layout.quick.score(sum)));
        }
        Some(self.score_features(&self.features_of(label, &weighed, top, suffix_labels)))
    }

    /// A name that an early step let go has no band, whatever its score.
    fn let_go(&self, score: i16) -> Score {
        Score { hundredths: score.min(self.layout.low), band: None }
    }

    /// The score of a vector of features.
    fn score_features(&self, features: &Features) -> Score {
        match self.leaves(features, self.layout.leave_trees) {
            Sum::First(sum) => self.let_go(self.layout.slow.score(sum)),
            Sum::All(sum) => {
                let hundredths = self.layout.slow.score(sum);
                Score { hundredths, band: self.band(hundredths) }
            }
        }
    }

    /// The sum of the leaves that a vector of features reaches; the first trees' where that is at most `leave`.
    fn leaves(&self, features: &Features, leave: i32) -> Sum {
        trees::sum(self.table(&self.layout.trees), self.layout.depth, leave, features)
    }

    /// All features of a label.
    pub(crate) fn features(&self, label: &[u8], top: &[u8], suffix_labels: usize) -> Features {
        self.features_of(label, &self.weigh(label), top, suffix_labels)
    }

    fn features_of(&self, label: &[u8], weighed: &features::Weighed, top: &[u8], suffix_labels: usize) -> Features {
        features::of(label, weighed, self.lexicon().cover(label), self.prior(top), suffix_labels)
    }

    fn weigh(&self, label: &[u8]) -> features::Weighed {
        let layout = self.layout;
        features::Weighed::of(label, self.table(&layout.threes), self.table(&layout.fours), layout.bits)
    }

    fn lexicon(&self) -> Lexicon<'a> {
        Lexicon::new(self.table(&self.layout.masks), self.table(&self.layout.buckets))
    }

    /// Flagged is what lies above a threshold.
    fn band(&self, score: i16) -> Option<Band> {
        let Layout { low, raised, high, .. } = *self.layout;
        match score {
            score if score > high => Some(Band::High),
            score if score > raised => Some(Band::Raised),
            score if score > low => Some(Band::Low),
            _ => None,
        }
    }

    /// How much more often machine-made names stand under a top-level domain than others, in the trainer's units.
    fn prior(&self, top: &[u8]) -> i8 {
        let (rows, _) = self.table(&self.layout.tops).as_chunks::<4>();
        let wanted = top_key(top);
        let found = rows.binary_search_by(|row| {
            let key = u32::from_le_bytes(*row) >> 8;
            if key == wanted { Ordering::Equal } else { key.cmp(&wanted) }
        });
        found.ok().and_then(|at| rows.get(at)).map_or(0, |[prior, ..]| prior.cast_signed())
    }

    /// Whether a word is one that people use in names.
    pub(crate) fn is_word(&self, word: &[u8]) -> bool {
        self.lexicon().contains(word)
    }
}

/// The key of a top-level domain: 24 bits.
pub(crate) fn top_key(top: &[u8]) -> u32 {
    (hash::word_hash(top, 0) >> 40) as u32
}
