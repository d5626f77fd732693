//! The engines: each answers a block of names with the number of the longest rule that covers each name.

pub mod automaton;
pub mod filters;
pub mod limits;
pub mod maps;
pub mod ours;

use crate::workload::Block;

/// No rule covers the name.
pub const MISS: u32 = 0;
/// A rule covers the name; the engine does not say which.
pub const SOME_RULE: u32 = u32::MAX;

/// Something that answers names.
pub trait Engine {
    /// The row's name in the report.
    fn name(&self) -> String;

    /// Bytes of what it looks up in, as far as it can say.
    fn memory(&self) -> Option<usize> {
        None
    }

    /// Whether its answers are those of the rules; limits and other questions are only timed.
    fn answers_rules(&self) -> bool {
        true
    }

    /// The rule's number, from 1, behind an answer.
    fn rule(&self, answer: u32) -> u32 {
        answer
    }

    /// How many of the stream's names it answers in a round, in a hundred.
    fn share(&self) -> usize {
        100
    }

    /// Work that the engine's user has done before, outside the clock.
    fn prepare(&mut self, _block: Block<'_>) {}

    /// Answers the block that was prepared.
    fn answer(&mut self, block: Block<'_>, answers: &mut Vec<u32>);
}

/// The number, from 1, of the rule at an index.
pub(crate) fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(SOME_RULE)
}
