//! For random knowledge, policies, lists and questions: no list blocks a name that the policy lets through, in any format.

use std::borrow::Cow;
use std::fmt::Write;

use phonehome::{Action, Classifier, Name, NamedPack, OverlayKind};
use phonehome_export::{Asked, Format, LeftOut, Plan, Scope};
use phonehome_logs::lists;
use phonehome_pack::ListFormat;
use phonehome_tests::random::Random;
use phonehome_tests::rules::RuleSet;
use phonehome_tests::{overlays, small};

const TOPS: &[&str] = &["acme.com", "cloud.net", "x.org"];
const LABELS: &[&str] = &["a", "b", "log", "ota", "eu", "host1-eu", "kq7xv3jz0p"];

fn name(random: &mut Random, most: usize) -> String {
    let mut name = (*random.pick(TOPS)).to_owned();
    for _ in 0..random.below(most + 1) {
        name = format!("{}.{name}", random.pick(LABELS));
    }
    name
}

/// Entries at random places, of every kind that decides differently.
fn knowledge(random: &mut Random) -> Vec<u8> {
    loop {
        let mut text = String::new();
        for number in 0..4 + random.below(12) {
            let kind = random.pick(&["exact", "suffix", "suffix"]);
            let _ = write!(
                text,
                "[[entry]]\nid = \"e{number}\"\nmatch = {{ kind = \"{kind}\", value = \"{}\" }}\nconfidence = \"{}\"\n\
                 evidence = [{{ source = \"handbook\", kind = \"doc\", date = \"2026-01-01\" }}]\n",
                name(random, 3),
                random.pick(&["high", "medium", "low"]),
            );
            text.push_str(random.pick::<&str>(&[
                "vendor = \"acme\"\n",
                "vendor = \"acme\"\npurposes = [\"telemetry\"]\n",
                "vendor = \"other\"\npurposes = [\"advertising\"]\nclasses = [\"tv\"]\n",
                "vendor = \"acme-toys\"\npurposes = [\"firmware_update\", \"telemetry\"]\n",
                "platform = \"cloud\"\nshared = true\n",
                "platform = \"cloud\"\nrisk = [{ reason = \"dynamic_dns\", source = \"handbook\" }]\n",
            ]));
            if random.once_in(3) {
                let _ = write!(
                    text,
                    "[entry.breaks]\nimpact = \"{}\"\nfunction = \"f\"\ndevices = \"all\"\nkeeps = \"k\"\n\
                     answers = [\"{}\"]\nwhen = \"w\"\nretry_storm = \"likely\"\nremedy = \"r\"\nsource = \"handbook\"\n",
                    random.pick(&["none", "degraded", "breaks"]),
                    random.pick(&["nxdomain", "nodata", "null_ip", "refused", "drop"]),
                );
            }
        }
        if random.once_in(2) {
            text.push_str(
                "[[entry]]\nid = \"p\"\nmatch = { kind = \"pattern\", value = \"host{number}-{region}.acme.com\" }\n\
                 vendor = \"acme\"\npurposes = [\"device_cloud\"]\nconfidence = \"high\"\n\
                 matches = [\"host1-eu.acme.com\"]\nrejects = [\"host1.acme.com\"]\n\
                 evidence = [{ source = \"handbook\", kind = \"doc\", date = \"2026-01-01\" }]\n",
            );
        }
        // Two entries at one place are refused: then others are tried.
        if let Ok(knowledge) = small::with(&[("owners.toml", small::OWNERS), ("entries.toml", &text)]) {
            return knowledge.to_pack();
        }
    }
}

fn policy(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..1 + random.below(5) {
        let verb = random.pick(&["allow", "block", "block", "log"]);
        text.push_str(verb);
        for _ in 0..1 + random.below(2) {
            let condition = match random.below(16) {
                0 => format!("name={}", name(random, 4)),
                1 => format!("name!={}", name(random, 4)),
                2 => format!("suffix={}", name(random, 3)),
                3 => format!("suffix!={}", name(random, 3)),
                4 => format!("vendor{}acme", random.pick(&["=", "!="])),
                5 => format!("platform{}cloud", random.pick(&["=", "!="])),
                6 => format!("purpose{}tracking", random.pick(&["=", "!="])),
                7 => format!("basis{}stated", random.pick(&["=", "!="])),
                8 => format!("basis{}inferred", random.pick(&["=", "!="])),
                9 => format!(
                    "verdict{}unknown,{}",
                    random.pick(&["=", "!="]),
                    random.pick(&["suspicious", "legitimate"])
                ),
                10 => format!("verdict{}risky,malicious", random.pick(&["=", "!="])),
                11 => format!("impact{}none,degraded", random.pick(&["=", "!="])),
                12 => format!("region{}eu", random.pick(&["=", "!="])),
                13 => format!(
                    "reason{}{}",
                    random.pick(&["=", "!="]),
                    random.pick(&["kb.inferred", "kb.suffix", "overlay.allow", "kb.none"])
                ),
                14 => format!("confidence>={}", random.below(101)),
                _ => format!("listed{}{}", random.pick(&["=", "!="]), random.pick(&["allow", "threat", "block"])),
            };
            text.push(' ');
            text.push_str(&condition);
        }
        if *verb == "block" && random.once_in(3) {
            text.push_str(" answer=");
            text.push_str(random.pick::<&str>(&["nxdomain", "nodata", "null_ip", "refused", "drop"]));
        }
        text.push('\n');
    }
    text
}

