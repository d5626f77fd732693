//! Purposes guessed from words of a name: below a known vendor's suffix alone, less sure, and shown as guesses.

use std::borrow::Cow;

use phonehome::{Classifier, Purpose, Reason};
use phonehome_tests::small;

fn classifier() -> Classifier<'static> {
    Classifier::open(Cow::Borrowed(small::shared_pack()), Vec::new(), &[]).unwrap()
}

/// The purposes and the word that suggested the first.
fn guess(name: &str) -> (Vec<&'static str>, String) {
    let classifier = classifier();
    let answer = classifier.explain(name.as_bytes(), 0);
    let reason = answer.reasons.iter().find(|reason| reason.code == Reason::KbInferred);
    assert_eq!(reason.is_some(), answer.is_inferred());
    let word = reason.map(|reason| reason.values[0].1.clone()).unwrap_or_default();
    (answer.purposes.iter().map(|purpose| purpose.id()).collect(), word)
}

#[test]
fn words_end_at_dots_hyphens_and_digits() {
    for name in ["log.acme.com", "eu-log7.acme.com", "x.y_log.z.acme.com", "12LOG.acme.com", "log-log.acme.com"] {
        assert_eq!(guess(name), (vec!["telemetry"], "log".to_owned()), "{name}");
    }
    for name in ["catalog.acme.com", "logx.acme.com", "acme.com", "x.acme.com", "l-o-g.acme.com", "1log2.acme.com"] {
        assert_eq!(guess(name), (Vec::new(), String::new()), "{name}");
    }
}

#[test]
fn the_first_word_counts_most() {
    assert_eq!(guess("ota.logs.acme.com"), (vec!["firmware_update", "telemetry"], "ota".to_owned()));
    assert_eq!(guess("logs.ota.acme.com"), (vec!["telemetry", "firmware_update"], "logs".to_owned()));
    let classifier = classifier();
    assert_eq!(classifier.classify(b"logs.ota.acme.com", 0).first_purpose(), Some(Purpose::Telemetry));
}

#[test]
fn only_so_many_words_are_read() {
    let words = |count: usize| format!("{}log.acme.com", "w.".repeat(count));
    assert_eq!(guess(&words(11)).0, ["telemetry"]);
    assert_eq!(guess(&words(12)).0, [""; 0]);
}

#[test]
fn a_guess_is_twenty_less_sure() {
    let classifier = classifier();
    assert_eq!(classifier.classify(b"x.acme.com", 0).confidence(), 95);
    let answer = classifier.explain(b"log.acme.com", 0);
    assert_eq!((answer.brief.confidence(), answer.confidence_word()), (75, "likely"));
    let json: serde_json::Value = serde_json::from_str(&answer.to_json()).unwrap();
    assert_eq!(json["purposes"], serde_json::json!([{ "id": "telemetry", "basis": "inferred" }]));
}

#[test]
fn nothing_is_guessed_where_it_proves_nothing() {
    // Stated, shared ground, anyone's names, nobody's names.
    for name in ["time.acme.com", "log.cloud.net", "log.dyn.org", "log.example.com", "log.host1-eu.dyn.org"] {
        assert_eq!(guess(name).1, "", "{name}");
    }
    // A vendor's name that is risky itself: what it is for matters less than who may stand behind it.
    let risky = "[[entry]]\nid = \"x\"\nmatch = { kind = \"suffix\", value = \"x.net\" }\nvendor = \"other\"\nconfidence = \"high\"\n\
                 risk = [{ reason = \"p2p_oem_platform\", source = \"handbook\" }]\n\
                 evidence = [{ source = \"handbook\", kind = \"doc\", date = \"2026-01-01\" }]\n";
    let pack = small::knowledge(risky).unwrap().to_pack();
    let classifier = Classifier::open(Cow::Owned(pack), Vec::new(), &[]).unwrap();
    let brief = classifier.classify(b"log.x.net", 0);
    assert!(brief.vendor().is_some() && brief.first_purpose().is_none() && !brief.is_inferred());
    assert_eq!(guess("host1-eu.acme.com").0, ["device_cloud"]);
}

#[test]
fn a_region_word_that_stands_alone_sets_the_region() {
    let classifier = classifier();
    let region = |name: &str| classifier.explain(name.as_bytes(), 0).region.id().map(str::to_owned);
    assert_eq!(region("eu-log7.acme.com").as_deref(), Some("eu"));
    assert_eq!(region("us.x.acme.com").as_deref(), Some("us"));
    for name in ["europe.acme.com", "in.acme.com", "eu.cloud.net", "eu.example.com", "acme.com"] {
        assert_eq!(region(name), None, "{name}");
    }
}
