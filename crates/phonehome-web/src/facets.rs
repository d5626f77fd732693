//! Counts of what the names are, and the rows that fit a choice.

use std::cmp::Ordering;

use phonehome::{Action, Advice, Brief, Class, ClassGroup, Classifier, Impact, Purpose, PurposeGroup, Verdict};
use serde::{Deserialize, Serialize};

use crate::groups::Grouping;
use crate::heap::Heap;

/// One value of a facet, and how many names have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Value {
    /// The code.
    pub id: String,
    /// The words.
    pub text: String,
    /// Names.
    pub count: u32,
}

/// Counts over all names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Facets {
    /// Different names.
    pub names: u32,
    /// Vendors that own some of them.
    pub makers: u32,
    /// Groups of purposes.
    pub groups: Vec<Value>,
    /// Pieces of advice.
    pub advice: Vec<Value>,
    /// Verdicts.
    pub verdicts: Vec<Value>,
    /// Groups of device classes.
    pub classes: Vec<Value>,
    /// Vendors, the most frequent first.
    pub vendors: Vec<Value>,
    /// Names for tracking.
    pub tracking: u32,
    /// Of these, those that are safe to block.
    pub tracking_safe: u32,
    /// Malicious, suspicious and risky names.
    pub worth_a_look: u32,
}

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
    /// Vendors.
    pub vendors: Vec<String>,
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

impl Facets {
    pub(crate) fn of(heap: &Heap, classifier: &Classifier<'_>) -> Self {
        let mut vendors: Vec<u32> = vec![0; classifier.vendors().count()];
        let (mut groups, mut advice) = ([0; PurposeGroup::ALL.len()], [0; Advice::ALL.len()]);
        let (mut verdicts, mut classes) = ([0; Verdict::ALL.len()], [0; ClassGroup::ALL.len()]);
        let mut facets = Self { names: u32::try_from(heap.len()).unwrap_or(u32::MAX), ..Self::default() };
        for brief in (0..heap.len()).filter_map(|row| heap.brief(row)) {
            let purposes = groups_of(brief);
            count(&mut groups, purposes);
            count(&mut advice, 1 << brief.advice().number());
            count(&mut verdicts, 1 << brief.verdict().number());
            count(&mut classes, classes_of(brief));
            if let Some(vendor) = brief.vendor().and_then(|vendor| vendors.get_mut(usize::from(vendor))) {
                *vendor += 1;
            }
            let is_tracking = purposes >> PurposeGroup::Tracking.number() & 1 == 1;
            facets.tracking += u32::from(is_tracking);
            facets.tracking_safe += u32::from(is_tracking && brief.advice() == Advice::SafeToBlock);
            let is_worth = matches!(brief.verdict(), Verdict::Malicious | Verdict::Suspicious | Verdict::Risky);
            facets.worth_a_look += u32::from(is_worth);
        }
        facets.groups = values(PurposeGroup::ALL, &groups, |group| (group.id(), group.text()));
        facets.advice = values(Advice::ALL, &advice, |advice| (advice.id(), advice.text()));
        facets.verdicts = values(Verdict::ALL, &verdicts, |verdict| (verdict.id(), verdict.text()));
        facets.classes = values(ClassGroup::ALL, &classes, |class| (class.id(), class.text()));
        let owners: Vec<_> = classifier.vendors().collect();
        facets.vendors = values(&owners, &vendors, |owner| (owner.id, owner.name));
        facets.vendors.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        facets.makers = u32::try_from(facets.vendors.len()).unwrap_or(u32::MAX);
        facets
    }
}

fn count(counts: &mut [u32], bits: u32) {
    for (number, count) in counts.iter_mut().enumerate() {
        *count += bits >> number & 1;
    }
}

fn values<'t, T: Copy>(all: &[T], counts: &[u32], words: impl Fn(T) -> (&'t str, &'t str)) -> Vec<Value> {
    let seen = all.iter().zip(counts).filter(|(_, count)| **count > 0);
    seen.map(|(value, count)| {
        let (id, text) = words(*value);
        Value { id: id.to_owned(), text: text.to_owned(), count: *count }
    })
    .collect()
}

