//! Families of names: the examples beside each pattern hold in the finished pack.

use std::borrow::Cow;

use phonehome::Classifier;
use phonehome_pack::Knowledge;
use phonehome_tests::{small, sources};

/// The template that answers for a name, if one does.
fn template(classifier: &Classifier<'_>, name: &str) -> Option<String> {
    let answer = classifier.explain(name.as_bytes(), 0);
    answer.matched.filter(|matched| matched.kind == "pattern").map(|matched| matched.value.to_owned())
}

#[test]
fn examples_hold_in_the_built_pack() {
    let knowledge = Knowledge::read(sources::all()).unwrap_or_else(|problems| panic!("{problems:?}"));
    let pack = knowledge.to_pack();
    let classifier = Classifier::open(Cow::Borrowed(&pack), Vec::new(), &[]).unwrap();
    let (mut patterns, mut wrong) = (0, Vec::new());
    for (value, matches, rejects) in knowledge.pattern_examples().filter(|(_, matches, _)| !matches.is_empty()) {
        patterns += 1;
        for name in matches {
            // An exact entry for the very name goes first, by design.
            let matched = classifier.explain(name.as_bytes(), 0).matched;
            if matched.is_none_or(|matched| matched.value != value && matched.kind != "exact") {
                wrong
                    .push(format!("{value} should match {name}: {:?}", classifier.explain(name.as_bytes(), 0).matched));
            }
        }
        for name in rejects {
            if template(&classifier, name).as_deref() == Some(value) {
                wrong.push(format!("{value} should not match {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(patterns, classifier.info().patterns);
}

/// A base with this one template under acme.com, asked for each name.
fn check(value: &str, hits: &[&str], misses: &[&str]) {
    let entry = format!(
        "[[entry]]\nid = \"p\"\nmatch = {{ kind = \"pattern\", value = {value:?} }}\nmatches = [\"a\", \"b\"]\n\
         rejects = [\"a\", \"b\"]\nvendor = \"other\"\nconfidence = \"high\"\n\
         evidence = [{{ source = \"handbook\", kind = \"doc\", date = \"2026-01-01\" }}]\n"
    );
    let pack = small::with(&[("owners.toml", small::OWNERS), ("p.toml", &entry)]).unwrap().to_pack();
    let classifier = Classifier::open(Cow::Owned(pack), Vec::new(), &[]).unwrap();
    for name in hits {
        assert_eq!(template(&classifier, name).as_deref(), Some(value), "{name}");
    }
    for name in misses {
        assert_eq!(template(&classifier, name), None, "{value} matches {name}");
    }
}

#[test]
fn parts() {
    check(
        "a{number}.acme.com",
        &["a1.acme.com", "A42.acme.com."],
        &["a.acme.com", "a1x.acme.com", "x.a1.acme.com", "a1.x.acme.com", "acme.com"],
    );
    check("{number}{letter}.acme.com", &["12x.acme.com"], &["12.acme.com", "x.acme.com", "12xy.acme.com"]);
    check(
        "v{year}.acme.com",
        &["v1999.acme.com", "v2026.acme.com"],
        &["v1899.acme.com", "v20266.acme.com", "v202.acme.com"],
    );
    check("{hex}.acme.com", &["beef.acme.com", "0123456789abcdef.acme.com"], &["bee.acme.com", "beeg.acme.com"]);
    check("{region}.x.acme.com", &["eu.x.acme.com", "us-east-1.x.acme.com"], &["xx.x.acme.com", "x.acme.com"]);
    check(
        "{tenant}-ats.acme.com",
        &["a1-ats.acme.com", "x-y_z-ats.acme.com"],
        &["-ats.acme.com", "a-atx.acme.com", "a.b-ats.acme.com"],
    );
    check("{below}.cam.acme.com", &["a.cam.acme.com", "a.b.c.cam.acme.com"], &["cam.acme.com", "xcam.acme.com"]);
    check("{below}.p{number}.acme.com", &["a.b.p1.acme.com"], &["p1.acme.com", "a.px.acme.com"]);
    // "eu2" is a region word of its own, and the longest word is taken: such a family has to say {region} alone.
    check("x{number}-{region}{number}.acme.com", &["x1-eu02.acme.com"], &["x1-eu.acme.com", "x1-eu2.acme.com"]);
}

#[test]
fn a_region_part_sets_the_region() {
    let pack = small::pack();
    let classifier = Classifier::open(Cow::Owned(pack), Vec::new(), &[]).unwrap();
    for (name, region) in [("host1-eu.acme.com", "eu"), ("host1-us-west-2.acme.com", "us"), ("host1-uk.acme.com", "gb")]
    {
        assert_eq!(classifier.explain(name.as_bytes(), 0).region.id(), Some(region), "{name}");
    }
}
