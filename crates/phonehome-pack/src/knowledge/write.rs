//! Resolved knowledge to the sections of a base pack.

use std::collections::BTreeMap;

use phonehome::format::{KIND_BASE, anchor, checksum, entry, name_hash, ordered_key, section, value_bits, word_hash};
use phonehome::{AnswerMode, Brief, EvidenceKind, Impact, Name, Purpose, Risk};

use super::brands;
use super::read::Read;
use super::resolve::Resolved;
use super::schema::{Entry, Kind};
use crate::bytes::{Section, Strings, file, number, small, words};
use crate::table;

/// What hangs at one anchor.
#[derive(Default)]
struct Anchor {
    exact: Option<u32>,
    suffix: Option<u32>,
    /// Numbers of entries.
    patterns: Vec<usize>,
}

/// The bytes of the pack.
pub(super) fn pack(read: &Read, resolved: &[Resolved], model: &[u8]) -> Vec<u8> {
    let seed = seed(resolved);
    let mut strings = Strings::new();
    let (entries, details) = entries(read, resolved, &mut strings);
    let anchors = anchors(resolved);
    let tree = tree(resolved, &anchors, seed);
    let about = about(read, resolved, &mut strings);
    let lists = lists(read, &mut strings);
    let mut sections = vec![
        Section::new(section::CODES, codes_used(resolved, read)),
        Section::new(section::ENTRIES, entries),
        Section::new(section::DETAILS, details),
        Section::new(section::SUFFIXES, suffixes(read, seed)),
        Section::new(section::TOKENS, tokens(read, seed)),
        Section::new(section::ABOUT, about),
        Section::new(section::BRANDS, brands::section(read, resolved)),
        Section::new(section::ABUSED, brands::abused(read, seed)),
    ];
    if !model.is_empty() {
        sections.push(Section::new(section::MODEL, model.to_vec()));
    }
    sections.extend(tree);
    sections.extend(lists);
    sections.push(Section::new(section::STRINGS, strings.into_bytes()));
    file(KIND_BASE, read.date, seed, &sections)
}

/// A seed from the content: the same sources hash alike, other sources otherwise.
fn seed(resolved: &[Resolved]) -> u64 {
    let text: Vec<&str> = resolved.iter().map(|entry| entry.anchor.as_str()).collect();
    checksum(text.join("\n").as_bytes())
}

fn anchors(resolved: &[Resolved]) -> BTreeMap<&str, Anchor> {
    let mut anchors: BTreeMap<&str, Anchor> = BTreeMap::new();
    for (number, entry) in resolved.iter().enumerate() {
        let anchor = anchors.entry(entry.anchor.as_str()).or_default();
        match entry.kind {
            Kind::Exact => anchor.exact = Some(small(number)),
            Kind::Suffix => anchor.suffix = Some(small(number)),
            Kind::Pattern => anchor.patterns.push(number),
        }
    }
    anchors
}

/// The hash table, the anchors, the patterns and the ordered store.
fn tree(resolved: &[Resolved], anchors: &BTreeMap<&str, Anchor>, seed: u64) -> Vec<Section> {
    let (mut store, mut rows, mut programs) = (Vec::new(), Vec::new(), Vec::new());
    let (mut pairs, mut keys) = (Vec::new(), BTreeMap::new());
    for (text, anchor) in anchors {
        // Anchors passed the checks, so they parse.
        let Ok(name) = Name::parse(text.as_bytes()) else { continue };
        let place = small(store.len() / 4);
        pairs.push((name_hash(&name, seed), place));
        keys.insert(ordered_key(&name), u64::from(place));
        let first = small(rows.len() / 12);
        store.extend_from_slice(&[text.len() as u8, 0]);
        store.extend_from_slice(&(anchor.patterns.len() as u16).to_le_bytes());
        words(&mut store, &[anchor.exact.unwrap_or(anchor::NONE), anchor.suffix.unwrap_or(anchor::NONE), first]);
        store.extend_from_slice(text.as_bytes());
        store.resize(store.len().div_ceil(4) * 4, 0);
        for number in &anchor.patterns {
            let program = resolved.get(*number).map(|entry| entry.program.as_slice()).unwrap_or(&[]);
            words(&mut rows, &[small(programs.len()), small(program.len()), small(*number)]);
            programs.extend_from_slice(program);
        }
    }
    // Keys come sorted out of the map, so the fst accepts them; an empty one stands in if it should not.
    let ordered = fst::Map::from_iter(keys).map(|map| map.into_fst().into_inner()).unwrap_or_default();
    vec![
        Section::new(section::TABLE, table::build(&pairs, value_bits::ANCHORS)),
        Section::new(section::ANCHORS, store),
        Section::new(section::PATTERNS, rows),
        Section::new(section::PROGRAMS, programs),
        Section::new(section::ORDERED, ordered),
    ]
}

