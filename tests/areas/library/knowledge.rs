//! The writer's checks: file, line and the fix for everything that is wrong in a source.

use phonehome::Classifier;
use phonehome_pack::Problem;
use phonehome_tests::small;

/// The lines of a sound entry, by field.
const FIELDS: &[(&str, &str)] = &[
    ("id", "\"x\""),
    ("match", "{ kind = \"suffix\", value = \"x.com\" }"),
    ("vendor", "\"other\""),
    ("confidence", "\"high\""),
    ("evidence", "[{ source = \"handbook\", kind = \"doc\", date = \"2026-01-01\" }]"),
];

/// A sound entry with some fields replaced or added; `None` leaves a field out.
fn entry(changes: &[(&str, Option<&str>)]) -> String {
    let kept = FIELDS.iter().filter(|(field, _)| changes.iter().all(|(changed, _)| changed != field));
    let added = changes.iter().filter_map(|(field, value)| Some((*field, (*value)?)));
    let lines = kept.copied().chain(added).map(|(field, value)| format!("{field} = {value}\n"));
    format!("\n[[entry]]\n{}", lines.collect::<String>())
}

fn breaks(fields: &str) -> String {
    format!("{}[entry.breaks]\n{fields}\n", entry(&[]))
}

fn problems(extra: &str) -> Vec<Problem> {
    small::knowledge(extra).err().unwrap_or_default()
}

/// Exactly this problem, in the file with the extra text, on this line.
fn check_at(line: usize, extra: &str, expected: &str) {
    let problems = problems(extra);
    let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert_eq!(problems.len(), 1, "{extra}\n{shown:?}\nwanted {expected}");
    assert!(shown[0].starts_with(&format!("test.toml:{line}: ")), "{extra}\n{shown:?}");
    assert!(problems[0].text.contains(expected), "{extra}\n{shown:?}\nwanted {expected}");
}

fn check(extra: &str, expected: &str) {
    check_at(2, extra, expected);
}

fn field(name: &str, value: &str, expected: &str) {
    check(&entry(&[(name, Some(value))]), expected);
}

fn pattern(template: &str) -> String {
    let rule = format!("{{ kind = \"pattern\", value = {template:?} }}");
    entry(&[("match", Some(&rule)), ("matches", Some("[\"a\", \"b\"]")), ("rejects", Some("[\"a\", \"b\"]"))])
}

#[test]
fn a_sound_entry_passes() {
    assert_eq!(problems(&entry(&[])), []);
    assert_eq!(problems(&breaks("impact = \"unknown\"")), []);
    assert_eq!(problems(&pattern("a{number}.x.com")), []);
}

#[test]
fn what_is_not_the_schema() {
    check_at(4, "\n[[entry]]\nid = \"x\"\ncolour = \"red\"\n", "unknown field `colour`");
    check_at(2, "\n[[entry]]\nid = \"x\"\n", "missing field");
    check_at(2, "\n[[thing]]\nid = \"x\"\n", "unknown field `thing`");
    check_at(3, "\n[[entry]]\nid = 7\n", "invalid type");
    check_at(2, "\n[[entry\n", "unclosed array table");
    let regex = entry(&[("match", Some("{ kind = \"regex\", value = \"x.com\" }"))]);
    check_at(7, &regex, "unknown variant `regex`, expected one of `exact`, `pattern`, `suffix`");
}

#[test]
fn everything_is_said_once() {
    field("id", "\"acme\"", "entry \"acme\" stands already in entries.toml:2");
    field("match", "{ kind = \"suffix\", value = \"cloud.net\" }", "stands already in entries.toml:");
    check("\n[[vendor]]\nid = \"acme\"\nname = \"A\"\n", "vendor \"acme\" stands already in owners.toml:2");
    check("\n[[platform]]\nid = \"cloud\"\nname = \"A\"\n", "platform \"cloud\" stands already in owners.toml:");
    let source =
        "\n[[source]]\nid = \"handbook\"\ntitle = \"t\"\nurl = \"u\"\nlicence = \"l\"\ndate = \"2026-01-01\"\n";
    check(source, "source \"handbook\" stands already in owners.toml:");
    // Another kind of match on the same name is no duplicate.
    assert_eq!(problems(&entry(&[("match", Some("{ kind = \"exact\", value = \"cloud.net\" }"))])), []);
}

#[test]
fn owners_and_sources() {
    check(
        "\n[[vendor]]\nid = \"v\"\nname = \"V\"\nparent = \"nobody\"\n",
        "parent \"nobody\" is no vendor of any file",
    );
    let circle = "\n[[vendor]]\nid = \"v\"\nname = \"V\"\nparent = \"w\"\n[[vendor]]\nid = \"w\"\nname = \"W\"\nparent = \"v\"\n";
    let found = problems(circle);
    assert!(found.len() == 2 && found.iter().all(|problem| problem.text == "the parents form a circle"), "{found:?}");
    let source = |title: &str, url: &str, licence: &str, date: &str| {
        format!(
            "\n[[source]]\nid = \"s\"\ntitle = \"{title}\"\nurl = \"{url}\"\nlicence = \"{licence}\"\ndate = \"{date}\"\n"
        )
    };
    assert_eq!(problems(&source("t", "u", "l", "2026-01-01")), []);
    for (title, url, licence) in [("", "u", "l"), ("t", "", "l"), ("t", "u", "")] {
        check(&source(title, url, licence, "2026-01-01"), "source \"s\" needs a title, a url and a licence");
    }
    for date in ["2026-1-1", "2026-13-01", "2026-00-10", "2026-01-32", "26-01-01", "2026/01/01", "soon", "2026-01-01x"]
    {
        check(&source("t", "u", "l", date), "is not of the form 2026-11-24");
    }
    check("\n[[token]]\nwords = [\"x\"]\npurpose = \"spying\"\n", "\"spying\" is no purpose of codes.toml");
}

