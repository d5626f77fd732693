//! The facts of an explanation as labelled lines; what is not known has no line.

use phonehome::{Action, Explanation, Fact, ListView, SourceView};

use crate::date::Date;
use crate::engine::Engine;

/// Everything worth a line, in the order in which people ask. An empty label belongs to the line above.
pub(super) fn facts(engine: &Engine, answer: &Explanation<'_>, today: Date) -> Vec<Fact> {
    let mut facts = answer.facts(&|vendor| engine.vendor_name(vendor).map(str::to_owned));
    facts.extend(labelled("Why", answer.reasons.iter().map(|reason| reason.text.clone())));
    facts.extend(labelled("Your lists", answer.lists.iter().map(list)));
    facts.extend(policy(engine, answer));
    facts.extend(sources(answer, today));
    facts
}

fn labelled(label: &'static str, texts: impl Iterator<Item = String>) -> impl Iterator<Item = Fact> {
    texts.enumerate().map(move |(number, text)| (if number == 0 { label } else { "" }, text))
}

fn list(list: &ListView) -> String {
    let purpose = list.purpose.map_or("", |purpose| purpose.text());
    let own: Vec<&str> =
        [list.vendor.as_str(), purpose, &list.note].into_iter().filter(|part| !part.is_empty()).collect();
    let own = if own.is_empty() { String::new() } else { format!(": {}", own.join("; ")) };
    format!("{} ({}){own}", list.list, list.kind.text())
}

fn policy(engine: &Engine, answer: &Explanation<'_>) -> Option<Fact> {
    if !engine.has_policy() {
        return None;
    }
    let by = answer.policy_line.map_or("no line decides".to_owned(), |line| format!("line {line}"));
    let text = match answer.action() {
        Action::Block(mode) => {
            format!("would block it ({by}): {}, TTL {} s", mode.text(), answer.brief.blocked_ttl())
        }
        Action::Allow => format!("would let it through ({by})"),
    };
    let noted = if answer.brief.logged() { "; a log line notes it" } else { "" };
    Some(("Policy", format!("{text}{noted}")))
}

fn sources(answer: &Explanation<'_>, today: Date) -> Vec<Fact> {
    let mut facts = Vec::new();
    let evidence = answer.evidence.iter().map(|item| (item.source, item.kind.text(), item.date));
    let risks = answer.risks.iter().filter_map(|risk| risk.source).map(|source| (source, "on the risk", source.date));
    let mut seen: Vec<&str> = Vec::new();
    let impact =
        answer.breaks.as_ref().and_then(|breaks| breaks.source).map(|source| (source, "on what breaks", source.date));
    for (source, kind, date) in evidence.chain(risks).chain(impact) {
        if seen.contains(&source.id) {
            continue;
        }
        let label = if seen.is_empty() { "Sources" } else { "" };
        seen.push(source.id);
        facts.push((label, source_line(source, kind, date, today)));
        if !source.url.is_empty() {
            facts.push(("", source.url.to_owned()));
        }
    }
    facts
}

fn source_line(source: SourceView<'_>, kind: &str, date: &str, today: Date) -> String {
    let age = Date::parse(date).map(|date| date.age(today)).unwrap_or_default();
    let about: Vec<&str> = [kind, date, &age].into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} ({})", source.title, about.join(", "))
}
