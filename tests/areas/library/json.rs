//! The JSON object of an answer: one form, ASCII, every key always there.

use phonehome::{Classifier, Name};
use phonehome_tests::{corpus, overlays};

const KEYS: &[&str] = &[
    "name",
    "verdict",
    "confidence",
    "vendor",
    "platform",
    "classes",
    "region",
    "purposes",
    "risk",
    "breaks",
    "advice",
    "advice_text",
    "reasons",
    "score",
    "band",
    "action",
    "answer",
    "lists",
    "match",
    "evidence",
];
const BREAKS: &[&str] =
    &["impact", "function", "devices", "keeps", "answers", "when", "retry_storm", "remedy", "source"];

/// The keys of an object's text, in order: `serde_json` sorts them, so they are read off the text.
fn keys(json: &str) -> Vec<&str> {
    let (mut keys, mut depth, mut start, mut is_escaped) = (Vec::new(), 0, None, false);
    for (at, letter) in json.char_indices() {
        match (letter, start) {
            _ if is_escaped => is_escaped = false,
            ('\\', Some(_)) => is_escaped = true,
            ('"', None) => start = Some(at + 1),
            ('"', Some(from)) => {
                start = None;
                if depth == 1 && json[at + 1..].starts_with(':') {
                    keys.push(&json[from..at]);
                }
            }
            ('{' | '[', None) => depth += 1,
            ('}' | ']', None) => depth -= 1,
            _ => {}
        }
    }
    keys
}

/// The text of the object under a key.
fn object<'j>(json: &'j str, key: &str) -> Option<&'j str> {
    let start = json.find(&format!("\"{key}\":{{"))? + key.len() + 3;
    let mut parsed = serde_json::Deserializer::from_str(&json[start..]).into_iter::<serde_json::Value>();
    parsed.next()?.ok()?;
    Some(&json[start..start + parsed.byte_offset()])
}

fn check(classifier: &Classifier<'_>, name: &[u8]) -> serde_json::Value {
    let json = classifier.explain(name, 0).to_json();
    assert!(json.bytes().all(|octet| matches!(octet, b' '..=b'~')), "{json}");
    assert_eq!(keys(&json), KEYS, "{json}");
    let value: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    if !value["breaks"].is_null() {
        assert_eq!(keys(object(&json, "breaks").unwrap()), BREAKS, "{json}");
    }
    for (key, wanted) in
        [("vendor", &["id", "name", "parent"][..]), ("platform", &["id", "name"]), ("match", &["kind", "value"])]
    {
        if !value[key].is_null() {
            assert_eq!(keys(object(&json, key).unwrap()), wanted, "{json}");
        }
    }
    value
}

#[test]
fn every_answer_has_the_same_form() {
    let lists = overlays::files().iter().map(|file| overlays::file(file)).collect();
    let classifier = Classifier::builtin_with(lists, &["block verdict!=legitimate"]).unwrap();
    for case in corpus::cases().into_iter().chain(corpus::overlay_cases()) {
        let value = check(&classifier, case.name.as_bytes());
        assert!(value["advice_text"].as_str().unwrap().starts_with("Block it? "), "{value}");
        for reason in value["reasons"].as_array().unwrap() {
            let text = reason["text"].as_str().unwrap();
            let filled = reason["values"].as_object().unwrap().values().all(|value| value != "");
            assert!(filled && !text.is_empty(), "{}: {reason}", case.place);
            let from_pattern = reason["code"] == "kb.pattern";
            assert!(from_pattern || !text.contains('{'), "{}: {text}", case.place);
        }
    }
}

#[test]
fn odd_names_come_back() {
    let classifier = Classifier::builtin();
    for name in ["a\\.b.com", "a\\\"b.com", "a\\\\b.com", "\\000\\255.com", "a\\032b.com", "\\[x\\].com", "_x.com"] {
        let value = check(&classifier, name.as_bytes());
        let shown = value["name"].as_str().unwrap();
        assert_eq!(Name::parse(shown.as_bytes()), Name::parse(name.as_bytes()), "{name} comes back as {shown}");
        assert_eq!(shown, name);
    }
}

#[test]
fn what_is_no_name_is_shown_in_ascii_and_short() {
    let classifier = Classifier::builtin();
    let shown = |input: &[u8]| check(&classifier, input)["name"].as_str().unwrap().to_owned();
    assert_eq!(shown(b"Two Words"), "two words");
    assert_eq!(shown(b"a\"b"), "a\"b");
    assert_eq!(shown(b"a\x1b[31mb"), "a\\027[31mb");
    assert_eq!(shown("\u{202e}moc".as_bytes()), "\\226\\128\\174moc");
    assert_eq!(shown(b"\xff\0\\"), "\\255\\000\\\\");
    assert!(shown(&vec![0xff; 1 << 20]).len() < 1_500);
}

#[test]
fn entries_are_sound_json() {
    let classifier = Classifier::builtin();
    let mut ids = std::collections::BTreeSet::new();
    for entry in classifier.entries() {
        let json = classifier.entry_json(&entry);
        assert!(json.is_ascii(), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
        assert!(ids.insert(value["id"].as_str().unwrap().to_owned()), "{json}");
        assert!(!value["evidence"].as_array().unwrap().is_empty(), "{json}");
    }
    assert_eq!(ids.len(), classifier.info().entries as usize);
}
