//! What lists look like: heads, comments, names that a format cannot hold.

use phonehome::{Classifier, Name};
use phonehome_export::{Asked, Devices, Document, Format, Group, LeftOut, Plan, Scope, Settings};

fn plan(classifier: &Classifier<'_>, names: &[(&str, Scope)]) -> Plan {
    let mut asked = Asked::new();
    for (name, scope) in names {
        asked.add(&Name::parse(name.as_bytes()).unwrap(), *scope);
    }
    Plan::new(classifier, asked, 0, &mut |_| ()).unwrap()
}

fn builtin(policy: &str) -> Classifier<'static> {
    Classifier::builtin_with(Vec::new(), &[policy]).unwrap()
}

#[test]
fn every_list_says_what_it_is_and_every_rule_why() {
    let classifier = builtin("block purpose=tracking basis=stated");
    let plan = plan(&classifier, &[("logs.roku.com", Scope::Exact)]);
    for format in Format::ALL.iter().copied().filter(|format| !matches!(format, Format::Csv | Format::Jsonl)) {
        let text = super::written(&classifier, &plan, format);
        for needed in ["Roku", "2026-", "policy"] {
            assert!(text.contains(needed), "{} lacks {needed}:\n{text}", format.id());
        }
    }
    for format in [Format::Csv, Format::Jsonl] {
        let text = super::written(&classifier, &plan, format);
        assert!(text.contains("logs.roku.com") && text.contains("roku") && text.contains("telemetry"), "{text}");
    }
}

#[test]
fn the_same_questions_give_the_same_bytes_in_any_order() {
    let classifier = builtin("block verdict=unknown,suspicious");
    let names = [("b.example.de", Scope::Exact), ("a.example.de", Scope::Suffix), ("example.de", Scope::Below)];
    let mut reversed = names;
    reversed.reverse();
    for format in Format::ALL {
        let one = super::written(&classifier, &plan(&classifier, &names), *format);
        assert_eq!(one, super::written(&classifier, &plan(&classifier, &reversed), *format), "{}", format.id());
    }
}

#[test]
fn what_breaks_is_left_out_unless_the_policy_names_it() {
    let (name, scope) = ("dns.google", Scope::Exact);
    let classifier = builtin("block verdict=shared risk=resolver_bypass");
    let left = plan(&classifier, &[(name, scope)]);
    assert_eq!(left.missing.counts.get(&LeftOut::Breaks), Some(&1));
    assert!(!super::written(&classifier, &left, Format::Hosts).contains("0.0.0.0 dns.google"));
    for line in ["block name=dns.google", "block suffix=dns.google"] {
        let classifier = builtin(line);
        let text = super::written(&classifier, &plan(&classifier, &[(name, scope)]), Format::Hosts);
        assert!(text.contains("\n0.0.0.0 dns.google # "), "{text}");
    }
}

#[test]
fn names_that_a_format_cannot_hold_are_listed() {
    let classifier = builtin("block verdict=unknown,suspicious");
    let long = format!("{0}.{0}.{0}.{1}", "a".repeat(62), "b".repeat(50));
    let names = [(r"a\;b.example.de", Scope::Exact), (r"\*.example.de", Scope::Exact), (long.as_str(), Scope::Exact)];
    let plan = plan(&classifier, &names);
    let settings = Settings::default();
    for format in Format::ALL {
        let document = Document::new(&classifier, &plan, *format, &settings);
        let mut left: Vec<LeftOut> = document.left_out().map(|(why, ..)| why).collect();
        left.sort();
        let expected: &[LeftOut] = match format {
            Format::Rpz => &[LeftOut::Unwritable, LeftOut::TooLong],
            Format::Csv | Format::Jsonl | Format::Markdown => &[],
            _ => &[LeftOut::Unwritable],
        };
        assert_eq!(left, expected, "{}", format.id());
    }
    let zone = super::written(&classifier, &plan, Format::Rpz);
    assert!(zone.contains("\na\\;b.example.de CNAME .") && !zone.contains("\n\\*"), "{zone}");
}

