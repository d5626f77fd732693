//! Explanations as JSON: any bytes give one sound object, in ASCII, and a name in it that reads back.

use std::sync::OnceLock;

use phonehome::{Classifier, Name};

use super::answers;
use crate::overlays;

/// Explains under the release's knowledge and every overlay at hand.
pub fn explain_json(data: &[u8]) {
    static CLASSIFIER: OnceLock<Classifier<'static>> = OnceLock::new();
    let classifier = CLASSIFIER.get_or_init(|| {
        let lists = overlays::files().iter().map(|file| overlays::file(file)).collect();
        Classifier::builtin_with(lists, &["log", "block verdict!=legitimate"]).expect("opens")
    });
    answers::check(classifier, data, 1);
    if let Ok(name) = Name::parse(data) {
        let answer = classifier.explain(data, 1);
        assert_eq!(Name::parse(answer.name.as_bytes()).as_ref(), Ok(&name));
        assert!(
            answer.reasons.iter().all(|reason| !reason.code.text().contains('{') || reason.text != reason.code.text())
        );
    }
}