/// The groups of a name's purposes, one bit each.
fn groups_of(brief: &Brief) -> u32 {
    let own = Purpose::ALL.iter().filter(|purpose| brief.has_purpose(**purpose));
    own.fold(0, |bits, purpose| bits | 1 << purpose.group().number())
}

/// The groups of a name's device classes, one bit each.
fn classes_of(brief: &Brief) -> u32 {
    let own = Class::ALL.iter().filter(|class| brief.has_class(**class));
    own.fold(0, |bits, class| bits | 1 << class.group().number())
}

/// A filter with its codes as bits.
struct Wanted {
    text: Vec<u8>,
    groups: u32,
    advice: u32,
    verdicts: u32,
    classes: u32,
    vendors: Option<Vec<u16>>,
    blocked: bool,
    not: bool,
}

fn bits<T: Copy>(ids: &[String], all: &[T], id: impl Fn(T) -> &'static str) -> u32 {
    let wanted = all.iter().enumerate().filter(|(_, value)| ids.iter().any(|wanted| *wanted == id(**value)));
    wanted.fold(0, |bits, (number, _)| bits | 1 << number)
}

impl Wanted {
    fn new(filter: &Filter, classifier: &Classifier<'_>) -> Self {
        let vendors = classifier.vendors().zip(0..).filter(|(owner, _)| filter.vendors.iter().any(|id| id == owner.id));
        Self {
            text: filter.text.trim().to_ascii_lowercase().into_bytes(),
            groups: bits(&filter.groups, PurposeGroup::ALL, PurposeGroup::id),
            advice: bits(&filter.advice, Advice::ALL, Advice::id),
            verdicts: bits(&filter.verdicts, Verdict::ALL, Verdict::id),
            classes: bits(&filter.classes, ClassGroup::ALL, ClassGroup::id),
            vendors: (!filter.vendors.is_empty()).then(|| vendors.map(|(_, number)| number).collect()),
            blocked: filter.blocked,
            not: filter.not,
        }
    }

    fn fits(&self, name: &[u8], brief: &Brief) -> bool {
        let one_of = |wanted: u32, own: u32| wanted == 0 || wanted & own != 0;
        let fits = (self.text.is_empty() || name.windows(self.text.len()).any(|part| part == self.text))
            && one_of(self.groups, groups_of(brief))
            && one_of(self.advice, 1 << brief.advice().number())
            && one_of(self.verdicts, 1 << brief.verdict().number())
            && one_of(self.classes, classes_of(brief))
            && self.vendors.as_ref().is_none_or(|all| brief.vendor().is_some_and(|vendor| all.contains(&vendor)))
            && (!self.blocked || brief.action() != Action::Allow);
        fits != self.not
    }
}

impl Filter {
    /// Whether it leaves names out.
    pub(crate) fn narrows(&self) -> bool {
        let Self { sort, group, open, .. } = self.clone();
        *self != Self { sort, group, open, ..Self::default() }
    }
}

/// The rows that fit, in order.
pub(crate) fn rows(heap: &Heap, classifier: &Classifier<'_>, filter: &Filter) -> Vec<u32> {
    let wanted = Wanted::new(filter, classifier);
    let is_all = !filter.narrows();
    let mut rows: Vec<u32> = (0..heap.len())
        .filter(|row| is_all || heap.brief(*row).is_some_and(|brief| wanted.fits(heap.name(*row), brief)))
        .filter_map(|row| u32::try_from(row).ok())
        .collect();
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
    let is_tracking = groups_of(brief) >> PurposeGroup::Tracking.number() & 1 == 1;
    match brief.verdict() {
        Verdict::Malicious => 0,
        Verdict::Suspicious => 1,
        Verdict::Risky => 2,
        Verdict::Legitimate | Verdict::Shared if is_tracking => 3,
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
