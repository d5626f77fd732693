//! An entry as a pack answers it: resolved and inherited, read from the JSON that the library writes for listings.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context, Result};
use phonehome::Classifier;
use serde::Deserialize;

/// One entry of a pack; only the fields that the tools here use.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Facts {
    pub(super) id: String,
    #[serde(rename = "match")]
    pub(super) rule: Rule,
    pub(super) vendor: Option<Slug>,
    pub(super) platform: Option<Slug>,
    pub(super) classes: Vec<String>,
    pub(super) region: Option<String>,
    pub(super) purposes: Vec<Slug>,
    pub(super) risk: Vec<String>,
    pub(super) breaks: Breaks,
    pub(super) evidence: Vec<Evidence>,
}

/// How an entry matches.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rule {
    pub(super) kind: String,
    pub(super) value: String,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.value, self.kind)
    }
}

impl Rule {
    /// The fixed ending that every name of the rule has.
    pub(super) fn anchor(&self) -> &str {
        let after = self.value.rsplit_once('}').map_or(self.value.as_str(), |(_, after)| after);
        if after.len() == self.value.len() { after } else { after.split_once('.').map_or("", |(_, anchor)| anchor) }
    }
}

/// An object with an id.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Slug {
    pub(super) id: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Breaks {
    pub(super) impact: String,
    pub(super) answers: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Evidence {
    pub(super) source: String,
    pub(super) kind: String,
    pub(super) date: String,
}

impl Facts {
    pub(super) fn vendor(&self) -> &str {
        self.vendor.as_ref().map_or("", |vendor| &vendor.id)
    }

    pub(super) fn platform(&self) -> &str {
        self.platform.as_ref().map_or("", |platform| &platform.id)
    }
}

/// Every entry of a pack, by how it matches.
pub(super) fn of_pack(pack: &[u8]) -> Result<BTreeMap<Rule, Facts>> {
    let classifier = Classifier::open(pack.into(), Vec::new(), &[]).context("the pack does not open")?;
    let mut all = BTreeMap::new();
    for entry in classifier.entries() {
        let facts: Facts = serde_json::from_str(&classifier.entry_json(&entry)).context("an entry's JSON")?;
        all.insert(facts.rule.clone(), facts);
    }
    Ok(all)
}

/// Whether a name is another one or lies below it.
pub(super) fn is_within(name: &str, ancestor: &str) -> bool {
    name.strip_suffix(ancestor).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An entry of a vendor with one purpose (or none).
    pub(in crate::kb) fn facts(kind: &str, value: &str, vendor: &str, purpose: &str) -> Facts {
        let slug = |id: &str| (!id.is_empty()).then(|| Slug { id: id.to_owned() });
        Facts {
            id: value.replace('.', "-"),
            rule: Rule { kind: kind.to_owned(), value: value.to_owned() },
            vendor: slug(vendor),
            platform: None,
            classes: Vec::new(),
            region: None,
            purposes: slug(purpose).into_iter().collect(),
            risk: Vec::new(),
            breaks: Breaks { impact: "unknown".to_owned(), answers: Vec::new() },
            evidence: Vec::new(),
        }
    }

    #[test]
    fn a_rule_has_a_fixed_ending() {
        let anchor = |kind: &str, value: &str| facts(kind, value, "", "").rule.anchor().to_owned();
        assert_eq!(anchor("suffix", "example.net"), "example.net");
        assert_eq!(anchor("pattern", "a{number}.example.net"), "example.net");
        assert_eq!(anchor("pattern", "{below}.x{region}-y.eu.example.net"), "eu.example.net");
    }

    #[test]
    fn within_respects_labels() {
        assert!(is_within("a.example.net", "example.net"));
        assert!(is_within("example.net", "example.net"));
        assert!(!is_within("notexample.net", "example.net"));
    }
}
