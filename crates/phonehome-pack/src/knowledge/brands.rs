//! The brands whose look-alikes are found, the lure words, and the much abused top-level domains.
//!
//! A brand is a vendor's id or name, a word of `[[brand]]`, or the label of one of the vendor's own domains. Names that people
//! know count as tokens; labels of domains count only for slips, and only long ones, since nobody types or knows the rest.

use std::collections::{BTreeMap, BTreeSet};

use phonehome::format::brand::{
    COINED, LONGEST, MAX_LURES, SHORT, SHORTEST, SHORTEST_SLIP, SLIP, TOKEN, WORDS, bucket, key,
};
use phonehome::format::{is_slip, name_hash, suffix_rule, value_bits};
use phonehome::{Name, Verdict};

use super::read::Read;
use super::resolve::Resolved;
use super::schema::ExceptionKind;
use super::{Problem, check};
use crate::table;

/// Fewest letters of a domain's label that another may be one slip away from.
const SHORTEST_LABEL: usize = 8;

/// A brand, or a word that is none and must not be taken for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Brand {
    flags: u8,
    vendor: u16,
}

/// Problems of the words and their evidence.
pub(super) fn check(read: &Read) -> Vec<Problem> {
    let mut problems = Vec::new();
    for brand in &read.brands {
        let mut say = |text| problems.push(brand.problem(text));
        words(&brand.it.words, SHORTEST..=LONGEST, &mut say);
        check::evidence(read, &brand.it.evidence, &mut say);
        if vendor(read, &brand.it.vendor).is_none() {
            say(format!("{:?} is no vendor of any file", brand.it.vendor));
        }
    }
    for lure in &read.lures {
        let mut say = |text| problems.push(lure.problem(text));
        words(&lure.it.words, SHORTEST..=LONGEST, &mut say);
        check::evidence(read, &lure.it.evidence, &mut say);
    }
    if let Some(lure) = read.lures.last()
        && lures(read).len() > MAX_LURES
    {
        problems.push(lure.problem(format!("more than {MAX_LURES} lure words")));
    }
    for exception in &read.exceptions {
        let mut say = |text| problems.push(exception.problem(text));
        words(&exception.it.words, SHORTEST..=LONGEST, &mut say);
        if exception.it.reason.is_empty() {
            say("an exception needs a reason".to_owned());
        }
    }
    for unimitated in &read.unimitated {
        let mut say = |text| problems.push(unimitated.problem(text));
        for id in unimitated.it.vendors.iter().filter(|id| vendor(read, id).is_none()) {
            say(format!("{id:?} is no vendor of any file"));
        }
        if unimitated.it.reason.is_empty() {
            say("an exception needs a reason".to_owned());
        }
    }
    for abused in &read.abused_tlds {
        let mut say = |text| problems.push(abused.problem(text));
        words(&abused.it.tlds, 2..=LONGEST, &mut say);
        check::evidence(read, &abused.it.evidence, &mut say);
    }
    problems
}

fn words(words: &[String], length: std::ops::RangeInclusive<usize>, say: &mut impl FnMut(String)) {
    for word in words.iter().filter(|word| !length.contains(&word.len()) || letters(word) != **word) {
        say(format!(
            "{word:?}: write {} to {} lower-case letters and digits, without hyphens",
            length.start(),
            length.end()
        ));
    }
}

/// A text's letters and digits, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
}

fn vendor(read: &Read, id: &str) -> Option<u16> {
    u16::try_from(read.vendors.iter().position(|vendor| vendor.it.id == id)?).ok()
}

fn lures(read: &Read) -> Vec<&str> {
    let mut lures: Vec<&str> = read.lures.iter().flat_map(|lure| &lure.it.words).map(String::as_str).collect();
    lures.sort_unstable();
    lures.dedup();
    lures
}

