//! From decisions to the rules of one format.
//!
//! Nodes come in the order of the tree. A rule is written where what should happen differs from what the rules above say. Where a
//! format cannot say it, less is blocked than decided, never more, and what is missing is told.

use phonehome::AnswerMode;

use crate::act::{Act, Group, Why};
use crate::asked::Scope;
use crate::key;
use crate::plan::{Counts, Decided, LeftOut, MissingList, Plan};

/// What a format can say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Able {
    /// Rules for more than one name.
    pub(crate) families: bool,
    /// Rules for a name without what is below.
    pub(crate) exact: bool,
    /// Rules for what is below a name without the name.
    pub(crate) below: bool,
    /// Exceptions for a name without what is below.
    pub(crate) exact_exceptions: bool,
    /// Different answers for a name and what is below.
    pub(crate) exact_answers: bool,
    pub(crate) exceptions: Exceptions,
    /// The answer that a blocked question gets, for each answer wanted.
    pub(crate) answer: fn(AnswerMode) -> AnswerMode,
    /// Whether a name between a wildcard and a rule below needs rules of its own.
    pub(crate) fillers: bool,
    /// Whether the format can hold the name of a key.
    pub(crate) holds: fn(&[u8]) -> bool,
    /// Most octets of a name in wire form.
    pub(crate) longest: usize,
}

/// Whether a rule can be lifted below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exceptions {
    None,
    /// An exception is final.
    Once,
    /// The deepest rule decides.
    Nested,
}

/// What the rules above a node say of the names there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cover {
    pub(crate) act: Act,
    /// Whether there is such a rule at all.
    pub(crate) is_written: bool,
}

const UNCOVERED: Cover = Cover { act: Act::Pass, is_written: false };

/// A node at which rules are to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules<'p> {
    key: &'p [u8],
    pub(crate) exact: Act,
    pub(crate) below: Act,
    pub(crate) cover: Cover,
    pub(crate) why_exact: &'p Why,
    pub(crate) why_below: &'p Why,
    /// Says again what the rules above say, because the format needs it.
    pub(crate) is_filler: bool,
}

impl Rules<'_> {
    /// The node's name in presentation form.
    pub(crate) fn name(&self) -> String {
        key::text(self.key)
    }

    /// Whether the name has only letters, digits, hyphens and underscores.
    pub(crate) fn is_plain(&self) -> bool {
        key::is_plain(self.key)
    }

    /// Why the rule of this scope is there.
    pub(crate) const fn why(&self, scope: Scope) -> &Why {
        match scope {
            Scope::Exact | Scope::Suffix => self.why_exact,
            Scope::Below => self.why_below,
        }
    }

    /// The rules as the fewest pairs of scope and act.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Scope, Act)> {
        let differs = |act: Act| act != self.cover.act;
        let pairs = match (differs(self.exact), differs(self.below)) {
            (true, true) if self.exact == self.below => [Some((Scope::Suffix, self.exact)), None],
            (exact, below) => {
                [exact.then_some((Scope::Exact, self.exact)), below.then_some((Scope::Below, self.below))]
            }
        };
        pairs.into_iter().flatten()
    }
}

/// What an emission counts, and misses beyond what the plan does.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) counts: Counts,
    pub(crate) missing: MissingList,
    /// Nodes that say again what the rules above say.
    pub(crate) fillers: u64,
}

/// A node with rules above the present one.
struct Frame {
    /// Its key is that of this decision, cut to the length.
    decision: usize,
    length: usize,
    cover: Cover,
}