fn lists(random: &mut Random) -> Vec<NamedPack<'static>> {
    let mut lists = Vec::new();
    for kind in [OverlayKind::Allow, OverlayKind::Threat, OverlayKind::Label] {
        if !random.once_in(3) {
            continue;
        }
        let rows: String = (0..1 + random.below(3))
            .map(|_| {
                let scope = random.pick(&["exact", "below", "suffix"]);
                format!("{},{scope},other,advertising,\n", name(random, 3))
            })
            .collect();
        let text = format!("name,match,vendor,purpose,note\n{rows}");
        let bytes = overlays::build(kind, ListFormat::Csv, kind.id(), text.as_bytes());
        lists.push(NamedPack { name: None, bytes: Cow::Owned(bytes) });
    }
    lists
}

fn asked(random: &mut Random, classifier: &Classifier<'_>) -> Asked {
    if random.once_in(3) {
        return Asked::whole_base(classifier).unwrap();
    }
    let mut asked = Asked::new();
    for _ in 0..1 + random.below(12) {
        let name = Name::parse(name(random, 4).as_bytes()).unwrap();
        let scope = *random.pick(&[Scope::Exact, Scope::Below, Scope::Suffix]);
        if random.once_in(6) { asked.spare(&name, scope) } else { asked.add(&name, scope) }
    }
    asked
}

/// How each format's programs find the rule for a name.
type Lookup = fn(&RuleSet, &str) -> Option<lists::Action>;
const FORMATS: &[(Format, lists::Format, &[Lookup])] = &[
    (Format::Rpz, lists::Format::Rpz, &[RuleSet::deepest, RuleSet::closest_encloser]),
    (Format::Adguard, lists::Format::Adguard, &[RuleSet::exceptions_first]),
    (Format::Hosts, lists::Format::Hosts, &[RuleSet::deepest]),
    (Format::Domains, lists::Format::Domains, &[RuleSet::deepest]),
    (Format::Dnsmasq, lists::Format::Dnsmasq, &[RuleSet::deepest]),
    (Format::Unbound, lists::Format::Unbound, &[RuleSet::deepest]),
    (Format::PiholeRegex, lists::Format::PiholeRegex, &[RuleSet::deepest]),
    (Format::Mikrotik, lists::Format::Mikrotik, &[RuleSet::deepest]),
];

fn blocks(action: Option<lists::Action>, format: Format) -> bool {
    match action {
        Some(lists::Action::Block(_)) => true,
        // A plain list only names names.
        Some(lists::Action::Unstated) => format == Format::Domains,
        _ => false,
    }
}

#[test]
fn no_list_blocks_what_the_policy_lets_through() {
    let mut random = Random::new(6);
    let (mut checked, mut blocked) = (0_u32, 0_u32);
    for round in 0..400 {
        let pack = knowledge(&mut random);
        let text = policy(&mut random);
        let loaded = lists(&mut random);
        let classifier = Classifier::open(Cow::Borrowed(&pack), loaded, &[&text]).unwrap();
        let plan = Plan::new(&classifier, asked(&mut random, &classifier), 0, &mut |_| ()).unwrap();
        let names: Vec<String> = (0..300).map(|_| name(&mut random, 5)).collect();
        for (format, reader, lookups) in FORMATS {
            let written = super::written(&classifier, &plan, *format);
            let rules = RuleSet::read(reader.clone(), &written);
            assert!(rules.skips.is_empty(), "round {round}, {}: {:?}\n{written}", format.id(), rules.skips);
            for name in &names {
                let decided = classifier.classify(name.as_bytes(), 0).action();
                for lookup in *lookups {
                    checked += 1;
                    if blocks(lookup(&rules, name), *format) {
                        blocked += 1;
                        assert!(
                            matches!(decided, Action::Block(_)),
                            "round {round}, {}: {name} is blocked and should pass\n{text}\n{written}",
                            format.id()
                        );
                    }
                }
            }
        }
    }
    assert!(blocked > checked / 100, "hardly anything was blocked: {blocked} of {checked}");
}

#[test]
fn a_zone_blocks_all_that_is_not_told_as_left_out() {
    let mut random = Random::new(7);
    let mut blocked = 0_u32;
    for round in 0..300 {
        let pack = knowledge(&mut random);
        let text = policy(&mut random);
        let classifier = Classifier::open(Cow::Borrowed(&pack), lists(&mut random), &[&text]).unwrap();
        let mut asked = Asked::new();
        TOPS.iter().for_each(|top| asked.add(&Name::parse(top.as_bytes()).unwrap(), Scope::Suffix));
        let plan = Plan::new(&classifier, asked, 0, &mut |_| ()).unwrap();
        let may_lack =
            plan.missing.counts.contains_key(&LeftOut::Depends) || plan.missing.counts.contains_key(&LeftOut::Breaks);
        let rules = RuleSet::read(lists::Format::Rpz, &super::written(&classifier, &plan, Format::Rpz));
        for _ in 0..300 {
            let name = name(&mut random, 5);
            let decided = matches!(classifier.classify(name.as_bytes(), 0).action(), Action::Block(_));
            let written = blocks(rules.closest_encloser(&name), Format::Rpz);
            assert_eq!(written, blocks(rules.deepest(&name), Format::Rpz), "round {round}: servers differ on {name}");
            assert!(written == decided || decided && may_lack, "round {round}: {name} should be blocked\n{text}");
            blocked += u32::from(written);
        }
    }
    assert!(blocked > 1000, "hardly anything was blocked: {blocked}");
}