/// Every word that matters, with what it counts for.
fn brands(read: &Read, resolved: &[Resolved]) -> BTreeMap<String, Brand> {
    let mut brands: BTreeMap<String, Brand> = BTreeMap::new();
    let known = SLIP | TOKEN | COINED;
    let unimitated: BTreeSet<u16> =
        read.unimitated.iter().flat_map(|it| &it.it.vendors).filter_map(|id| vendor(read, id)).collect();
    for (number, placed) in (0..).zip(&read.vendors).filter(|(number, _)| !unimitated.contains(number)) {
        // What stands in brackets explains the name.
        let name = placed.it.name.split('(').next().unwrap_or("");
        for word in [letters(&placed.it.id), letters(name)] {
            brands.entry(word).or_insert(Brand { flags: known, vendor: number });
        }
    }
    for brand in &read.brands {
        let Some(vendor) = vendor(read, &brand.it.vendor) else { continue };
        for word in &brand.it.words {
            brands.entry(word.clone()).or_insert(Brand { flags: known, vendor });
        }
    }
    let rules: BTreeMap<String, u32> = read.suffixes.iter().map(|rule| (rule.name.to_string(), rule.bits)).collect();
    let labels: Vec<(String, Option<u16>)> = resolved
        .iter()
        .filter_map(|entry| {
            let is_own = entry.record.verdict == Verdict::Legitimate;
            Some((
                letters(registrable_label(&rules, &entry.anchor)?),
                entry.record.vendor.filter(|vendor| is_own && !unimitated.contains(vendor)),
            ))
        })
        .collect();
    for (label, vendor) in labels.iter().filter_map(|(label, vendor)| Some((label, (*vendor)?))) {
        let flags = if label.len() >= SHORTEST_LABEL && !label.starts_with("xn") { SLIP } else { 0 };
        brands.entry(label.clone()).or_insert(Brand { flags, vendor });
    }
    // Whose it is nobody's business: their labels are known, and so no slips.
    for (label, _) in labels {
        brands.entry(label).or_default();
    }
    except(read, &mut brands);
    brands.retain(|word, _| (SHORTEST..=LONGEST).contains(&word.len()));
    for (word, brand) in &mut brands {
        if word.len() < SHORTEST_SLIP {
            brand.flags &= !SLIP;
        }
    }
    let slips: Vec<String> =
        brands.iter().filter(|(_, brand)| brand.flags & SLIP != 0).map(|(word, _)| word.clone()).collect();
    brands.retain(|word, brand| brand.flags != 0 || slips.iter().any(|slip| is_slip(word.as_bytes(), slip.as_bytes())));
    brands
}

fn except(read: &Read, brands: &mut BTreeMap<String, Brand>) {
    for exception in &read.exceptions {
        for word in &exception.it.words {
            let brand = brands.entry(word.clone()).or_default();
            brand.flags &= match exception.it.kind {
                ExceptionKind::NotABrand => 0,
                ExceptionKind::OrdinaryBrand => TOKEN,
                ExceptionKind::NoSlips => TOKEN | COINED,
            };
        }
    }
}

/// The label left of a name's suffix by the ICANN section.
fn registrable_label<'n>(rules: &BTreeMap<String, u32>, name: &'n str) -> Option<&'n str> {
    let bits = |tail: &str| rules.get(tail).copied().unwrap_or(0);
    let mut tail = name;
    loop {
        let (label, above) = tail.split_once('.')?;
        let is_exception = bits(tail) & suffix_rule::EXCEPTION != 0;
        let is_suffix = bits(above) & suffix_rule::ICANN != 0
            || above.split_once('.').is_some_and(|(_, higher)| bits(higher) & suffix_rule::ICANN_WILDCARD != 0);
        if is_exception || is_suffix {
            return Some(label);
        }
        tail = above;
    }
}

