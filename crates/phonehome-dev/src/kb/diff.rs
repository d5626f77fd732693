//! `kb diff`: what the sources answer otherwise than a committed or given pack.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::build::PACK;
use super::facts::{self, Facts, Rule};
use super::sources;
use crate::run;

/// A difference between two packs.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    Gained { owner: String, purposes: String },
    Lost { owner: String, purposes: String },
    Changed { field: &'static str, before: String, after: String },
}

/// Compares with the pack of a revision, or with a pack file.
pub(super) fn run(with: &str) -> Result<()> {
    let before = facts::of_pack(&pack(with)?)?;
    let after = facts::of_pack(&sources::knowledge(sources::texts()?)?.to_pack())?;
    let changes = changes(&before, &after);
    for (rule, change) in &changes {
        say!("{}", Line(rule, change));
    }
    say!("{}", summary(&changes));
    Ok(())
}

fn pack(with: &str) -> Result<Vec<u8>> {
    if Path::new(with).is_file() {
        return fs::read(with).with_context(|| format!("cannot read {with}"));
    }
    run::quiet(&mut run::command("git", &["show", &format!("{with}:{PACK}")]))
        .with_context(|| format!("{with:?} is neither a file nor a revision that holds {PACK}"))
}

fn changes(before: &BTreeMap<Rule, Facts>, after: &BTreeMap<Rule, Facts>) -> Vec<(Rule, Change)> {
    let mut changes = Vec::new();
    for (rule, old) in before.iter().filter(|(rule, _)| !after.contains_key(rule)) {
        changes.push((rule.clone(), Change::Lost { owner: owner(old), purposes: old.purposes() }));
    }
    for (rule, new) in after {
        match before.get(rule) {
            None => changes.push((rule.clone(), Change::Gained { owner: owner(new), purposes: new.purposes() })),
            Some(old) => changes.extend(changed(old, new).map(|change| (rule.clone(), change))),
        }
    }
    changes
}

/// The fields of an answer that somebody may rely on.
fn changed(old: &Facts, new: &Facts) -> impl Iterator<Item = Change> {
    FIELDS
        .map(|(field, read)| (field, read(old), read(new)))
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, after)| Change::Changed { field, before, after })
}

/// A field's name, and how it reads.
type Field = (&'static str, fn(&Facts) -> String);

const FIELDS: [Field; 5] = [
    ("owner", owner),
    ("verdict", |facts| facts.verdict.clone()),
    ("purpose", Facts::purposes),
    ("classes", |facts| facts.classes.join(", ")),
    ("impact", |facts| facts.breaks.impact.clone()),
];

/// The vendor, else the platform.
fn owner(facts: &Facts) -> String {
    let vendor = facts.vendor();
    if vendor.is_empty() { facts.platform() } else { vendor }.to_owned()
}

struct Line<'a>(&'a Rule, &'a Change);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line(rule, change) = self;
        match change {
            Change::Gained { owner, purposes } => write!(f, "+ {rule}: {}; {}", or_none(owner), or_none(purposes)),
            Change::Lost { owner, purposes } => write!(f, "- {rule}: {}; {}", or_none(owner), or_none(purposes)),
            Change::Changed { field, before, after } => {
                write!(f, "~ {rule}: {field} {} -> {}", or_none(before), or_none(after))
            }
        }
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

fn summary(changes: &[(Rule, Change)]) -> String {
    let count = |fits: fn(&Change) -> bool| changes.iter().filter(|(_, change)| fits(change)).count();
    format!(
        "{} gained, {} lost, {} changed owner, {} changed purpose, {} other changes",
        count(|change| matches!(change, Change::Gained { .. })),
        count(|change| matches!(change, Change::Lost { .. })),
        count(|change| matches!(change, Change::Changed { field: "owner", .. })),
        count(|change| matches!(change, Change::Changed { field: "purpose", .. })),
        count(|change| matches!(change, Change::Changed { field, .. } if !["owner", "purpose"].contains(field))),
    )
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;

    fn pack_of(entries: &[Facts]) -> BTreeMap<Rule, Facts> {
        entries.iter().map(|facts| (facts.rule.clone(), facts.clone())).collect()
    }

    #[test]
    fn every_kind_of_change_is_told() {
        let before = pack_of(&[
            facts("suffix", "acme.example", "acme", ""),
            facts("exact", "log.acme.example", "acme", "telemetry"),
            facts("exact", "gone.example", "acme", "content"),
        ]);
        let after = pack_of(&[
            facts("suffix", "acme.example", "newco", ""),
            facts("exact", "log.acme.example", "acme", "advertising"),
            facts("exact", "new.example", "", ""),
        ]);
        let changes = changes(&before, &after);
        let lines: Vec<String> = changes.iter().map(|(rule, change)| Line(rule, change).to_string()).collect();
        assert_eq!(
            lines,
            [
                "- gone.example (exact): acme; content",
                "~ log.acme.example (exact): purpose telemetry -> advertising",
                "+ new.example (exact): none; none",
                "~ acme.example (suffix): owner acme -> newco",
            ]
        );
        assert_eq!(summary(&changes), "1 gained, 1 lost, 1 changed owner, 1 changed purpose, 0 other changes");
    }

    #[test]
    fn equal_packs_do_not_differ() {
        let pack = pack_of(&[facts("suffix", "acme.example", "acme", "")]);
        assert!(changes(&pack, &pack).is_empty());
    }
}
