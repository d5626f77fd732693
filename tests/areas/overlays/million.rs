//! A list of a million names: its size, that all of it is found, and that nothing else is.

use std::fmt::Write as _;

use phonehome::{Name, OverlayKind};
use phonehome_pack::{ListFormat, RuleScope};

use super::{build, name, open};

const NAMES: u64 = 1_000_000;
/// Probes of names that the list does not hold.
const PROBES: u64 = 100_000_000;
/// Labels of a probing name; each is a suffix that the table is asked for.
const LABELS: u64 = 100;

/// A name that no other number has: the number's digits are the label, mixed so that neighbours share no beginning.
fn listed(number: u64) -> String {
    format!("n{:x}.example", number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[test]
fn a_million_names_are_small_and_all_there() {
    let mut list = String::new();
    for number in 0..NAMES {
        let _ = writeln!(list, "{}", listed(number));
    }
    let overlay = build(ListFormat::Domains, OverlayKind::Threat, Some(RuleScope::Suffix), &list);
    assert_eq!((u64::from(overlay.rules), overlay.repeated, overlay.skipped), (NAMES, 0, 0));
    let bytes_a_name = overlay.bytes.len() as f64 / NAMES as f64;
    assert!(bytes_a_name <= 12.0, "{bytes_a_name} bytes a name");

    // `open` borrows: an answer needs no copy of the list.
    let classifier = open(&[&overlay.bytes]);
    let missing: Vec<String> =
        (0..NAMES).map(listed).filter(|text| !classifier.overlay_covers(0, &name(text))).take(5).collect();
    assert!(missing.is_empty(), "not found: {missing:?}");
    no_false_hits(|name| classifier.overlay_covers(0, name));
}

/// Asks for names whose suffixes all differ: each is as many probes as it has labels.
fn no_false_hits(covers: impl Fn(&Name) -> bool) {
    for number in 0..PROBES / LABELS {
        let text = probing(number);
        let name = Name::parse(&text).unwrap();
        assert!(!covers(&name), "a false hit: {name}");
    }
}

/// A hundred labels of one letter, after a last label that is the number: no two names share a suffix.
fn probing(number: u64) -> Vec<u8> {
    let mut text = Vec::with_capacity(253);
    let mut bits = number.wrapping_mul(0xff51_afd7_ed55_8ccd);
    for _ in 1..LABELS {
        text.extend_from_slice(&[b'a' + (bits % 26) as u8, b'.']);
        bits = bits.rotate_left(7) ^ number;
    }
    text.extend_from_slice(format!("p{number}").as_bytes());
    text
}
