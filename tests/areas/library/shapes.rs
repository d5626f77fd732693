//! What is judged by its shape, and what the model makes of it.

use phonehome::format::model::NameModel;
use phonehome::format::seal;
use phonehome::{Band, Classifier, Name, PackError, Reason, Verdict};
use phonehome_data::PACK;
use phonehome_tests::{corpus, made, small, sources};

fn score(classifier: &Classifier<'_>, name: &str) -> Option<i16> {
    classifier.classify(name.as_bytes(), 0).score()
}

/// A label that nobody would choose.
const MADE: &str = "qjx7vk2zw9rtbm4c";

#[test]
fn only_what_somebody_chose_is_scored() {
    let classifier = Classifier::builtin();
    for ending in ["com", "co.uk", "bazar", "duckdns.org", "ddns.net"] {
        let bare = score(&classifier, &format!("{MADE}.{ending}"));
        assert!(bare.is_some(), "{ending}");
        // What stands in front is another's choice.
        assert_eq!(score(&classifier, &format!("x.y-9.{MADE}.{ending}")), bare, "{ending}");
    }
    for ending in ["cloudfront.net", "github.io", "myfritz.net", "tuyaeu.com", "local", "lan", "4.in-addr.arpa"] {
        assert_eq!(score(&classifier, &format!("{MADE}.{ending}")), None, "{ending}");
    }
    for name in [MADE, "com", "co.uk", "xn--qjx7vk2zw9rtbm4c-1ob.com"] {
        assert_eq!(score(&classifier, name), None, "{name}");
    }
    assert_eq!(score(&classifier, &format!("_dmarc.{MADE}.com")), None);
    assert_eq!(score(&classifier, &format!("_sip._tcp.{MADE}.com")), None);
    assert!(score(&classifier, &format!("a_b.{MADE}.com")).is_some());
}

#[test]
fn bands_follow_the_packs_thresholds() {
    let classifier = Classifier::builtin();
    let [low, raised, high] = sources::model().bands();
    assert!(low < raised && raised < high, "{low} {raised} {high}");
    let mut seen = [0; 4];
    for name in made::names(7, 20_000) {
        let brief = classifier.classify(&name, 0);
        let Some(score) = brief.score() else { continue };
        let band = [(high, Band::High), (raised, Band::Raised), (low, Band::Low)]
            .into_iter()
            .find_map(|(threshold, band)| (score > threshold).then_some(band));
        assert_eq!(brief.band(), band, "{}", name.escape_ascii());
        assert_eq!(brief.has_reason(Reason::ModelRandom), band.is_some(), "{}", name.escape_ascii());
        if matches!(band, Some(Band::Raised | Band::High)) {
            assert_eq!(brief.verdict(), Verdict::Suspicious, "{}", name.escape_ascii());
        }
        seen[band.map_or(0, |band| band.number() as usize + 1)] += 1;
    }
    assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
}

#[test]
fn no_name_under_a_vendor_is_suspicious() {
    let classifier = Classifier::builtin();
    let mut asked = 0;
    for case in corpus::cases() {
        let Ok(name) = Name::parse(case.name.as_bytes()) else { continue };
        if classifier.classify_name(&name, 0).vendor().is_none() {
            continue;
        }
        for front in [MADE, "xn--80ak6aa92e", "google-login", "samsumg"] {
            let brief = classifier.classify(format!("{front}.{name}").as_bytes(), 0);
            assert!(brief.vendor().is_none() || brief.verdict() != Verdict::Suspicious, "{front}.{name}");
            asked += 1;
        }
    }
    assert!(asked > 1_000, "{asked}");
}

#[test]
fn the_reason_says_what_weighed() {
    let classifier = Classifier::builtin();
    let text = |name: &str| {
        let answer = classifier.explain(name.as_bytes(), 0);
        let reason = answer.reasons.into_iter().find(|reason| reason.code == Reason::ModelRandom);
        reason.unwrap_or_else(|| panic!("{name} has no band")).text
    };
    let made = text("xkvwpqzr.biz");
    assert!(made.starts_with("\"xkvwpqzr\" looks machine-made: "), "{made}");
    assert!(made.contains("letters more usual in machine-made names (\""), "{made}");
    assert!(made.contains("no dictionary word in it"), "{made}");
    for name in made::names(11, 3_000) {
        let answer = classifier.explain(&name, 0);
        for reason in answer.reasons.iter().filter(|reason| reason.code == Reason::ModelRandom) {
            let [(_, label), (_, why)] = reason.values.as_slice() else { panic!("{reason:?}") };
            assert!(!label.is_empty() && !why.is_empty() && !reason.text.contains('{'), "{reason:?}");
        }
    }
}

#[test]
fn any_label_has_a_score_or_none() {
    let model = sources::model();
    let long = [b'z'; 63];
    let labels: [&[u8]; 8] = [
        b"",
        b"a",
        b"-",
        b"0123456789",
        &long,
        &[0xff; 63],
        b"\0\x01\x02",
        b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];
    for label in labels {
        assert_eq!(model.score(label, b"com", 1).is_some(), !label.is_empty(), "{}", label.escape_ascii());
    }
    assert_eq!(model.score(b"xn--junk", b"com", 1), None);
}

#[test]
fn a_pack_without_a_model_scores_nothing_and_a_damaged_model_is_refused() {
    let classifier = Classifier::open(small::pack().into(), Vec::new(), &[]).unwrap();
    let brief = classifier.classify(format!("{MADE}.com").as_bytes(), 0);
    assert_eq!((brief.score(), brief.band(), brief.verdict()), (None, None, Verdict::Unknown));
    let whole = sources::model().section().to_vec();
    assert!(NameModel::open(whole[..whole.len() - 8].to_vec()).is_none());
    let at = PACK.windows(64).position(|window| window == &whole[..64]).expect("the model in the pack");
    let mut pack = PACK.to_vec();
    pack[at] ^= 1;
    seal(&mut pack);
    match Classifier::open(pack.into(), Vec::new(), &[]) {
        Err(phonehome::OpenError::Base(PackError::Section(name))) => assert_eq!(name, "model"),
        other => panic!("{other:?}"),
    }
}