#[test]
fn words_of_an_entry() {
    field("vendor", "\"nobody\"", "\"nobody\" is no vendor of any file");
    field("below", "\"nobody\"", "\"nobody\" is no vendor of any file");
    field("platform", "\"nothing\"", "\"nothing\" is no platform of any file");
    field("classes", "[\"television\"]", "\"television\" is no device class of codes.toml");
    field("purposes", "[\"spying\"]", "\"spying\" is no purpose of codes.toml");
    field("region", "\"EU\"", "\"EU\" is no region");
    field("contacted_by", "\"cloud\"", "contacted_by is one of device, app, both");
    field("party", "\"second\"", "party is one of first, support, third");
    field("status", "\"dead\"", "status is one of live, defunct");
    field("confidence", "\"sure\"", "confidence is one of high, medium, low");
    field("first_seen", "\"2026\"", "date \"2026\" is not of the form 2026-11-24");
    field("last_seen", "\"never\"", "date \"never\" is not of the form 2026-11-24");
    field("risk", "[{ reason = \"bad\", source = \"handbook\" }]", "\"bad\" is no risk of codes.toml");
    field("risk", "[{ reason = \"dynamic_dns\", source = \"nowhere\" }]", "\"nowhere\" is no source of any file");
}

#[test]
fn evidence() {
    field("evidence", "[]", "at least one piece of evidence is needed");
    let piece = |source: &str, kind: &str, date: &str| {
        format!("[{{ source = \"{source}\", kind = \"{kind}\", date = \"{date}\" }}]")
    };
    let together = "kind \"knowledge\" and source \"general-knowledge\" go together";
    field("evidence", &piece("handbook", "rumour", "2026-01-01"), "evidence kind \"rumour\" is none of doc code list");
    field("evidence", &piece("handbook", "knowledge", "2026-01-01"), together);
    field("evidence", &piece("nowhere", "doc", "2026-01-01"), "\"nowhere\" is no source of any file");
    field("evidence", &piece("handbook", "doc", "yesterday"), "is not of the form 2026-11-24");
    let mere = piece("general-knowledge", "knowledge", "2026-01-01");
    field("evidence", &mere, "what rests on general knowledge alone has confidence \"low\"");
    assert_eq!(problems(&entry(&[("evidence", Some(&mere)), ("confidence", Some("\"low\""))])), []);
    let doc =
        entry(&[("evidence", Some(&piece("general-knowledge", "doc", "2026-01-01"))), ("confidence", Some("\"low\""))]);
    check(&doc, together);
}

#[test]
fn breakage() {
    check(&breaks("impact = \"terrible\""), "impact is one of unknown, none, degraded, breaks; not \"terrible\"");
    check(&breaks("impact = \"unknown\"\nretry_storm = \"often\""), "retry_storm is one of unknown, known, likely, no");
    check(&breaks("impact = \"unknown\"\nretry_storm = \"known\""), "a known retry storm needs a source");
    check(&breaks("impact = \"unknown\"\nanswers = [\"lie\"]"), "\"lie\" is no answer mode: nxdomain null_ip");
    check(&breaks("impact = \"none\""), "impact none needs a source");
    check(&breaks("impact = \"breaks\"\nsource = \"handbook\""), "needs a sentence in `function`: what stops?");
    check(&breaks("impact = \"degraded\"\nsource = \"handbook\""), "needs a sentence in `function`: what stops?");
    check(
        &breaks("impact = \"breaks\"\nfunction = \"X.\"\nsource = \"nowhere\""),
        "\"nowhere\" is no source of any file",
    );
    let clock = breaks("impact = \"none\"\nsource = \"handbook\"")
        .replace("[entry.breaks]", "purposes = [\"time_sync\"]\n[entry.breaks]");
    check(&clock, "a clock never has impact none");
}

