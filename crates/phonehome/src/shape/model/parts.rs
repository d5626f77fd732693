//! A model for its trainer: parts to section, section to features and scores. No other use is meant.

use super::features::{FEATURES, Features};
use super::layout::{LATER_EXITS, Layout, TABLES, USUAL, VERSION};
use super::trees::Sum;
use super::{Model, lexicon, top_key};

/// What a MODEL section is made of.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Size of the table of fours, a power of two's exponent.
    pub bits: u8,
    /// Weights of groups of three.
    pub threes: Vec<i8>,
    /// Weights of groups of four.
    pub fours: Vec<i8>,
    /// Priors of top-level domains; what is not listed has 0.
    pub tops: Vec<(String, i8)>,
    /// The lexicon, most useful word first.
    pub words: Vec<String>,
    /// Trees, 64 nodes of four octets each.
    pub trees: Vec<u8>,
    /// Steps down each tree.
    pub depth: u8,
    /// A name is machine-made once in this many: the base rate of scores.
    pub base_rate: u16,
    /// Names whose sum of threes is at most this leave at once.
    pub leave: i32,
    /// Names whose sum of threes and fours is at most this leave then.
    pub leave_fours: i32,
    /// Names whose sum over the first trees is at most this leave then.
    pub leave_trees: i32,
    /// Factor and summand for sums of threes, then for sums of leaves.
    pub scales: [(i32, i32); 2],
    /// Thresholds of low, raised, high.
    pub bands: [i16; 3],
    /// The features of a usual name.
    pub usual: [i16; FEATURES],
}

impl Parts {
    /// The section's bytes; the same parts give the same bytes. `None` when a table has the wrong size.
    pub fn to_section(&self) -> Option<Vec<u8>> {
        let mut tops: Vec<[u8; 4]> = self.tops.iter().map(|(top, prior)| top_row(top, *prior)).collect();
        tops.sort_by_key(|row| u32::from_le_bytes(*row));
        // Three of four slots in use, some more where words crowd.
        let least = self.words.len() / 3 + lexicon::MAX_PROBES;
        let (buckets, (masks, table)) = (0..8)
            .map(|n| least + n * least / 8)
            .find_map(|buckets| Some((buckets, lexicon::write(self.words.iter().map(String::as_str), buckets)?)))?;
        let mut out = Vec::new();
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&[self.bits, self.depth]);
        out.extend_from_slice(&u16::try_from(self.trees.len() / super::trees::TREE).ok()?.to_le_bytes());
        out.extend_from_slice(&u16::try_from(tops.len()).ok()?.to_le_bytes());
        out.extend_from_slice(&self.base_rate.to_le_bytes());
        out.extend_from_slice(&u32::try_from(buckets).ok()?.to_le_bytes());
        out.extend_from_slice(&self.leave.to_le_bytes());
        for (factor, summand) in self.scales {
            out.extend_from_slice(&factor.to_le_bytes());
            out.extend_from_slice(&summand.to_le_bytes());
        }
        self.bands.iter().for_each(|band| out.extend_from_slice(&band.to_le_bytes()));
        out.resize(LATER_EXITS, 0);
        [self.leave_trees, self.leave_fours].iter().for_each(|sum| out.extend_from_slice(&sum.to_le_bytes()));
        out.resize(USUAL, 0);
        self.usual.iter().for_each(|feature| out.extend_from_slice(&feature.to_le_bytes()));
        debug_assert_eq!(out.len(), TABLES);
        let weights = |weights: &[i8]| weights.iter().map(|weight| weight.cast_unsigned()).collect();
        let tables: [Vec<u8>; 6] =
            [weights(&self.threes), weights(&self.fours), tops.concat(), masks, table, self.trees.clone()];
        for table in tables {
            out.extend_from_slice(&table);
            out.resize(out.len().next_multiple_of(8), 0);
        }
        let layout = Layout::read(&out)?;
        (layout.threes.len() == self.threes.len() && layout.fours.len() == self.fours.len()).then_some(out)
    }
}

fn top_row(top: &str, prior: i8) -> [u8; 4] {
    (top_key(top.as_bytes()) << 8 | u32::from(prior.cast_unsigned())).to_le_bytes()
}

/// A section on its own.
#[derive(Clone, Debug)]
pub struct NameModel {
    section: Vec<u8>,
    layout: Layout,
}

impl NameModel {
    /// Opens a section; `None` when it is damaged.
    pub fn open(section: Vec<u8>) -> Option<Self> {
        let layout = Layout::read(&section)?;
        Some(Self { section, layout })
    }

    fn model(&self) -> Model<'_> {
        Model::new(&self.section, &self.layout)
    }

    /// All features of a label.
    pub fn features(&self, label: &[u8], top: &[u8], suffix_labels: usize) -> Features {
        self.model().features(label, top, suffix_labels)
    }

    /// The sum of the leaves that features reach, over all trees.
    pub fn leaves(&self, features: &Features) -> i32 {
        match self.model().leaves(features, i32::MIN) {
            Sum::First(sum) | Sum::All(sum) => sum,
        }
    }

    /// The sum over the first trees, which can let a name go.
    pub fn first_leaves(&self, features: &Features) -> i32 {
        match self.model().leaves(features, i32::MAX) {
            Sum::First(sum) | Sum::All(sum) => sum,
        }
    }

    /// The score of a label in hundredths, after the early exit; `None` for what is not scored.
    pub fn score(&self, label: &[u8], top: &[u8], suffix_labels: usize) -> Option<i16> {
        self.model().score(label, top, suffix_labels).map(|score| score.hundredths)
    }

    /// Thresholds of low, raised, high.
    pub fn bands(&self) -> [i16; 3] {
        [self.layout.low, self.layout.raised, self.layout.high]
    }

    /// A name is machine-made once in this many: the base rate at which a score of 0 means even odds.
    pub fn base_rate(&self) -> u16 {
        self.layout.base_rate
    }

    /// The section's bytes.
    pub fn section(&self) -> &[u8] {
        &self.section
    }
}
