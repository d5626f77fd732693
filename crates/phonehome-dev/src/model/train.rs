//! `model train`: data to a MODEL section. The library computes every feature; the learner only fits.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use phonehome::format::model::{self, FEATURES, Features, NameModel, Parts, THREES};

use super::calibrate::{self, Calibration};
use super::data::Judged;
use super::learner::Learner;
use super::lexicon;

/// Exponent of the table of fours.
const BITS: u8 = 16;
/// Words of the lexicon.
const WORDS: usize = 20_000;
/// Weight of the squares of the weights, against that of a row.
const STRENGTH: f64 = 3.0;
/// Steps of the search for weights.
const STEPS: usize = 45;
/// Trees, the leaves of each, and its greatest depth.
const TREES: usize = 64;
/// See [`TREES`]: 64 nodes hold 32 leaves.
const LEAVES: usize = 31;
/// See [`TREES`].
const DEPTH: usize = 6;
/// Share of a tree's correction that is taken.
const RATE: f64 = 0.24;
/// Weight of the squares of the leaves.
const LEAF_STRENGTH: f64 = 1.0;
/// Most top-level domains with a prior.
const TOPS: usize = 255;
/// Units of a leaf in log-odds.
const LEAF_UNIT: f64 = 1.0 / 1024.0;
/// A name is machine-made once in this many: an assumption, stated with every score.
const BASE_RATE: u16 = 10_000;

/// What can be left out of a model, to see what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Without {
    Nothing,
    Lexicon,
    TopLevelDomains,
    EarlyExit,
}

/// Fits on `train`, chooses thresholds and scales on `val`. Learner and library meet in a folder of this name below `target`.
pub(crate) fn train(
    train: &[Judged],
    val: &[Judged],
    words: &BTreeSet<String>,
    without: Without,
    folder: &str,
) -> Result<NameModel> {
    let learner = Learner::new(folder)?;
    write_rows(&learner, train)?;
    learner.run("weights")?;
    let mut parts = Parts { bits: BITS, base_rate: BASE_RATE, ..Parts::default() };
    if without != Without::TopLevelDomains {
        parts.tops = tops(train);
    }
    if without != Without::Lexicon {
        parts.words = lexicon::useful(words, train, WORDS);
    }
    println!("{} words; {} top-level domains", parts.words.len(), parts.tops.len());
    let [even, odd] = [model_with(&learner, &mut parts, "0")?, model_with(&learner, &mut parts, "1")?];
    // Features of a training row come from weights that have not seen it, else the trees trust an over-fitted sum.
    let features: Vec<Features> =
        train.iter().map(|row| features_of(if fold(row) == 0 { &even } else { &odd }, row)).collect();
    learner.write(
        "features.i16",
        features.iter().flatten().flat_map(|feature| feature.to_le_bytes()).collect::<Vec<_>>(),
    )?;
    learner.run("trees")?;
    parts.trees = learner.read("trees.bin")?;
    let shape: serde_json::Value = serde_json::from_slice(&learner.read("trees.json")?)?;
    parts.depth = shape
        .get("depth")
        .and_then(serde_json::Value::as_u64)
        .and_then(|depth| depth.try_into().ok())
        .context("trees.json names no depth")?;
    parts.usual = usual(train, &features);
    let bare = model_with(&learner, &mut parts, "all")?;
    let calibration = Calibration::of(&bare, val, BASE_RATE);
    let unseen: Vec<i32> = train
        .iter()
        .zip(learner.read_words("margins.i32")?)
        .filter(|(row, _)| row.row.is_popular())
        .map(|(_, margin)| margin)
        .collect();
    calibrate::finish(&mut parts, &calibration, &bare, val, &unseen);
    if without == Without::EarlyExit {
        (parts.leave, parts.leave_fours, parts.leave_trees) = (i32::MIN, i32::MIN, i32::MIN);
    }
    model_with(&learner, &mut parts, "all")
}

/// Which half of the training rows a row belongs to, by its label: the same label under two suffixes stays together.
fn fold(row: &Judged) -> u8 {
    (phonehome::format::word_hash(&row.label, 7) >> 32 & 1) as u8
}

fn features_of(model: &NameModel, row: &Judged) -> Features {
    model.features(&row.label, &row.top, row.suffix_labels)
}

/// The parts with weights of a fold, as a model.
fn model_with(learner: &Learner, parts: &mut Parts, fold: &str) -> Result<NameModel> {
    parts.threes = learner.read_signed(&format!("weights.threes.{fold}.i8"))?;
    parts.fours = learner.read_signed(&format!("weights.fours.{fold}.i8"))?;
    parts.to_section().and_then(NameModel::open).context("the learner's tables do not fit the model")
}

