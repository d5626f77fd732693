//! `kb why NAME`: the entries above a name, what each states, and which of them answers.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use phonehome::{Classifier, Name};
use toml::Value;

use super::facts::{self, Facts, Rule};
use super::sources::{self, Index, Stated};

pub(super) fn run(name: &str) -> Result<()> {
    let name = Name::parse(name.as_bytes()).with_context(|| format!("{name:?} is no domain name"))?;
    let files = sources::texts()?;
    let index = Index::read(&files)?;
    let pack = sources::knowledge(files)?.to_pack();
    let entries = facts::of_pack(&pack)?;
    let classifier = Classifier::open(pack.as_slice().into(), Vec::new(), &[])?;
    let answer = classifier.explain_name(&name, 0);
    let winner = answer.matched.map(|matched| matched.entry);
    say!("{}", answer.name);
    for facts in above(&entries, &answer.name, winner) {
        let Some(stated) = index.entries.get(&facts.id) else { continue };
        let is_winner = winner == Some(facts.id.as_str());
        say!("{}", paragraph(facts, stated, is_winner));
    }
    say!("answer: {answer}");
    say!("because: {}", answer.reasons.iter().map(|reason| reason.text.as_str()).collect::<Vec<_>>().join("; "));
    Ok(())
}

/// The entries that could say something of a name, from the top down.
fn above<'f>(entries: &'f BTreeMap<Rule, Facts>, name: &str, winner: Option<&str>) -> Vec<&'f Facts> {
    let mut above: Vec<&Facts> = entries
        .values()
        .filter(|facts| match facts.rule.kind.as_str() {
            "exact" => facts.rule.value == name,
            "suffix" => facts::is_within(name, &facts.rule.value),
            _ => name != facts.rule.anchor() && facts::is_within(name, facts.rule.anchor()),
        })
        .collect();
    // At equal depth a suffix stands above a pattern, a pattern above an exact name; the one that answers is last.
    let rank = |facts: &Facts| ["suffix", "pattern", "exact"].iter().position(|kind| *kind == facts.rule.kind);
    above.sort_by_key(|facts| (winner == Some(facts.id.as_str()), facts.rule.anchor().len(), rank(facts)));
    above
}

/// An entry with its own fields, and for the one that answers those it inherits.
fn paragraph(facts: &Facts, stated: &Stated, is_winner: bool) -> String {
    let note = match (is_winner, facts.rule.kind.as_str()) {
        (true, _) => "ANSWERS",
        (false, "pattern") => "does not answer here",
        (false, _) => "above",
    };
    let mut text = format!("\n{} {} [{}] {note}\n  {}", facts.rule.kind, facts.rule.value, facts.id, stated.place());
    for (field, value) in stated.fields.iter().filter(|(field, _)| !HEAD.contains(&field.as_str())) {
        lines(field, value).iter().for_each(|line| text.push_str(&format!("\n  {line}")));
    }
    let inherited = if is_winner { inherited(facts, stated) } else { Vec::new() };
    for (field, value) in inherited {
        text.push_str(&format!("\n  {field} = {value}  (inherited)"));
    }
    text
}

/// Fields that the first line shows.
const HEAD: [&str; 4] = ["id", "match", "matches", "rejects"];

/// What the answer has and the entry does not state.
fn inherited(facts: &Facts, stated: &Stated) -> Vec<(&'static str, String)> {
    let fields = [
        ("vendor", facts.vendor().to_owned()),
        ("platform", facts.platform().to_owned()),
        ("classes", facts.classes.join(", ")),
        ("region", facts.region.clone().unwrap_or_default()),
        ("risk", facts.risk.join(", ")),
    ];
    fields.into_iter().filter(|(field, value)| !value.is_empty() && !stated.fields.contains_key(*field)).collect()
}

/// A field on one line, or a line for each of the tables in it.
fn lines(field: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Table(table) => table.iter().map(|(key, value)| format!("{field}.{key} = {}", words(value))).collect(),
        Value::Array(items) if items.iter().any(Value::is_table) => {
            items.iter().map(|item| format!("{field} = {}", words(item))).collect()
        }
        _ => vec![format!("{field} = {}", words(value))],
    }
}

/// The texts of a value, with commas.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Table(table) => table.iter().map(|(_, value)| words(value)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;

    fn stated(fields: &str) -> Stated {
        Stated { path: "vendors/acme.toml".to_owned(), line: 7, fields: toml::from_str(fields).unwrap() }
    }

    #[test]
    fn entries_stand_from_the_top_down() {
        let all = [
            facts("exact", "log.eu.acme.example", "acme", ""),
            facts("suffix", "acme.example", "acme", ""),
            facts("suffix", "eu.acme.example", "acme", ""),
            facts("pattern", "{letter}.eu.acme.example", "acme", ""),
            facts("suffix", "notacme.example", "other", ""),
        ];
        let map = all.iter().map(|facts| (facts.rule.clone(), facts.clone())).collect();
        let values: Vec<String> = above(&map, "log.eu.acme.example", Some("log-eu-acme-example"))
            .iter()
            .map(|facts| facts.rule.value.clone())
            .collect();
        assert_eq!(values, ["acme.example", "eu.acme.example", "{letter}.eu.acme.example", "log.eu.acme.example"]);
    }

    #[test]
    fn the_answer_says_what_it_inherits() {
        let mut facts = facts("exact", "log.acme.example", "acme", "telemetry");
        facts.classes = vec!["tv".to_owned()];
        let stated = stated(
            "id = \"log\"\nclasses = [\"tv\"]\npurposes = [\"telemetry\"]\nevidence = [{ kind = \"doc\", source = \"s\" }]",
        );
        let text = paragraph(&facts, &stated, true);
        assert!(text.contains("exact log.acme.example [log-acme-example] ANSWERS"), "{text}");
        assert!(text.contains("sources/vendors/acme.toml:7"), "{text}");
        assert!(text.contains("\n  evidence = doc, s"), "{text}");
        assert!(text.contains("\n  vendor = acme  (inherited)"), "{text}");
        assert!(!text.contains("classes = tv  (inherited)"), "{text}");
    }
}
