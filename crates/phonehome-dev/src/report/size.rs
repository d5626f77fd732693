//! `report size`: the pack, its sections, and what is built with it inside, against the budgets.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use phonehome::format::{HEADER, MAX_SECTIONS, SECTION_ROW, section};
use phonehome::{Classifier, PackInfo};

use crate::{guests, root};

const PACK: &str = "crates/phonehome-data/phonehome.pack";
/// Budgets in bytes.
const MOST_RAW: usize = 1_000_000;
const MOST_GZIP: usize = 500_000;
const MOST_COMPONENT: usize = 1_500_000;

pub(crate) fn report() -> Result<String> {
    let pack = fs::read(root::path(PACK)).with_context(|| format!("cannot read {PACK}"))?;
    let classifier =
        Classifier::open((&pack).into(), Vec::new(), &[]).with_context(|| format!("{PACK} does not open"))?;
    let mut out = String::from("# Size\n\nWritten by `cargo dev report size`; do not edit.\n\n");
    whole(&pack, &classifier.info(), &mut out)?;
    sections(&pack, &mut out)?;
    guests(&mut out)?;
    programs(&mut out);
    Ok(out)
}

fn whole(pack: &[u8], info: &PackInfo<'_>, out: &mut String) -> Result<()> {
    let packed = gzip(pack)?;
    let entries = info.entries.max(1) as usize;
    let verdict = |size: usize, most: usize| if size <= most { "met" } else { "**missed**" };
    let _ = write!(
        out,
        "Knowledge {} of {} entries, {} public-suffix rules; {} bytes an entry in all.\n\n\
         | `{PACK}` | bytes | budget | |\n|---|---:|---:|---|\n\
         | as it is | {} | {MOST_RAW} | {} |\n| gzip -9 | {packed} | {MOST_GZIP} | {} |\n",
        info.version,
        info.entries,
        info.suffix_rules,
        pack.len() / entries,
        pack.len(),
        verdict(pack.len(), MOST_RAW),
        verdict(packed, MOST_GZIP),
    );
    Ok(())
}

/// The sections, the largest first.
fn sections(pack: &[u8], out: &mut String) -> Result<()> {
    let word = |at: usize| pack.get(at..at + 4).and_then(|octets| octets.try_into().ok()).map_or(0, u32::from_le_bytes);
    // The header's word 40 is the number of sections; a row is id, offset, length, parameter.
    let count = (word(40) as usize).min(MAX_SECTIONS);
    let mut rows: Vec<(usize, u32, &[u8])> = (0..count)
        .map(|row| HEADER + row * SECTION_ROW)
        .map(|row| (word(row + 4) as usize, word(row + 8) as usize, word(row)))
        .map(|(start, size, id)| (size, id, pack.get(start..start + size).unwrap_or(&[])))
        .collect();
    rows.sort_by_key(|(size, id, _)| (usize::MAX - size, *id));
    out.push_str("\n| section | bytes | gzip -9 |\n|---|---:|---:|\n");
    for (size, id, bytes) in rows {
        let _ = writeln!(out, "| {} | {size} | {} |", section_name(id), gzip(bytes)?);
    }
    Ok(())
}

fn section_name(id: u32) -> &'static str {
    match id {
        section::CODES => "codes used",
        section::TABLE => "hash table of the anchors",
        section::ANCHORS => "anchors",
        section::ENTRIES => "entries",
        section::PATTERNS => "patterns",
        section::PROGRAMS => "compiled patterns",
        section::DETAILS => "details of entries",
        section::STRINGS => "strings",
        section::VENDORS => "vendors",
        section::PLATFORMS => "platforms",
        section::SOURCES => "sources",
        section::SUFFIXES => "hash table of the public suffixes",
        section::TOKENS => "hash table of host tokens",
        section::MODEL => "name model",
        section::BRANDS => "brands and lures",
        section::ABUSED => "much abused top-level domains",
        section::ORDERED => "ordered store (fst)",
        section::ABOUT => "about",
        _ => "another",
    }
}

/// The WebAssembly guests with the pack inside, built here.
fn guests(out: &mut String) -> Result<()> {
    let options = guests::Options::default();
    guests::run(&options)?;
    out.push_str("\n| guest, pack inside | bytes | gzip -9 | budget | |\n|---|---:|---:|---:|---|\n");
    for (name, budget) in [(guests::COMPONENT, Some(MOST_COMPONENT)), (guests::MODULE, None)] {
        let bytes =
            fs::read(root::path("").join(&options.out).join(name)).with_context(|| format!("cannot read {name}"))?;
        let (most, verdict) = match budget {
            Some(most) => (most.to_string(), if bytes.len() <= most { "met" } else { "**missed**" }),
            None => (String::new(), ""),
        };
        let _ = writeln!(out, "| `{name}` | {} | {} | {most} | {verdict} |", bytes.len(), gzip(&bytes)?);
    }
    Ok(())
}

/// The command-line program, when a release build lies there.
fn programs(out: &mut String) {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root::path("target"), PathBuf::from);
    if let Ok(found) = fs::metadata(target.join("release/phonehome")) {
        let _ = write!(out, "\nThe program `phonehome` with the pack inside, release build: {} bytes.\n", found.len());
    }
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
