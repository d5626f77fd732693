//! Label overlays: an operator's own vendor, purpose and note.

use std::fmt::Write as _;

use phonehome::{OverlayKind, Purpose, Reason};
use phonehome_pack::{ListFormat, RuleScope};

use super::{build, name, open};

#[test]
fn a_label_says_what_the_operator_knows() {
    let list = "name,vendor,purpose,note\n\
                hub.house.example,roku,time_sync,the old hub\n\
                cam.house.example,,firmware_update,\"the one, in the yard\"\n";
    let overlay = build(ListFormat::Csv, OverlayKind::Label, Some(RuleScope::Suffix), list);
    let classifier = open(&[&overlay.bytes]);
    let brief = classifier.classify(b"a.hub.house.example", 0);
    assert!(brief.has_reason(Reason::OverlayLabel));
    assert_eq!(brief.first_purpose(), Some(Purpose::TimeSync));
    let answer = classifier.explain(b"a.hub.house.example", 0);
    assert_eq!(answer.vendor.map(|vendor| vendor.id), Some("roku"));
    assert_eq!(answer.lists[0].note, "the old hub");
    let answer = classifier.explain(b"cam.house.example", 0);
    assert_eq!((answer.lists[0].note.as_str(), answer.lists[0].vendor.as_str()), ("the one, in the yard", ""));
    assert_eq!(answer.lists[0].purpose, Some(Purpose::FirmwareUpdate));
}

#[test]
fn a_label_fills_gaps_and_changes_no_base_fact() {
    let list = "name,vendor,purpose,note\nlogs.roku.com,samsung,content,not so\n";
    let overlay = build(ListFormat::Csv, OverlayKind::Label, Some(RuleScope::Exact), list);
    let classifier = open(&[&overlay.bytes]);
    let answer = classifier.explain(b"logs.roku.com", 0);
    assert_eq!(answer.vendor.map(|vendor| vendor.id), Some("roku"));
    assert!(answer.brief.has_purpose(Purpose::Telemetry) && !answer.brief.has_purpose(Purpose::Content));
    assert_eq!((answer.lists[0].vendor.as_str(), answer.lists[0].note.as_str()), ("samsung", "not so"));
}

#[test]
fn thousands_of_labels_keep_names_apart() {
    let mut list = String::from("name,note\n");
    for n in 0..10_000 {
        let _ = writeln!(list, "d{n}.house.example,note {n}");
    }
    let overlay = build(ListFormat::Csv, OverlayKind::Label, Some(RuleScope::Exact), &list);
    let classifier = open(&[&overlay.bytes]);
    for n in 0..10_000 {
        let text = format!("d{n}.house.example");
        let answer = classifier.explain(text.as_bytes(), 0);
        assert_eq!(answer.lists[0].note, format!("note {n}"), "{text}");
        assert!(!classifier.overlay_covers(0, &name(&format!("e{n}.house.example"))));
    }
}