/// Hands out the rules of one format, of one group where zones are split, in the order of the tree.
pub(crate) fn emit<E>(
    plan: &Plan,
    able: &Able,
    group: Option<Group>,
    each: &mut dyn FnMut(&Rules<'_>) -> Result<(), E>,
) -> Result<Tally, E> {
    let stuck = stuck(plan, able);
    let mut tally = Tally::default();
    let mut frames: Vec<Frame> = Vec::new();
    for (number, decided) in plan.decided.iter().enumerate() {
        let own = plan.key(decided);
        let of = |frame: &Frame| {
            plan.decided.get(frame.decision).and_then(|decided| plan.key(decided).get(..frame.length)).unwrap_or(&[])
        };
        while frames.last().is_some_and(|frame| !key::is_within(own, of(frame))) {
            frames.pop();
        }
        let (covered, cover) = frames.last().map_or((0, UNCOVERED), |frame| (frame.length, frame.cover));
        let is_stuck = stuck.get(number).copied().unwrap_or(true);
        let adapted = Adapting { able, group, cover, key: own, tally: &mut tally }.adapt(decided, is_stuck);
        let Some((exact, below)) = adapted else { continue };
        if able.fillers && cover.is_written {
            for length in key::lengths(own).filter(|length| *length > covered && *length < own.len()) {
                let (act, why, key) = (cover.act, &Why::NOTHING, own.get(..length).unwrap_or(own));
                let again =
                    Rules { key, exact: act, below: act, cover, why_exact: why, why_below: why, is_filler: true };
                each(&again)?;
                tally.fillers += 1;
                frames.push(Frame { decision: number, length, cover });
            }
        }
        let Decided { why_exact, why_below, .. } = decided;
        let rules = Rules { key: own, exact, below, cover, why_exact, why_below, is_filler: false };
        for (scope, act) in rules.each() {
            let wanted = if scope == Scope::Below { decided.below } else { decided.exact };
            tally.counts.add(scope, act, wanted, rules.why(scope));
        }
        each(&rules)?;
        let is_written = below.is_block() || cover.is_written;
        frames.push(Frame { decision: number, length: own.len(), cover: Cover { act: below, is_written } });
    }
    Ok(tally)
}

/// For each node, whether something below must be let through that the format cannot except.
fn stuck(plan: &Plan, able: &Able) -> Vec<bool> {
    let mut stuck = vec![false; plan.decided.len()];
    // Ancestors stand before what is below them, so the parents of all are known before the way back.
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(plan.decided.len());
    let mut open: Vec<usize> = Vec::new();
    for (number, decided) in plan.decided.iter().enumerate() {
        let own = plan.key(decided);
        while open
            .last()
            .and_then(|last| plan.decided.get(*last))
            .is_some_and(|last| !key::is_within(own, plan.key(last)))
        {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(number);
    }
    for (number, decided) in plan.decided.iter().enumerate().rev() {
        let Some(parent) = parents.get(number).copied().flatten() else { continue };
        let passes = !decided.exact.is_block() || !decided.below.is_block();
        let is_hard = passes && (able.exceptions == Exceptions::None || unwritable(able, plan.key(decided)).is_some());
        if (is_hard || stuck.get(number) == Some(&true))
            && let Some(parent) = stuck.get_mut(parent)
        {
            *parent = true;
        }
    }
    stuck
}

/// Why the format cannot hold a name.
fn unwritable(able: &Able, key: &[u8]) -> Option<LeftOut> {
    // A length octet before each label and the root's: the octets and separators of the key, and two. Escapes count twice,
    // which errs on the safe side.
    if key.len() + 2 > able.longest {
        return Some(LeftOut::TooLong);
    }
    (!(able.holds)(key)).then_some(LeftOut::Unwritable)
}

/// A decision on its way into a format.
struct Adapting<'a> {
    able: &'a Able,
    group: Option<Group>,
    cover: Cover,
    key: &'a [u8],
    tally: &'a mut Tally,
}

impl Adapting<'_> {
    /// What is to be written at a node, if anything.
    fn adapt(&mut self, decided: &Decided, is_stuck: bool) -> Option<(Act, Act)> {
        let Cover { act: above, is_written } = self.cover;
        let mut exact = self.of_group(decided.exact, &decided.why_exact);
        let mut below = self.of_group(decided.below, &decided.why_below);
        if below.is_block() && (is_stuck || !self.able.families) {
            let why = if is_stuck && self.able.families { LeftOut::OnlyExact } else { LeftOut::NoFamilies };
            below = self.spare(Scope::Below, why);
        }
        if !above.is_block() && is_written && self.able.exceptions != Exceptions::Nested {
            (exact, below) = self.spare_both(exact, below, LeftOut::Nested);
        }
        match (exact.is_block(), below.is_block(), above.is_block()) {
            (false, true, false) if !self.able.below => below = self.spare(Scope::Below, LeftOut::Scope),
            (false, true, true) if !self.able.exact_exceptions => below = self.spare(Scope::Below, LeftOut::Scope),
            (true, false, false) if !self.able.exact => exact = self.spare(Scope::Exact, LeftOut::Scope),
            (true, true, _) if exact != below && !self.able.exact_answers => exact = below,
            _ => {}
        }
        if (exact, below) == (above, above) {
            return None;
        }
        match unwritable(self.able, self.key) {
            Some(why) if above.is_block() => {
                // Whatever passes here would have kept the rule above from being written.
                debug_assert!(exact.is_block() && below.is_block(), "{why:?}");
                None
            }
            Some(why) => {
                self.spare_both(exact, below, why);
                None
            }
            None => Some((exact, below)),
        }
    }

    /// The act in this format; in a zone of one group, what belongs to another zone is left to it.
    fn of_group(&self, act: Act, why: &Why) -> Act {
        let Act::Block(wanted) = act else { return act };
        let answer = (self.able.answer)(wanted);
        let is_mine = self.group.is_none_or(|group| group == why.group());
        let Cover { act: above, is_written } = self.cover;
        if is_mine || is_written && !above.is_block() { Act::Block(answer) } else { above }
    }

    fn spare(&mut self, scope: Scope, why: LeftOut) -> Act {
        self.tally.missing.add(self.key, scope, why);
        Act::Pass
    }

    fn spare_both(&mut self, exact: Act, below: Act, why: LeftOut) -> (Act, Act) {
        if let Some(scope) = Scope::of(exact.is_block(), below.is_block()) {
            self.tally.missing.add(self.key, scope, why);
        }
        (Act::Pass, Act::Pass)
    }
}