/// Entries and their details.
fn entries(read: &Read, resolved: &[Resolved], strings: &mut Strings) -> (Vec<u8>, Vec<u8>) {
    let source_of = |id: &str| read.sources.iter().position(|source| source.it.id == id).map_or(0, small);
    let (mut rows, mut details) = (Vec::with_capacity(resolved.len() * entry::SIZE), Vec::new());
    for item in resolved {
        let Some(source) = read.entries.get(item.source).map(|entry| &entry.it) else { continue };
        rows.extend_from_slice(&Brief::from(item.record).to_bytes());
        words(&mut rows, &[small(details.len())]);
        rows.extend_from_slice(&item.region.to_bytes());
        let kind = match item.kind {
            Kind::Exact => entry::EXACT,
            Kind::Pattern => entry::PATTERN,
            Kind::Suffix => entry::SUFFIX,
        };
        let answer = source.breaks.as_ref().and_then(|breaks| AnswerMode::from_id(breaks.answers.first()?));
        rows.extend_from_slice(&[kind, answer.map_or(0, |mode| mode.number() + 1)]);
        detail(source, item, &source_of, strings, &mut details);
    }
    (rows, details)
}

fn detail(source: &Entry, item: &Resolved, source_of: &impl Fn(&str) -> u32, strings: &mut Strings, out: &mut Vec<u8>) {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    text(out, strings, &source.id);
    text(out, strings, &source.rule.value);
    number(out, small(source.brands.len()));
    source.brands.iter().for_each(|brand| text(out, strings, brand));
    codes(out, source.purposes.iter().filter_map(|id| Purpose::from_id(id)).map(Purpose::number).collect());
    text(out, strings, &optional(&source.contacted_by));
    text(out, strings, &optional(&source.party));
    text(out, strings, &optional(&source.first_seen));
    text(out, strings, &optional(&source.last_seen));
    text(out, strings, source.status.as_deref().unwrap_or("live"));
    number(out, source.period_s.unwrap_or(0));
    let breaks = source.breaks.as_ref();
    let of =
        |field: fn(&super::schema::Breaks) -> &String| breaks.map(|breaks| field(breaks).clone()).unwrap_or_default();
    text(out, strings, &of(|breaks| &breaks.function));
    text(out, strings, &of(|breaks| &breaks.devices));
    text(out, strings, &of(|breaks| &breaks.keeps));
    text(out, strings, &of(|breaks| &breaks.when));
    text(out, strings, &of(|breaks| &breaks.remedy));
    let answers = breaks.map(|breaks| breaks.answers.as_slice()).unwrap_or(&[]);
    codes(out, answers.iter().filter_map(|id| AnswerMode::from_id(id)).map(AnswerMode::number).collect());
    number(out, breaks.and_then(|breaks| breaks.source.as_deref()).map_or(0, |id| source_of(id) + 1));
    number(out, small(item.risks.len()));
    for row in &item.risks {
        out.push(Risk::from_id(&row.reason).map_or(0, Risk::number));
        number(out, source_of(&row.source));
    }
    number(out, small(source.evidence.len()));
    for row in &source.evidence {
        number(out, source_of(&row.source));
        out.push(EvidenceKind::from_id(&row.kind).map_or(0, EvidenceKind::number));
        text(out, strings, &row.date);
    }
}

fn text(out: &mut Vec<u8>, strings: &mut Strings, value: &str) {
    let offset = strings.offset(value);
    number(out, offset);
}

fn codes(out: &mut Vec<u8>, codes: Vec<u8>) {
    number(out, small(codes.len()));
    out.extend_from_slice(&codes);
}

