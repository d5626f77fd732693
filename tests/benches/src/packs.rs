//! Packs with generated rules, through the same writers that make real ones.

use std::borrow::Cow;
use std::fs;

use anyhow::{Context, Result, anyhow};
use phonehome::format::{HEADER, MAX_SECTIONS, SECTION_ROW, section};
use phonehome::{Classifier, NamedPack, OverlayKind};
use phonehome_pack::{Knowledge, ListFormat, OverlayBuilder, OverlaySpec, RuleScope, SourceText};

use crate::root;

/// Entries of one generated source file; people's files are of that order.
const ENTRIES_PER_FILE: usize = 500;

/// An overlay in which every rule covers its name and what lies below.
///
/// # Errors
/// The list cannot become an overlay.
pub fn overlay(rules: &[String]) -> Result<Vec<u8>> {
    let spec = OverlaySpec {
        format: ListFormat::Domains,
        kind: OverlayKind::Block,
        name: "generated".to_owned(),
        scope: Some(RuleScope::Suffix),
        date: 0,
    };
    let mut builder = OverlayBuilder::new(spec).map_err(|error| anyhow!("{error}"))?;
    for rule in rules {
        builder.feed(rule.as_bytes());
        builder.feed(b"\n");
    }
    Ok(builder.finish().map_err(|error| anyhow!("{error}"))?.bytes)
}

/// The built-in base pack with one overlay.
///
/// # Errors
/// The overlay does not open.
pub fn with_overlay(overlay: &[u8]) -> Result<Classifier<'_>> {
    let base = Cow::Borrowed(phonehome_data::PACK);
    let overlays = vec![NamedPack { name: None, bytes: Cow::Borrowed(overlay) }];
    Classifier::open(base, overlays, &[]).map_err(|error| anyhow!("{error}"))
}

/// A base pack by itself.
///
/// # Errors
/// The pack does not open.
pub fn alone(base: &[u8]) -> Result<Classifier<'_>> {
    Classifier::open(Cow::Borrowed(base), Vec::new(), &[]).map_err(|error| anyhow!("{error}"))
}

/// Bytes of a pack's hash table; 0 when there is none.
pub fn table_bytes(pack: &[u8]) -> usize {
    section_bytes(pack, section::TABLE)
}

/// Bytes of a pack's section; 0 when there is none.
pub fn section_bytes(pack: &[u8], wanted: u32) -> usize {
    let word = |at: usize| pack.get(at..at + 4).and_then(|octets| octets.try_into().ok()).map_or(0, u32::from_le_bytes);
    let rows = (0..MAX_SECTIONS).map(|row| HEADER + row * SECTION_ROW);
    rows.take(word(SECTIONS) as usize).find(|row| word(*row) == wanted).map_or(0, |row| word(row + 8) as usize)
}

/// Where the header says how many sections there are.
const SECTIONS: usize = 40;

/// A base pack with one suffix entry a rule.
///
/// # Errors
/// The writer refuses a rule.
pub fn base(rules: &[String]) -> Result<Vec<u8>> {
    let mut files = vec![SourceText { path: "vendor.toml".to_owned(), text: VENDOR.to_owned() }];
    for path in ["release.toml", "public_suffix_list.dat"] {
        let text = fs::read_to_string(root("crates/phonehome-data/sources").join(path)).context(path)?;
        files.push(SourceText { path: path.to_owned(), text });
    }
    let mut entries = rules.iter().enumerate().map(|(number, rule)| entry(number, rule));
    for file in 0..rules.len().div_ceil(ENTRIES_PER_FILE) {
        let text = entries.by_ref().take(ENTRIES_PER_FILE).collect();
        files.push(SourceText { path: format!("{file}.toml"), text });
    }
    let knowledge = Knowledge::read(files).map_err(|problems| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        anyhow!("{} problems, the first: {first}", problems.len())
    })?;
    Ok(knowledge.to_pack())
}

const VENDOR: &str = r#"
[[vendor]]
id = "generated"
name = "Generated"

[[source]]
id = "generated"
title = "Generated names"
url = "https://example.org/"
licence = "facts"
date = "2026-01-01"
"#;

fn entry(number: usize, rule: &str) -> String {
    format!(
        "[[entry]]\nid = \"rule-{number}\"\nmatch = {{ kind = \"suffix\", value = {rule:?} }}\nvendor = \"generated\"\n\
         confidence = \"high\"\nevidence = [{{ source = \"generated\", kind = \"list\", date = \"2026-01-01\" }}]\n",
    )
}
