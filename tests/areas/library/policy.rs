//! The evaluator of policies against the naive interpreter, on random policies and the corpus's names.

use std::collections::BTreeMap;

use phonehome::{Action, Classifier};
use phonehome_tests::naive_policy::{self, Decision, Facts};
use phonehome_tests::random::Random;
use phonehome_tests::{corpus, overlays};

const POLICIES: usize = 1_000;
const NAMES_EACH: usize = 100;

/// Terms with `=` and `!=` whose values are taken from answers.
const TERMS: &[&str] = &[
    "vendor",
    "platform",
    "purpose",
    "basis",
    "class",
    "region",
    "verdict",
    "risk",
    "impact",
    "retry_storm",
    "reason",
    "confidence",
    "list",
    "listed",
];
const GROUPS: &[&str] = &["tracking", "updates", "plumbing", "control", "carrying"];
const MODES: &[&str] = &["nxdomain", "null_ip", "nodata", "refused", "drop"];

fn open(policies: &[&str]) -> Classifier<'static> {
    let lists = overlays::files().iter().map(|file| overlays::file(file)).collect();
    Classifier::builtin_with(lists, policies).unwrap_or_else(|error| panic!("{error}"))
}

/// The names, and what a policy sees of each.
fn records() -> Vec<Facts> {
    let classifier = open(&[]);
    let vendors: Vec<_> = classifier.vendors().collect();
    let parents: BTreeMap<String, String> = vendors
        .iter()
        .filter_map(|vendor| Some((vendor.id.to_owned(), vendors[usize::from(vendor.parent?)].id.to_owned())))
        .collect();
    assert!(!parents.is_empty(), "no vendor has a parent");
    let cases = corpus::cases().into_iter().chain(corpus::overlay_cases());
    cases
        // A policy is about names; what is none has no action.
        .filter_map(|case| phonehome::Name::parse(case.name.as_bytes()).ok())
        .map(|name| {
            let json = classifier.explain_name(&name, 0).to_json();
            Facts::of(&serde_json::from_str(&json).unwrap(), &parents)
        })
        .collect()
}

/// Makes policies out of what the records hold.
struct Maker<'r> {
    random: Random,
    records: &'r [Facts],
    /// Term to every value that some record has.
    values: BTreeMap<&'static str, Vec<String>>,
}

impl<'r> Maker<'r> {
    fn new(records: &'r [Facts]) -> Self {
        let mut values: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (term, words) in records.iter().flat_map(|record| &record.terms) {
            values.entry(term).or_default().extend(words.iter().cloned());
        }
        for words in values.values_mut() {
            words.sort();
            words.dedup();
        }
        values.get_mut("purpose").unwrap().extend(GROUPS.iter().map(|group| (*group).to_owned()));
        for term in TERMS {
            assert!(values[term].len() > 1, "records hold too little for {term}");
        }
        Self { random: Random::new(11), records, values }
    }

    fn policy(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.random.below(8) {
            match self.random.below(12) {
                0 => text.push_str("# a comment\n"),
                1 => text.push('\n'),
                _ => {
                    let rule = self.rule();
                    text.push_str(&rule);
                }
            }
        }
        text
    }

    fn rule(&mut self) -> String {
        let verb = *self.random.pick(&["allow", "block", "block", "log"]);
        let mut rule = verb.to_owned();
        // Conditions that all hold of one record are rare unless they are taken from it.
        let record = self.random.once_in(2).then(|| self.random.below(self.records.len()));
        for _ in 0..[0, 1, 1, 1, 2, 2, 3, 4][self.random.below(8)] {
            let condition = self.condition(record);
            rule.push_str([" ", "\t", "   "][self.random.below(3)]);
            rule.push_str(&condition);
        }
        if verb == "block" && self.random.once_in(3) {
            rule.push_str(&format!(" answer={}", self.random.pick(MODES)));
        }
        if self.random.once_in(6) {
            rule.push_str(" # why");
        }
        rule.push_str(["\n", "\n", "\r\n"][self.random.below(3)]);
        rule
    }

    fn condition(&mut self, record: Option<usize>) -> String {
        let operator = *self.random.pick(&["=", "=", "!="]);
        let count = 1 + self.random.below(3);
        match self.random.below(TERMS.len() + 4) {
            0 | 1 => {
                let names: Vec<String> = (0..count).map(|_| self.name(record)).collect();
                format!("name{operator}{}", names.join(","))
            }
            2 => {
                let names: Vec<String> = (0..count).map(|_| self.suffix(record)).collect();
                format!("suffix{operator}{}", names.join(","))
            }
            3 => match self.random.below(4) {
                0 => format!("band{operator}{}", self.random.pick(&["low", "raised,high"])),
                1 => format!("band>={}", self.random.pick(&["low", "raised", "high"])),
                _ => format!("confidence>={}", self.random.below(101)),
            },
            number => {
                let term = TERMS[number - 4];
                let values: Vec<String> = (0..count).map(|_| self.value(term, record)).collect();
                format!("{term}{operator}{}", values.join(","))
            }
        }
    }

