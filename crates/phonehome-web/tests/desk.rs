//! The desk, natively: what the page asks of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use phonehome::{Classifier, OverlayKind};
use phonehome_pack::{ListFormat, OverlayBuilder, OverlaySpec, RuleScope};
use phonehome_web::{Desk, ExportWish, Filter, Fit, Grouping, Heading, Line, Row, Sort, Value};

const LIST: &str =
    "0.0.0.0 logs.roku.com\n0.0.0.0 example.com # twice\n0.0.0.0 logs.roku.com\nno address\n0.0.0.0 a1.tuyaeu.com\n";

fn desk() -> Desk {
    let mut desk = Desk::new().unwrap();
    desk.begin(LIST.as_bytes(), None).unwrap();
    // Pieces may end anywhere.
    LIST.as_bytes().chunks(7).for_each(|piece| desk.feed(piece));
    let reading = desk.finish();
    assert_eq!((reading.format.as_str(), reading.lines, reading.names, reading.skipped), ("hosts", 5, 4, 1));
    assert_eq!(reading.first_skip.map(|(line, _)| line), Some(4));
    desk
}

/// Everything that a view shows.
fn lines(desk: &mut Desk, filter: &Filter) -> Vec<Line> {
    let numbers = desk.view(filter);
    desk.lines(&numbers)
}

fn rows(desk: &mut Desk, filter: &Filter) -> Vec<Row> {
    let row = |line| match line {
        Line::Name(row) => Some(row),
        Line::Heading(_) => None,
    };
    lines(desk, filter).into_iter().filter_map(row).collect()
}

fn names(desk: &mut Desk, filter: &Filter) -> Vec<String> {
    rows(desk, filter).into_iter().map(|row| row.name).collect()
}

fn desk_of(list: &str) -> Desk {
    let mut desk = Desk::new().unwrap();
    desk.begin(list.as_bytes(), Some("names")).unwrap();
    desk.feed(list.as_bytes());
    desk.finish();
    desk
}

#[test]
fn names_come_once_and_are_counted() {
    let desk = desk();
    let facets = desk.facets(&Filter::default());
    assert_eq!((facets.names, facets.makers, facets.tracking, facets.worth_a_look), (3, 2, 1, 0));
    let vendors: Vec<_> = facets.owners.iter().map(|value| (value.text.as_str(), value.count)).collect();
    assert_eq!(vendors, [("Roku", 1), ("Tuya", 1)]);
    let Line::Name(first) = desk.lines(&[0, 99]).remove(0) else { panic!("a name") };
    assert_eq!((first.name.as_str(), first.count, first.whose.as_str()), ("logs.roku.com", 2, "Roku"));
    let about = desk.about("logs.roku.com");
    assert_eq!((about.domain.as_str(), about.count, about.first, about.last), ("roku.com", 2, 1, 3));
    assert_eq!(desk.about("no name").count, 0);
}

#[test]
fn filters_and_orders() {
    let mut desk = desk();
    let mut filter = |change: fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        names(&mut desk, &filter)
    };
    assert_eq!(filter(|_| ()), ["logs.roku.com", "a1.tuyaeu.com", "example.com"]);
    assert_eq!(filter(|filter| filter.sort = Sort::Name), ["example.com", "logs.roku.com", "a1.tuyaeu.com"]);
    assert_eq!(filter(|filter| filter.sort = Sort::Input), ["logs.roku.com", "example.com", "a1.tuyaeu.com"]);
    assert_eq!(filter(|filter| filter.text = " TUYA".to_owned()), ["a1.tuyaeu.com"]);
    assert_eq!(filter(|filter| filter.groups = vec!["tracking".to_owned()]), ["logs.roku.com"]);
    assert_eq!(
        filter(|filter| filter.owners = vec!["roku".to_owned(), "tuya".to_owned()]),
        ["logs.roku.com", "a1.tuyaeu.com"]
    );
    assert_eq!(
        filter(|filter| (filter.owners, filter.not) = (vec!["roku".to_owned()], true)),
        ["a1.tuyaeu.com", "example.com"]
    );
    assert_eq!(filter(|filter| filter.verdicts = vec!["unknown".to_owned()]), ["example.com"]);
}