#[test]
fn matches() {
    let rule = |kind: &str, value: &str| format!("{{ kind = \"{kind}\", value = \"{value}\" }}");
    field("match", &rule("exact", "a..com"), "\"a..com\" is not a domain name: an empty label");
    for value in ["X.com", "x.com.", "x+y.com"] {
        field("match", &rule("suffix", value), "in lower case, as A-labels, without a final dot");
    }
    for value in ["com", "co.uk", "x.ck", "x.zz", "zz"] {
        field(
            "match",
            &rule("suffix", value),
            "is a public suffix of the ICANN section, or has an unlisted top-level domain",
        );
    }
    for value in ["www.ck", "a.x.ck", "blogspot.com", "x.co.uk"] {
        assert_eq!(problems(&entry(&[("match", Some(&rule("suffix", value)))])), [], "{value}");
    }
    field("matches", "[\"a.com\", \"b.com\"]", "`matches` and `rejects` belong to patterns");
    let lone = pattern("a{number}.x.com").replace("rejects = [\"a\", \"b\"]", "rejects = [\"a\"]");
    check(&lone, "a pattern needs two names in `matches` and two near misses in `rejects`");
}

#[test]
fn an_ending_has_a_bounded_number_of_patterns() {
    let family = |count: usize| -> String {
        (0..count)
            .map(|n| pattern(&format!("f{n}-{{number}}.x.com")).replace("id = \"x\"", &format!("id = \"x{n}\"")))
            .collect()
    };
    assert_eq!(problems(&family(64)), []);
    let beyond = problems(&family(65));
    assert_eq!(beyond.len(), 1, "{beyond:?}");
    assert!(beyond[0].text.contains("beyond the 64 patterns"), "{beyond:?}");
}

#[test]
fn ambiguous_templates_are_refused() {
    for (template, expected) in [
        ("x.com", "at least one {part}"),
        ("a{number}", "a pattern ends in a fixed domain"),
        ("a{number}.com", "is a public suffix"),
        ("a{number}7.x.com", "a digit cannot follow {number}"),
        ("{hex}a.x.com", "0-9 a-f cannot follow {hex}"),
        ("{hex}{number}.x.com", "{hex} and {number} need a fixed text between them"),
        ("{number}{hex}.x.com", "{number} and {hex} need a fixed text between them"),
        ("{number}{number}.x.com", "need a fixed text between them"),
        ("{tenant}{number}.x.com", "{tenant} and {number} need a fixed text between them"),
        ("{tenant}-{number}.x.com", "only fixed text may follow {tenant} in its label"),
        ("a.{below}.x.com", "{below} is the first part"),
        ("{year.x.com", ""),
        ("{word}.x.com", "{word} is none of number, year, letter, hex, region, tenant, below"),
    ] {
        check(&pattern(template), expected);
    }
}

#[test]
fn entries_under_others() {
    let under = |changes: &[(&str, Option<&str>)]| {
        let rule = [("match", Some("{ kind = \"suffix\", value = \"x.acme.com\" }"))];
        entry(&[&rule[..], changes].concat())
    };
    check(&under(&[]), "entry \"x\" lies under acme's suffix: say below = \"acme\" if that is meant");
    check(&under(&[("below", Some("\"other\""))]), "say below = \"acme\"");
    assert_eq!(problems(&under(&[("below", Some("\"acme\""))])), []);
    assert_eq!(problems(&under(&[("vendor", None)])), []);
    check(&entry(&[("shared", Some("true"))]), "is shared ground, so it names a platform and no vendor");
}

#[test]
fn confidence_follows_the_evidence() {
    let mere = "[{ source = \"general-knowledge\", kind = \"knowledge\", date = \"2026-01-01\" }]";
    let stated = FIELDS.iter().find(|(field, _)| *field == "evidence").unwrap().1;
    for (word, evidence, expected) in
        [("high", stated, 95), ("medium", stated, 75), ("low", stated, 50), ("low", mere, 30)]
    {
        let word = format!("{word:?}");
        let text = entry(&[("confidence", Some(&word)), ("evidence", Some(evidence))]);
        let pack = small::knowledge(&text).unwrap().to_pack();
        let classifier = Classifier::open(pack.into(), Vec::new(), &[]).unwrap();
        assert_eq!(classifier.classify(b"a.x.com", 0).confidence(), expected, "{word} {evidence}");
    }
}

#[test]
fn files_that_must_be_there() {
    for (path, text) in
        [("release.toml", ""), ("release.toml", "version = \"1\"\ndate = \"soon\"\n"), ("public_suffix_list.dat", "")]
    {
        let found = small::with(&[(path, text), ("owners.toml", small::OWNERS)]).err().unwrap_or_default();
        assert!(found.iter().any(|problem| problem.path == path && problem.line == 1), "{path}: {found:?}");
    }
    let found = small::with(&[("public_suffix_list.dat", "com\n\na b c\n.x..y\n")]).err().unwrap_or_default();
    let shown: Vec<String> = found.iter().map(Problem::to_string).collect();
    assert_eq!(shown, ["public_suffix_list.dat:4: \".x..y\" is not a domain name: an empty label"]);
}

#[test]
fn all_problems_are_told_at_once() {
    let first = entry(&[("region", Some("\"EU\"")), ("party", Some("\"second\""))]);
    let second = entry(&[
        ("id", Some("\"y\"")),
        ("match", Some("{ kind = \"suffix\", value = \"y.com\" }")),
        ("vendor", Some("\"nobody\"")),
    ]);
    let found = problems(&format!("{first}{second}"));
    let lines: Vec<usize> = found.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [2, 2, 11], "{found:?}");
}