    fn name(&mut self, record: Option<usize>) -> String {
        let number = record.unwrap_or_else(|| self.random.below(self.records.len()));
        self.records[number].name.clone()
    }

    /// A name, or what stands behind one of its dots.
    fn suffix(&mut self, record: Option<usize>) -> String {
        let name = self.name(record);
        let starts: Vec<usize> = (0..1).chain(name.match_indices('.').map(|(at, _)| at + 1)).collect();
        name[*self.random.pick(&starts)..].to_owned()
    }

    fn value(&mut self, term: &str, record: Option<usize>) -> String {
        let own = record.map(|number| &self.records[number].terms[term]).filter(|values| !values.is_empty());
        let pool = own.unwrap_or(&self.values[term]);
        self.random.pick(pool).clone()
    }
}

#[test]
fn the_evaluator_equals_the_naive_interpreter() {
    let records = records();
    let mut maker = Maker::new(&records);
    let policies: Vec<String> = (0..POLICIES).map(|_| maker.policy()).collect();
    let texts: Vec<&str> = policies.iter().map(String::as_str).collect();
    let classifier = open(&texts);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for (number, policy) in policies.iter().enumerate() {
        for _ in 0..NAMES_EACH {
            let record = maker.random.pick(&records);
            let answer = classifier.explain(record.name.as_bytes(), number);
            assert_eq!(answer.brief, classifier.classify(record.name.as_bytes(), number));
            let mode = if let Action::Block(mode) = answer.action() { Some(mode.id().to_owned()) } else { None };
            let got = Decision {
                action: answer.action().id(),
                answer: mode,
                logged: answer.brief.logged(),
                line: answer.policy_line,
            };
            assert_eq!(got, naive_policy::decide(policy, record), "{} under\n{policy}\n{record:?}", record.name);
            let mode = got.answer.unwrap_or_default();
            *outcomes.entry(format!("{} {mode} by a line: {}", got.action, got.line.is_some())).or_default() += 1;
            *outcomes.entry(format!("logged: {}", got.logged)).or_default() += 1;
        }
    }
    // Agreement on policies that never do anything would prove nothing.
    let modes = MODES.iter().map(|mode| format!("block {mode} by a line: true"));
    let others = ["allow  by a line: true", "allow  by a line: false", "logged: true", "logged: false"];
    for outcome in modes.chain(others.map(str::to_owned)) {
        let count = outcomes.get(&outcome).copied().unwrap_or(0);
        assert!(count > 500, "{outcome}: only {count} of {}; {outcomes:?}", POLICIES * NAMES_EACH);
    }
}

#[test]
fn the_empty_policy_and_a_missing_one_allow() {
    let classifier = open(&["", "# nothing\n\n", "block"]);
    for number in [0, 1, 3, usize::MAX] {
        let brief = classifier.classify(b"bad.example.net", number);
        assert_eq!((brief.action(), brief.logged()), (Action::Allow, false));
    }
    assert_ne!(classifier.classify(b"bad.example.net", 2).action(), Action::Allow);
}

#[test]
fn an_absent_field_compares_false_either_way() {
    for term in [
        "vendor=samsung",
        "platform=noip",
        "purpose=sync",
        "class=tv",
        "region=eu",
        "risk=dynamic_dns",
        "impact=unknown",
        "retry_storm=unknown",
        "basis=stated",
        "band=low",
        "listed=threat",
        "list=threat",
    ] {
        let unequal = term.replace('=', "!=");
        let classifier = open(&[&format!("block {term}"), &format!("block {unequal}")]);
        for number in [0, 1] {
            assert_eq!(classifier.classify(b"example.com", number).action(), Action::Allow, "{term}");
        }
    }
}

#[test]
fn a_vendor_stands_for_its_daughters() {
    let classifier = open(&["block vendor=google", "block vendor=nest", "block vendor!=google"]);
    let blocked =
        |name: &str| [0, 1, 2].map(|number| classifier.classify(name.as_bytes(), number).action() != Action::Allow);
    assert_eq!(classifier.explain(b"nest.com", 0).vendor.unwrap().parent, Some("google"));
    assert_eq!(blocked("nest.com"), [true, true, false]);
    assert_eq!(blocked("mtalk.google.com"), [true, false, false]);
    assert_eq!(blocked("logs.roku.com"), [false, false, true]);
}

#[test]
fn presets_parse() {
    let folder = phonehome_tests::root("crates/phonehome-cli/presets");
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("presets") {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let classifier = Classifier::builtin_with(Vec::new(), &[&text]);
        assert!(classifier.is_ok(), "{}: {:?}", path.display(), classifier.err());
        count += 1;
    }
    assert!(count >= 3, "{count} presets");
}
