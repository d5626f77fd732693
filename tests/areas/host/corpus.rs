//! Every case of the corpus through the component: the library's bytes, short and long.

use phonehome::{Brief, Classifier, Verdict};
use phonehome_host::Setup;
use phonehome_tests::{corpus, embedded, guests, made, overlays};

fn none_differs(differences: &[String]) {
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn the_corpus_has_the_librarys_bytes() {
    let native = Classifier::builtin();
    let host = embedded::host(&guests::component(), Setup::default());
    let cases = corpus::cases();
    assert!(cases.len() > 700);
    let differences: Vec<String> =
        cases.iter().filter_map(|case| embedded::differs(&host, &native, case.name.as_bytes(), 0)).collect();
    none_differs(&differences);
}

#[test]
fn overlays_and_policies_have_the_librarys_bytes() {
    let component = guests::component();
    let mut differences = Vec::new();
    for case in corpus::overlay_cases() {
        let packs: Vec<_> = case.overlays.iter().map(|file| overlays::file(file)).collect();
        let policies = [case.policy.as_str(), "log verdict=unknown"];
        let host = embedded::host(&component, embedded::setup(&packs, &policies));
        let native = Classifier::builtin_with(packs, &policies).unwrap();
        // The third number has no policy.
        for policy in 0..3 {
            differences.extend(embedded::differs(&host, &native, case.name.as_bytes(), policy));
        }
    }
    none_differs(&differences);
}

#[test]
fn what_is_no_name_has_the_librarys_bytes() {
    let native = Classifier::builtin();
    let host = embedded::host(&guests::component(), Setup::default());
    let long = [b"a.".repeat(400), b"x".repeat(70_000), b"\\065".repeat(300)];
    let odd: [&[u8]; 9] = [
        b"",
        b".",
        b"\0",
        b"\xff\xfe.example",
        b"a\nb",
        b"192.0.2.1",
        b"\\999.example",
        b"EXAMPLE.COM.",
        "b\u{fc}cher.de".as_bytes(),
    ];
    let names = long.iter().map(Vec::as_slice).chain(odd);
    none_differs(&names.filter_map(|name| embedded::differs(&host, &native, name, 0)).collect::<Vec<_>>());
}

#[test]
fn lines_have_the_bytes_of_single_names() {
    let native = Classifier::builtin();
    let host = embedded::host(&guests::component(), Setup::default());
    let names: Vec<String> = corpus::cases().into_iter().map(|case| case.name.replace('\n', "")).collect();
    // Larger than a piece, with empty lines, CRs, and a line that is larger than a piece.
    let text = format!(
        "{}\n\n\r\n{}\n{}\r\nlast.example",
        names.join("\n").repeat(9),
        "x".repeat(200_000),
        names.join("\r\n")
    );
    for text in [text.as_str(), "\n", "", "a", "a\n", "\n\n"] {
        let through: Vec<[u8; 32]> =
            host.classify_lines(text.as_bytes(), 0).unwrap().iter().map(|brief| brief.to_bytes()).collect();
        let direct: Vec<[u8; 32]> =
            native.classify_lines(text.as_bytes(), 0).map(|brief: Brief| brief.to_bytes()).collect();
        assert!(through == direct, "{} lines against {}", through.len(), direct.len());
        assert!(host.classify_packed(text.as_bytes(), 0).unwrap() == direct.concat());
    }
}

#[test]
fn facts_are_the_librarys() {
    let native = Classifier::builtin();
    let mut lease = embedded::host(&guests::component(), Setup::default()).lease().unwrap();
    let (info, own) = (lease.info().unwrap(), native.info());
    assert_eq!((info.version.as_str(), info.date, info.checksum), (own.version, own.date, own.checksum));
    assert_eq!((info.entries, info.size, info.policies), (own.entries, own.size as u64, 0));
    let vendors = lease.vendors().unwrap();
    let own: Vec<_> = native.vendors().collect();
    assert_eq!(vendors.len(), own.len());
    for (vendor, own) in vendors.iter().zip(&own) {
        let parent = own.parent.map(|number| native.vendor(number).unwrap().id);
        assert_eq!((vendor.id.as_str(), vendor.name.as_str(), vendor.parent.as_deref()), (own.id, own.name, parent));
    }
    assert!(vendors.iter().any(|vendor| vendor.parent.is_some()));
    assert!(
        lease.platforms().unwrap().iter().map(|platform| platform.id.as_str()).eq(native.platforms().map(|own| own.id))
    );
}

#[test]
fn a_hundred_thousand_made_up_names_have_the_librarys_bytes() {
    let native = Classifier::builtin();
    let host = embedded::host(&guests::component(), Setup::default());
    let names = made::names(0x5ca1e, 100_000);
    assert!(names.iter().filter(|name| native.classify(name, 0).verdict() == Verdict::Suspicious).count() > 1_000);
    let briefs = host.classify_lines(&names.join(&b"\n"[..]), 0).unwrap();
    assert_eq!(briefs.len(), names.len());
    let differences: Vec<String> = names
        .iter()
        .zip(&briefs)
        .filter(|(name, brief)| native.classify(name, 0).to_bytes() != brief.to_bytes())
        .map(|(name, _)| name.escape_ascii().to_string())
        .collect();
    none_differs(&differences);
}
