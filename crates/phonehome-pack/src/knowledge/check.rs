//! The checks that every source must pass, entry by entry. What depends on other entries is checked in `resolve`.

use std::collections::BTreeMap;

use phonehome::{AnswerMode, Class, EvidenceKind, Impact, Name, Purpose, Region, Risk, Storm};

use super::read::{Placed, Read};
use super::schema::{Breaks, Entry, Evidence, Kind};
use super::template;
use super::{Problem, suffixes::SuffixRule};
use super::{brands, date};
use phonehome::format::suffix_rule;

/// All problems of all items.
pub(super) fn all(read: &Read) -> Vec<Problem> {
    let mut problems = Vec::new();
    unique(&read.vendors, |vendor| vendor.id.clone(), "vendor", &mut problems);
    unique(&read.platforms, |platform| platform.id.clone(), "platform", &mut problems);
    unique(&read.sources, |source| source.id.clone(), "source", &mut problems);
    unique(&read.entries, |entry| entry.id.clone(), "entry", &mut problems);
    unique(&read.entries, |entry| format!("{:?} {}", entry.rule.kind, entry.rule.value), "match", &mut problems);
    let slugs =
        [slugs(&read.vendors, |it| &it.id), slugs(&read.platforms, |it| &it.id), slugs(&read.entries, |it| &it.id)];
    problems.extend(slugs.into_iter().flatten());
    for vendor in &read.vendors {
        vendor_parent(read, vendor.it.parent.as_deref(), &mut |text| problems.push(vendor.problem(text)));
    }
    for source in &read.sources {
        if date::number(&source.it.date).is_none() {
            problems.push(source.problem(format!("date {:?} is not of the form 2026-11-24", source.it.date)));
        }
        if source.it.title.is_empty()
            || source.it.licence.is_empty()
            || (source.it.url.is_empty() && source.it.id != GENERAL)
        {
            problems.push(source.problem(format!("source {:?} needs a title, a url and a licence", source.it.id)));
        }
    }
    for token in &read.tokens {
        if Purpose::from_id(&token.it.purpose).is_none() {
            problems.push(token.problem(format!("{:?} is no purpose of codes.toml", token.it.purpose)));
        }
    }
    problems.extend(brands::check(read));
    for entry in &read.entries {
        let mut say = |text: String| problems.push(entry.problem(format!("entry {:?}: {text}", entry.it.id)));
        self::entry(read, &entry.it, &mut say);
    }
    problems
}

/// The source that stands for knowledge without one.
const GENERAL: &str = "general-knowledge";

fn unique<T>(items: &[Placed<T>], key: impl Fn(&T) -> String, what: &str, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<String, &Placed<T>> = BTreeMap::new();
    for item in items {
        let key = key(&item.it);
        if let Some(first) = seen.get(&key) {
            problems.push(item.problem(format!("{what} {key:?} stands already in {}:{}", first.path, first.line)));
        }
        seen.entry(key).or_insert(item);
    }
}

