//! The corpus: the library's octets, by every call that answers.

use phonehome::{Band, Brief, Classifier};
use phonehome_tests::corpus::{self, Case};
use phonehome_tests::flat::Flat;
use phonehome_tests::{made, overlays, small};

/// Answers for a name equal the library's, octet for octet, and the corpus's expectations.
fn check(flat: &mut Flat, handle: i32, classifier: &Classifier<'_>, case: &Case) {
    let name = case.name.as_bytes();
    let wanted = classifier.explain(name, 0);
    assert_eq!(flat.classify(handle, name, 0).unwrap(), wanted.brief.to_bytes(), "{}: {}", case.place, case.name);
    let json = flat.explain(handle, name, 0).unwrap();
    assert_eq!(json, wanted.to_json(), "{}", case.place);
    let differences = corpus::differences(case, &serde_json::from_str(&json).unwrap());
    assert!(differences.is_empty(), "{} {}: {}", case.place, case.name, differences.join("; "));
}

#[test]
fn the_corpus() {
    let (mut flat, handle) = super::opened();
    let classifier = Classifier::builtin();
    for case in corpus::cases() {
        check(&mut flat, handle, &classifier, &case);
    }
}

#[test]
fn the_corpus_under_overlays_and_policies() {
    let mut flat = Flat::new();
    for case in corpus::overlay_cases() {
        let lists: Vec<_> = case.overlays.iter().map(|file| overlays::file(file)).collect();
        let handle = flat.open(None, &lists, &[&case.policy]).unwrap();
        let classifier = Classifier::builtin_with(lists, &[case.policy.as_str()]).unwrap();
        check(&mut flat, handle, &classifier, &case);
        assert_eq!(flat.said("ph_info", &[handle]).unwrap(), classifier.info_json());
        flat.call("ph_close", &[handle]).unwrap();
    }
}

#[test]
fn a_batch_is_its_single_answers() {
    let (mut flat, handle) = super::opened();
    let cases = corpus::cases();
    let names: Vec<&[u8]> = cases.iter().map(|case| case.name.as_bytes()).collect();
    assert!(names.iter().all(|name| !name.contains(&b'\n')));
    let single: Vec<_> = names.iter().map(|name| flat.classify(handle, name, 0).unwrap()).collect();
    assert_eq!(flat.lines(handle, &names.join(&b"\n"[..]), 0).unwrap(), single);
    assert_eq!(flat.lines(handle, &[names.join(&b"\r\n"[..]), b"\r\n".to_vec()].concat(), 0).unwrap(), single);
}

#[test]
fn lines_are_cut_as_the_interface_says() {
    let (mut flat, handle) = super::opened();
    let mut count = |text: &[u8]| flat.lines(handle, text, 0).unwrap().len();
    assert_eq!(
        [b"".as_slice(), b"\n", b"a", b"a\n", b"\na", b"a\n\n", b"\r\n\r\n"].map(&mut count),
        [0, 1, 1, 1, 2, 2, 2]
    );
}

#[test]
fn another_base_and_a_named_list() {
    let mut flat = Flat::new();
    let mut list = overlays::file("threat.hosts");
    list.name = Some("mine".to_owned());
    let base = small::shared_pack();
    let handle = flat.open(Some(base), std::slice::from_ref(&list), &["block list=mine"]).unwrap();
    let classifier = Classifier::open(base.into(), vec![list], &["block list=mine"]).unwrap();
    for name in small::NAMES.iter().chain(&["bad.example.net"]) {
        for policy in [0, 1, -1] {
            let wanted = classifier.explain(name.as_bytes(), usize::try_from(policy).unwrap_or(usize::MAX));
            assert_eq!(flat.explain(handle, name.as_bytes(), policy).unwrap(), wanted.to_json());
            assert_eq!(flat.classify(handle, name.as_bytes(), policy).unwrap(), wanted.brief.to_bytes());
        }
    }
    assert!(flat.explain(handle, b"bad.example.net", 0).unwrap().contains("\"list\":\"mine\""));
}

#[test]
fn policies_have_numbers_and_minus_one_is_none() {
    let mut flat = Flat::new();
    let handle = flat.open(None, &[], &["allow", "block answer=refused"]).unwrap();
    let action = |flat: &mut Flat, policy| flat.classify(handle, b"logs.roku.com", policy).unwrap()[2];
    // Bits 0-1: block; bits 3-5: the answer mode `refused`, 3, and 1.
    assert_eq!([0, 1, 2, -1, i32::MIN, i32::MAX].map(|policy| action(&mut flat, policy)), [0, 0b10_0001, 0, 0, 0, 0]);
}

#[test]
fn owners_by_their_numbers() {
    let (mut flat, handle) = super::opened();
    let classifier = Classifier::builtin();
    for (number, vendor) in classifier.vendors().enumerate() {
        assert_eq!(flat.said("ph_vendor", &[handle, number as i32]).unwrap(), vendor.id);
    }
    for (number, platform) in classifier.platforms().enumerate() {
        assert_eq!(flat.said("ph_platform", &[handle, number as i32]).unwrap(), platform.id);
    }
}

#[test]
fn a_hundred_thousand_made_up_names() {
    let (mut flat, handle) = super::opened();
    let classifier = Classifier::builtin();
    let names = made::names(0x5ca1e, 100_000);
    let wanted: Vec<_> = names.iter().map(|name| classifier.classify(name, 0)).collect();
    // The names are worth comparing: every band and every road through the name model is among them.
    let count = |fits: fn(&Brief) -> bool| wanted.iter().filter(|brief| fits(brief)).count();
    assert!(count(|brief| brief.score().is_some()) > 50_000);
    for band in Band::ALL {
        assert!(wanted.iter().any(|brief| brief.band() == Some(*band)), "{band:?}");
    }
    for (names, wanted) in names.chunks(4096).zip(wanted.chunks(4096)) {
        let got = flat.lines(handle, &names.join(&b"\n"[..]), 0).unwrap();
        let wanted: Vec<_> = wanted.iter().map(|brief| brief.to_bytes()).collect();
        if got != wanted {
            let at = got.iter().zip(&wanted).position(|(got, wanted)| got != wanted).unwrap_or(got.len());
            panic!("{} and as many lines: {}", got.len(), names[at].escape_ascii());
        }
    }
}
