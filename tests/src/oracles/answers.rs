//! What must hold for every answer, whatever the pack.

use phonehome::{Brief, Classifier};

/// Classifies and explains a name and holds both against each other.
pub(super) fn check(classifier: &Classifier<'_>, name: &[u8], policy: usize) {
    let brief = classifier.classify(name, policy);
    let answer = classifier.explain(name, policy);
    assert_eq!(brief, answer.brief, "{}", name.escape_ascii());
    assert_eq!(Brief::from_bytes(&brief.to_bytes()), brief, "{}", name.escape_ascii());
    let json = answer.to_json();
    assert!(json.bytes().all(|octet| matches!(octet, b' '..=b'~')), "{json}");
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(parsed["name"], answer.name.as_str());
    assert_eq!(parsed["verdict"], brief.verdict().id());
    let reasons = parsed["reasons"].as_array().map_or(0, Vec::len);
    assert_eq!(reasons, brief.reasons().count(), "{json}");
}
