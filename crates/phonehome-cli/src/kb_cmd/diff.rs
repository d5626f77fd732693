//! What changed between two packs, match by match. Entries are compared by what they match, not by their numbers.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write, stdout};

use phonehome::Classifier;

use super::{cell, json, release};
use crate::error::Error;
use crate::text::{clean, count};

/// Match value and kind, to owner and purposes.
type Entries = BTreeMap<(String, String), (String, String)>;

/// Prints the differences.
pub(super) fn run(old: &Classifier<'_>, new: &Classifier<'_>) -> Result<(), Error> {
    let (before, after) = (entries(old)?, entries(new)?);
    let mut out = BufWriter::new(stdout().lock());
    writeln!(out, "{} -> {}", release(old), release(new))?;
    let (mut gained, mut lost, mut owners, mut purposes) = (0, 0, 0, 0);
    for (key, (owner, purpose)) in &after {
        let Some((owner_before, purpose_before)) = before.get(key) else {
            gained += 1;
            writeln!(out, "+ {}: {}", named(key), about(owner, purpose))?;
            continue;
        };
        for (what, before, after, counter) in
            [("owner", owner_before, owner, &mut owners), ("purpose", purpose_before, purpose, &mut purposes)]
        {
            if before != after {
                *counter += 1;
                writeln!(out, "~ {}: {what} {} -> {}", named(key), or_none(before), or_none(after))?;
            }
        }
    }
    for (key, (owner, purpose)) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        lost += 1;
        writeln!(out, "- {}: {}", named(key), about(owner, purpose))?;
    }
    writeln!(
        out,
        "{} gained, {lost} lost, {}, {}",
        count(gained, "entry", "entries"),
        count(owners, "owner changed", "owners changed"),
        count(purposes, "purpose changed", "purposes changed")
    )?;
    Ok(out.flush()?)
}

fn entries(classifier: &Classifier<'_>) -> Result<Entries, Error> {
    let mut entries = Entries::new();
    for entry in classifier.entries() {
        let entry = json(classifier, &entry)?;
        let owners = [cell(&entry, "/vendor/id"), cell(&entry, "/platform/id")];
        let owners: Vec<String> = owners.into_iter().filter(|owner| !owner.is_empty()).collect();
        let key = (cell(&entry, "/match/value"), cell(&entry, "/match/kind"));
        entries.insert(key, (owners.join(" on "), cell(&entry, "/purposes")));
    }
    Ok(entries)
}

fn named((value, kind): &(String, String)) -> String {
    clean(&format!("{value} ({kind})"))
}

fn about(owner: &str, purposes: &str) -> String {
    clean(&format!("{}, {}", or_none(owner), if purposes.is_empty() { "no purpose stated" } else { purposes }))
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}
