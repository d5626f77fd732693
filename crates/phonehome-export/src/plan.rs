//! What is to happen with every name: the policy's decisions, before any format has its say.

use std::collections::BTreeMap;

use phonehome::{Classifier, Fate, Impact, OrderedError, Ruling};

use crate::act::{Act, Why};
use crate::asked::{Asked, Scope, ask};
use crate::key;

/// Most names that are listed as left out; all are counted.
const LISTED: usize = 1000;

/// Why something that the policy would block is not in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LeftOut {
    /// An entry says that something stops working, and no line of the policy names it.
    Breaks,
    /// The policy lets some names below through that no rule can tell from the others.
    Depends,
    /// Something below is let through and the format cannot except it: the name alone is there.
    OnlyExact,
    /// The format knows single names only: the name alone is there.
    NoFamilies,
    /// The format cannot say what lies below a name without the name, or the name without what lies below.
    Scope,
    /// The format cannot block again below an exception.
    Nested,
    /// The format cannot hold such a name.
    Unwritable,
    /// The name is too long for the zone.
    TooLong,
}

impl LeftOut {
    /// The words for people.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Breaks => "blocking it breaks something (a policy line with name= or suffix= has it all the same)",
            Self::Depends => "the policy lets some of the names below through, which no rule can tell apart",
            Self::OnlyExact => {
                "something below is let through and the format cannot except it: the name alone is blocked"
            }
            Self::NoFamilies => "the format knows single names only: the name alone is blocked, not what is below",
            Self::Scope => "the format cannot say which of these names are meant",
            Self::Nested => "the format cannot block again below an exception",
            Self::Unwritable => "the format cannot hold such a name",
            Self::TooLong => "the name and the zone are longer than 255 octets together",
        }
    }
}

/// Something left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The name.
    pub name: String,
    /// Which names.
    pub scope: Scope,
}

/// What was left out: all counted, the first of them listed.
#[derive(Clone, Debug, Default)]
pub struct MissingList {
    /// How many for each reason.
    pub counts: BTreeMap<LeftOut, u64>,
    first: BTreeMap<LeftOut, Vec<Missing>>,
}

impl MissingList {
    /// The first names that were left out for a reason.
    pub fn of(&self, why: LeftOut) -> &[Missing] {
        self.first.get(&why).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn add(&mut self, key: &[u8], scope: Scope, why: LeftOut) {
        let count = self.counts.entry(why).or_default();
        *count += 1;
        if *count <= LISTED as u64 {
            self.first.entry(why).or_default().push(Missing { name: key::text(key), scope });
        }
    }
}

/// What is to happen at a node: with the name, and with the names below that no deeper node tells apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decided {
    node: u32,
    pub(crate) exact: Act,
    pub(crate) below: Act,
    pub(crate) why_exact: Why,
    pub(crate) why_below: Why,
}

/// The decisions of a policy on everything that was asked.
#[derive(Clone, Debug)]
pub struct Plan {
    asked: Asked,
    pub(crate) decided: Vec<Decided>,
    /// What no format will have.
    pub missing: MissingList,
    /// Questions that the policy let through.
    pub allowed: u64,
}

/// What a node has from those above it.
#[derive(Clone, Copy)]
struct Above {
    length: usize,
    asks_below: bool,
    spares_below: bool,
}

