//! Lines of a list that hold no name we could take: counted by reason, and said at the end.

use std::collections::BTreeMap;
use std::path::Path;

use phonehome_logs::lists::{Skip, SkipReason};

use crate::error::shown;
use crate::say;
use crate::text::{count, grouped};

/// Skipped lines that are shown one by one.
const SHOWN: usize = 5;

/// The skipped lines of one list.
#[derive(Debug, Default)]
pub(super) struct Skips {
    first: Vec<Skip>,
    /// How many, and the first line.
    by_reason: BTreeMap<SkipReason, (u64, u64)>,
}

impl Skips {
    pub(super) fn take(&mut self, skip: Skip) {
        if self.first.len() < SHOWN {
            self.first.push(skip);
        }
        self.by_reason.entry(skip.reason).or_insert((0, skip.line)).0 += 1;
    }

    /// Whether there are skipped lines, all of them for this reason.
    pub(super) fn are_all(&self, reason: SkipReason) -> bool {
        self.by_reason.keys().eq([&reason])
    }

    /// Says on standard error what was skipped.
    pub(super) fn report(&self, path: &Path) {
        let total: u64 = self.by_reason.values().map(|(count, _)| count).sum();
        if total == 0 {
            return;
        }
        let path = shown(path);
        for skip in &self.first {
            say(&format!("{path}:{}: {}", skip.line, skip.reason));
        }
        let reasons = self
            .by_reason
            .iter()
            .map(|(reason, (count, line))| format!("{} {reason} (first in line {line})", grouped(*count)));
        let reasons: Vec<String> = reasons.collect();
        say(&format!("{path}: {} skipped: {}", count(total, "entry", "entries"), reasons.join("; ")));
    }
}
