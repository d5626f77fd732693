//! Our readers read each written list back to the same rules.

use phonehome::{Classifier, Name};
use phonehome_export::{Asked, Document, Format, Plan, Scope, Settings};
use phonehome_logs::lists::{self, Action, Answer, sniff};
use phonehome_tests::rules::RuleSet;

fn readers() -> [(Format, lists::Format); 8] {
    [
        (Format::Rpz, lists::Format::Rpz),
        (Format::Adguard, lists::Format::Adguard),
        (Format::Hosts, lists::Format::Hosts),
        (Format::Domains, lists::Format::Domains),
        (Format::Dnsmasq, lists::Format::Dnsmasq),
        (Format::Unbound, lists::Format::Unbound),
        (Format::PiholeRegex, lists::Format::PiholeRegex),
        (Format::Mikrotik, lists::Format::Mikrotik),
    ]
}

#[test]
fn every_list_of_the_whole_base_reads_back() {
    let policy =
        "block purpose=tracking basis=stated\nblock verdict=risky answer=nodata\nblock verdict=shared answer=null_ip\n";
    let classifier = Classifier::builtin_with(Vec::new(), &[policy]).unwrap();
    let plan = Plan::new(&classifier, Asked::whole_base(&classifier).unwrap(), 0, &mut |_| ()).unwrap();
    let settings = Settings::default();
    for (format, reader) in readers() {
        let document = Document::new(&classifier, &plan, format, &settings);
        let mut text = String::new();
        document.write(&mut text, &mut |_| ()).unwrap();
        // A plain list looks like a list of names to ask about.
        let guessed = if format == Format::Domains { lists::Format::Names } else { reader.clone() };
        assert_eq!(sniff(text.as_bytes()), guessed, "{}", format.id());
        let rules = RuleSet::read(reader, &text);
        assert!(rules.skips.is_empty(), "{}: {:?}", format.id(), rules.skips);
        let counts = document.counts();
        let expected = counts.blocking() + counts.exceptions;
        assert!(expected > 500 && rules.len() as u64 >= expected, "{}: {} of {expected}", format.id(), rules.len());
    }
}

#[test]
fn formats_that_can_say_everything_say_the_same() {
    let policy = "block purpose=tracking basis=stated\nblock verdict=risky answer=null_ip\nblock verdict=shared answer=nxdomain\n";
    let classifier = Classifier::builtin_with(Vec::new(), &[policy]).unwrap();
    let plan = Plan::new(&classifier, Asked::whole_base(&classifier).unwrap(), 0, &mut |_| ()).unwrap();
    let told = RuleSet::read_json(&super::written(&classifier, &plan, Format::Jsonl));
    let zone = RuleSet::read(lists::Format::Rpz, &super::written(&classifier, &plan, Format::Rpz));
    let lines = RuleSet::read(lists::Format::Dnsmasq, &super::written(&classifier, &plan, Format::Dnsmasq));
    // A pass that needs no rule is as good as one that has one.
    let blocked = |action: Option<Action>| action.filter(|action| *action != Action::Allow);
    let names = classifier.entry_names().unwrap();
    for name in names.iter().map(|(name, _)| name.to_string()) {
        for name in [name.clone(), format!("x.{name}"), format!("x.y.{name}")] {
            let expected = blocked(told.deepest(&name));
            assert_eq!(blocked(zone.deepest(&name)), expected, "rpz: {name}");
            assert_eq!(blocked(lines.deepest(&name)), expected, "dnsmasq: {name}");
        }
    }
}

#[test]
fn scopes_are_kept() {
    let classifier =
        Classifier::builtin_with(Vec::new(), &["block verdict=unknown,suspicious answer=nxdomain"]).unwrap();
    let mut asked = Asked::new();
    for (name, scope) in
        [("exact.test-a.de", Scope::Exact), ("below.test-b.de", Scope::Below), ("suffix.test-c.de", Scope::Suffix)]
    {
        asked.add(&Name::parse(name.as_bytes()).unwrap(), scope);
    }
    let plan = Plan::new(&classifier, asked, 0, &mut |_| ()).unwrap();
    let blocked = [
        ("exact.test-a.de", Scope::Exact),
        ("x.below.test-b.de", Scope::Below),
        ("suffix.test-c.de", Scope::Suffix),
        ("x.y.suffix.test-c.de", Scope::Suffix),
    ];
    let untouched = ["x.exact.test-a.de", "test-a.de", "below.test-b.de", "test-c.de", "xsuffix.test-c.de"];
    for (format, reader) in readers() {
        let rules = RuleSet::read(reader, &super::written(&classifier, &plan, format));
        let is_single = matches!(format, Format::Hosts | Format::Domains);
        for (name, scope) in blocked {
            let is_told_missing = is_single && name.starts_with("x.")
                || scope == Scope::Below && matches!(format, Format::Unbound | Format::Mikrotik);
            assert_eq!(rules.deepest(name).is_some(), !is_told_missing, "{}: {name}", format.id());
        }
        for name in untouched {
            let action = rules.deepest(name);
            assert!(!matches!(action, Some(Action::Block(_) | Action::Unstated)), "{}: {name} {action:?}", format.id());
        }
    }
}

#[test]
fn answers_are_kept_where_the_format_has_them() {
    let modes = [
        ("nxdomain", Answer::Nxdomain),
        ("nodata", Answer::Nodata),
        ("null_ip", Answer::NullIp),
        ("drop", Answer::Drop),
    ];
    for (mode, answer) in modes {
        let policy = format!("block verdict=unknown,suspicious answer={mode}");
        let classifier = Classifier::builtin_with(Vec::new(), &[&policy]).unwrap();
        let mut asked = Asked::new();
        asked.add(&Name::parse(b"one.example.de").unwrap(), Scope::Suffix);
        let plan = Plan::new(&classifier, asked, 0, &mut |_| ()).unwrap();
        for (format, reader) in [(Format::Rpz, lists::Format::Rpz), (Format::Unbound, lists::Format::Unbound)] {
            let rules = RuleSet::read(reader, &super::written(&classifier, &plan, format));
            for name in ["one.example.de", "x.one.example.de"] {
                assert_eq!(rules.deepest(name), Some(Action::Block(answer)), "{} {mode}", format.id());
            }
        }
    }
}
