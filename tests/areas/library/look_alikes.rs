//! Look-alikes of vendors' brands, against brands built here from the repository's sources.

use std::sync::LazyLock;

use phonehome::{Classifier, Explanation, Reason, Verdict};
use phonehome_pack::Knowledge;
use phonehome_tests::{small, sources};

static CLASSIFIER: LazyLock<Classifier<'static>> = LazyLock::new(|| {
    let pack = Knowledge::read(sources::all()).unwrap().to_pack();
    Classifier::open(pack.into(), Vec::new(), &[]).unwrap()
});

fn explain(name: &str) -> Explanation<'static> {
    CLASSIFIER.explain(name.as_bytes(), 0)
}

fn looks(name: &str) -> Vec<Reason> {
    let brief = CLASSIFIER.classify(name.as_bytes(), 0);
    let all = [Reason::LookTypo, Reason::LookHomograph, Reason::LookCombo, Reason::LookBrandInSubdomain];
    all.into_iter().filter(|reason| brief.has_reason(*reason)).collect()
}

fn is_suspected(name: &str, reasons: &[Reason]) {
    assert_eq!(looks(name), reasons, "{name}");
    assert_eq!(explain(name).verdict(), Verdict::Suspicious, "{name}");
}

fn is_let_alone(name: &str) {
    assert_eq!(looks(name), [], "{name}");
}

#[test]
fn one_slip_away() {
    for name in ["samsungc1oudsolution.com", "samsumg.com", "amzaon.net", "gogole.de", "netfliix.org", "sam-sumg.com"] {
        is_suspected(name, &[Reason::LookTypo]);
    }
}

#[test]
fn the_two_middle_letters_of_six() {
    is_suspected("diseny.com", &[Reason::LookTypo]);
    is_suspected("dinsey.com", &[Reason::LookTypo]);
    is_suspected("amzaon.com", &[Reason::LookTypo]);
}

#[test]
fn other_characters() {
    // "samsung" with a Cyrillic a; "roku" with a Greek omicron; "netflix" with an accent.
    for name in
        ["xn--smsung-3nf.com", "xn--rku-9yc.com", "xn--ntflix-bva.com", "g00gle.com", "arnazon.net", "micros0ft.top"]
    {
        let typo = if name.starts_with("micros0ft") { Reason::LookTypo } else { Reason::LookHomograph };
        is_suspected(name, &[typo]);
    }
}

#[test]
fn other_languages_words_are_no_homographs() {
    // Swedish for apple, German for Munich, Chinese, junk.
    for name in ["xn--pple-koa.se", "xn--mnchen-3ya.de", "xn--fiqs8s.com", "xn--99999999.com", "xn--.com", "xn--a.com"]
    {
        is_let_alone(name);
    }
}

#[test]
fn beside_a_lure_word() {
    for name in [
        "xiaomi-login.com",
        "loginxiaomi.com",
        "xiaomiloginverify.com",
        "secure-tuya-login.net",
        "my-roku-support-page.net",
        "applesupport.com",
        "apple-account.com",
        "ring-login.net",
    ] {
        is_suspected(name, &[Reason::LookCombo]);
    }
}

#[test]
fn in_front_of_another_domain() {
    for name in [
        "tuya-login.example.com",
        "login.samsung.example.com",
        "accounts.google.com.example.net",
        "roku.secure.example",
    ] {
        is_suspected(name, &[Reason::LookCombo, Reason::LookBrandInSubdomain]);
    }
    for name in ["apple.example.com", "samsung.tv.example.com"] {
        assert_eq!(looks(name), [Reason::LookBrandInSubdomain], "{name}");
        assert_eq!(explain(name).verdict(), Verdict::Unknown, "{name}");
    }
}

#[test]
fn ordinary_names() {
    for name in [
        "bing.com",
        "king.com",
        "next.com",
        "asos.com",
        "best.com",
        "tp-link.it",
        "google-play.example",
        "samsung.example",
        "login.samsung.example",
        "apple-tree-service.com",
        "engineering-support.com",
        "community.com",
        "rokusama.com",
        "grapple.com",
        "support.com",
    ] {
        is_let_alone(name);
    }
    assert_ne!(explain("samsung.sharepoint.com").verdict(), Verdict::Suspicious);
}

#[test]
fn known_names_are_never_judged() {
    for name in ["samsungcloudsolution.com", "www.google.com", "login.tuyaeu.com"] {
        is_let_alone(name);
    }
}