/// Vendors, platforms, sources.
fn lists(read: &Read, strings: &mut Strings) -> [Section; 3] {
    let (mut vendors, mut platforms, mut sources) = (Vec::new(), Vec::new(), Vec::new());
    for vendor in &read.vendors {
        let parent = read.vendors.iter().position(|other| Some(&other.it.id) == vendor.it.parent.as_ref());
        let row = [strings.offset(&vendor.it.id), strings.offset(&vendor.it.name), parent.map_or(u32::MAX, small)];
        words(&mut vendors, &row);
    }
    for platform in &read.platforms {
        words(&mut platforms, &[strings.offset(&platform.it.id), strings.offset(&platform.it.name)]);
    }
    for source in &read.sources {
        let it = &source.it;
        let row = [&it.id, &it.title, &it.url, &it.licence, &it.date].map(|text| strings.offset(text));
        words(&mut sources, &row);
    }
    [
        Section::new(section::VENDORS, vendors),
        Section::new(section::PLATFORMS, platforms),
        Section::new(section::SOURCES, sources),
    ]
}

fn about(read: &Read, resolved: &[Resolved], strings: &mut Strings) -> Vec<u8> {
    let impacts = resolved.iter().filter(|entry| entry.record.impact != Impact::Unknown).count();
    let mut out = Vec::new();
    let row = [
        strings.offset(&read.version),
        strings.offset(&read.suffix_version),
        small(read.suffixes.len()),
        small(impacts),
    ];
    words(&mut out, &row);
    out
}

/// The rules, and every name above one without bits: a reader stops at the first name that is missing.
fn suffixes(read: &Read, seed: u64) -> Vec<u8> {
    let mut rules: BTreeMap<u64, u32> = BTreeMap::new();
    for rule in &read.suffixes {
        rules.insert(name_hash(&rule.name, seed), rule.bits);
        let text = rule.name.to_string();
        let above = text.match_indices('.').filter_map(|(dot, _)| Name::parse(text.get(dot + 1..)?.as_bytes()).ok());
        for name in above {
            rules.entry(name_hash(&name, seed)).or_default();
        }
    }
    let pairs: Vec<(u64, u32)> = rules.into_iter().collect();
    table::build(&pairs, value_bits::SUFFIXES)
}

fn tokens(read: &Read, seed: u64) -> Vec<u8> {
    let pairs: Vec<(u64, u32)> = read
        .tokens
        .iter()
        .flat_map(|token| {
            let purpose = Purpose::from_id(&token.it.purpose).map_or(0, |purpose| u32::from(purpose.number()));
            token.it.words.iter().map(move |word| (word_hash(word.as_bytes(), seed), purpose))
        })
        .collect();
    table::build(&pairs, value_bits::TOKENS)
}

/// How many codes of each vocabulary the pack uses: one more than the highest number. The reader knows the order.
fn codes_used(resolved: &[Resolved], read: &Read) -> Vec<u8> {
    let highest = |bits: u64| (64 - bits.leading_zeros()) as u8;
    let union = |field: fn(&Resolved) -> u64| highest(resolved.iter().map(field).fold(0, |all, bits| all | bits));
    let entries = || read.entries.iter().map(|entry| &entry.it);
    let answers = entries()
        .flat_map(|entry| entry.breaks.iter().flat_map(|breaks| &breaks.answers))
        .filter_map(|id| AnswerMode::from_id(id))
        .fold(0, |bits, mode| bits | 1_u64 << mode.number());
    let kinds = entries()
        .flat_map(|entry| &entry.evidence)
        .filter_map(|item| EvidenceKind::from_id(&item.kind))
        .fold(0, |bits, kind| bits | 1_u64 << kind.number());
    let tokens = read.tokens.iter().filter_map(|token| Purpose::from_id(&token.it.purpose));
    let token_purposes = tokens.fold(0, |bits, purpose| bits | 1_u64 << purpose.number());
    vec![
        union(|entry| 1 << entry.record.verdict.number()),
        union(|entry| u64::from(entry.record.purposes)).max(highest(token_purposes)),
        union(|entry| u64::from(entry.record.classes)),
        union(|entry| 1 << entry.record.impact.number()),
        union(|entry| 1 << entry.record.storm.number()),
        highest(answers),
        union(|entry| u64::from(entry.record.risks)),
        highest(kinds),
        union(|entry| entry.record.reasons),
    ]
}
