//! The MODEL section of a pack: where its tables lie.
//!
//! ```text
//!  0  4  version of this layout (1)
//!  4  1  bits of the table of fours    5  1  steps down each tree    6  2  trees
//!  8  2  top-level domains            10  2  base rate, 1 in this many
//! 12  4  buckets of the lexicon       16  4  a sum of threes up to this leaves at once
//! 20  8  factor and summand that make a sum of threes a score    28  8  the same for a sum of leaves
//! 36  2  low    38  2  raised    40  2  high    42  2  zero
//! 44  4  a sum of the first trees' leaves up to this leaves too    48  4  a sum of threes and fours does    52 12  zero
//! 64 64  the features of a usual name
//! 128    weights of groups of three, of four (i8); top-level domains (hash in the high 24 bits, prior); the lexicon's masks
//!        and buckets; trees. Each begins on a multiple of 8.
//! ```
//! Scores are log-odds in hundredths: `(sum * factor >> 16) + summand`.

use std::ops::Range;

use super::features::{FEATURES, Features};
use super::letters::THREES;
use super::lexicon::{self, MASKS};
use super::trees::TREE;

/// Version of the layout.
pub(crate) const VERSION: u32 = 1;
/// Octets before the tables.
pub(crate) const TABLES: usize = 128;
/// Where the sums of later steps that let a name go stand.
pub(crate) const LATER_EXITS: usize = 44;
/// Where the features of a usual name begin.
pub(crate) const USUAL: usize = 64;

/// Scores and thresholds lie between this and its negative: a brief keeps the rest for itself.
const FARTHEST: i16 = 32_000;

/// What makes a sum a score.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scale {
    pub(crate) factor: i32,
    pub(crate) summand: i32,
}

impl Scale {
    /// Log-odds in hundredths, inside what a brief can carry.
    #[inline]
    pub(crate) fn score(self, sum: i32) -> i16 {
        let score = ((i64::from(sum) * i64::from(self.factor)) >> 16) + i64::from(self.summand);
        score.clamp(-i64::from(FARTHEST), i64::from(FARTHEST)) as i16
    }
}

/// The section's numbers, read once.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) bits: u32,
    pub(crate) depth: u32,
    pub(crate) leave: i32,
    pub(crate) leave_fours: i32,
    pub(crate) leave_trees: i32,
    pub(crate) quick: Scale,
    pub(crate) slow: Scale,
    pub(crate) low: i16,
    pub(crate) raised: i16,
    pub(crate) high: i16,
    pub(crate) base_rate: u16,
    pub(crate) threes: Range<usize>,
    pub(crate) fours: Range<usize>,
    pub(crate) tops: Range<usize>,
    pub(crate) masks: Range<usize>,
    pub(crate) buckets: Range<usize>,
    pub(crate) trees: Range<usize>,
}

impl Layout {
    /// Reads the head; `None` when it does not fit the section.
    pub(crate) fn read(section: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u32::from_le_bytes(section.get(at..at + 4)?.try_into().ok()?));
        let half = |at: usize| Some(u16::from_le_bytes(section.get(at..at + 2)?.try_into().ok()?));
        let signed = |at: usize| word(at).map(u32::cast_signed);
        if word(0)? != VERSION {
            return None;
        }
        let bits = u32::from(*section.get(4)?);
        let mut end = TABLES;
        let mut next = |length: usize| {
            let start = end;
            end = start.checked_add(length.checked_next_multiple_of(8)?)?;
            (end <= section.len()).then_some(start..start + length)
        };
        let threshold = |at: usize| half(at).map(u16::cast_signed).filter(|band| (-FARTHEST..=FARTHEST).contains(band));
        if !(8..=20).contains(&bits) {
            return None;
        }
        Some(Self {
            bits,
            depth: u32::from(*section.get(5)?).min(MOST_STEPS),
            leave: signed(16)?,
            leave_trees: signed(LATER_EXITS)?,
            leave_fours: signed(LATER_EXITS + 4)?,
            quick: Scale { factor: signed(20)?, summand: signed(24)? },
            slow: Scale { factor: signed(28)?, summand: signed(32)? },
            low: threshold(36)?,
            raised: threshold(38)?,
            high: threshold(40)?,
            base_rate: half(10)?,
            threes: next(THREES)?,
            fours: next(1 << bits)?,
            tops: next(usize::from(half(8)?) * 4)?,
            masks: next(MASKS)?,
            buckets: next((word(12)? as usize).checked_mul(lexicon::BUCKET)?)?,
            trees: next(usize::from(half(6)?).min(MOST_TREES) * TREE)?,
        })
    }
}

/// Most steps down a tree, and most trees: the time stays bounded.
const MOST_STEPS: u32 = 16;
/// See [`MOST_STEPS`].
const MOST_TREES: usize = 256;

/// The features of a usual name.
pub(crate) fn usual(section: &[u8]) -> Features {
    let mut features = [0; FEATURES];
    let (pairs, _) = section.get(USUAL..TABLES).unwrap_or(&[]).as_chunks::<2>();
    for (feature, pair) in features.iter_mut().zip(pairs) {
        *feature = i16::from_le_bytes(*pair);
    }
    features
}
