//! Policies on a family of names: all names below a name that nothing deeper tells apart.
//!
//! Conditions have three values here. What a field may hold differs from name to name, so a condition is sure to hold, sure not
//! to hold, or depends.

use super::test::{Field, Test};
use super::{Facts, Policy, Verb};
use crate::below::Fate;
use crate::codes::{AnswerMode, OverlayKind, Reason, Verdict};
use crate::name::Name;

/// A family: its usual answer, as that of the name above it, and what may differ.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Family<'n> {
    pub(crate) facts: Facts<'n>,
    pub(crate) open: Open,
}

/// What may differ between names of a family.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Open {
    /// Nothing is known of the names: the reason why differs.
    pub(crate) unknown: bool,
    /// A name may look suspicious.
    pub(crate) shape: bool,
    /// A purpose may be guessed from words.
    pub(crate) guess: bool,
    /// A region may be read off the name.
    pub(crate) region: bool,
    /// Kinds of loaded lists that may cover some of the names, one bit each.
    pub(crate) lists: u64,
}

impl Open {
    /// Reasons that some of the names may have beside the usual ones.
    fn reasons(self) -> u64 {
        let bits = |reasons: &[Reason]| reasons.iter().fold(0, |bits, reason| bits | 1 << reason.number());
        let mut open = 0;
        if self.unknown {
            open |= bits(UNKNOWN);
        }
        if self.shape {
            open |= bits(SHAPES);
        }
        if self.guess {
            open |= bits(&[Reason::KbInferred]);
        }
        for kind in OverlayKind::ALL.iter().filter(|kind| self.has_list(**kind)) {
            open |= bits(&[kind.reason()]);
        }
        open
    }

    const fn has_list(self, kind: OverlayKind) -> bool {
        self.lists >> kind.number() & 1 == 1
    }
}

/// Reasons why nothing is known of a name.
const UNKNOWN: &[Reason] = &[
    Reason::KbNone,
    Reason::NameLocal,
    Reason::NameSearchSuffix,
    Reason::NameReverse,
    Reason::SuffixUnlisted,
    Reason::SuffixPrivate,
    Reason::SuffixPublic,
    Reason::SuffixAbusedTld,
];
/// Reasons that a shape gives.
const SHAPES: &[Reason] = &[
    Reason::ModelRandom,
    Reason::LookTypo,
    Reason::LookHomograph,
    Reason::LookCombo,
    Reason::LookBrandInSubdomain,
    Reason::TunnelLongLabels,
];

/// Whether a condition holds for a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Always,
    Never,
    Depends,
}

impl Holds {
    const fn sure(holds: bool) -> Self {
        if holds { Self::Always } else { Self::Never }
    }
}

impl Policy {
    /// Decides on all names of a family, with the line that does.
    pub(crate) fn decide_family(&self, family: &Family<'_>, answer: Option<AnswerMode>) -> (Fate, Option<u32>) {
        let mut is_sure = true;
        for rule in self.rules.iter().filter(|rule| rule.verb != Verb::Log) {
            let conditions = rule.tests.iter().map(|test| test.holds_for(family));
            let holds = conditions.fold(Holds::Always, |all, one| match (all, one) {
                (Holds::Never, _) | (_, Holds::Never) => Holds::Never,
                (Holds::Depends, _) | (_, Holds::Depends) => Holds::Depends,
                _ => Holds::Always,
            });
            match (holds, rule.verb) {
                (Holds::Never, _) => {}
                // Whether this line blocks a name or a later one does is the same to a rule that covers both.
                (Holds::Depends, Verb::Block) => {}
                (Holds::Depends, _) => is_sure = false,
                (Holds::Always, Verb::Block) if is_sure => {
                    let answer = rule.answer.or(answer).unwrap_or(AnswerMode::Nxdomain);
                    return (Fate::Block(answer), Some(rule.line));
                }
                (Holds::Always, Verb::Block) => return (Fate::Depends, Some(rule.line)),
                (Holds::Always, _) => {
                    let fate = if self.may_block_before(rule.line, family) { Fate::Depends } else { Fate::Allow };
                    return (fate, Some(rule.line));
                }
            }
        }
        let fate = if self.may_block_before(u32::MAX, family) { Fate::Depends } else { Fate::Allow };
        (fate, None)
    }

