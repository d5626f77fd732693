//! The report on a policy, for people and as JSON lines.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write, stdout};

use phonehome::{Classifier, Impact, Warning};
use serde::Serialize;

use super::dry_run::{Blocked, DryRun};
use crate::args::PolicyFormat;
use crate::error::{Error, shown};
use crate::open::PolicyText;
use crate::screen::{ALARM, BOLD, CAUTION, Screen};
use crate::text::{clean, count, grouped, pad, shorten, shorten_middle, width, wrap};

/// Columns that a name takes at most.
const NAME: usize = 44;

/// What is reported.
pub(super) struct Report<'r> {
    pub(super) classifier: &'r Classifier<'r>,
    pub(super) policy: &'r PolicyText,
    pub(super) dry_run: Option<&'r DryRun<'r>>,
    pub(super) screen: Screen,
}

/// A line of `--format jsonl`.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'l> {
    Warning { line: u32, warning: &'l str },
    Blocked { name: &'l str, line: u32, action: &'l str, answer: &'l str, ttl: u32, impact: &'l str },
}

impl Report<'_> {
    /// Writes the report.
    pub(super) fn write(&self, format: PolicyFormat) -> Result<(), Error> {
        let mut out = BufWriter::new(stdout().lock());
        match format {
            PolicyFormat::Human => self.human(&mut out)?,
            PolicyFormat::Jsonl => self.jsonl(&mut out)?,
        }
        Ok(out.flush()?)
    }

    fn warnings(&self) -> Vec<Warning> {
        self.classifier.policies().iter().flat_map(|policy| policy.check(self.classifier)).collect()
    }

    fn jsonl(&self, out: &mut impl Write) -> Result<(), Error> {
        for Warning { line, text } in self.warnings() {
            json_line(out, &Line::Warning { line, warning: &text })?;
        }
        for blocked in self.dry_run.iter().flat_map(|dry_run| &dry_run.shown) {
            let Blocked { name, line, answer, ttl, impact, .. } = blocked;
            let (answer, impact) = (answer.id(), impact.id());
            json_line(out, &Line::Blocked { name, line: *line, action: "block", answer, ttl: *ttl, impact })?;
        }
        Ok(())
    }

    fn human(&self, out: &mut impl Write) -> Result<(), Error> {
        let rules: usize = self.classifier.policies().iter().map(phonehome::Policy::rule_count).sum();
        let warnings = self.warnings();
        let path = shown(&self.policy.path);
        let found = if warnings.is_empty() {
            "no mistake found".to_owned()
        } else {
            count(warnings.len() as u64, "warning", "warnings")
        };
        writeln!(out, "{path}: {}, {found}", count(rules as u64, "rule", "rules"))?;
        for Warning { line, text } in &warnings {
            writeln!(out, "{path}:{line}: {}: {text}", self.screen.paint(CAUTION, "warning"))?;
        }
        match self.dry_run {
            Some(dry_run) => self.human_dry_run(out, dry_run),
            None => Ok(()),
        }
    }

    fn human_dry_run(&self, out: &mut impl Write, dry_run: &DryRun<'_>) -> Result<(), Error> {
        let lines: BTreeSet<u32> = dry_run.shown.iter().map(|blocked| blocked.line).collect();
        for line in lines {
            let text = usize::try_from(line).ok().and_then(|line| self.policy.text.lines().nth(line.checked_sub(1)?));
            let text = text.unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(out)?;
            for part in wrap(&clean(&format!("Line {line}: {text}")), self.screen.width) {
                writeln!(out, "{}", self.screen.paint(BOLD, &part))?;
            }
            self.rows(out, dry_run.shown.iter().filter(|blocked| blocked.line == line).collect())?;
        }
        writeln!(out)?;
        for paragraph in summary(dry_run) {
            for line in wrap(&paragraph, self.screen.width) {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    /// Name and answer, and below what it is and what it costs.
    fn rows(&self, out: &mut impl Write, rows: Vec<&Blocked>) -> Result<(), Error> {
        let most = NAME.min(self.screen.width / 2);
        let column = rows.iter().map(|row| width(&row.name).min(most)).max().unwrap_or(0);
        for row in rows {
            let name = pad(&shorten_middle(&row.name, column), column);
            let left = self.screen.width.saturating_sub(2 + column + 2);
            let (style, cost) = cost(row);
            let answer = format!("{}, TTL {} s", row.answer.text(), row.ttl);
            let head = format!("{answer}; {cost}");
            writeln!(out, "  {name}  {}", self.screen.paint(style, &shorten(&head, left)))?;
            let about = if row.whose == "-" { row.what.clone() } else { format!("{}: {}", row.whose, row.what) };
            let more = if row.then.is_empty() { about } else { format!("{about}. {}", row.then) };
            for line in wrap(&more, self.screen.width.saturating_sub(6)) {
                writeln!(out, "      {line}")?;
            }
        }
        Ok(())
    }
}

fn cost(row: &Blocked) -> (anstyle::Style, &'static str) {
    match row.impact {
        Impact::Breaks => (ALARM, "something stops working"),
        Impact::Degraded => (CAUTION, "something gets worse"),
        Impact::None => (anstyle::Style::new(), "nothing you would miss"),
        Impact::Unknown => (anstyle::Style::new(), "nobody has tested it"),
    }
}

fn summary(dry_run: &DryRun<'_>) -> Vec<String> {
    let passed = dry_run.names - dry_run.blocked;
    let noted =
        if dry_run.noted > 0 { format!(", {} noted by a log line", grouped(dry_run.noted)) } else { String::new() };
    let mut paragraphs = vec![format!(
        "Of {} it would block {} and let {} through{noted}.",
        count(dry_run.names, "name", "different names"),
        grouped(dry_run.blocked),
        grouped(passed)
    )];
    let costs = [
        (dry_run.breaks, "breaks something", "break something"),
        (dry_run.degrades, "makes something worse", "make something worse"),
        (dry_run.untested, "nobody has tested", "nobody has tested"),
    ];
    let costs: Vec<String> =
        costs.iter().filter(|(number, ..)| *number > 0).map(|(n, one, many)| count(*n, one, many)).collect();
    match (dry_run.blocked, costs.is_empty()) {
        (0, _) => {}
        (_, true) => paragraphs.push("Reports say of each of them that you would miss nothing.".to_owned()),
        (_, false) => paragraphs.push(format!("Of the blocked ones {}.", costs.join(", "))),
    }
    let hidden = dry_run.blocked - dry_run.shown.len() as u64;
    if hidden > 0 {
        paragraphs.push(format!("{} of them are not shown.", grouped(hidden)));
    }
    paragraphs
}

fn json_line(out: &mut impl Write, line: &Line<'_>) -> Result<(), Error> {
    let text = serde_json::to_string(line).map_err(|error| Error::new(format!("a line of JSON: {error}")))?;
    Ok(writeln!(out, "{text}")?)
}