#[test]
fn an_exception_that_cannot_be_written_keeps_the_rule_above_away() {
    // With the zone's name the exception is too long for an owner.
    let long = format!("{0}.{0}.{0}.{1}.example.de", "a".repeat(62), "b".repeat(39));
    let policy = format!("allow name={long}\nblock suffix=example.de");
    let classifier = builtin(&policy);
    let plan = plan(&classifier, &[("example.de", Scope::Suffix)]);
    let zone = super::written(&classifier, &plan, Format::Rpz);
    assert!(zone.contains("\nexample.de CNAME .") && !zone.contains("*.example.de"), "{zone}");
}

#[test]
fn the_head_counts_what_is_written() {
    let classifier = builtin("block verdict=unknown,suspicious answer=null_ip");
    let plan = plan(&classifier, &[("a.example.de", Scope::Exact), ("b.example.de", Scope::Suffix)]);
    let otherwise = |format| {
        let text = super::written(&classifier, &plan, format);
        text.lines().find_map(|line| line.split_once("cannot say it: ")?.1.parse::<u64>().ok())
    };
    assert_eq!(otherwise(Format::Hosts), None, "the null address is what was wanted");
    assert_eq!(otherwise(Format::Domains), Some(2), "two names, the family of one is not written");
    assert_eq!(otherwise(Format::Rpz), None);
}

#[test]
fn a_zone_is_split_by_reason() {
    let classifier = builtin("block purpose=tracking,control basis=stated");
    let plan = plan(&classifier, &[("logs.roku.com", Scope::Exact), ("a1.tuyaeu.com", Scope::Exact)]);
    let zone = |group| {
        let settings = Settings { group, ..Settings::default() };
        let mut text = String::new();
        Document::new(&classifier, &plan, Format::Rpz, &settings).write(&mut text, &mut |_| ()).unwrap();
        text
    };
    let whole = zone(None);
    let parts: Vec<String> = Group::all().map(|group| zone(Some(group))).collect();
    let records =
        |text: &str| text.lines().filter(|line| line.contains("CNAME")).map(str::to_owned).collect::<Vec<_>>();
    let mut joined: Vec<String> = parts.iter().flat_map(|part| records(part)).collect();
    joined.sort();
    let mut expected = records(&whole);
    expected.sort();
    assert_eq!(joined, expected);
    assert!(parts.iter().all(|part| part.contains("SOA")), "an empty zone is a zone");
}

#[test]
fn devices_are_triggers_of_their_own() {
    let classifier = builtin("");
    let plan = plan(&classifier, &[]);
    let devices = Devices::parse("192.0.2.7 exempt # TV; \"x\"\n192.0.2.128/25 block\n2001:db8::/64 exempt\n").unwrap();
    let settings = Settings { devices, ..Settings::default() };
    let mut text = String::new();
    Document::new(&classifier, &plan, Format::Rpz, &settings).write(&mut text, &mut |_| ()).unwrap();
    assert!(text.contains("\n32.7.2.0.192.rpz-client-ip CNAME rpz-passthru. ; TV; \"x\"\n"), "{text}");
    assert!(text.contains("\n25.128.2.0.192.rpz-client-ip CNAME .\n"), "{text}");
    assert!(text.contains("\n64.zz.db8.2001.rpz-client-ip CNAME rpz-passthru.\n"), "{text}");
}

#[test]
fn a_report_says_what_breaks_and_what_to_look_at() {
    let classifier =
        builtin("block verdict=shared risk=resolver_bypass\nblock vendor=roku\nblock verdict=risky,suspicious");
    let names = [("dns.google", Scope::Exact), ("logs.roku.com", Scope::Exact), ("x.duckdns.org", Scope::Exact)];
    let text = super::written(&classifier, &plan(&classifier, &names), Format::Markdown);
    for needed in ["| Roku | 1 |", "- dns.google (exact)", "| x.duckdns.org |", "2 rules block", "1 are left out"] {
        assert!(text.contains(needed), "{needed}\n{text}");
    }
}

#[test]
fn whole_bases_are_the_same_twice() {
    let classifier = builtin("block purpose=tracking");
    for format in Format::ALL {
        assert_eq!(super::whole_base(&classifier, *format), super::whole_base(&classifier, *format), "{}", format.id());
    }
}