#[test]
fn explanations_name_brand_vendor_and_words() {
    let text = |name: &str, reason| {
        let reasons = explain(name).reasons;
        reasons.into_iter().find(|view| view.code == reason).map(|view| view.text).unwrap_or_default()
    };
    assert_eq!(
        text("samsungc1oudsolution.com", Reason::LookTypo),
        "\"samsungc1oudsolution\" is one slip away from Samsung's \"samsungcloudsolution\" and not known to be theirs"
    );
    assert_eq!(
        text("xn--smsung-3nf.com", Reason::LookHomograph),
        "\"xn--smsung-3nf\" reads as Samsung's \"samsung\" but is spelt with other characters"
    );
    assert_eq!(
        text("tuya-login.example.com", Reason::LookCombo),
        "Tuya's \"tuya\" stands beside the word \"login\" in a name not known to be theirs"
    );
    assert_eq!(
        text("tuya-login.www.example.com", Reason::LookBrandInSubdomain),
        "Tuya's \"tuya\" stands in front of example.com, which is not known to be theirs"
    );
    assert_eq!(
        text("anything.top", Reason::SuffixAbusedTld),
        "many names under .top are registered for abuse, which says little about this one"
    );
}

#[test]
fn an_abused_top_level_domain_is_a_reason_and_no_suspicion() {
    let brief = CLASSIFIER.classify(b"anything.top", 0);
    assert!(brief.has_reason(Reason::SuffixAbusedTld));
    assert_eq!(brief.verdict(), Verdict::Unknown);
    assert!(!CLASSIFIER.classify(b"anything.org", 0).has_reason(Reason::SuffixAbusedTld));
}

#[test]
fn every_brand_is_told_from_every_slip_of_it() {
    // All ways to slip once; those that make another brand, or a word known to be none, are let alone.
    for brand in ["samsung", "xiaomi", "samsungcloudsolution", "hikvision", "amazon"] {
        let mut missed = Vec::new();
        for slip in slips(brand) {
            if looks(&format!("{slip}.example")) != [Reason::LookTypo] {
                missed.push(slip);
            }
        }
        let most = if brand == "xiaomi" { 25 } else { 1 };
        assert!(missed.len() <= most, "{brand}: {missed:?}");
    }
}

fn slips(brand: &str) -> Vec<String> {
    let letters = "abcdefghijklmnopqrstuvwxyz";
    let mut slips = Vec::new();
    for at in 0..=brand.len() {
        let (head, tail) = brand.split_at(at);
        slips.extend(letters.chars().map(|letter| format!("{head}{letter}{tail}")));
        let Some(rest) = tail.get(1..) else { continue };
        slips.push(format!("{head}{rest}"));
        slips.extend(letters.chars().map(|letter| format!("{head}{letter}{rest}")));
        if let (Some(first), Some(second), Some(rest)) = (tail.get(..1), tail.get(1..2), tail.get(2..)) {
            slips.push(format!("{head}{second}{first}{rest}"));
        }
    }
    slips.retain(|slip| slip != brand);
    slips
}

#[test]
fn words_of_the_sources_are_checked() {
    let problem =
        |extra: &str| small::knowledge(extra).err().map(|problems| problems[0].text.clone()).unwrap_or_default();
    let evidence = "evidence = [{ source = \"handbook\", kind = \"doc\", date = \"2026-01-01\" }]";
    assert_eq!(problem(&format!("[[lure]]\nwords = [\"login\"]\n{evidence}")), "");
    assert!(problem("[[lure]]\nwords = [\"login\"]\nevidence = []").contains("evidence"));
    assert!(problem(&format!("[[lure]]\nwords = [\"log-in\"]\n{evidence}")).contains("without hyphens"));
    assert!(problem(&format!("[[brand]]\nvendor = \"nobody\"\nwords = [\"brand\"]\n{evidence}")).contains("no vendor"));
    assert!(problem("[[exception]]\nkind = \"no_slips\"\nwords = [\"brand\"]\nreason = \"\"").contains("a reason"));
    assert!(problem("[[unimitated]]\nvendors = [\"nobody\"]\nreason = \"x\"").contains("no vendor"));
    assert!(problem(&format!("[[abused_tld]]\ntlds = [\"TOP\"]\n{evidence}")).contains("lower-case"));
}