    /// Whether a rule above a line blocks some names of a family.
    fn may_block_before(&self, line: u32, family: &Family<'_>) -> bool {
        self.rules
            .iter()
            .filter(|rule| rule.line < line && rule.verb == Verb::Block)
            .any(|rule| !rule.tests.iter().any(|test| test.holds_for(family) == Holds::Never))
    }

    /// The names that the policy's conditions hold.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Name> {
        let tests = self.rules.iter().flat_map(|rule| &rule.tests);
        tests.flat_map(|test| match test {
            Test::Name(_, names) | Test::Suffix(_, names) => names.as_slice(),
            _ => &[],
        })
    }

    /// Whether the rule in this line asks for a name or a suffix.
    pub(crate) fn names_it(&self, line: Option<u32>) -> bool {
        let asks = |test: &Test| matches!(test, Test::Name(true, _) | Test::Suffix(true, _));
        self.rules.iter().any(|rule| Some(rule.line) == line && rule.tests.iter().any(asks))
    }
}

impl Test {
    /// Whether the condition holds for the names of a family, no name of which is at or below a name in the policy that is itself
    /// below the family's.
    fn holds_for(&self, family: &Family<'_>) -> Holds {
        let Family { facts, open } = family;
        let is_labelled = open.has_list(OverlayKind::Label);
        match self {
            Self::Name(wanted, _) => Holds::sure(!*wanted),
            Self::Suffix(..) | Self::Platform(..) => Holds::sure(self.holds(facts)),
            Self::Vendor(..) if is_labelled && facts.brief.vendor().is_none() => Holds::Depends,
            Self::Region(..) if open.region => Holds::Depends,
            Self::BandAtLeast(_) if open.shape => Holds::Depends,
            Self::Confidence(..) | Self::ConfidenceAtLeast(_) if open.guess || open.shape || open.lists != 0 => {
                Holds::Depends
            }
            Self::Vendor(..) | Self::Region(..) | Self::BandAtLeast(_) => Holds::sure(self.holds(facts)),
            Self::Confidence(..) | Self::ConfidenceAtLeast(_) => Holds::sure(self.holds(facts)),
            Self::List(wanted, lists) => match (facts.lists & lists != 0, wanted) {
                (true, wanted) => Holds::sure(*wanted),
                (false, _) if open.lists == 0 => Holds::Never,
                (false, _) => Holds::Depends,
            },
            Self::Codes(field, wanted, codes) => self.codes_hold_for(*field, *wanted, *codes, family),
        }
    }

    fn codes_hold_for(&self, field: Field, wanted: bool, codes: u64, family: &Family<'_>) -> Holds {
        let Family { facts, open } = family;
        let bits = field.bits(facts);
        let is_labelled = open.has_list(OverlayKind::Label);
        match field {
            // A purpose that is guessed is never a stated one.
            Field::Basis if open.guess && !is_labelled => {
                let inferred = 1 << 1;
                if wanted == (codes & inferred != 0) { Holds::Depends } else { Holds::Never }
            }
            Field::Purpose | Field::Basis if open.guess || is_labelled => Holds::Depends,
            Field::Band if open.shape => Holds::Depends,
            Field::Verdict => {
                let is_malicious = bits == 1 << Verdict::Malicious.number();
                let mut possible = bits;
                if open.shape && !is_malicious {
                    possible |= 1 << Verdict::Suspicious.number();
                }
                if open.has_list(OverlayKind::Threat) {
                    possible |= 1 << Verdict::Malicious.number();
                }
                if is_malicious {
                    possible = bits;
                }
                match (possible & codes != 0, possible & !codes != 0) {
                    (true, true) => Holds::Depends,
                    (is_among, _) => Holds::sure(is_among == wanted),
                }
            }
            // Reasons are only ever added, apart from a guess that a label replaces.
            Field::Reason => {
                let lasting = bits & !(1 << Reason::KbInferred.number());
                match (lasting & codes != 0, open.reasons() & codes != 0) {
                    (true, _) => Holds::sure(wanted),
                    (false, true) => Holds::Depends,
                    (false, false) if open.unknown => Holds::sure(!wanted),
                    (false, false) => Holds::sure(self.holds(facts)),
                }
            }
            Field::Listed => match (bits & codes != 0, open.lists) {
                (true, _) => Holds::sure(wanted),
                (false, 0) => Holds::Never,
                (false, lists) if wanted && lists & codes == 0 => Holds::Never,
                (false, _) => Holds::Depends,
            },
            _ => Holds::sure(self.holds(facts)),
        }
    }
}
