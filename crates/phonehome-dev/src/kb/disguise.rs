//! Whether the base repeats somebody's list: the share of a reference list's names that have an entry and no second source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::facts::{Facts, Rule};

/// Shorter lists say nothing.
const FEWEST_NAMES: usize = 10;
/// A list of which more than this is taken over, in percent, is in the base in disguise.
const MOST_PERCENT: usize = 50;

/// A warning for every list of a folder (`*.tsv` with a column `domain`) that the base repeats.
pub(super) fn warnings(folder: &Path, entries: &BTreeMap<Rule, Facts>) -> Result<Vec<String>> {
    let single = single_sourced(entries);
    let mut paths = Vec::new();
    for file in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        paths.extend(Some(file?.path()).filter(|path| path.extension().is_some_and(|ending| ending == "tsv")));
    }
    paths.sort();
    let mut warnings = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let names = names(&text);
        let taken = names.iter().filter(|name| single.contains(**name)).count();
        warnings.extend(warning(&path.display().to_string(), taken, names.len()));
    }
    Ok(warnings)
}

/// Names of exact and suffix entries that rest on fewer than two sources.
fn single_sourced(entries: &BTreeMap<Rule, Facts>) -> BTreeSet<&str> {
    let has_second = |facts: &Facts| {
        let named = facts.evidence.iter().filter(|item| item.kind != "knowledge");
        named.map(|item| item.source.as_str()).collect::<BTreeSet<_>>().len() > 1
    };
    let names = entries.values().filter(|facts| facts.rule.kind != "pattern" && !has_second(facts));
    names.map(|facts| facts.rule.value.as_str()).collect()
}

/// The column `domain` of a table with a header; none without that column.
fn names(text: &str) -> BTreeSet<&str> {
    let mut lines = text.lines();
    let column = lines.next().and_then(|header| header.split('\t').position(|field| field == "domain"));
    let Some(column) = column else { return BTreeSet::new() };
    lines.filter_map(|line| line.split('\t').nth(column)).filter(|name| !name.is_empty()).collect()
}

fn warning(list: &str, taken: usize, all: usize) -> Option<String> {
    let is_copy = all >= FEWEST_NAMES && taken * 100 > all * MOST_PERCENT;
    is_copy.then(|| {
        format!("{list}: {taken} of its {all} names have an entry without a second source: a list in disguise")
    })
}

#[cfg(test)]
mod tests {
    use super::super::facts::Evidence;
    use super::super::facts::tests::facts;
    use super::*;

    #[test]
    fn names_are_read_by_the_header() {
        assert_eq!(
            names("vendor\tdomain\nacme\ta.example\nacme\tb.example\n"),
            BTreeSet::from(["a.example", "b.example"])
        );
        assert!(names("vendor\tname\nacme\ta.example\n").is_empty());
    }

    #[test]
    fn half_a_list_is_allowed() {
        assert_eq!(warning("l.tsv", 5, 10), None);
        assert!(warning("l.tsv", 6, 10).is_some_and(|text| text.starts_with("l.tsv: 6 of its 10 names")));
        assert_eq!(warning("l.tsv", 9, 9), None);
    }

    #[test]
    fn a_second_source_makes_an_entry_ours() {
        let item = |source: &str, kind: &str| Evidence {
            source: source.to_owned(),
            kind: kind.to_owned(),
            date: "2026-01-01".to_owned(),
        };
        let mut one = facts("exact", "one.example", "acme", "");
        one.evidence = vec![item("list", "list"), item("general-knowledge", "knowledge")];
        let mut two = facts("exact", "two.example", "acme", "");
        two.evidence = vec![item("list", "list"), item("maker", "doc")];
        let entries = [one, two].into_iter().map(|facts| (facts.rule.clone(), facts)).collect();
        assert_eq!(single_sourced(&entries), BTreeSet::from(["one.example"]));
    }
}
