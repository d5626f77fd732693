//! Public suffixes and registrable names, after the test vectors of publicsuffix.org.

use std::borrow::Cow;

use phonehome::{Classifier, Name, Reason};
use phonehome_tests::small;

fn check(classifier: &Classifier<'_>, name: &str, registrable: Option<&str>) {
    let parsed = Name::parse(name.as_bytes()).unwrap();
    assert_eq!(classifier.registrable(&parsed).as_deref(), registrable, "{name}");
}

#[test]
fn registrable_names() {
    let classifier = Classifier::builtin();
    for (name, registrable) in [
        ("com", None),
        ("example.com", Some("example.com")),
        ("b.EXAMPLE.com", Some("example.com")),
        ("a.b.example.com", Some("example.com")),
        ("uk.com", Some("uk.com")),
        ("a.b.example.uk.com", Some("uk.com")),
        ("jp", None),
        ("test.jp", Some("test.jp")),
        ("ac.jp", None),
        ("www.test.ac.jp", Some("test.ac.jp")),
        ("kyoto.jp", None),
        ("ide.kyoto.jp", None),
        ("a.b.ide.kyoto.jp", Some("b.ide.kyoto.jp")),
        ("c.kobe.jp", None),
        ("a.b.c.kobe.jp", Some("b.c.kobe.jp")),
        ("city.kobe.jp", Some("city.kobe.jp")),
        ("www.city.kobe.jp", Some("city.kobe.jp")),
        ("ck", None),
        ("test.ck", None),
        ("b.test.ck", Some("b.test.ck")),
        ("www.ck", Some("www.ck")),
        ("www.www.ck", Some("www.ck")),
        ("xn--55qx5d.cn", None),
        ("www.xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
        ("unlisted.zz", None),
        // "Registrable" always means the ICANN section.
        ("foo.bar.github.io", Some("github.io")),
        ("a\\.b.co.uk", Some("a\\.b.co.uk")),
        ("x.a\\.co.uk", Some("a\\.co.uk")),
    ] {
        check(&classifier, name, registrable);
    }
}

#[test]
fn sections_are_kept_apart() {
    let classifier = Classifier::open(Cow::Borrowed(small::shared_pack()), Vec::new(), &[]).unwrap();
    for (name, reason) in [
        ("example.com", Reason::KbNone),
        ("blogspot.com", Reason::SuffixPrivate),
        ("a.b.blogspot.com", Reason::SuffixPrivate),
        ("hosting.net", Reason::KbNone),
        ("x.hosting.net", Reason::SuffixPrivate),
        ("a.x.hosting.net", Reason::SuffixPrivate),
        ("co.uk", Reason::SuffixPublic),
        ("x.ck", Reason::SuffixPublic),
        ("y.x.ck", Reason::KbNone),
        ("www.ck", Reason::KbNone),
        ("a.x.shop.ck", Reason::SuffixPrivate),
        ("a.shop.www.ck", Reason::KbNone),
        ("zz", Reason::NameSingleLabel),
        ("a.zz", Reason::SuffixUnlisted),
    ] {
        let reasons: Vec<Reason> = classifier.classify(name.as_bytes(), 0).reasons().collect();
        assert_eq!(reasons, [reason], "{name}");
    }
}
