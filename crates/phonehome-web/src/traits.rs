//! What rows are filtered by and counted by: groups of purposes, advice, verdicts, groups of device classes, owners; as bits.

use phonehome::{Advice, Brief, Class, ClassGroup, Classifier, Purpose, PurposeGroup, Verdict};

/// A trait of a row, in the order of the bits of [`Misses`](crate::filter::Misses).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trait {
    Groups,
    Advice,
    Verdicts,
    Classes,
}

impl Trait {
    pub(crate) const ALL: [Self; 4] = [Self::Groups, Self::Advice, Self::Verdicts, Self::Classes];

    /// The values that it may have, code and words.
    pub(crate) fn values(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Groups => {
                let groups = PurposeGroup::ALL.iter().map(|group| (group.id(), group.text()));
                groups.chain([(NONE, "nobody knows")]).collect()
            }
            Self::Advice => Advice::ALL.iter().map(|advice| (advice.id(), advice.text())).collect(),
            Self::Verdicts => Verdict::ALL.iter().map(|verdict| (verdict.id(), verdict.text())).collect(),
            Self::Classes => {
                let classes = ClassGroup::ALL.iter().map(|class| (class.id(), class.text()));
                classes.chain([(NONE, "any, or nobody knows")]).collect()
            }
        }
    }

    /// A row's values, one bit each in their order.
    pub(crate) fn bits(self, brief: &Brief) -> u32 {
        match self {
            Self::Groups => or_none(groups(brief), PurposeGroup::ALL.len()),
            Self::Advice => 1 << brief.advice().number(),
            Self::Verdicts => 1 << brief.verdict().number(),
            Self::Classes => or_none(classes(brief), ClassGroup::ALL.len()),
        }
    }
}

/// The code of what has no value.
const NONE: &str = "none";

fn or_none(bits: u32, none: usize) -> u32 {
    if bits == 0 { 1 << none } else { bits }
}

fn groups(brief: &Brief) -> u32 {
    let own = Purpose::ALL.iter().filter(|purpose| brief.has_purpose(**purpose));
    own.fold(0, |bits, purpose| bits | 1 << purpose.group().number())
}

fn classes(brief: &Brief) -> u32 {
    let own = Class::ALL.iter().filter(|class| brief.has_class(**class));
    own.fold(0, |bits, class| bits | 1 << class.group().number())
}

/// Whether one of a row's purposes is tracking.
pub(crate) fn is_tracking(brief: &Brief) -> bool {
    groups(brief) >> PurposeGroup::Tracking.number() & 1 == 1
}

/// Whether somebody should have a look: on a threat list, odd-looking, or where anyone can register.
pub(crate) fn is_worth_a_look(brief: &Brief) -> bool {
    matches!(brief.verdict(), Verdict::Malicious | Verdict::Suspicious | Verdict::Risky)
}

/// Those who own names: vendors, then platforms, whose codes begin with `platform:`.
#[derive(Debug)]
pub(crate) struct Owners {
    /// Code and name.
    pub(crate) all: Vec<(String, String)>,
    pub(crate) vendors: usize,
}

impl Owners {
    pub(crate) fn of(classifier: &Classifier<'_>) -> Self {
        let mut all: Vec<_> = classifier.vendors().map(|owner| (owner.id.to_owned(), owner.name.to_owned())).collect();
        let vendors = all.len();
        all.extend(classifier.platforms().map(|owner| (format!("platform:{}", owner.id), owner.name.to_owned())));
        Self { all, vendors }
    }

    /// A row's owner by its place in `all`: its vendor, else its platform.
    pub(crate) fn place(&self, brief: &Brief) -> Option<usize> {
        let platform = || Some(self.vendors + usize::from(brief.platform()?));
        brief.vendor().map(usize::from).or_else(platform)
    }
}
