//! Every row of the published table of advice, and the sentence that goes with it.

use std::borrow::Cow;

use phonehome::{Advice, Classifier, NamedPack, OverlayKind};
use phonehome_pack::ListFormat;
use phonehome_tests::{overlays, small};

/// An entry for `x.net` with this ground, purposes and impact.
fn entry(ground: &str, purposes: &str, breaks: &str) -> String {
    format!(
        "[[entry]]\nid = \"x\"\nmatch = {{ kind = \"suffix\", value = \"x.net\" }}\n{ground}\npurposes = [{purposes}]\n\
         confidence = \"high\"\nevidence = [{{ source = \"handbook\", kind = \"doc\", date = \"2026-01-01\" }}]\n{breaks}"
    )
}

const OWN: &str = "vendor = \"acme\"";
const SHARED: &str = "platform = \"cloud\"\nshared = true";
const RISKY: &str = "platform = \"cloud\"\nrisk = [{ reason = \"dynamic_dns\", source = \"handbook\" }]";
const BREAKS: &str = "[entry.breaks]\nimpact = \"breaks\"\nfunction = \"The lamp goes out\"\ndevices = \"lamps\"\n\
                      source = \"handbook\"\nretry_storm = \"known\"\nanswers = [\"nodata\"]\nkeeps = \"The switch works\"";
const DEGRADED: &str = "[entry.breaks]\nimpact = \"degraded\"\nfunction = \"The lamp dims.\"\nsource = \"handbook\"\nretry_storm = \"likely\"";
const NONE: &str = "[entry.breaks]\nimpact = \"none\"\nsource = \"handbook\"";

/// The advice for `name` and its sentence, under an entry.
fn advice(entry: &str, name: &str) -> (Advice, String) {
    let pack = small::knowledge(entry).unwrap_or_else(|problems| panic!("{problems:?}")).to_pack();
    let classifier = Classifier::open(Cow::Owned(pack), Vec::new(), &[]).unwrap();
    let answer = classifier.explain(name.as_bytes(), 0);
    assert_eq!(answer.advice, answer.brief.advice());
    (answer.advice, answer.advice_text)
}

fn check(entry: &str, expected: Advice, sentence: &str) {
    let (got, text) = advice(entry, "a.x.net");
    assert_eq!(got, expected, "{entry}\n{text}");
    assert!(text.starts_with(&format!("Block it? {sentence}")), "{entry}\n{text}");
    assert!(!text.contains(['{', '}']) && text.ends_with('.') && !text.contains(".."), "{text}");
}

#[test]
fn risky_is_your_call_whatever_breaks() {
    for breaks in ["", BREAKS, DEGRADED, NONE] {
        check(&entry(RISKY, "", breaks), Advice::YourCall, "Your call: ");
        check(&entry(RISKY, "\"telemetry\"", breaks), Advice::YourCall, "Your call: ");
    }
}

#[test]
fn a_known_impact_decides() {
    for ground in [OWN, SHARED] {
        for purposes in ["", "\"telemetry\"", "\"device_cloud\"", "\"content\""] {
            check(&entry(ground, purposes, BREAKS), Advice::Leave, "No. The lamp goes out. Seen on: lamps.");
            check(&entry(ground, purposes, DEGRADED), Advice::CostsSomething, "It costs something. The lamp dims.");
            check(&entry(ground, purposes, NONE), Advice::SafeToBlock, "Yes, if you like: ");
        }
    }
}

