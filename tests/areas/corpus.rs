//! The corpus through the library.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use phonehome::Classifier;
use phonehome_tests::corpus;

#[test]
fn the_library_answers_the_corpus() {
    let classifier = Classifier::builtin();
    let mut wrong = Vec::new();
    for case in corpus::cases() {
        let answer = classifier.explain(case.name.as_bytes(), 0);
        let json = serde_json::from_str(&answer.to_json()).unwrap_or_else(|error| panic!("{}: {error}", case.place));
        assert_eq!(classifier.classify(case.name.as_bytes(), 0), answer.brief, "{}", case.place);
        wrong.extend(
            corpus::differences(&case, &json).into_iter().map(|text| format!("{} {}: {text}", case.place, case.name)),
        );
    }
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}
