//! What is measured for the report; `markdown` puts it into words.

mod hosts;
mod markdown;

use std::time::Instant;

use anyhow::Result;
use phonehome::Classifier;
use rustc_hash::FxBuildHasher;

use crate::engines::ours::{Ours, Question};
use crate::engines::{Engine, automaton, filters, limits, maps};
use crate::measure::{self, Measured, Spread};
use crate::packs;
use crate::workload::Workload;

const FX: &str = "FxHashMap, longest suffix first";
const OVERLAY: &str = "**phonehome overlay**, name read before";
const LOOKUP: &str = "**phonehome base lookup**, name read before";
const CLASSIFY: &str = "**phonehome `classify`**, whole answer from text, built-in pack";

pub use markdown::text;

/// One run over one set of rules.
#[derive(Debug)]
pub struct Run {
    rules: usize,
    sha256: String,
    rows: Vec<Measured>,
    overlay: PackCost,
    base: Option<PackCost>,
    /// The built-in pack.
    builtin: PackCost,
}

/// What a pack takes.
#[derive(Clone, Copy, Debug)]
struct PackCost {
    table: usize,
    file: usize,
    open_ms: Spread,
}

/// Measures all engines over so many rules; the base pack only where it is meant to hold so many.
///
/// # Errors
/// A pack cannot be built, or two engines disagree.
pub fn run(workload: &Workload, count: usize, rounds: usize) -> Result<Run> {
    let rules = workload.rules(count);
    let overlay_bytes = packs::overlay(&rules)?;
    let base_bytes = if count <= MOST_ENTRIES { Some(packs::base(&rules)?) } else { None };
    let builtin = Classifier::builtin();
    let with_overlay = packs::with_overlay(&overlay_bytes)?;
    let generated = base_bytes.as_deref().map(packs::alone).transpose()?;
    let overlay = cost(&overlay_bytes, rounds, packs::with_overlay);
    let base = base_bytes.as_deref().map(|bytes| cost(bytes, rounds, packs::alone));

    let mut engines: Vec<Box<dyn Engine + '_>> = vec![
        Box::new(limits::TouchOctets),
        Box::new(limits::HashSuffixes),
        Box::new(maps::SuffixMap::<FxBuildHasher>::new(FX, &rules)),
        Box::new(maps::CheckedMap(maps::SuffixMap::<FxBuildHasher>::new(FX, &rules))),
        Box::new(maps::SuffixMap::<std::hash::RandomState>::new("std HashMap, longest suffix first", &rules)),
        Box::new(automaton::FstWalk::new(&rules)?),
        Box::new(filters::FilterEngine::new(&rules)),
        Box::new(Ours::new("phonehome `Name::parse` alone", Question::Parse, &builtin, None)),
        Box::new(Ours::new(OVERLAY, Question::Overlay, &with_overlay, Some(overlay.table))),
        Box::new(Ours::new("phonehome parse + overlay", Question::ParseAndOverlay, &with_overlay, Some(overlay.table))),
    ];
    if let (Some(generated), Some(cost)) = (&generated, base) {
        let lookup = |name, question| Ours::new(name, question, generated, Some(cost.table)).with_rules(&rules);
        engines.push(Box::new(lookup(LOOKUP, Question::Lookup)));
        engines.push(Box::new(lookup("phonehome parse + base lookup", Question::ParseAndLookup)));
    }
    engines.push(Box::new(Ours::new(CLASSIFY, Question::Classify, &builtin, None)));
    let rows = measure::run(&mut engines, &workload.stream, rounds)?;
    Ok(Run {
        rules: rules.len(),
        sha256: workload.stream.sha256(&rules),
        rows,
        overlay,
        base,
        builtin: cost(phonehome_data::PACK, rounds, packs::alone),
    })
}

/// A base pack of people's entries is never larger; lists of that size are overlays.
const MOST_ENTRIES: usize = 200_000;

fn cost<'b>(bytes: &'b [u8], rounds: usize, open: impl Fn(&'b [u8]) -> Result<Classifier<'b>>) -> PackCost {
    let times = (0..rounds).filter_map(|_| {
        let start = Instant::now();
        let classifier = open(bytes).ok()?;
        let time = start.elapsed();
        drop(classifier);
        Some(time.as_secs_f64() * 1e3)
    });
    PackCost { table: packs::table_bytes(bytes), file: bytes.len(), open_ms: Spread::of(times.collect()) }
}
