//! Exact, below, suffix; and the shapes of names that could confuse them.

use phonehome::{OverlayKind, Reason, Verdict};
use phonehome_pack::{ListFormat, RuleScope};

use super::{build, covered, name, open};

const NAMES: &[&str] = &["b.example", "a.b.example", "z.a.b.example", "xb.example", "example", "b.example.net"];

#[test]
fn exact_covers_the_name_alone() {
    assert_eq!(covered(RuleScope::Exact, "b.example\n", NAMES), ["b.example"]);
}

#[test]
fn below_covers_everything_but_the_name() {
    assert_eq!(covered(RuleScope::Below, "b.example\n", NAMES), ["a.b.example", "z.a.b.example"]);
}

#[test]
fn suffix_covers_both() {
    assert_eq!(covered(RuleScope::Suffix, "b.example\n", NAMES), ["b.example", "a.b.example", "z.a.b.example"]);
}

#[test]
fn a_shorter_rule_still_covers_where_a_longer_one_does_not() {
    // The longer rule is exact, so it says nothing of names below it; the shorter one does.
    let list = "||b.example^\n|a.b.example^\n";
    let overlay = build(ListFormat::Adguard, OverlayKind::Block, None, list);
    let classifier = open(&[&overlay.bytes]);
    assert!(classifier.overlay_covers(0, &name("z.a.b.example")));
    assert!(classifier.overlay_covers(0, &name("a.b.example")));
}

#[test]
fn repeated_names_merge_their_scopes() {
    let list = "name,match\nb.example,exact\nb.example,below\nB.Example.,exact\n";
    let overlay = build(ListFormat::Csv, OverlayKind::Block, None, list);
    assert_eq!((overlay.rules, overlay.repeated, overlay.skipped), (1, 2, 0));
    let classifier = open(&[&overlay.bytes]);
    for text in ["b.example", "a.b.example"] {
        assert!(classifier.overlay_covers(0, &name(text)), "{text}");
    }
    assert!(!classifier.overlay_covers(0, &name("example")));
}

#[test]
fn the_same_list_in_another_order_covers_the_same() {
    let list = ["one.example", "two.example", "deep.one.example"];
    let reversed: Vec<&str> = list.iter().rev().copied().collect();
    let names = ["one.example", "two.example", "deep.one.example", "x.deep.one.example", "three.example"];
    for scope in [RuleScope::Exact, RuleScope::Below, RuleScope::Suffix] {
        assert_eq!(covered(scope, &list.join("\n"), &names), covered(scope, &reversed.join("\n"), &names), "{scope:?}");
    }
}

#[test]
fn deep_and_long_names_are_found() {
    let longest = "a.".repeat(126) + "a";
    let list = ["b.example", &longest, &format!("{}example", "c.".repeat(40))].join("\n");
    let overlay = build(ListFormat::Domains, OverlayKind::Block, Some(RuleScope::Suffix), &list);
    assert_eq!(overlay.rules, 3);
    let classifier = open(&[&overlay.bytes]);
    for labels in [1, 15, 16, 17, 30, 100] {
        let text = format!("{}b.example", "x.".repeat(labels));
        assert!(classifier.overlay_covers(0, &name(&text)), "{text}");
        let text = format!("{}bb.example", "x.".repeat(labels));
        assert!(!classifier.overlay_covers(0, &name(&text)), "{text}");
    }
    assert!(classifier.overlay_covers(0, &name(&longest)));
    assert!(!classifier.overlay_covers(0, &name(&longest[2..])));
    assert!(classifier.overlay_covers(0, &name(&format!("{}example", "c.".repeat(60)))));
    assert!(!classifier.overlay_covers(0, &name(&format!("{}example", "c.".repeat(39)))));
}

#[test]
fn names_of_every_length_are_told_from_their_neighbours() {
    // Every length of the first label and every place in the words that a hash is made of.
    for length in 1..=63 {
        let listed = format!("{}.b.example", "y".repeat(length));
        let overlay = build(ListFormat::Domains, OverlayKind::Block, Some(RuleScope::Suffix), &listed);
        let classifier = open(&[&overlay.bytes]);
        assert!(classifier.overlay_covers(0, &name(&listed)), "{listed}");
        assert!(classifier.overlay_covers(0, &name(&format!("{}.{listed}", "z".repeat(length)))), "{listed}");
        for place in 0..length {
            let mut other = listed.clone().into_bytes();
            other[place] = b'z';
            assert!(!classifier.overlay_covers(0, &name(std::str::from_utf8(&other).unwrap())), "{listed} {place}");
        }
        if length > 1 {
            assert!(!classifier.overlay_covers(0, &name(&listed[1..])), "{listed}");
        }
    }
}

#[test]
fn a_dot_inside_a_label_is_no_separator() {
    let covers = |listed: &str, asked: &str| !covered(RuleScope::Suffix, listed, &[asked]).is_empty();
    let escaped = build(ListFormat::Csv, OverlayKind::Block, None, "name,match\na\\.b.example,suffix\n");
    let classifier = open(&[&escaped.bytes]);
    assert!(classifier.overlay_covers(0, &name("a\\.b.example")));
    assert!(classifier.overlay_covers(0, &name("x.a\\046b.example")));
    assert!(!classifier.overlay_covers(0, &name("a.b.example")));
    assert!(!covers("a.b.example", "a\\.b.example"));
    assert!(!covers("b.example", "a\\.b.example"));
    assert!(covers("b.example", "a\\.b.b.example"));
}

#[test]
fn a_hit_is_said_and_hides_nothing() {
    let threat = build(ListFormat::Hosts, OverlayKind::Threat, None, "0.0.0.0 logs.roku.com\n");
    let allow = build(ListFormat::Domains, OverlayKind::Allow, Some(RuleScope::Suffix), "roku.com\n");
    let classifier = open(&[&threat.bytes, &allow.bytes]);
    let plain = open(&[]).classify(b"logs.roku.com", 0);
    let brief = classifier.classify(b"logs.roku.com", 0);
    assert_eq!(brief.verdict(), Verdict::Malicious);
    assert!(brief.has_reason(Reason::OverlayThreat) && brief.has_reason(Reason::OverlayAllow));
    assert_eq!((brief.vendor(), brief.entry()), (plain.vendor(), plain.entry()));
    let brief = classifier.classify(b"other.roku.com", 0);
    assert!(!brief.has_reason(Reason::OverlayThreat) && brief.has_reason(Reason::OverlayAllow));
    assert_ne!(brief.verdict(), Verdict::Malicious);
    assert_eq!(classifier.explain(b"logs.roku.com", 0).lists.len(), 2);
}
