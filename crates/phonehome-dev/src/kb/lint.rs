//! `kb lint`: what passes the checks and could be better. Warnings only: none of them is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use toml::Value;

use super::disguise;
use super::facts::{self, Facts, Rule};
use super::sources::{self, Index, Stated};

/// A warning and the place it belongs to.
type Warnings = Vec<String>;

/// Evidence older than this, in years before the release's date, is stale.
const STALE_YEARS: u32 = 5;
/// A vendor that makes more kinds of devices than this has no classes on its suffix.
const MANY_CLASSES: usize = 3;

/// Prints the warnings on the sources, and with a folder of lists those on copying.
pub(super) fn run(data: Option<&Path>) -> Result<()> {
    let files = sources::texts()?;
    let index = Index::read(&files)?;
    let entries = facts::of_pack(&sources::knowledge(files)?.to_pack())?;
    let year = release_year()?;
    let mut warnings = owners(&index, &entries);
    warnings.extend(unused_sources(&index));
    for facts in entries.values() {
        let Some(stated) = index.entries.get(&facts.id) else { continue };
        let above = above(&entries, facts);
        let texts = entry(facts, above, stated, year);
        warnings.extend(texts.into_iter().map(|text| format!("{}: {}: {text}", stated.place(), facts.rule)));
    }
    warnings.sort();
    warnings.extend(mere_knowledge(&index, &entries));
    if let Some(folder) = data {
        warnings.extend(disguise::warnings(folder, &entries)?);
    }
    warnings.iter().for_each(|warning| say!("{warning}"));
    say!("{} warnings on {} entries", warnings.len(), entries.len());
    Ok(())
}

fn release_year() -> Result<u32> {
    let release: toml::Table = toml::from_str(&crate::root::read(&format!("{}/release.toml", sources::SOURCES))?)?;
    Ok(release.get("date").and_then(Value::as_str).map_or(0, year_of))
}

fn year_of(date: &str) -> u32 {
    date.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0)
}

/// Vendors without a domain of their own.
fn owners(index: &Index, entries: &BTreeMap<Rule, Facts>) -> Warnings {
    let owning: BTreeSet<&str> =
        entries.values().filter(|facts| facts.rule.kind == "suffix").map(Facts::vendor).collect();
    let without = index.vendors.iter().filter(|(id, _)| !owning.contains(id.as_str()));
    without.map(|(id, stated)| format!("{}: vendor {id} has no suffix entry", stated.place())).collect()
}

/// Sources that nothing cites.
fn unused_sources(index: &Index) -> Warnings {
    let cited: BTreeSet<&str> = index.entries.values().flat_map(cited).collect();
    let unused = index.sources.iter().filter(|(id, _)| !cited.contains(id.as_str()));
    unused.map(|(id, stated)| format!("{}: no entry cites the source {id}", stated.place())).collect()
}

fn cited(entry: &Stated) -> Vec<&str> {
    let rows = ["evidence", "risk"].iter().filter_map(|field| entry.fields.get(*field)?.as_array()).flatten();
    let breaks = entry.fields.get("breaks");
    rows.chain(breaks).filter_map(|row| row.get("source")?.as_str()).collect()
}

/// The nearest suffix entry above another entry.
fn above<'f>(entries: &'f BTreeMap<Rule, Facts>, facts: &Facts) -> Option<&'f Facts> {
    let anchor = facts.rule.anchor();
    // A pattern hangs below its anchor, so a suffix entry at the anchor itself stands above it.
    let own = (facts.rule.kind == "pattern").then_some(0);
    let starts = own.into_iter().chain(anchor.match_indices('.').map(|(at, _)| at + 1));
    starts
        .filter_map(|start| anchor.get(start..))
        .find_map(|value| entries.get(&Rule { kind: "suffix".to_owned(), value: value.to_owned() }))
}

/// What one entry could do better.
fn entry(facts: &Facts, above: Option<&Facts>, stated: &Stated, release_year: u32) -> Vec<String> {
    let mut texts = Vec::new();
    let newest = facts.evidence.iter().map(|item| year_of(&item.date)).max().unwrap_or(0);
    if newest + STALE_YEARS < release_year {
        texts.push(format!("its newest evidence is of {newest}: look again"));
    }
    // What breaks is left alone; what merely degrades is blocked by some.
    if facts.breaks.impact == "degraded" && facts.breaks.answers.is_empty() {
        texts.push("impact degraded without answers: which way of blocking harms least?".to_owned());
    }
    if facts.rule.kind == "pattern" && above.is_none() {
        texts.push("a pattern without a suffix entry above: names beside it are unknown".to_owned());
    }
    let own_classes = stated.fields.get("classes").and_then(Value::as_array).map_or(0, Vec::len);
    if facts.rule.kind == "suffix" && own_classes > MANY_CLASSES {
        texts.push(format!("{own_classes} classes on a suffix: leave them to the hosts that evidence names"));
    }
    if above.is_some_and(|above| says_nothing_new(facts, above, stated)) {
        texts.push("says nothing that the suffix above does not".to_owned());
    }
    texts
}