#[test]
fn facets_count_what_fits_the_others() {
    let desk = desk_of("logs.roku.com\nlogs.roku.com\napi.roku.com\na1.tuyaeu.com\npool.ntp.org\nexample.com\n");
    let counts = |values: &[Value]| values.iter().map(|value| (value.id.clone(), value.count)).collect::<Vec<_>>();
    let owned = |id: &str, count| (id.to_owned(), count);
    let all = desk.facets(&Filter::default());
    assert_eq!((all.names, all.shown, all.times, all.makers), (5, 5, 6, 2));
    assert_eq!(counts(&all.owners), [owned("roku", 2), owned("platform:ntp-pool", 1), owned("tuya", 1)]);
    assert!(counts(&all.classes).contains(&owned("none", 3)), "{:?}", all.classes);
    let roku = Filter { owners: vec!["roku".to_owned()], groups: vec!["tracking".to_owned()], ..Filter::default() };
    let narrowed = desk.facets(&roku);
    assert_eq!((narrowed.names, narrowed.shown), (5, 1));
    assert_eq!(counts(&narrowed.owners), [owned("roku", 1), owned("platform:ntp-pool", 0), owned("tuya", 0)]);
    assert!(
        counts(&narrowed.groups).contains(&owned("control", 1)),
        "what else Roku's names are: {:?}",
        narrowed.groups
    );
    let others = desk.facets(&Filter { not: true, ..roku });
    assert_eq!(others.shown, 4);
}

#[test]
fn a_policy_answers_anew_and_a_mistake_changes_nothing() {
    let mut desk = desk();
    desk.set_policy("block vendor=tuya,roku").unwrap();
    let sums = desk.facets(&Filter::default());
    assert_eq!((sums.names, sums.blocked, sums.breaks, sums.untested), (3, 2, 1, 1));
    let mistake = desk.set_policy("block vendr=tuya").unwrap_err();
    assert_eq!((mistake.line, mistake.column), (Some(1), Some(7)));
    let blocked = Filter { blocked: true, ..Filter::default() };
    assert_eq!(names(&mut desk, &blocked), ["logs.roku.com", "a1.tuyaeu.com"]);
    let wish = ExportWish { policy: "own".to_owned(), ..ExportWish::default() };
    let list = desk.export(&wish).unwrap();
    assert!(list.contains("\n0.0.0.0 logs.roku.com # ") && !list.contains("0.0.0.0 a1.tuyaeu.com"), "{list}");
    assert!(list.contains("Left out: 1: blocking it breaks something"), "{list}");
    assert!(desk.export(&ExportWish { format: "bind".to_owned(), ..wish }).is_err());
}

#[test]
fn answers_are_those_of_the_library() {
    let desk = desk();
    let classifier = Classifier::builtin();
    let lines = "a1.tuyaeu.com\n\nno name at all\n";
    let expected: Vec<u8> = classifier.classify_lines(lines.as_bytes(), 0).flat_map(|brief| brief.to_bytes()).collect();
    assert_eq!(desk.classify_lines(lines), expected);
    assert_eq!(desk.explain_json("a1.tuyaeu.com"), classifier.explain(b"a1.tuyaeu.com", 0).to_json());
}

