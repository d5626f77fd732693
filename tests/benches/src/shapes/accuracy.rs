//! What is flagged, and how much of each set that is.

use phonehome::{Band, Brief};

use super::sets::{Families, Sets};
use super::statistics::{Estimate, Proportion, bootstrap, threshold};

/// A scorer's scores of all names.
#[derive(Debug)]
pub(super) struct Answers(pub(super) Vec<f64>);

/// Which names are flagged.
#[derive(Debug)]
pub(super) struct Flags(Vec<bool>);

/// Shares of the sets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    pub(super) false_positives: Proportion,
    pub(super) known_arithmetic: Proportion,
    pub(super) known_dictionary: Proportion,
    /// Mean over families.
    pub(super) unseen_arithmetic: Estimate,
    pub(super) unseen_dictionary: Proportion,
}

impl Answers {
    /// Flags what lies above the threshold that at most this share of the popular names exceeds.
    pub(super) fn flags(&self, sets: &Sets, rate: f64) -> Flags {
        let negatives: Vec<f64> = sets.popular.iter().filter_map(|row| self.0.get(*row).copied()).collect();
        // The small addition keeps a rate that was counted on these names from losing one of them to rounding.
        let above = (rate * negatives.len() as f64 + 1e-6) as usize;
        let least = threshold(negatives, above);
        Flags(self.0.iter().map(|score| *score > least).collect())
    }

    /// Flags what lies above 0: for answers that are yes or no.
    pub(super) fn yes(&self) -> Flags {
        Flags(self.0.iter().map(|score| *score > 0.0).collect())
    }
}

impl Flags {
    /// Names whose short answer fits.
    pub(super) fn of_briefs(briefs: &[Brief], fits: impl Fn(&Brief) -> bool) -> Self {
        Self(briefs.iter().map(fits).collect())
    }

    /// Names in this band or a higher one.
    pub(super) fn from_band(briefs: &[Brief], least: Band) -> Self {
        Self::of_briefs(briefs, |brief| brief.band().is_some_and(|band| band.number() >= least.number()))
    }

    pub(super) fn has(&self, row: usize) -> bool {
        self.0.get(row).copied().unwrap_or_default()
    }

    pub(super) fn share(&self, rows: impl IntoIterator<Item = usize>) -> Proportion {
        rows.into_iter().fold(Proportion::default(), |sum, row| Proportion {
            part: sum.part + usize::from(self.has(row)),
            whole: sum.whole + 1,
        })
    }

    fn pooled(&self, families: &Families) -> Proportion {
        self.share(families.values().flatten().copied())
    }

    /// The share of each family.
    pub(super) fn by_family(&self, families: &Families) -> Vec<f64> {
        families.values().map(|rows| self.share(rows.iter().copied()).rate()).collect()
    }

    pub(super) fn rates(&self, sets: &Sets) -> Rates {
        Rates {
            false_positives: self.share(sets.popular.iter().copied()),
            known_arithmetic: self.pooled(&sets.known_arithmetic),
            known_dictionary: self.pooled(&sets.known_dictionary),
            unseen_arithmetic: bootstrap(&self.by_family(&sets.unseen_arithmetic)),
            unseen_dictionary: self.pooled(&sets.unseen_dictionary),
        }
    }
}
