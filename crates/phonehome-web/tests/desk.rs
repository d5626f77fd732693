//! The desk, natively: what the page asks of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use phonehome::Classifier;
use phonehome_web::{Desk, ExportWish, Filter, Sort};

const LIST: &str =
    "0.0.0.0 logs.roku.com\n0.0.0.0 example.com # twice\n0.0.0.0 logs.roku.com\nno address\n0.0.0.0 a1.tuyaeu.com\n";

fn desk() -> Desk {
    let mut desk = Desk::new(None).unwrap();
    desk.begin(LIST.as_bytes(), None).unwrap();
    // Pieces may end anywhere.
    LIST.as_bytes().chunks(7).for_each(|piece| desk.feed(piece));
    let reading = desk.finish();
    assert_eq!((reading.format.as_str(), reading.lines, reading.names, reading.skipped), ("hosts", 5, 4, 1));
    assert_eq!(reading.first_skip.map(|(line, _)| line), Some(4));
    desk
}

fn names(desk: &Desk, filter: &Filter) -> Vec<String> {
    desk.rows(&desk.view(filter)).into_iter().map(|row| row.name).collect()
}

#[test]
fn names_come_once_and_are_counted() {
    let desk = desk();
    let facets = desk.facets();
    assert_eq!((facets.names, facets.makers, facets.tracking, facets.odd), (3, 2, 1, 0));
    let vendors: Vec<_> = facets.vendors.iter().map(|value| (value.text.as_str(), value.count)).collect();
    assert_eq!(vendors, [("Roku", 1), ("Tuya", 1)]);
    let first = desk.rows(&[0, 99]).remove(0);
    assert_eq!((first.name.as_str(), first.count, first.whose.as_str()), ("logs.roku.com", 2, "Roku"));
}

#[test]
fn filters_and_orders() {
    let desk = desk();
    let filter = |change: fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        names(&desk, &filter)
    };
    assert_eq!(filter(|_| ()), ["logs.roku.com", "a1.tuyaeu.com", "example.com"]);
    assert_eq!(filter(|filter| filter.sort = Sort::Name), ["example.com", "logs.roku.com", "a1.tuyaeu.com"]);
    assert_eq!(filter(|filter| filter.sort = Sort::Input), ["logs.roku.com", "example.com", "a1.tuyaeu.com"]);
    assert_eq!(filter(|filter| filter.text = " TUYA".to_owned()), ["a1.tuyaeu.com"]);
    assert_eq!(filter(|filter| filter.groups = vec!["tracking".to_owned()]), ["logs.roku.com"]);
    assert_eq!(
        filter(|filter| filter.vendors = vec!["roku".to_owned(), "tuya".to_owned()]),
        ["logs.roku.com", "a1.tuyaeu.com"]
    );
    assert_eq!(
        filter(|filter| (filter.vendors, filter.not) = (vec!["roku".to_owned()], true)),
        ["a1.tuyaeu.com", "example.com"]
    );
    assert_eq!(filter(|filter| filter.verdicts = vec!["unknown".to_owned()]), ["example.com"]);
}

#[test]
fn a_policy_answers_anew_and_a_mistake_changes_nothing() {
    let mut desk = desk();
    let sums = desk.set_policy("block vendor=tuya,roku").unwrap();
    assert_eq!((sums.names, sums.blocked, sums.breaks, sums.untested), (3, 2, 1, 1));
    let mistake = desk.set_policy("block vendr=tuya").unwrap_err();
    assert_eq!((mistake.line, mistake.column), (Some(1), Some(7)));
    let blocked = Filter { blocked: true, ..Filter::default() };
    assert_eq!(names(&desk, &blocked), ["logs.roku.com", "a1.tuyaeu.com"]);
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
    let mut desk = Desk::new(None).unwrap();
    let junk = b"\xff\xfe\n<script>\na b c\n192.0.2.1\n\\000.example.com\n".as_slice();
    desk.begin(junk, Some("names")).unwrap();
    desk.feed(junk);
    desk.finish();
    let rows = desk.rows(&desk.view(&Filter::default()));
    assert_eq!(rows.len(), desk.facets().names as usize);
    assert!(rows.len() >= 4 && rows.iter().all(|row| !row.name.is_empty() && !row.what.is_empty()));
    assert!(desk.begin(junk, Some("nosuch")).is_err());
    desk.clear();
    assert_eq!(desk.facets().names, 0);
    assert!(Desk::new(Some(b"no pack".to_vec())).is_err());
}

#[test]
fn the_knowledge_can_be_searched() {
    let desk = Desk::new(None).unwrap();
    let found = |text: &str| desk.search(text, 500).unwrap().into_iter().map(|row| row.name).collect::<Vec<_>>();
    let roku = found(" ROKU ");
    assert!(roku.first().is_some_and(|name| name.starts_with("roku")), "{roku:?}");
    assert!(roku.contains(&"logs.roku.com".to_owned()));
    let hikvision = found("hikvision");
    assert!(hikvision.contains(&"hik-connect.com".to_owned()), "by its owner: {hikvision:?}");
    assert_eq!(found("").len() + found("no such name at all").len(), 0);
    assert_eq!(desk.search("com", 3).unwrap().len(), 3);
}

#[test]
fn corrections_act_at_once() {
    let mut desk = desk();
    desk.set_policy("allow listed=allow\nblock verdict=unknown,legitimate,shared,malicious").unwrap();
    let rows = "name,match,vendor,purpose,verdict,action,note\na1.tuyaeu.com,exact,,,,allow,mine\n\
                example.com,suffix,samsung,push,,,\nbad row,exact,,,,perhaps,\n";
    let corrected = desk.set_corrections(&[rows.to_owned()]).unwrap();
    assert_eq!((corrected.rules, corrected.skipped), (3, 1), "an exception that is a label too, and a label");
    let rows = desk.rows(&desk.view(&Filter { sort: Sort::Input, ..Filter::default() }));
    let told: Vec<_> = rows.iter().map(|row| (row.whose.as_str(), row.action.starts_with("block"))).collect();
    assert_eq!(told, [("Roku", true), ("Samsung", true), ("Tuya (eu)", false)]);
    let before = desk.facets();
    assert!(desk.set_corrections(&["no columns\n".to_owned()]).is_err());
    assert_eq!(desk.facets(), before, "what is no CSV of corrections changes nothing");
    desk.set_corrections(&[]).unwrap();
    assert!(desk.rows(&[1]).iter().all(|row| row.whose == "-"));
}
