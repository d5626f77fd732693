//! The corpus through the library.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use phonehome::Classifier;
use phonehome_tests::corpus::{self, Case};
use phonehome_tests::overlays;

/// What the library's answer lacks.
fn differences(classifier: &Classifier<'_>, case: &Case) -> Vec<String> {
    let answer = classifier.explain(case.name.as_bytes(), 0);
    let json = serde_json::from_str(&answer.to_json()).unwrap_or_else(|error| panic!("{}: {error}", case.place));
    assert_eq!(classifier.classify(case.name.as_bytes(), 0), answer.brief, "{}", case.place);
    let texts = corpus::differences(case, &json).into_iter();
    texts.map(|text| format!("{} {}: {text}", case.place, case.name)).collect()
}

#[test]
fn the_library_answers_the_corpus() {
    let classifier = Classifier::builtin();
    let wrong: Vec<String> = corpus::cases().iter().flat_map(|case| differences(&classifier, case)).collect();
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_library_answers_the_corpus_under_overlays_and_policies() {
    let mut wrong = Vec::new();
    for case in corpus::overlay_cases() {
        let lists = case.overlays.iter().map(|file| overlays::file(file)).collect();
        let opened = Classifier::builtin_with(lists, &[case.policy.as_str()]);
        let classifier = opened.unwrap_or_else(|error| panic!("{}: {error}", case.place));
        wrong.extend(differences(&classifier, &case));
    }
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_seed_names_come_first_on_their_own_list() {
    let text = std::fs::read_to_string(phonehome_tests::root("tests/corpus/seed-names.txt")).expect("seed names");
    let listed: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let cases = corpus::cases();
    let seeds = cases.iter().filter(|case| case.place.starts_with("seed.jsonl:"));
    assert_eq!(seeds.map(|case| case.name.as_str()).collect::<Vec<_>>(), listed);
}
