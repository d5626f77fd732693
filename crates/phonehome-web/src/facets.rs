//! Counts of what the names are.

use phonehome::{Action, Advice, Brief, Classifier, Impact};
use serde::Serialize;

use crate::filter::{Filter, Wanted};
use crate::heap::Heap;
use crate::traits::{Owners, Trait, is_tracking, is_worth_a_look};

/// One value of a facet that some names have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Value {
    /// The code.
    pub id: String,
    /// The words.
    pub text: String,
    /// Names that have it and fit what is chosen in all other facets.
    pub count: u32,
}

/// Counts over all names, and in each facet over those that fit what is chosen in the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Facets {
    /// Different names.
    pub names: u32,
    /// Those that fit the filter.
    pub shown: u32,
    /// How often they came, all together.
    pub times: u64,
    /// Vendors that own some of them.
    pub makers: u32,
    /// Those that the policy blocks.
    pub blocked: u32,
    /// Of these, those that break something.
    pub breaks: u32,
    /// Of these, those that make something worse.
    pub degrades: u32,
    /// Of these, those that nobody has tested.
    pub untested: u32,
    /// Names for tracking.
    pub tracking: u32,
    /// Of these, those that are safe to block.
    pub tracking_safe: u32,
    /// Malicious, suspicious and risky names.
    pub worth_a_look: u32,
    /// Groups of purposes.
    pub groups: Vec<Value>,
    /// Pieces of advice.
    pub advice: Vec<Value>,
    /// Verdicts.
    pub verdicts: Vec<Value>,
    /// Groups of device classes.
    pub classes: Vec<Value>,
    /// Owners, the most frequent first.
    pub owners: Vec<Value>,
}

/// How many names have each value: of all, and of those that count.
#[derive(Debug)]
struct Tally {
    all: Vec<u32>,
    fit: Vec<u32>,
}

impl Tally {
    fn new(values: usize) -> Self {
        Self { all: vec![0; values], fit: vec![0; values] }
    }

    fn add(&mut self, place: usize, fits: bool) {
        if let (Some(all), Some(fit)) = (self.all.get_mut(place), self.fit.get_mut(place)) {
            *all += 1;
            *fit += u32::from(fits);
        }
    }

    fn add_bits(&mut self, mut bits: u32, fits: bool) {
        while bits != 0 {
            self.add(bits.trailing_zeros() as usize, fits);
            bits &= bits - 1;
        }
    }

    /// The values that some names have.
    fn values<'t>(&self, words: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<Value> {
        let counts = self.all.iter().zip(&self.fit);
        let seen = words.zip(counts).filter(|(_, (all, _))| **all > 0);
        seen.map(|((id, text), (_, fit))| Value { id: id.to_owned(), text: text.to_owned(), count: *fit }).collect()
    }
}

impl Facets {
    pub(crate) fn of(heap: &Heap, classifier: &Classifier<'_>, filter: &Filter) -> Self {
        let owners = Owners::of(classifier);
        let wanted = Wanted::new(filter, &owners);
        let mut facets = Self::default();
        let mut traits = Trait::ALL.map(|of| Tally::new(of.values().len()));
        let mut owned = Tally::new(owners.all.len());
        for row in 0..heap.len() {
            let Some(brief) = heap.brief(row) else { continue };
            let misses = wanted.misses(heap.name(row), brief, &owners);
            let shown = wanted.shows(misses);
            facets.count(brief, heap.seen(row).count, shown);
            for (of, tally) in Trait::ALL.iter().zip(&mut traits) {
                tally.add_bits(of.bits(brief), if wanted.not { shown } else { misses.none_but(*of) });
            }
            if let Some(place) = owners.place(brief) {
                owned.add(place, if wanted.not { shown } else { misses.none_but_owner() });
            }
        }
        let makers = owned.all.iter().take(owners.vendors).filter(|count| **count > 0).count();
        facets.makers = u32::try_from(makers).unwrap_or(u32::MAX);
        facets.owners = owned.values(owners.all.iter().map(|(id, name)| (id.as_str(), name.as_str())));
        facets.owners.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        let values =
            |of: Trait| traits.get(of as usize).map_or_else(Vec::new, |tally| tally.values(of.values().into_iter()));
        facets.groups = values(Trait::Groups);
        facets.advice = values(Trait::Advice);
        facets.verdicts = values(Trait::Verdicts);
        facets.classes = values(Trait::Classes);
        facets
    }

    fn count(&mut self, brief: &Brief, times: u32, shown: bool) {
        let is_tracking = is_tracking(brief);
        self.names += 1;
        self.shown += u32::from(shown);
        self.times += u64::from(times);
        self.tracking += u32::from(is_tracking);
        self.tracking_safe += u32::from(is_tracking && brief.advice() == Advice::SafeToBlock);
        self.worth_a_look += u32::from(is_worth_a_look(brief));
        if brief.action() != Action::Allow {
            self.blocked += 1;
            match brief.impact() {
                Impact::Breaks => self.breaks += 1,
                Impact::Degraded => self.degrades += 1,
                Impact::Unknown => self.untested += 1,
                Impact::None => {}
            }
        }
    }
}
