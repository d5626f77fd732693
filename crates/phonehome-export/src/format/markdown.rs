//! A report that somebody who runs no resolver can read.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use phonehome::Verdict;

use crate::asked::Scope;
use crate::cell::markdown;
use crate::document::{Context, Document};
use crate::emit::Rules;
use crate::plan::{LeftOut, Missing};

/// Rows of a table; what is beyond is counted.
const ROWS: usize = 50;

/// What a report tells, gathered rule by rule.
#[derive(Debug, Default)]
pub(crate) struct Report {
    vendors: BTreeMap<String, u64>,
    purposes: BTreeMap<&'static str, u64>,
    /// Names to look at, with why.
    odd: Vec<(String, &'static str)>,
    odd_count: u64,
}

impl Report {
    pub(crate) fn add(&mut self, rules: &Rules<'_>, context: &Context<'_>) {
        for (scope, _) in rules.each().filter(|(_, act)| act.is_block()) {
            self.add_block(rules, scope, context);
        }
    }

    fn add_block(&mut self, rules: &Rules<'_>, scope: Scope, context: &Context<'_>) {
        let why = rules.why(scope);
        let owner = context.owner(why).unwrap_or("nobody we know").to_owned();
        *self.vendors.entry(owner).or_default() += 1;
        *self.purposes.entry(why.purpose().map_or("not stated", |purpose| purpose.text())).or_default() += 1;
        let verdict = why.verdict();
        if matches!(verdict, Verdict::Malicious | Verdict::Suspicious | Verdict::Risky) {
            self.odd_count += 1;
            if self.odd.len() < ROWS {
                self.odd.push((rules.name(), verdict.text()));
            }
        }
    }

    pub(crate) fn write(&self, document: &Document<'_>, out: &mut dyn Write) -> fmt::Result {
        let counts = document.counts();
        let settings = document.settings();
        writeln!(out, "# What the policy {} blocks\n", markdown(&settings.policy))?;
        writeln!(out, "Written by phonehome from its knowledge {}.\n", document.knowledge())?;
        writeln!(out, "## In short\n")?;
        writeln!(
            out,
            "- {} rules block; {} exceptions let through what a rule above them would block.",
            counts.blocking(),
            counts.exceptions
        )?;
        writeln!(out, "- {} names or families were asked about and are let through.", document.plan().allowed)?;
        writeln!(
            out,
            "- {} of the blocked make something worse; of {} nobody has said what they do.",
            counts.degraded, counts.untested
        )?;
        let breaks: u64 =
            document.left_out().filter(|(why, ..)| *why == LeftOut::Breaks).map(|(_, count, _)| count).sum();
        writeln!(out, "- {breaks} are left out because blocking them breaks something.\n")?;
        table(out, "By vendor", "vendor", self.vendors.iter().map(|(vendor, count)| (markdown(vendor), *count)))?;
        table(out, "By purpose", "purpose", self.purposes.iter().map(|(purpose, count)| (markdown(purpose), *count)))?;
        self.odd(out)?;
        writeln!(out, "## What is left out, and why\n")?;
        let mut is_empty = true;
        for (why, count, first) in document.left_out() {
            is_empty = false;
            left_out(out, why, count, first)?;
        }
        if is_empty { writeln!(out, "Nothing: all that the policy blocks is there.") } else { Ok(()) }
    }

    fn odd(&self, out: &mut dyn Write) -> fmt::Result {
        writeln!(out, "## What to look at\n")?;
        if self.odd.is_empty() {
            return writeln!(out, "Nothing that is blocked is malicious, odd-looking or open to anyone.\n");
        }
        writeln!(out, "| name | why |\n|---|---|")?;
        for (name, why) in &self.odd {
            writeln!(out, "| {} | {} |", markdown(name), markdown(why))?;
        }
        if self.odd_count > self.odd.len() as u64 {
            writeln!(out, "\nand {} more.", self.odd_count - self.odd.len() as u64)?;
        }
        out.write_char('\n')
    }
}

/// A table of counts, the largest first.
fn table(out: &mut dyn Write, title: &str, what: &str, rows: impl Iterator<Item = (String, u64)>) -> fmt::Result {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    writeln!(out, "## {title}\n\n| {what} | rules |\n|---|---:|")?;
    for (text, count) in rows.iter().take(ROWS) {
        writeln!(out, "| {text} | {count} |")?;
    }
    if rows.len() > ROWS {
        writeln!(out, "\nand {} more.", rows.len() - ROWS)?;
    }
    out.write_char('\n')
}

fn left_out(out: &mut dyn Write, why: LeftOut, count: u64, first: &[Missing]) -> fmt::Result {
    writeln!(out, "{count}: {}.\n", why.text())?;
    for missing in first.iter().take(ROWS) {
        writeln!(out, "- {} ({})", markdown(&missing.name), missing.scope.id())?;
    }
    if count > ROWS as u64 {
        writeln!(out, "- and {} more", count - ROWS as u64)?;
    }
    out.write_char('\n')
}
