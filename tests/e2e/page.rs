//! The page's module in a real browser gives the bytes that the library gives, for the whole corpus.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::io::Write;
use std::process::{Command, Stdio};

use phonehome::Classifier;
use phonehome_tests::{corpus, root};

#[test]
fn the_corpus_through_the_page() {
    // The page hands over text: names with a line feed inside are no lines.
    let names: Vec<String> =
        corpus::cases().into_iter().map(|case| case.name).filter(|name| !name.contains(['\n', '\r'])).collect();
    let mut browser = Command::new("node")
        .arg("test/corpus.mjs")
        .current_dir(root("web"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node runs");
    let text: String = names.iter().map(|name| format!("{name}\n")).collect();
    browser.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = browser.wait_with_output().unwrap();
    assert!(output.status.success());
    let lines: Vec<String> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), names.len() + 1);
    let classifier = Classifier::builtin();
    let hex = |bytes: [u8; 32]| bytes.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    for (number, name) in names.iter().enumerate() {
        let brief = classifier.classify(name.as_bytes(), 0).to_bytes();
        assert_eq!(lines[0].get(number * 64..(number + 1) * 64), Some(hex(brief).as_str()), "{name}");
        assert_eq!(lines[number + 1], classifier.explain(name.as_bytes(), 0).to_json(), "{name}");
    }
    assert!(names.len() > 500, "{}", names.len());
}