#[test]
fn whatever_comes_has_a_row() {
    let mut desk = Desk::new().unwrap();
    let junk = b"\xff\xfe\n<script>\na b c\n192.0.2.1\n\\000.example.com\n".as_slice();
    desk.begin(junk, Some("names")).unwrap();
    desk.feed(junk);
    desk.finish();
    let rows = rows(&mut desk, &Filter::default());
    assert_eq!(rows.len(), desk.facets(&Filter::default()).names as usize);
    assert!(rows.len() >= 4 && rows.iter().all(|row| !row.name.is_empty() && !row.what.is_empty()));
    assert!(desk.begin(junk, Some("nosuch")).is_err());
    desk.clear();
    assert_eq!(desk.facets(&Filter::default()).names, 0);
    assert!(desk.use_pack(b"no pack").is_err());
}

#[test]
fn the_knowledge_can_be_searched() {
    let desk = Desk::new().unwrap();
    let found = |text: &str| {
        let found = desk.search(text, 500).unwrap();
        assert_eq!(found.names as usize, found.rows.len());
        (found.fit, found.rows.into_iter().map(|row| row.name).collect::<Vec<_>>())
    };
    let (fit, roku) = found(" ROKU ");
    assert!(roku.first().is_some_and(|name| name.starts_with("roku")), "{roku:?}");
    assert!(fit == Fit::Holds && roku.contains(&"logs.roku.com".to_owned()));
    let (_, hikvision) = found("hikvision");
    assert!(hikvision.contains(&"hik-connect.com".to_owned()), "by its owner: {hikvision:?}");
    let (fit, under) = found("https://a.b.c.tuyaeu.com/x");
    assert!(fit == Fit::Under && under.contains(&"tuyaeu.com".to_owned()), "{under:?}");
    assert!(under.iter().all(|name| name.ends_with("tuyaeu.com")));
    for slip in ["hikvison", "hickvision", "hik-conect.com", "dev.hik-conect.com"] {
        let (fit, near) = found(slip);
        assert!(fit == Fit::Near && near.contains(&"hik-connect.com".to_owned()), "{slip}: {near:?}");
    }
    assert_eq!(found("").1.len() + found("no such name at all").1.len() + found("zqx").1.len(), 0);
    let few = desk.search("com", 3).unwrap();
    assert!(few.rows.len() == 3 && few.names > 1000);
}

#[test]
fn names_outside_the_base_are_folded_by_domain_with_odd_ones_first() {
    let outside =
        ["a.first.example.com", "b.first.example.com", "x.second.org", "y.second.org", "third.net", "fourth.top"];
    let list = format!("logs.roku.com\n{}\nthird.net\n", outside.join("\n"));
    let mut desk = desk_of(&list);
    let whole = Heading { names: 6, count: 7, domains: 4, ..Heading::default() };
    let told = lines(&mut desk, &Filter::default());
    assert!(matches!(&told[..], [Line::Name(_), Line::Heading(heading)] if *heading == whole), "{told:?}");
    let mut open = Filter { open: vec![String::new(), "second.org".to_owned()], ..Filter::default() };
    let told: Vec<String> = lines(&mut desk, &open).into_iter().map(short).collect();
    let expected = [
        "logs.roku.com",
        "*: 6 of 4",
        "  fourth.top",
        "  example.com: 2 of 1",
        "  second.org: 2 of 1",
        "  x.second.org",
    ];
    let mut expected = expected.map(str::to_owned).to_vec();
    expected.extend(["  y.second.org", "  third.net"].map(str::to_owned));
    let mut sorted = (told.clone(), expected.clone());
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1);
    assert_eq!(told[..3], expected[..3], "below a much abused suffix first");
    // Whoever looks for something sees it.
    open = Filter { text: "second".to_owned(), ..Filter::default() };
    assert_eq!(names(&mut desk, &open), ["x.second.org", "y.second.org"]);
    open = Filter { group: Grouping::None, sort: Sort::Input, ..Filter::default() };
    assert_eq!(names(&mut desk, &open)[1..], outside);
    open = Filter { group: Grouping::Domain, sort: Sort::Input, ..Filter::default() };
    let told: Vec<String> = lines(&mut desk, &open).into_iter().map(short).collect();
    assert_eq!(told, ["logs.roku.com", "example.com: 2 of 1", "second.org: 2 of 1", "third.net", "fourth.top"]);
}