/// Ids that are no slugs: lower-case letters, digits, hyphens.
fn slugs<T>(items: &[Placed<T>], id: impl Fn(&T) -> &String) -> Vec<Problem> {
    let is_slug =
        |id: &str| !id.is_empty() && id.bytes().all(|octet| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let wrong = items.iter().filter(|item| !is_slug(id(&item.it)));
    wrong
        .map(|item| {
            item.problem(format!("id {:?} may have lower-case letters, digits and hyphens alone", id(&item.it)))
        })
        .collect()
}

fn vendor_parent(read: &Read, parent: Option<&str>, say: &mut impl FnMut(String)) {
    let mut next = parent;
    for _ in 0..read.vendors.len() {
        let Some(parent) = next else { return };
        match read.vendors.iter().find(|vendor| vendor.it.id == parent) {
            Some(vendor) => next = vendor.it.parent.as_deref(),
            None => return say(format!("parent {parent:?} is no vendor of any file")),
        }
    }
    if next.is_some() {
        say("the parents form a circle".to_owned());
    }
}

fn entry(read: &Read, entry: &Entry, say: &mut impl FnMut(String)) {
    matched(read, entry, say);
    let known = |id: &str, list: bool, what: &str, say: &mut dyn FnMut(String)| {
        if !list {
            say(format!("{id:?} is no {what}"));
        }
    };
    for vendor in [entry.vendor.as_deref(), entry.below.as_deref()].into_iter().flatten() {
        known(vendor, read.vendors.iter().any(|known| known.it.id == vendor), "vendor of any file", say);
    }
    if let Some(platform) = entry.platform.as_deref() {
        known(platform, read.platforms.iter().any(|known| known.it.id == platform), "platform of any file", say);
    }
    for class in entry.classes.iter().flatten() {
        known(class, Class::from_id(class).is_some(), "device class of codes.toml", say);
    }
    for purpose in &entry.purposes {
        known(purpose, Purpose::from_id(purpose).is_some(), "purpose of codes.toml", say);
    }
    if let Some(region) = entry.region.as_deref() {
        known(region, Region::from_id(region).is_some(), "region (two letters, or eu ap na sa me af global)", say);
    }
    words(entry, say);
    for risk in entry.risk.iter().flatten() {
        known(&risk.reason, Risk::from_id(&risk.reason).is_some(), "risk of codes.toml", say);
        known(&risk.source, has_source(read, &risk.source), "source of any file", say);
    }
    if let Some(breaks) = &entry.breaks {
        self::breaks(read, entry, breaks, say);
    }
    evidence(read, &entry.evidence, say);
    if entry.confidence != "low"
        && !entry.evidence.is_empty()
        && entry.evidence.iter().all(|item| item.source == GENERAL)
    {
        say("what rests on general knowledge alone has confidence \"low\"".to_owned());
    }
}

/// Fields with few fixed words, and dates.
fn words(entry: &Entry, say: &mut impl FnMut(String)) {
    let fixed: [(&str, Option<&str>, &[&str]); 4] = [
        ("contacted_by", entry.contacted_by.as_deref(), &["device", "app", "both"]),
        ("party", entry.party.as_deref(), &["first", "support", "third"]),
        ("status", entry.status.as_deref(), &["live", "defunct"]),
        ("confidence", Some(&entry.confidence), &["high", "medium", "low"]),
    ];
    for (field, value, allowed) in fixed {
        if value.is_some_and(|value| !allowed.contains(&value)) {
            say(format!("{field} is one of {}", allowed.join(", ")));
        }
    }
    for date in [&entry.first_seen, &entry.last_seen].into_iter().flatten() {
        if date::number(date).is_none() {
            say(format!("date {date:?} is not of the form 2026-11-24"));
        }
    }
}

fn breaks(read: &Read, entry: &Entry, breaks: &Breaks, say: &mut impl FnMut(String)) {
    let Some(impact) = Impact::from_id(&breaks.impact) else {
        return say(format!("impact is one of unknown, none, degraded, breaks; not {:?}", breaks.impact));
    };
    if let Some(storm) = &breaks.retry_storm {
        match Storm::from_id(storm) {
            None => say(format!("retry_storm is one of unknown, known, likely, no; not {storm:?}")),
            Some(Storm::Known) if breaks.source.is_none() => say("a known retry storm needs a source".to_owned()),
            Some(_) => {}
        }
    }
    for answer in &breaks.answers {
        if AnswerMode::from_id(answer).is_none() {
            say(format!("{answer:?} is no answer mode: nxdomain null_ip nodata refused drop"));
        }
    }
    if impact != Impact::Unknown && breaks.source.is_none() {
        say(format!("impact {} needs a source", breaks.impact));
    }
    if matches!(impact, Impact::Degraded | Impact::Breaks) && breaks.function.is_empty() {
        say(format!("impact {} needs a sentence in `function`: what stops?", breaks.impact));
    }
    if impact == Impact::None && entry.purposes.iter().any(|purpose| purpose == Purpose::TimeSync.id()) {
        say("a clock never has impact none".to_owned());
    }
    if breaks.source.as_deref().is_some_and(|source| !has_source(read, source)) {
        say(format!("{:?} is no source of any file", breaks.source.as_deref().unwrap_or("")));
    }
}

pub(super) fn evidence(read: &Read, evidence: &[Evidence], say: &mut impl FnMut(String)) {
    if evidence.is_empty() {
        return say("at least one piece of evidence is needed".to_owned());
    }
    for item in evidence {
        let kind = EvidenceKind::from_id(&item.kind);
        if kind.is_none() {
            say(format!("evidence kind {:?} is none of doc code list thread capture knowledge", item.kind));
        }
        if (kind == Some(EvidenceKind::Knowledge)) != (item.source == GENERAL) {
            say(format!("kind \"knowledge\" and source {GENERAL:?} go together"));
        }
        if !has_source(read, &item.source) {
            say(format!("{:?} is no source of any file", item.source));
        }
        if date::number(&item.date).is_none() {
            say(format!("date {:?} is not of the form 2026-11-24", item.date));
        }
    }
}

fn has_source(read: &Read, id: &str) -> bool {
    read.sources.iter().any(|source| source.it.id == id)
}

/// The match value: a canonical name, or a template over one, under a public suffix but not one itself.
fn matched(read: &Read, entry: &Entry, say: &mut impl FnMut(String)) {
    let value = entry.rule.value.as_str();
    let anchor = match entry.rule.kind {
        Kind::Pattern => match template::compile(value) {
            Ok(compiled) => compiled.anchor,
            Err(error) => return say(format!("pattern {value:?}: {error}")),
        },
        Kind::Exact | Kind::Suffix => value.to_owned(),
    };
    match Name::parse(anchor.as_bytes()) {
        Err(error) => say(format!("{anchor:?} is not a domain name: {error}")),
        Ok(name) if !name.is_plain() || name.to_string() != anchor => {
            say(format!("write {anchor:?} in lower case, as A-labels, without a final dot"));
        }
        Ok(name) if !is_below_public_suffix(&read.suffixes, &name) => {
            say(format!("{anchor:?} is a public suffix of the ICANN section, or has an unlisted top-level domain"));
        }
        Ok(_) => {}
    }
    let is_pattern = entry.rule.kind == Kind::Pattern;
    if is_pattern && (entry.matches.len() < 2 || entry.rejects.len() < 2) {
        say("a pattern needs two names in `matches` and two near misses in `rejects`".to_owned());
    }
    let has_examples = !entry.matches.is_empty() || !entry.rejects.is_empty();
    if has_examples && !is_pattern {
        say("`matches` and `rejects` belong to patterns".to_owned());
    }
}

/// Whether a name has a registrable name: something left of its ICANN suffix.
fn is_below_public_suffix(rules: &[SuffixRule], name: &Name) -> bool {
    let bits = |tail: &str| {
        rules
            .binary_search_by(|rule| rule.name.to_string().as_str().cmp(tail))
            .ok()
            .and_then(|n| rules.get(n))
            .map_or(0, |rule| rule.bits)
    };
    let text = name.to_string();
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('.').map(|(at, _)| at + 1)).collect();
    let tail = |n: usize| starts.get(n).and_then(|start| text.get(*start..)).unwrap_or("");
    let own = bits(&text);
    let by_wildcard = bits(tail(1)) & suffix_rule::ICANN_WILDCARD != 0 && own & suffix_rule::EXCEPTION == 0;
    let is_suffix = by_wildcard || own & suffix_rule::ICANN != 0;
    let icann = suffix_rule::ICANN | suffix_rule::ICANN_WILDCARD;
    !is_suffix && (1..starts.len()).any(|n| bits(tail(n)) & icann != 0)
}
