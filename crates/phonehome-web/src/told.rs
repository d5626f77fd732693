//! What a page is told, and what it may wish.

use phonehome::{OpenError, OrderedError, PolicyError};
use phonehome_export::Settings;
use serde::{Deserialize, Serialize};

/// Why something could not be done, in words, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct DeskError {
    /// What is the matter.
    pub message: String,
    /// Line of a policy, from 1.
    pub line: Option<u32>,
    /// Column of a policy in characters, from 1.
    pub column: Option<u32>,
}

impl DeskError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), line: None, column: None }
    }

    pub(crate) fn policy(error: &PolicyError) -> Self {
        let message = format!("expected {}, got {:?}", error.expected, error.got);
        Self { message, line: Some(error.line), column: Some(error.column) }
    }
}

impl From<OpenError> for DeskError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Policy(_, error) => Self::policy(&error),
            other => Self::new(other.to_string()),
        }
    }
}

impl From<OrderedError> for DeskError {
    fn from(error: OrderedError) -> Self {
        Self::new(error.to_string())
    }
}

/// What a list gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Reading {
    /// What the list was taken for.
    pub format: String,
    /// Lines.
    pub lines: u64,
    /// Names.
    pub names: u64,
    /// Lines that were not kept.
    pub skipped: u64,
    /// The first of them, and why.
    pub first_skip: Option<(u64, String)>,
    /// Names that found no room.
    pub dropped: u64,
}

/// What corrections came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Corrected {
    /// Rules of all kinds.
    pub rules: u32,
    /// Rows that nobody can read.
    pub skipped: u64,
}

/// What to export.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct ExportWish {
    /// The format's name.
    pub format: String,
    /// The zone's name.
    pub zone: String,
    /// The zone's serial number.
    pub serial: u32,
    /// What the policy is called.
    pub policy: String,
    /// Everything that the knowledge holds, instead of the names read.
    pub whole_base: bool,
}

impl Default for ExportWish {
    fn default() -> Self {
        let Settings { policy, zone, serial, .. } = Settings::default();
        Self { format: "hosts".to_owned(), zone, serial, policy, whole_base: false }
    }
}

/// What answers rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Info {
    /// The knowledge's version.
    pub version: String,
    /// Its date, yyyymmdd.
    pub date: u32,
    /// Its entries.
    pub entries: u32,
    /// Lists of the user's.
    pub lists: Vec<ListInfo>,
}

/// A list of the user's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct ListInfo {
    /// What it is called.
    pub name: String,
    /// `threat`, `block`, `allow` or `label`.
    pub kind: String,
    /// Rules.
    pub rules: u32,
}

/// What can be said of a name beside its explanation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct About {
    /// Its registrable domain; empty where it has none.
    pub domain: String,
    /// How often it came.
    pub count: u32,
    /// Its first line, counted over everything that was read, from 1; 0: it did not come.
    pub first: u32,
    /// Its last line.
    pub last: u32,
    /// What is known, as labels and texts, in the order in which people ask.
    pub facts: Vec<(String, String)>,
}