/// A line in a few words.
fn short(line: Line) -> String {
    let indent = |below: bool| if below { "  " } else { "" };
    match line {
        Line::Name(row) => format!("{}{}", indent(row.below), row.name),
        Line::Heading(Heading { domain, names, domains, below, .. }) => {
            let domain = if domain.is_empty() { "*" } else { &domain };
            format!("{}{domain}: {names} of {domains}", indent(below))
        }
    }
}

/// A threat list called "mine".
fn threats(names: &str) -> Vec<u8> {
    let spec = OverlaySpec {
        format: ListFormat::Domains,
        kind: OverlayKind::Threat,
        name: "mine".to_owned(),
        scope: Some(RuleScope::Exact),
        date: 20_260_102,
    };
    let mut builder = OverlayBuilder::new(spec).unwrap();
    builder.feed(names.as_bytes());
    builder.finish().unwrap().bytes
}

#[test]
fn packs_join_what_answers_rest_on() {
    let mut desk = desk();
    desk.set_policy("block verdict=malicious").unwrap();
    let base = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../phonehome-data/phonehome.pack")).unwrap();
    let before = desk.info();
    assert_eq!(desk.use_pack(&base).unwrap(), before);
    let bytes = threats("example.com\n");
    let info = desk.use_pack(&bytes).unwrap();
    assert_eq!((info.lists.len(), info.lists[0].name.as_str(), info.lists[0].kind.as_str()), (1, "mine", "threat"));
    assert_eq!(desk.facets(&Filter::default()).worth_a_look, 1);
    let other = threats("a1.tuyaeu.com\nlogs.roku.com\n");
    assert_eq!(desk.use_pack(&other).unwrap().lists[0].rules, 2, "a list takes the place of its namesake");
    assert_eq!(desk.facets(&Filter::default()).worth_a_look, 2);
    let kept = desk.info();
    for bad in [&b"no pack"[..], &base[..base.len() / 2], &bytes[..bytes.len() - 1], b""] {
        assert!(desk.use_pack(bad).is_err());
        assert_eq!(
            (desk.info(), desk.facets(&Filter::default()).worth_a_look),
            (kept.clone(), 2),
            "what is no pack changes nothing"
        );
    }
    assert_eq!(desk.facets(&Filter::default()).blocked, 2, "the policy still holds");
    assert_eq!(desk.listed_lines("logs.roku.com\n\nexample.com\nA1.tuyaeu.com."), [1, 0, 0, 1]);
}

#[test]
fn corrections_act_at_once() {
    let mut desk = desk();
    desk.set_policy("allow listed=allow\nblock verdict=unknown,legitimate,shared,malicious").unwrap();
    let correction = "name,match,vendor,purpose,verdict,action,note\na1.tuyaeu.com,exact,,,,allow,mine\n\
                example.com,suffix,samsung,push,,,\nbad row,exact,,,,perhaps,\n";
    let corrected = desk.set_corrections(&[correction.to_owned()]).unwrap();
    assert_eq!((corrected.rules, corrected.skipped), (3, 1), "an exception that is a label too, and a label");
    let rows = rows(&mut desk, &Filter { sort: Sort::Input, ..Filter::default() });
    let told: Vec<_> = rows.iter().map(|row| (row.whose.as_str(), row.action.starts_with("block"))).collect();
    assert_eq!(told, [("Roku", true), ("Samsung", true), ("Tuya (eu)", false)]);
    let before = desk.facets(&Filter::default());
    assert!(desk.set_corrections(&["no columns\n".to_owned()]).is_err());
    assert_eq!(desk.facets(&Filter::default()), before, "what is no CSV of corrections changes nothing");
    desk.set_corrections(&[]).unwrap();
    assert!(desk.lines(&[1]).iter().all(|line| matches!(line, Line::Name(row) if row.whose == "-")));
}
