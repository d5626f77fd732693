//! What a policy does to a name, and to all names below a name at once: for rules that cover more than one name.
//!
//! The names below a name are a family with one usual answer, and fields that may differ from name to name: a purpose guessed from
//! words, a suspicious shape, an operator's list. A family is blocked only where no name of it can get another decision.

use crate::brief::{Action, Brief};
use crate::classifier::{Classifier, is_open_ground, may_guess};
use crate::codes::{AnswerMode, Impact, OverlayKind, Verdict};
use crate::hash::Chain;
use crate::name::Name;
use crate::ordered::OrderedError;
use crate::policy::{Facts, Family, Open};
use crate::region::Region;

/// What a policy does to a name, or to all names of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Let through.
    Allow,
    /// Blocked with this answer.
    Block(AnswerMode),
    /// Some names of the family may be let through: nothing that covers it may be blocked.
    Depends,
}

/// A decision on a name or a family, with the answer behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The answer; of a family, the usual one.
    pub brief: Brief,
    /// The decision.
    pub fate: Fate,
    /// Line of the policy that decided, from 1.
    pub line: Option<u32>,
    /// Whether that line names the name, or a suffix of it.
    pub is_named: bool,
    /// Whether an entry says that blocking breaks something: of a family, for any name of it.
    pub breaks: bool,
}

impl Classifier<'_> {
    /// What the policy with this number does to a name.
    pub fn rule_on(&self, name: &Name, policy: usize) -> Ruling {
        let finding = self.find(name, policy, &mut Chain::new());
        let brief = finding.brief;
        let fate = match brief.action() {
            Action::Allow => Fate::Allow,
            Action::Block(answer) => Fate::Block(answer),
        };
        let is_named = self.policies().get(policy).is_some_and(|policy| policy.names_it(finding.line));
        Ruling { brief, fate, line: finding.line, is_named, breaks: brief.impact() == Impact::Breaks }
    }

    /// What the policy with this number does to every name below a name, apart from the names at and below the
    /// [`Classifier::cuts`] there.
    pub fn rule_below(&self, name: &Name, policy: usize) -> Ruling {
        let mut chain = Chain::new();
        let hashes = self.base.hashes(name, &mut chain);
        let (patterns, usual) = self.base.answers_below(&hashes);
        let mut ruling = self.rule_family(name, usual, false, policy);
        for entry in patterns {
            let other = self.rule_family(name, Some(entry), true, policy);
            ruling.breaks |= other.breaks;
            ruling.is_named &= other.is_named;
            if matches!(ruling.fate, Fate::Block(_)) != matches!(other.fate, Fate::Block(_)) {
                ruling.fate = Fate::Depends;
            }
        }
        ruling
    }

    /// The names at which families end: the anchors of the base pack, and the names in the policy with this number. In no order, and
    /// some perhaps twice.
    ///
    /// # Errors
    /// [`OrderedError`] when the pack's ordered store is damaged.
    pub fn cuts(&self, policy: usize) -> Result<Vec<Name>, OrderedError> {
        let mut cuts = self.anchors()?;
        cuts.extend(self.policies().get(policy).into_iter().flat_map(|policy| policy.names().cloned()));
        Ok(cuts)
    }

    /// What the policy does to the names below a name that this entry answers for, or none.
    fn rule_family(&self, name: &Name, entry: Option<u32>, is_pattern: bool, policy: usize) -> Ruling {
        let mut open = Open::default();
        let mut facts = Facts { name, brief: Brief::unknown(), region: Region::NONE, lists: 0 };
        let mut answer = None;
        match entry.and_then(|entry| self.base.entry(entry)) {
            Some(entry) => {
                (facts.brief, facts.region, answer) = (entry.brief, entry.region, entry.answer);
                open.shape = is_open_ground(&entry.brief);
                open.guess = may_guess(&entry.brief);
                open.region = is_pattern || open.guess;
            }
            None => (open.shape, open.unknown) = (true, true),
        }
        self.consult_overlays_below(name, &mut facts, &mut open);
        let breaks = facts.brief.impact() == Impact::Breaks;
        let (fate, line) = self
            .policies()
            .get(policy)
            .map_or((Fate::Allow, None), |policy| policy.decide_family(&Family { facts, open }, answer));
        let is_named = self.policies().get(policy).is_some_and(|policy| policy.names_it(line));
        Ruling { brief: facts.brief, fate, line, is_named, breaks }
    }

    /// What lists surely say of all names below a name; what they may say of some is left open.
    fn consult_overlays_below(&self, name: &Name, facts: &mut Facts<'_>, open: &mut Open) {
        for (number, overlay) in self.overlays.iter().enumerate() {
            let kind = overlay.kind();
            open.lists |= 1 << kind.number();
            if overlay.covers_below(name) {
                facts.brief.add_reason(kind.reason());
                facts.lists |= 1 << number;
                if kind == OverlayKind::Threat {
                    facts.brief.verdict = Verdict::Malicious.number();
                }
            }
        }
    }
}