#[test]
fn an_unknown_impact_leaves_it_to_the_purpose() {
    for ground in [OWN, SHARED] {
        for purpose in ["firmware_update", "app_store", "os_update", "connectivity_check", "time_sync", "dns_bootstrap"]
        {
            let text = format!("\"{purpose}\"");
            check(&entry(ground, &text, ""), Advice::Leave, "Better not: nobody has tested it, and you may lose ");
        }
        for purpose in ["device_cloud", "remote_control", "push", "provisioning", "account_auth", "sync"] {
            let text = format!("\"{purpose}\", \"telemetry\"");
            check(&entry(ground, &text, ""), Advice::Leave, "Better not: nobody has tested it, and you may lose ");
        }
        for purpose in ["telemetry", "advertising", "acr", "media_relay", "content", "voice_assistant", "pki_license"] {
            let text = format!("\"{purpose}\", \"device_cloud\"");
            check(&entry(ground, &text, ""), Advice::Untested, "Nobody has tested it: you may lose ");
        }
    }
    check(&entry(OWN, "", ""), Advice::Untested, "Nobody has tested it: what stops is not known.");
    check(&entry(SHARED, "", ""), Advice::Leave, "Better not: others' services live on the same ground");
}

#[test]
fn a_guess_advises_like_a_statement_and_says_so() {
    let (got, text) = advice(&entry(OWN, "", ""), "log.x.net");
    assert_eq!(got, Advice::Untested);
    assert!(text.contains("(guessed from the name)"), "{text}");
    let (got, text) = advice(&entry(OWN, "", ""), "ota.x.net");
    assert_eq!(got, Advice::Leave);
    assert!(text.contains("firmware updates (guessed from the name)"), "{text}");
}

#[test]
fn what_we_do_not_know() {
    for name in ["example.com", "foo.blogspot.com", "a.co.uk"] {
        assert_eq!(advice("", name).0, Advice::YourCall, "{name}");
    }
    for (name, sentence) in [
        ("", "There is nothing to block: it is not a public domain name."),
        ("two words", "There is nothing to block: it is not a public domain name."),
        ("192.0.2.1", "There is nothing to block: it is not a public domain name."),
        ("printer", "There is nothing to block: it is not a public domain name."),
        ("printer.lan", "There is nothing to block: it is a name of the local network"),
        ("1.in-addr.arpa", "Better not: it only asks which name belongs to an address."),
        ("a.zz", "There is probably nothing to block: our list knows no such top-level domain."),
        ("com", "No: it is a public suffix"),
        ("co.uk", "No: it is a public suffix"),
        ("x.ck", "No: it is a public suffix"),
    ] {
        let (got, text) = advice("", name);
        assert_eq!(got, Advice::Leave, "{name}");
        assert!(text.starts_with(&format!("Block it? {sentence}")), "{name}: {text}");
    }
}

#[test]
fn a_threat_list_decides_over_everything() {
    let threat = overlays::build(OverlayKind::Threat, ListFormat::Domains, "bad things", b"x.net\nexample.com\n");
    for ground in [OWN, SHARED, RISKY] {
        for breaks in ["", BREAKS, NONE] {
            let pack = small::knowledge(&entry(ground, "\"time_sync\"", if breaks == NONE { "" } else { breaks }));
            let list = NamedPack { name: None, bytes: Cow::Borrowed(&threat) };
            let classifier = Classifier::open(Cow::Owned(pack.unwrap().to_pack()), vec![list], &[]).unwrap();
            for name in ["a.x.net", "example.com"] {
                let answer = classifier.explain(name.as_bytes(), 0);
                assert_eq!(answer.advice, Advice::Block);
                assert!(answer.advice_text.starts_with("Block it? Yes: it is on the threat list bad things."));
            }
        }
    }
}

#[test]
fn the_rest_of_the_sentence() {
    let (_, text) = advice(&entry(OWN, "\"telemetry\"", BREAKS), "a.x.net");
    for part in ["What keeps working: The switch works.", "answer with NODATA", "Expect retries"] {
        assert!(text.contains(part), "{part:?} is missing in {text}");
    }
    let (_, text) = advice(&entry(OWN, "\"telemetry\"", DEGRADED), "a.x.net");
    assert!(text.contains("Retries are likely") && !text.contains("What keeps working"), "{text}");
}