/// Places in the tables, targets, folds, weights and the plan.
fn write_rows(learner: &Learner, rows: &[Judged]) -> Result<()> {
    ensure!(!rows.is_empty(), "no rows to train on");
    let bits = u32::from(BITS);
    for (name, places) in [
        ("threes", &(|label: &[u8]| model::threes(label).collect()) as &dyn Fn(&[u8]) -> Vec<usize>),
        ("fours", &|label: &[u8]| model::fours(label, bits).collect()),
    ] {
        let (mut all, mut ends) = (Vec::new(), Vec::new());
        for row in rows {
            all.extend(places(&row.label).into_iter().flat_map(|place| (place as u32).to_le_bytes()));
            ends.extend((all.len() as u32 / 4).to_le_bytes());
        }
        learner.write(&format!("{name}.u32"), all)?;
        learner.write(&format!("{name}.ends.u32"), ends)?;
    }
    learner.write("target.u8", rows.iter().map(|row| u8::from(row.row.is_dga)).collect::<Vec<_>>())?;
    learner.write("fold.u8", rows.iter().map(fold).collect::<Vec<_>>())?;
    learner.write("weight.f32", weights(rows).into_iter().flat_map(f32::to_le_bytes).collect::<Vec<_>>())?;
    let plan = serde_json::json!({
        "threes": THREES, "fours": 1_u32 << bits, "features": FEATURES,
        "strength": STRENGTH, "steps": STEPS, "trees": TREES, "leaves": LEAVES, "depth": DEPTH, "rate": RATE,
        "leaf_strength": LEAF_STRENGTH, "leaf_unit": LEAF_UNIT,
    });
    learner.write("plan.json", plan.to_string())
}

/// Both classes weigh the same in all; inside the machine-made one a family weighs as the root of its size, so that large ones
/// do not drown small ones.
fn weights(rows: &[Judged]) -> Vec<f32> {
    let mut sizes: BTreeMap<&str, f64> = BTreeMap::new();
    rows.iter().filter(|row| row.row.is_dga).for_each(|row| *sizes.entry(&row.row.label).or_default() += 1.0);
    let benign = rows.iter().filter(|row| !row.row.is_dga).count() as f64;
    let total: f64 = sizes.values().map(|size| size.sqrt()).sum();
    let of = |row: &Judged| match sizes.get(row.row.label.as_str()) {
        Some(size) if row.row.is_dga => benign / total / size.sqrt(),
        _ => 1.0,
    };
    rows.iter().map(|row| of(row) as f32).collect()
}

/// Log-odds of the more frequent top-level domains in sixteenths, smoothed, and bounded by the octet: it is biased by the data sets.
fn tops(rows: &[Judged]) -> Vec<(String, i8)> {
    let mut counts: BTreeMap<&[u8], [f64; 2]> = BTreeMap::new();
    let mut totals = [0.0; 2];
    for (row, weight) in rows.iter().zip(weights(rows)) {
        let [benign, dga] = counts.entry(&row.top).or_default();
        let [all_benign, all_dga] = &mut totals;
        for sum in if row.row.is_dga { [dga, all_dga] } else { [benign, all_benign] } {
            *sum += f64::from(weight);
        }
    }
    let mut ranked: Vec<(&[u8], [f64; 2])> = counts.into_iter().collect();
    ranked.sort_by(|a, b| (b.1[0] + b.1[1]).total_cmp(&(a.1[0] + a.1[1])).then(a.0.cmp(b.0)));
    let prior = |[benign, dga]: [f64; 2]| {
        let log = ((dga + 20.0) / totals[1]).ln() - ((benign + 20.0 * totals[0] / totals[1]) / totals[0]).ln();
        (log * 16.0).round().clamp(-127.0, 127.0) as i8
    };
    ranked.iter().take(TOPS).map(|(top, count)| (String::from_utf8_lossy(top).into_owned(), prior(*count))).collect()
}

/// The median of each feature over popular names: what explanations compare with.
fn usual(rows: &[Judged], features: &[Features]) -> Features {
    let popular: Vec<&Features> =
        rows.iter().zip(features).filter(|(row, _)| row.row.is_popular()).map(|(_, features)| features).collect();
    std::array::from_fn(|place| {
        let mut values: Vec<i16> = popular.iter().filter_map(|features| features.get(place).copied()).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or(0)
    })
}
