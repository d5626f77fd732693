//! The rows that fit a choice, in order.

use std::cmp::Ordering;

use phonehome::{Action, Brief, Classifier, Impact, Verdict};
use serde::Deserialize;

use crate::groups::Grouping;
use crate::heap::Heap;
use crate::traits::{Owners, Trait, is_tracking};

/// Which rows are wanted: each list empty, or one of its codes must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Filter {
    /// A part of the name.
    pub text: String,
    /// Groups of purposes.
    pub groups: Vec<String>,
    /// Pieces of advice.
    pub advice: Vec<String>,
    /// Verdicts.
    pub verdicts: Vec<String>,
    /// Groups of device classes.
    pub classes: Vec<String>,
    /// Owners: vendors, and platforms behind `platform:`.
    pub owners: Vec<String>,
    /// Those that the policy blocks, alone.
    pub blocked: bool,
    /// The rows that do not fit instead.
    pub not: bool,
    /// The order.
    pub sort: Sort,
    /// How names stand together.
    pub group: Grouping,
    /// Registrable domains whose names are shown below their heading; the empty one stands for all names outside the base.
    pub open: Vec<String>,
}

/// The order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub enum Sort {
    /// What deserves a look first, what is not in the base last.
    #[default]
    Worth,
    /// By the name, its last label first.
    Name,
    /// The most frequent first.
    Count,
    /// As they came.
    Input,
}

impl Filter {
    /// Whether it leaves names out.
    pub(crate) fn narrows(&self) -> bool {
        let Self { sort, group, open, .. } = self.clone();
        *self != Self { sort, group, open, ..Self::default() }
    }

    fn codes(&self, of: Trait) -> &[String] {
        match of {
            Trait::Groups => &self.groups,
            Trait::Advice => &self.advice,
            Trait::Verdicts => &self.verdicts,
            Trait::Classes => &self.classes,
        }
    }
}

/// The parts of a filter that a row does not fit, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misses(u32);

impl Misses {
    const OWNER: u32 = 1 << Trait::ALL.len();
    const OTHER: u32 = Self::OWNER << 1;

    /// Whether the row fits but perhaps for a trait.
    pub(crate) fn none_but(self, of: Trait) -> bool {
        self.0 & !(1 << of as u32) == 0
    }

    /// Whether the row fits but perhaps for its owner.
    pub(crate) fn none_but_owner(self) -> bool {
        self.0 & !Self::OWNER == 0
    }
}

/// A filter with its codes as bits.
#[derive(Debug)]
pub(crate) struct Wanted {
    text: Vec<u8>,
    traits: [u32; Trait::ALL.len()],
    owners: Option<Vec<usize>>,
    blocked: bool,
    pub(crate) not: bool,
}

impl Wanted {
    pub(crate) fn new(filter: &Filter, owners: &Owners) -> Self {
        let is_owner = |id: &String| filter.owners.contains(id);
        let places = owners.all.iter().enumerate().filter(|(_, (id, _))| is_owner(id)).map(|(place, _)| place);
        Self {
            text: filter.text.trim().to_ascii_lowercase().into_bytes(),
            traits: Trait::ALL.map(|of| bits(filter.codes(of), &of.values())),
            owners: (!filter.owners.is_empty()).then(|| places.collect()),
            blocked: filter.blocked,
            not: filter.not,
        }
    }

    pub(crate) fn misses(&self, name: &[u8], brief: &Brief, owners: &Owners) -> Misses {
        let mut misses = 0;
        for (of, wanted) in Trait::ALL.iter().zip(self.traits) {
            if wanted != 0 && wanted & of.bits(brief) == 0 {
                misses |= 1 << *of as u32;
            }
        }
        let is_owned = |all: &Vec<usize>| owners.place(brief).is_some_and(|place| all.contains(&place));
        if !self.owners.as_ref().is_none_or(is_owned) {
            misses |= Misses::OWNER;
        }
        let holds_text = self.text.is_empty() || name.windows(self.text.len()).any(|part| part == self.text);
        if !holds_text || self.blocked && brief.action() == Action::Allow {
            misses |= Misses::OTHER;
        }
        Misses(misses)
    }

    /// Whether a row with these misses is shown.
    pub(crate) fn shows(&self, misses: Misses) -> bool {
        (misses.0 == 0) != self.not
    }
}

fn bits(ids: &[String], all: &[(&str, &str)]) -> u32 {
    let wanted = all.iter().enumerate().filter(|(_, (id, _))| ids.iter().any(|wanted| wanted == id));
    wanted.fold(0, |bits, (number, _)| bits | 1 << number)
}

/// The rows that fit, in order.
pub(crate) fn rows(heap: &Heap, classifier: &Classifier<'_>, filter: &Filter) -> Vec<u32> {
    let owners = Owners::of(classifier);
    let wanted = Wanted::new(filter, &owners);
    let is_all = !filter.narrows();
    let fits = |row: usize| {
        let shows = |brief: &Brief| wanted.shows(wanted.misses(heap.name(row), brief, &owners));
        is_all || heap.brief(row).is_some_and(shows)
    };
    let mut rows: Vec<u32> =
        (0..heap.len()).filter(|row| fits(*row)).filter_map(|row| u32::try_from(row).ok()).collect();
    match filter.sort {
        Sort::Input => {}
        Sort::Worth => rows = by_worth(&rows, heap),
        Sort::Count => rows.sort_by_key(|row| std::cmp::Reverse(heap.seen(*row as usize).count)),
        Sort::Name => rows.sort_by(|a, b| by_labels(heap.name(*a as usize), heap.name(*b as usize))),
    }
    rows
}

/// Rows by what they are worth; one pass, since a million are put in order at every key that is pressed.
fn by_worth(rows: &[u32], heap: &Heap) -> Vec<u32> {
    let mut ranks: [Vec<u32>; RANKS] = Default::default();
    for row in rows {
        let rank = heap.brief(*row as usize).map_or(RANKS - 1, worth);
        if let Some(rank) = ranks.get_mut(rank) {
            rank.push(*row);
        }
    }
    ranks.concat()
}

/// How many values [`worth`] has.
const RANKS: usize = 8;

/// What deserves a look first: threats, odd-looking names, makers' tracking, their other names, rented ground, the unknown.
fn worth(brief: &Brief) -> usize {
    match brief.verdict() {
        Verdict::Malicious => 0,
        Verdict::Suspicious => 1,
        Verdict::Risky => 2,
        Verdict::Legitimate | Verdict::Shared if is_tracking(brief) => 3,
        Verdict::Legitimate if brief.impact() != Impact::Unknown => 4,
        Verdict::Legitimate => 5,
        Verdict::Shared => 6,
        Verdict::Unknown => 7,
    }
}

/// Compares names by their labels, the last first.
fn by_labels(a: &[u8], b: &[u8]) -> Ordering {
    let labels = |name| <[u8]>::rsplit(name, |octet: &u8| *octet == b'.');
    labels(a).cmp(labels(b))
}
