//! What holds for every name.

use std::borrow::Cow;

use phonehome::{Classifier, Name, Reason};
use phonehome_pack::{Knowledge, SourceText};
use phonehome_tests::random::Random;
use phonehome_tests::{corpus, overlays, small, sources};

/// The corpus, and names made of its parts and of noise.
fn names(made_up: usize) -> Vec<Vec<u8>> {
    let mut names: Vec<Vec<u8>> = corpus::cases().into_iter().map(|case| case.name.into_bytes()).collect();
    let known = names.clone();
    let mut random = Random::new(3);
    for _ in 0..made_up {
        let mut name = random.pick(&known).clone();
        match random.below(4) {
            0 => random.mutate(&mut name),
            1 => {
                let front = random.pick(&known).clone();
                name = [&front[..], b".", &name].concat();
            }
            2 => name = [b"x7-eu.log.", &name[..]].concat(),
            _ => {
                let count = random.below(80);
                name = random.bytes(count);
            }
        }
        names.push(name);
    }
    names
}

#[test]
fn both_depths_agree() {
    let lists = overlays::files().iter().map(|file| overlays::file(file)).collect();
    let classifier = Classifier::builtin_with(lists, &["block listed=threat\nblock purpose=tracking\nlog"]).unwrap();
    for name in names(20_000) {
        let brief = classifier.classify(&name, 0);
        let answer = classifier.explain(&name, 0);
        assert_eq!(brief, answer.brief, "{}", name.escape_ascii());
        let codes: Vec<Reason> = answer.reasons.iter().map(|reason| reason.code).collect();
        assert_eq!(brief.reasons().collect::<Vec<_>>(), codes, "{}", name.escape_ascii());
        assert!(!codes.is_empty(), "{}", name.escape_ascii());
        assert_eq!(answer.purposes.first().copied(), brief.first_purpose(), "{}", name.escape_ascii());
        assert!(answer.purposes.iter().all(|purpose| brief.has_purpose(*purpose)));
        assert_eq!(answer.risks.len(), phonehome::Risk::ALL.iter().filter(|risk| brief.has_risk(**risk)).count());
        assert_eq!(answer.advice, brief.advice());
        assert_eq!(answer.breaks.is_some(), brief.entry().is_some());
    }
}

#[test]
fn a_batch_gives_what_single_questions_give() {
    let classifier = Classifier::builtin();
    let names = names(2_000);
    let batch: Vec<_> = names.iter().map(|name| classifier.classify(name, 0)).collect();
    // In another order, from a classifier of its own: nothing is remembered between calls.
    for (name, brief) in names.iter().zip(&batch).rev() {
        assert_eq!(Classifier::classify(&classifier, name, 0), *brief);
    }
    let other = Classifier::builtin();
    for (name, brief) in names.iter().zip(&batch).step_by(7) {
        assert_eq!(other.classify(name, 0), *brief, "{}", name.escape_ascii());
    }
}

#[test]
fn case_and_the_final_dot_do_not_matter() {
    let classifier = Classifier::builtin();
    for case in corpus::cases() {
        let Ok(name) = Name::parse(case.name.as_bytes()) else { continue };
        let canonical = name.to_string();
        let expected = classifier.explain(canonical.as_bytes(), 0).to_json();
        for spelling in [canonical.to_uppercase(), format!("{canonical}.")] {
            assert_eq!(classifier.explain(spelling.as_bytes(), 0).to_json(), expected, "{spelling}");
        }
    }
}

#[test]
fn names_below_a_suffix_entry_keep_its_vendor() {
    let classifier = Classifier::builtin();
    let mut tried = 0;
    for entry in classifier.entries() {
        let json: serde_json::Value = serde_json::from_str(&classifier.entry_json(&entry)).unwrap();
        if json["match"]["kind"] != "suffix" {
            continue;
        }
        tried += 1;
        let suffix = json["match"]["value"].as_str().unwrap();
        for child in [format!("zz9.{suffix}"), format!("q.w.e.r.zz9.{suffix}")] {
            let answer = classifier.explain(child.as_bytes(), 0);
            assert_eq!(answer.vendor.map(|vendor| vendor.id), json["vendor"]["id"].as_str(), "{child}");
            assert_eq!(answer.verdict().id(), json["verdict"], "{child}");
        }
    }
    assert!(tried > 1_000, "only {tried} suffix entries");
}

#[test]
fn the_longest_names_are_answered() {
    let classifier = Classifier::builtin();
    for length in [1, 2, 63, 64, 126, 127] {
        for end in ["tuyaeu.com", "ddns.net", "amazonaws.com", "example.com", "lan", ""] {
            let name = format!("{}{end}", "a.".repeat(length));
            let answer = classifier.explain(name.as_bytes(), 0);
            assert_eq!(answer.brief, classifier.classify(name.as_bytes(), 0));
        }
    }
    assert!(classifier.classify(&vec![b'.'; 1 << 20], 0).has_reason(Reason::NameInvalid));
    assert!(classifier.classify(&vec![b'\\'; 1 << 20], 0).has_reason(Reason::NameInvalid));
}

/// An entry of a vendor that no other file knows.
const UNRELATED: &str = r#"
[[vendor]]
id = "aaa-unrelated"
name = "Unrelated"
[[platform]]
id = "aaa-unrelated-cloud"
name = "Unrelated Cloud"
[[source]]
id = "aaa-unrelated-page"
title = "A page"
url = "https://unrelated.example/"
licence = "facts"
date = "2026-01-01"
[[entry]]
id = "aaa-unrelated"
match = { kind = "suffix", value = "unrelated-things-of-a-test.com" }
vendor = "aaa-unrelated"
platform = "aaa-unrelated-cloud"
purposes = ["telemetry"]
confidence = "medium"
evidence = [{ source = "aaa-unrelated-page", kind = "list", date = "2026-01-01" }]
"#;

#[test]
fn an_unrelated_entry_changes_no_other_answer() {
    let mut files = sources::all();
    let before = Knowledge::read(files.clone()).unwrap().to_pack();
    // First in the order of files, so that every number of vendor, platform, source and entry moves.
    files.push(SourceText { path: "aaa.toml".to_owned(), text: UNRELATED.to_owned() });
    let after = Knowledge::read(files).unwrap().to_pack();
    let open = |pack| Classifier::open(Cow::Borrowed(pack), Vec::new(), &[]).unwrap();
    let (before, after) = (open(&before), open(&after));
    assert_eq!(after.explain(b"x.unrelated-things-of-a-test.com", 0).vendor.unwrap().id, "aaa-unrelated");
    for name in names(3_000) {
        let (old, new) = (before.explain(&name, 0), after.explain(&name, 0));
        assert_eq!(old.to_json(), new.to_json(), "{}", name.escape_ascii());
    }
}

#[test]
fn the_order_of_source_files_does_not_matter() {
    let mut files = sources::all();
    let one = Knowledge::read(files.clone()).unwrap().to_pack();
    files.reverse();
    assert!(Knowledge::read(files).unwrap().to_pack() == one, "the pack depends on the order of its files");
    assert_eq!(small::pack(), small::pack());
}
