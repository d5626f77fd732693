//! A row that is seen: the words of the command line's table, and the codes behind them.

use phonehome::Explanation;
use serde::Serialize;

use crate::groups::Heading;

/// One name as the table shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Row {
    /// Canonical form.
    pub name: String,
    /// What it is for, in words.
    pub what: String,
    /// Whether that is a guess.
    pub guessed: bool,
    /// Whose, in words.
    pub whose: String,
    /// Whether to block it, in words.
    pub advice: &'static str,
    /// The advice's code.
    pub advice_id: &'static str,
    /// The verdict in words.
    pub verdict: &'static str,
    /// The verdict's code.
    pub verdict_id: &'static str,
    /// What the policy would do, in words; `-`: nothing.
    pub action: String,
    /// How often the name came.
    pub count: u32,
    /// Whether it stands below a heading.
    pub below: bool,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub enum Line {
    /// A name.
    Name(Row),
    /// What stands for several.
    Heading(Heading),
}

impl Row {
    pub(crate) fn new(count: u32, answer: &Explanation<'_>) -> Self {
        Self {
            name: answer.name.clone(),
            what: answer.what().into_iter().next().unwrap_or_default(),
            guessed: answer.is_inferred(),
            whose: answer.whose(),
            advice: answer.advice_words(),
            advice_id: answer.advice.id(),
            verdict: answer.verdict().text(),
            verdict_id: answer.verdict().id(),
            action: answer.action_words(),
            count,
            below: false,
        }
    }
}