/// Whether leaving the entry out would change no answer that matters.
fn says_nothing_new(facts: &Facts, above: &Facts, stated: &Stated) -> bool {
    let own = ["purposes", "breaks", "classes", "region", "risk", "shared", "status", "brands", "period_s"];
    facts.vendor() == above.vendor()
        && facts.platform() == above.platform()
        && facts.rule.kind != "pattern"
        && own.iter().all(|field| !stated.fields.contains_key(*field))
        && above.purposes.is_empty()
        && above.breaks.impact == "unknown"
}

/// Entries a file that rest on general knowledge alone.
fn mere_knowledge(index: &Index, entries: &BTreeMap<Rule, Facts>) -> Warnings {
    let mut files: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for facts in entries.values() {
        let Some(stated) = index.entries.get(&facts.id) else { continue };
        let (mere, all) = files.entry(&stated.path).or_default();
        *all += 1;
        *mere += usize::from(facts.evidence.iter().all(|item| item.kind == "knowledge"));
    }
    let some = files.into_iter().filter(|(_, (mere, _))| *mere > 0);
    some.map(|(path, (mere, all))| {
        format!("{}/{path}: {mere} of {all} entries rest on general knowledge alone", sources::SOURCES)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::super::facts::{Breaks, Evidence};
    use super::*;

    fn stated(fields: &str) -> Stated {
        Stated { path: "vendors/acme.toml".to_owned(), line: 7, fields: toml::from_str(fields).unwrap() }
    }

    fn evidence(date: &str) -> Vec<Evidence> {
        vec![Evidence { source: "s".to_owned(), kind: "doc".to_owned(), date: date.to_owned() }]
    }

    #[test]
    fn a_good_entry_has_no_warning() {
        let mut good = facts("exact", "log.acme.example", "acme", "telemetry");
        good.evidence = evidence("2024-01-01");
        let suffix = facts("suffix", "acme.example", "acme", "");
        let stated = stated("purposes = [\"telemetry\"]");
        assert_eq!(entry(&good, Some(&suffix), &stated, 2026), Vec::<String>::new());
    }

    #[test]
    fn every_warning_can_come() {
        let suffix = facts("suffix", "acme.example", "acme", "");
        let mut bare = facts("exact", "log.acme.example", "acme", "");
        bare.evidence = evidence("2019-01-01");
        bare.breaks = Breaks { impact: "degraded".to_owned(), answers: Vec::new() };
        let texts = entry(&bare, Some(&suffix), &stated(""), 2026).join("\n");
        assert!(texts.contains("newest evidence is of 2019"), "{texts}");
        assert!(texts.contains("impact degraded without answers"), "{texts}");
        assert!(texts.contains("says nothing that the suffix above does not"), "{texts}");
        let mut pattern = facts("pattern", "a{number}.acme.example", "acme", "");
        pattern.evidence = evidence("2026-01-01");
        assert!(entry(&pattern, None, &stated(""), 2026).join("").contains("a pattern without a suffix"));
        let wide = stated("classes = [\"tv\", \"camera\", \"hub\", \"plug\"]");
        assert!(entry(&suffix, None, &wide, 0).join("").contains("4 classes on a suffix"));
    }

    #[test]
    fn the_nearest_suffix_stands_above() {
        let all = [
            facts("suffix", "acme.example", "acme", ""),
            facts("suffix", "eu.acme.example", "acme", ""),
            facts("exact", "log.eu.acme.example", "acme", ""),
            facts("pattern", "a{number}.eu.acme.example", "acme", ""),
        ];
        let map: BTreeMap<Rule, Facts> = all.iter().map(|facts| (facts.rule.clone(), facts.clone())).collect();
        let above_of = |n: usize| above(&map, &all[n]).map(|facts| facts.rule.value.clone());
        assert_eq!(above_of(0), None);
        assert_eq!(above_of(1).as_deref(), Some("acme.example"));
        assert_eq!(above_of(2).as_deref(), Some("eu.acme.example"));
        assert_eq!(above_of(3).as_deref(), Some("eu.acme.example"));
    }

    #[test]
    fn vendors_need_a_domain_and_sources_a_citation() {
        let mut index = Index::default();
        for id in ["acme", "lone"] {
            index.vendors.insert(id.to_owned(), stated(""));
            index.sources.insert(id.to_owned(), stated(""));
        }
        index.entries.insert("e".to_owned(), stated("[breaks]\nsource = \"acme\""));
        let suffix = facts("suffix", "acme.example", "acme", "");
        let entries = BTreeMap::from([(suffix.rule.clone(), suffix)]);
        assert_eq!(owners(&index, &entries).len(), 1);
        assert!(owners(&index, &entries)[0].contains("vendor lone has no suffix entry"));
        assert_eq!(unused_sources(&index).len(), 1);
        assert!(unused_sources(&index)[0].contains("cites the source lone"));
    }
}
