//! Policies: one small text, evaluated here so that no host can differ.
//!
//! ```text
//! allow  suffix=mydevice.example.net
//! block  listed=threat                                    answer=refused
//! block  purpose=tracking basis=stated impact=none,degraded
//! log    verdict=risky,suspicious,unknown
//! ```
//! The first `allow` or `block` whose conditions all hold decides; `log` notes and goes on. A comma means or; `!=` means none
//! of them; a comparison with an absent field is false; `#` starts a comment. The empty policy allows. `POLICY.md` beside this
//! crate's manifest tells every term, and how other programs say the same.

mod check;
mod family;
mod parse;
mod test;

pub use check::Warning;
pub(crate) use family::{Family, Open};
use test::Test;

use crate::brief::{Action, Brief};
use crate::codes::{AnswerMode, Storm};
use crate::name::Name;
use crate::region::Region;

/// Most bytes of a policy.
pub const MAX_POLICY: usize = 64 * 1024;
/// Most rules of a policy.
pub const MAX_RULES: usize = 1024;

/// Seconds for which a blocked answer may be cached.
pub const BLOCKED_TTL: u32 = 300;
/// Seconds where a retry storm is known (the advice of hagezi's DNS blocklists against storms).
pub const BLOCKED_TTL_STORM: u32 = 3600;

/// A policy that was parsed against a base pack and overlays.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    rules: Vec<Rule>,
}

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// From 1.
    line: u32,
    verb: Verb,
    tests: Vec<Test>,
    answer: Option<AnswerMode>,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Allow,
    Block,
    Log,
}

/// Why a policy's text cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What was expected there.
    pub expected: String,
    /// What stands there.
    pub got: String,
}

impl std::fmt::Display for PolicyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}: expected {}, got {:?}", self.line, self.column, self.expected, self.got)
    }
}

impl std::error::Error for PolicyError {}

/// What a policy looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'n> {
    pub(crate) name: &'n Name,
    pub(crate) brief: Brief,
    pub(crate) region: Region,
    /// Overlays that hit, one bit each.
    pub(crate) lists: u64,
}

/// What a policy decided on one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) action: Action,
    pub(crate) logged: bool,
    /// The line that decided.
    pub(crate) line: Option<u32>,
}

impl Decision {
    pub(crate) fn mark(self, brief: &mut Brief) {
        brief.action = u8::from(self.logged) << 2;
        brief.set_action(self.action);
    }
}

impl Policy {
    /// Decides on one name. `entry_answer` is the entry's least harmful way to answer.
    pub(crate) fn decide(&self, facts: &Facts<'_>, entry_answer: Option<AnswerMode>) -> Decision {
        let mut decision = Decision { action: Action::Allow, logged: false, line: None };
        for rule in &self.rules {
            if !rule.tests.iter().all(|test| test.holds(facts)) {
                continue;
            }
            match rule.verb {
                Verb::Log => {
                    decision.logged = true;
                    continue;
                }
                Verb::Allow => {}
                Verb::Block => {
                    decision.action = Action::Block(rule.answer.or(entry_answer).unwrap_or(AnswerMode::Nxdomain));
                }
            }
            decision.line = Some(rule.line);
            break;
        }
        decision
    }
}

impl Brief {
    /// Seconds for which a blocked answer for this name may be cached.
    pub fn blocked_ttl(&self) -> u32 {
        if self.storm() == Storm::Known { BLOCKED_TTL_STORM } else { BLOCKED_TTL }
    }
}
