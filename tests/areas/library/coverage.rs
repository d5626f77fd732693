//! Every code of the vocabulary occurs in an answer of the corpus.

use std::collections::BTreeSet;

use phonehome::{
    Advice, AnswerMode, Band, Classifier, EvidenceKind, Impact, OverlayKind, Purpose, Reason, Risk, Storm, Verdict,
};
use phonehome_tests::{corpus, overlays};

/// Every string that stands in an answer under its key, as `key=value`.
fn collect(value: &serde_json::Value, key: &str, into: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            into.insert(format!("{key}={text}"));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, key, into)),
        serde_json::Value::Object(fields) => {
            fields.iter().for_each(|(inner, value)| collect(value, &nested(key, inner), into));
        }
        _ => {}
    }
}

fn nested(outer: &str, inner: &str) -> String {
    if outer.is_empty() { inner.to_owned() } else { format!("{outer}.{inner}") }
}

/// All answers to the corpus, with its overlays where a case asks for them.
fn answers() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |classifier: &Classifier<'_>, name: &str| {
        let json = classifier.explain(name.as_bytes(), 0).to_json();
        collect(&serde_json::from_str(&json).unwrap(), "", &mut found);
    };
    let plain = Classifier::builtin();
    corpus::cases().iter().for_each(|case| add(&plain, &case.name));
    for case in corpus::overlay_cases() {
        let lists = case.overlays.iter().map(|file| overlays::file(file)).collect();
        add(&Classifier::builtin_with(lists, &[case.policy.as_str()]).unwrap(), &case.name);
    }
    found
}

#[test]
fn every_code_has_a_case() {
    let found = answers();
    let mut wanted: Vec<String> = Vec::new();
    let mut want = |keys: &[&str], id: &str| {
        wanted.extend(keys.iter().map(|key| format!("{key}={id}")));
    };
    Verdict::ALL.iter().for_each(|code| want(&["verdict"], code.id()));
    Purpose::ALL.iter().for_each(|code| want(&["purposes.id"], code.id()));
    Risk::ALL.iter().for_each(|code| want(&["risk"], code.id()));
    Impact::ALL.iter().for_each(|code| want(&["breaks.impact"], code.id()));
    Storm::ALL.iter().for_each(|code| want(&["breaks.retry_storm"], code.id()));
    EvidenceKind::ALL.iter().for_each(|code| want(&["evidence.kind"], code.id()));
    Advice::ALL.iter().for_each(|code| want(&["advice"], code.id()));
    Band::ALL.iter().for_each(|code| want(&["band"], code.id()));
    OverlayKind::ALL.iter().for_each(|code| want(&["lists.kind"], code.id()));
    AnswerMode::ALL.iter().for_each(|code| want(&["answer"], code.id()));
    Reason::ALL.iter().for_each(|code| want(&["reasons.code"], code.id()));
    want(&["purposes.basis"], "stated");
    want(&["purposes.basis"], "inferred");
    for kind in ["exact", "pattern", "suffix"] {
        want(&["match.kind"], kind);
    }
    let wrong: Vec<&str> = wanted.iter().filter(|code| !found.contains(*code)).map(String::as_str).collect();
    assert!(wrong.is_empty(), "without a case in tests/corpus: {}", wrong.join(", "));
}

#[test]
fn the_corpus_is_large_enough() {
    let count = corpus::cases().len();
    assert!(count >= 400, "the corpus has {count} lines");
}