impl Plan {
    /// Decides on everything that was asked, under the policy with this number; `progress` hears how many nodes are done.
    ///
    /// # Errors
    /// [`OrderedError`] when the pack's ordered store is damaged.
    pub fn new(
        classifier: &Classifier<'_>,
        mut asked: Asked,
        policy: usize,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Self, OrderedError> {
        if asked.has_families() {
            classifier.cuts(policy)?.iter().for_each(|name| asked.cut(name));
        }
        asked.sort();
        let mut plan = Self { decided: Vec::new(), missing: MissingList::default(), allowed: 0, asked: Asked::new() };
        let mut above: Vec<Above> = Vec::new();
        let mut last: &[u8] = &[];
        for (number, node) in asked.nodes().iter().enumerate() {
            let own = asked.key(node);
            while above.last().is_some_and(|above| !key::is_within(own, last.get(..above.length).unwrap_or(&[]))) {
                above.pop();
            }
            let (asks, spares) = above.last().map_or((false, false), |above| (above.asks_below, above.spares_below));
            let has = |bit| node.asks & bit != 0;
            let asks_below = asks || has(ask::BELOW);
            let spares_below = spares || has(ask::SPARE_BELOW);
            last = own;
            above.push(Above { length: own.len(), asks_below, spares_below });
            if asks_below || asks || has(ask::EXACT) {
                let exact = (asks || has(ask::EXACT)).then_some(spares || has(ask::SPARE_EXACT));
                let below = asks_below.then_some(spares_below);
                plan.decide(classifier, policy, number, own, exact, below);
            }
            progress(number + 1);
        }
        plan.asked = asked;
        Ok(plan)
    }

    /// Decides on a node; what is asked holds whether a list spares it.
    fn decide(
        &mut self,
        classifier: &Classifier<'_>,
        policy: usize,
        node: usize,
        key: &[u8],
        exact: Option<bool>,
        below: Option<bool>,
    ) {
        let Some(name) = key::name(key) else { return };
        let exact = (exact == Some(false)).then(|| classifier.rule_on(&name, policy));
        let below = (below == Some(false)).then(|| classifier.rule_below(&name, policy));
        let acts = [&exact, &below].map(|ruling| ruling.as_ref().map_or(Ok(Act::Pass), act));
        let [own, family] = acts.map(|act| act.unwrap_or(Act::Pass));
        match acts {
            [Err(one), Err(other)] if one == other => self.missing.add(key, Scope::Suffix, one),
            [one, other] => {
                for (act, scope) in [(one, Scope::Exact), (other, Scope::Below)] {
                    if let Err(why) = act {
                        self.missing.add(key, scope, why);
                    }
                }
            }
        }
        if acts == [Ok(Act::Pass), Ok(Act::Pass)] {
            self.allowed += 1;
        }
        let why = |ruling: &Option<Ruling>| ruling.as_ref().map_or(Why::NOTHING, Why::of);
        let (why_exact, why_below) = (why(&exact), why(&below));
        // There are fewer nodes than octets in their keys, whose offsets fit.
        self.decided.push(Decided { node: node as u32, exact: own, below: family, why_exact, why_below });
    }

    pub(crate) fn key(&self, decided: &Decided) -> &[u8] {
        self.asked.nodes().get(decided.node as usize).map_or(&[], |node| self.asked.key(node))
    }
}

/// What a decision means for a list.
fn act(ruling: &Ruling) -> Result<Act, LeftOut> {
    match ruling.fate {
        Fate::Allow => Ok(Act::Pass),
        Fate::Depends => Err(LeftOut::Depends),
        Fate::Block(_) if ruling.breaks && !ruling.is_named => Err(LeftOut::Breaks),
        Fate::Block(answer) => Ok(Act::Block(answer)),
    }
}

/// Counts for the head of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rules that block, by scope: exact, below, suffix.
    pub blocks: [u64; 3],
    /// Rules that let through what a rule above them blocks.
    pub exceptions: u64,
    /// Of the blocking rules, those that make something worse.
    pub degraded: u64,
    /// Of the blocking rules, those of which nobody has said what they do.
    pub untested: u64,
    /// Rules whose answer the format cannot give: written with the nearest one.
    pub other_answer: u64,
}

impl Counts {
    /// Rules that block.
    pub fn blocking(&self) -> u64 {
        self.blocks.iter().sum()
    }

    pub(crate) fn add(&mut self, scope: Scope, act: Act, wanted: Act, why: &Why) {
        if !act.is_block() {
            self.exceptions += 1;
            return;
        }
        self.other_answer += u64::from(act != wanted);
        if let Some(count) = self.blocks.get_mut(scope as usize) {
            *count += 1;
        }
        match why.impact() {
            Impact::Degraded => self.degraded += 1,
            Impact::Unknown => self.untested += 1,
            Impact::None | Impact::Breaks => {}
        }
    }
}
