//! The presets: they parse, and their heads tell what they block of the corpus.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use phonehome::{Action, Classifier, Impact};
use phonehome_tests::{corpus, root};

/// The `# corpus:` lines that a preset's head must carry.
fn head(policy: &str) -> String {
    let classifier = Classifier::builtin_with(Vec::new(), &[policy]).expect("the preset parses");
    let cases = corpus::cases();
    let blocked: Vec<_> = cases
        .iter()
        .map(|case| classifier.classify(case.name.as_bytes(), 0))
        .filter(|brief| brief.action() != Action::Allow)
        .collect();
    if blocked.is_empty() {
        return "# corpus: blocks nothing.".to_owned();
    }
    let count = |impact| blocked.iter().filter(|brief| brief.entry().is_some() && brief.impact() == impact).count();
    let without_entry = blocked.iter().filter(|brief| brief.entry().is_none()).count();
    format!(
        "# corpus: blocks {} of {} names; {} break something, {} cost something, {} cost nothing in a test,\n\
         # corpus: {} have an entry but nobody has tested them, {} have no entry.",
        blocked.len(),
        cases.len(),
        count(Impact::Breaks),
        count(Impact::Degraded),
        count(Impact::None),
        count(Impact::Unknown),
        without_entry,
    )
}

#[test]
fn heads_tell_what_the_presets_block() {
    let mut wrong = Vec::new();
    for name in ["observe", "gentle", "things"] {
        let path = root(&format!("crates/phonehome-cli/presets/{name}.policy"));
        let text = std::fs::read_to_string(path).expect("preset");
        let written: Vec<&str> = text.lines().filter(|line| line.starts_with("# corpus:")).collect();
        let expected = head(&text);
        if written.join("\n") != expected {
            wrong.push(format!("{name}.policy should say\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn gentle_breaks_nothing_and_touches_no_guess() {
    let text = std::fs::read_to_string(root("crates/phonehome-cli/presets/gentle.policy")).expect("preset");
    let classifier = Classifier::builtin_with(Vec::new(), &[text.as_str()]).expect("parses");
    for case in corpus::cases() {
        let brief = classifier.classify(case.name.as_bytes(), 0);
        if brief.action() != Action::Allow {
            assert_ne!(brief.impact(), Impact::Breaks, "{}", case.name);
            assert!(!brief.is_inferred(), "{}", case.name);
        }
    }
}
