//! Overlays: which names a rule covers, which rule and which list speaks first.

use std::borrow::Cow;

use phonehome::{Classifier, NamedPack, OverlayKind, Purpose};
use phonehome_pack::ListFormat;
use phonehome_tests::overlays;

fn csv(name: &str, rows: &str) -> NamedPack<'static> {
    let text = format!("name,match,vendor,purpose,note\n{rows}");
    NamedPack {
        name: None,
        bytes: Cow::Owned(overlays::build(OverlayKind::Label, ListFormat::Csv, name, text.as_bytes())),
    }
}

fn open(lists: Vec<NamedPack<'static>>) -> Classifier<'static> {
    Classifier::builtin_with(lists, &[]).unwrap()
}

fn is_covered(classifier: &Classifier<'_>, name: &str) -> bool {
    !classifier.explain(name.as_bytes(), 0).lists.is_empty()
}

#[test]
fn scopes() {
    let classifier = open(vec![csv("l", "e.example.net,exact,,,\nb.example.net,below,,,\ns.example.net,suffix,,,\n")]);
    for (name, covered) in [
        ("e.example.net", true),
        ("x.e.example.net", false),
        ("xe.example.net", false),
        ("b.example.net", false),
        ("x.b.example.net", true),
        ("y.x.b.example.net", true),
        ("s.example.net", true),
        ("x.s.example.net", true),
        ("xs.example.net", false),
        ("example.net", false),
        ("a\\.s.example.net", false),
        ("a\\.b.s.example.net", true),
        ("a.s\\.example.net", false),
    ] {
        assert_eq!(is_covered(&classifier, name), covered, "{name}");
    }
    let deep = format!("{}s.example.net", "a.".repeat(100));
    assert!(is_covered(&classifier, &deep));
}

#[test]
fn rules_on_one_name_add_up() {
    let classifier = open(vec![csv("l", "a.example.net,exact,,,\na.example.net,below,,,\nA.Example.NET.,exact,,,\n")]);
    assert!(is_covered(&classifier, "a.example.net") && is_covered(&classifier, "x.a.example.net"));
    assert_eq!(classifier.overlay_infos()[0].rules, 1);
}

#[test]
fn inside_a_list_the_longest_match_speaks() {
    let rows = "example.net,suffix,,,wide\nx.example.net,suffix,,,narrow\ny.x.example.net,exact,,,one\n";
    let classifier = open(vec![csv("l", rows)]);
    let note = |name: &str| classifier.explain(name.as_bytes(), 0).lists[0].note.clone();
    assert_eq!(note("a.example.net"), "wide");
    assert_eq!(note("x.example.net"), "narrow");
    assert_eq!(note("y.x.example.net"), "one");
    assert_eq!(note("z.y.x.example.net"), "narrow");
}

#[test]
fn between_lists_the_first_speaks_and_all_are_told() {
    let one = || csv("one", "a.example.net,exact,samsung,push,\n");
    let two = || csv("two", "a.example.net,exact,lg,sync,\n");
    for (lists, vendor, purpose) in
        [(vec![one(), two()], "samsung", Purpose::Push), (vec![two(), one()], "lg", Purpose::Sync)]
    {
        let names: Vec<_> = lists.iter().map(|list| list.bytes.len()).collect();
        let classifier = open(lists);
        let answer = classifier.explain(b"a.example.net", 0);
        assert_eq!(answer.lists.len(), names.len());
        assert_eq!(answer.vendor.map(|vendor| vendor.id), Some(vendor));
        assert_eq!(answer.purposes, [purpose]);
    }
}

#[test]
fn the_operators_name_goes_before_the_files() {
    let mut list = csv("inside", "a.example.net,exact,,,\n");
    list.name = Some("outside \u{e9}".to_owned());
    let classifier = open(vec![list]);
    assert_eq!(classifier.explain(b"a.example.net", 0).lists[0].list, "outside \u{e9}");
    let info = &classifier.overlay_infos()[0];
    assert_eq!((info.name.as_str(), info.kind, info.date), ("outside \u{e9}", OverlayKind::Label, 20_260_102));
}