/// The section `BRANDS`.
pub(super) fn section(read: &Read, resolved: &[Resolved]) -> Vec<u8> {
    let brands = brands(read, resolved);
    let lures = lures(read);
    let heads = Places::of(&brands, heads);
    let tails = Places::of(&brands, tails);
    let mut text = Vec::new();
    let mut row = |word: &str, brand: &Brand| {
        let [low, high] = short(text.len());
        let [vendor, above] = brand.vendor.to_le_bytes();
        text.extend_from_slice(word.as_bytes());
        [low, high, word.len() as u8, brand.flags, vendor, above, 0, 0]
    };
    let mut rows: Vec<[u8; 8]> = brands.iter().map(|(word, brand)| row(word, brand)).collect();
    rows.extend(lures.iter().map(|word| row(word, &Brand::default())));
    let lengths = [&heads.starts, &tails.starts, &heads.numbers, &tails.numbers].map(Vec::len);
    let mut out: Vec<u8> = [brands.len(), lures.len()].into_iter().chain(lengths).flat_map(short).collect();
    out.extend(heads.map().chain(tails.map()));
    let places = [heads.starts, tails.starts, heads.numbers, tails.numbers];
    out.extend(places.into_iter().flatten().flat_map(short));
    out.extend(rows.into_iter().flatten());
    out.extend(text);
    out
}

/// The lengths of keys under which a brand is looked up: those of the words that may be it, near it, or begin or end with it.
fn keys(word: &str, brand: &Brand) -> impl Iterator<Item = usize> + use<> {
    let (length, is_token) = (word.len(), brand.flags & TOKEN != 0);
    let is_short = length <= SHORT + 1;
    let is_long = length >= SHORT || is_token;
    [is_short.then_some(key(SHORT)), is_long.then_some(key(SHORT + 1))].into_iter().flatten()
}

/// The buckets of a brand's beginning.
fn heads(word: &str, brand: &Brand) -> Vec<usize> {
    keys(word, brand).filter_map(|key| word.as_bytes().get(..key)).map(bucket).collect()
}

/// The buckets of a brand's ending, and for one of six letters the ending after its two middle letters are swapped.
fn tails(word: &str, brand: &Brand) -> Vec<usize> {
    // Behind a lure word, an ordinary word is no brand, and "ring" and "unity" end too many others.
    if brand.flags == TOKEN {
        return Vec::new();
    }
    let own = keys(word, brand).filter_map(|key| word.as_bytes().get(word.len().checked_sub(key)?..)).map(bucket);
    let swapped = match word.as_bytes() {
        [_, _, third, _, fifth, sixth] => Some(bucket(&[*third, *fifth, *sixth])),
        _ => None,
    };
    own.chain(swapped).collect()
}

/// Brands' numbers by bucket.
struct Places {
    used: Vec<u64>,
    /// Where each bucket in use starts in the numbers, and their end.
    starts: Vec<usize>,
    numbers: Vec<usize>,
}

impl Places {
    fn of(brands: &BTreeMap<String, Brand>, buckets: fn(&str, &Brand) -> Vec<usize>) -> Self {
        let of_brand = |(number, (word, brand)): (usize, (&String, &Brand))| {
            buckets(word, brand).into_iter().map(move |bucket| (bucket, number))
        };
        let placed: BTreeSet<(usize, usize)> = brands.iter().enumerate().flat_map(of_brand).collect();
        let mut places = Self { used: vec![0; WORDS], starts: Vec::new(), numbers: Vec::new() };
        for (bucket, number) in placed {
            if let Some(word) = places.used.get_mut(bucket / 64).filter(|word| **word >> (bucket % 64) & 1 == 0) {
                *word |= 1 << (bucket % 64);
                places.starts.push(places.numbers.len());
            }
            places.numbers.push(number);
        }
        places.starts.push(places.numbers.len());
        places
    }

    /// The rows that say which buckets are in use.
    fn map(&self) -> impl Iterator<Item = u8> {
        self.used
            .iter()
            .scan(0, |before, word| {
                let row = [word.to_le_bytes().as_slice(), &short(*before)].concat();
                *before += word.count_ones() as usize;
                Some(row)
            })
            .flatten()
    }
}

/// A number of the section; brands are a few thousand at most.
fn short(value: usize) -> [u8; 2] {
    u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes()
}

/// The section `ABUSED`.
pub(super) fn abused(read: &Read, seed: u64) -> Vec<u8> {
    let tlds = read.abused_tlds.iter().flat_map(|abused| &abused.it.tlds);
    let mut pairs: Vec<(u64, u32)> =
        tlds.filter_map(|tld| Name::parse(tld.as_bytes()).ok()).map(|name| (name_hash(&name, seed), 1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    table::build(&pairs, value_bits::ABUSED)
}
