//! What changed between two packs, match by match. Entries are compared by what they match, not by their numbers.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write, stdout};

use phonehome::Classifier;

use super::{cell, json, release};
use crate::error::Error;
use crate::text::{clean, count};

/// What is compared: the words for it, and where it stands in an entry's JSON.
const FACTS: [(&str, &str); 9] = [
    ("purpose", "/purposes"),
    ("verdict", "/verdict"),
    ("risk", "/risk"),
    ("impact", "/breaks/impact"),
    ("loss", "/breaks/function"),
    ("retry storm", "/breaks/retry_storm"),
    ("classes", "/classes"),
    ("region", "/region"),
    ("confidence", "/confidence"),
];

/// Match value and kind, to the owner and the other facts in the order of [`FACTS`].
type Entries = BTreeMap<(String, String), (String, Vec<String>)>;

/// Prints the differences.
pub(super) fn run(old: &Classifier<'_>, new: &Classifier<'_>) -> Result<(), Error> {
    let (before, after) = (entries(old)?, entries(new)?);
    let mut out = BufWriter::new(stdout().lock());
    writeln!(out, "{} -> {}", release(&old.info()), release(&new.info()))?;
    let (mut gained, mut lost, mut owners, mut purposes, mut others) = (0, 0, 0, 0, 0);
    for (key, (owner, facts)) in &after {
        let Some((owner_before, facts_before)) = before.get(key) else {
            gained += 1;
            writeln!(out, "+ {}: {}", named(key), about(owner, facts))?;
            continue;
        };
        let words = ["owner"].into_iter().chain(FACTS.map(|(word, _)| word));
        let values_before = [owner_before].into_iter().chain(facts_before);
        for ((word, before), after) in words.zip(values_before).zip([owner].into_iter().chain(facts)) {
            if before != after {
                *match word {
                    "owner" => &mut owners,
                    "purpose" => &mut purposes,
                    _ => &mut others,
                } += 1;
                writeln!(out, "~ {}: {word} {} -> {}", named(key), clean(or_none(before)), clean(or_none(after)))?;
            }
        }
    }
    for (key, (owner, facts)) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        lost += 1;
        writeln!(out, "- {}: {}", named(key), about(owner, facts))?;
    }
    writeln!(
        out,
        "{} gained, {lost} lost, {}, {}, {}",
        count(gained, "entry", "entries"),
        count(owners, "owner changed", "owners changed"),
        count(purposes, "purpose changed", "purposes changed"),
        count(others, "other fact changed", "other facts changed")
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
        let facts = FACTS.iter().map(|(_, place)| cell(&entry, place)).collect();
        entries.insert(key, (owners.join(" on "), facts));
    }
    Ok(entries)
}

fn named((value, kind): &(String, String)) -> String {
    clean(&format!("{value} ({kind})"))
}

fn about(owner: &str, facts: &[String]) -> String {
    let purposes = facts.first().map_or("", String::as_str);
    clean(&format!("{}, {}", or_none(owner), if purposes.is_empty() { "no purpose stated" } else { purposes }))
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}
