//! A policy tried on a list: the names that it would block, each once.

use std::collections::HashSet;

use phonehome::{Action, AnswerMode, Classifier, Impact};

use crate::classify::{then, what, whose};
use crate::error::Error;
use crate::input::Names;

/// Most different names that are told from repeated ones; beyond, a name that comes again counts again.
const TOLD_APART: usize = 100_000;
/// Most names that are kept to be shown; beyond, they are only counted.
const KEPT: usize = 10_000;

/// What a policy would do to the names of a list.
#[derive(Debug)]
pub(super) struct DryRun<'c> {
    classifier: &'c Classifier<'c>,
    seen: HashSet<String>,
    /// Names looked at, without repeated ones.
    pub(super) names: u64,
    /// Names that a log line notes.
    pub(super) noted: u64,
    /// Names that would be blocked.
    pub(super) blocked: u64,
    /// Of these, by impact.
    pub(super) breaks: u64,
    pub(super) degrades: u64,
    pub(super) untested: u64,
    /// The names that would be blocked, in the order of the list.
    pub(super) shown: Vec<Blocked>,
}

/// A name that would be blocked.
#[derive(Debug)]
pub(super) struct Blocked {
    pub(super) name: String,
    pub(super) line: u32,
    pub(super) answer: AnswerMode,
    pub(super) ttl: u32,
    pub(super) impact: Impact,
    pub(super) what: String,
    pub(super) whose: String,
    /// What happens when it is blocked, where more is known than the impact says.
    pub(super) then: String,
}

impl<'c> DryRun<'c> {
    pub(super) fn new(classifier: &'c Classifier<'c>) -> Self {
        let (seen, shown) = Default::default();
        Self { classifier, seen, names: 0, noted: 0, blocked: 0, breaks: 0, degrades: 0, untested: 0, shown }
    }
}

impl Names for DryRun<'_> {
    fn name(&mut self, name: &[u8]) -> Result<(), Error> {
        let answer = self.classifier.explain(name, 0);
        if self.seen.contains(&answer.name) {
            return Ok(());
        }
        if self.seen.len() < TOLD_APART {
            self.seen.insert(answer.name.clone());
        }
        let brief = &answer.brief;
        self.names += 1;
        self.noted += u64::from(brief.logged());
        let Action::Block(mode) = brief.action() else { return Ok(()) };
        self.blocked += 1;
        match brief.impact() {
            Impact::Breaks => self.breaks += 1,
            Impact::Degraded => self.degrades += 1,
            Impact::Unknown => self.untested += 1,
            Impact::None => {}
        }
        if self.shown.len() < KEPT {
            let what = what(&answer).into_iter().next().unwrap_or_default();
            let (whose, mut then) = (whose(&answer), then(&answer));
            if brief.impact() == Impact::None && then == Impact::None.text() {
                then.clear();
            }
            let (line, ttl, impact) = (answer.policy_line.unwrap_or(0), brief.blocked_ttl(), brief.impact());
            self.shown.push(Blocked { line, answer: mode, ttl, impact, what, whose, then, name: answer.name });
        }
        Ok(())
    }

    fn pause(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
