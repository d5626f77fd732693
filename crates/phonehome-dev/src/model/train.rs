//! `model train`: data to a MODEL section. The library computes every feature; the learner only fits.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use phonehome::format::model::{self, FEATURES, Features, NameModel, Parts, THREES};

use super::calibrate::{self, Calibration};
use super::data::Judged;
use super::learner::Learner;
use super::lexicon;

/// What a training run can choose.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Exponent of the table of fours.
    pub(crate) bits: u8,
    pub(crate) words: usize,
    pub(crate) word_seen: usize,
    pub(crate) strength: f64,
    pub(crate) strength_fours: f64,
    pub(crate) steps: usize,
    pub(crate) trees: usize,
    pub(crate) leaves: usize,
    pub(crate) depth: usize,
    pub(crate) rate: f64,
    pub(crate) lambda: f64,
    /// Share of popular names that the sum of threes lets go at once.
    pub(crate) leave: f64,
    /// Bound of the prior of a top-level domain, in hundredths of log-odds.
    pub(crate) prior: i8,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bits: 16, words: 20_000, word_seen: 3, strength: 3.0, strength_fours: 3.0, steps: 45, trees: 128, leaves: 31,
            depth: 7, rate: 0.12, lambda: 1.0, leave: 0.8, prior: 127,
        }
    }
}

/// Units of a leaf in log-odds.
const LEAF_UNIT: f64 = 1.0 / 1024.0;
/// A name is machine-made once in this many: an assumption, stated with every score.
const BASE_RATE: u16 = 10_000;

/// Fits on `train`, chooses thresholds and scales on `val`.
pub(crate) fn train(train: &[Judged], val: &[Judged], settings: &Settings, folder: &str) -> Result<NameModel> {
    let learner = Learner::new(folder)?;
    write_rows(&learner, train, settings)?;
    learner.run("weights")?;
    let mut parts = Parts {
        bits: settings.bits,
        tops: tops(train, settings.prior),
        words: lexicon::words(train, settings.words, settings.word_seen),
        base_rate: BASE_RATE,
        ..Parts::default()
    };
    println!("lexicon: {} words; {} top-level domains", parts.words.len(), parts.tops.len());
    let folds = [model_with(&learner, &mut parts, "0")?, model_with(&learner, &mut parts, "1")?];
    // Features of a training row come from weights that have not seen it, else the trees trust an over-fitted sum.
    let features: Vec<Features> = train.iter().map(|row| features_of(&folds[usize::from(fold(row))], row)).collect();
    learner.write("features.i16", features.iter().flatten().flat_map(|feature| feature.to_le_bytes()).collect::<Vec<_>>())?;
    learner.run("trees")?;
    parts.trees = learner.read("trees.bin")?;
    let shape: serde_json::Value = serde_json::from_slice(&learner.read("trees.json")?)?;
    parts.depth = shape["depth"].as_u64().and_then(|depth| depth.try_into().ok()).context("trees.json names no depth")?;
    parts.usual = usual(train, &features);
    let bare = model_with(&learner, &mut parts, "all")?;
    let calibration = Calibration::of(&bare, val, settings.leave, BASE_RATE);
    let unseen: Vec<i32> = train
        .iter()
        .zip(learner.read_words("margins.i32")?)
        .filter(|(row, _)| row.row.is_popular())
        .map(|(_, margin)| margin)
        .collect();
    calibrate::finish(&mut parts, &calibration, &bare, val, &unseen);
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
fn write_rows(learner: &Learner, rows: &[Judged], settings: &Settings) -> Result<()> {
    ensure!(!rows.is_empty(), "no rows to train on");
    let bits = u32::from(settings.bits);
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
        "strength": settings.strength, "strength_fours": settings.strength_fours, "steps": settings.steps,
        "trees": settings.trees, "leaves": settings.leaves, "depth": settings.depth, "rate": settings.rate,
        "lambda": settings.lambda, "leaf_unit": LEAF_UNIT, "cross": true,
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

/// Log-odds of the more frequent top-level domains in sixteenths, smoothed and bounded: it is biased by the data sets.
fn tops(rows: &[Judged], bound: i8) -> Vec<(String, i8)> {
    let mut counts: BTreeMap<&[u8], [f64; 2]> = BTreeMap::new();
    let mut totals = [0.0; 2];
    for (row, weight) in rows.iter().zip(weights(rows)) {
        let class = usize::from(row.row.is_dga);
        counts.entry(&row.top).or_default()[class] += f64::from(weight);
        totals[class] += f64::from(weight);
    }
    let mut ranked: Vec<(&[u8], [f64; 2])> = counts.into_iter().collect();
    ranked.sort_by(|a, b| (b.1[0] + b.1[1]).total_cmp(&(a.1[0] + a.1[1])).then(a.0.cmp(b.0)));
    let prior = |[benign, dga]: [f64; 2]| {
        let log = ((dga + 20.0) / totals[1]).ln() - ((benign + 20.0 * totals[0] / totals[1]) / totals[0]).ln();
        (log * 16.0).round().clamp(-f64::from(bound), f64::from(bound)) as i8
    };
    ranked.iter().take(255).map(|(top, count)| (String::from_utf8_lossy(top).into_owned(), prior(*count))).collect()
}

/// The median of each feature over popular names: what explanations compare with.
fn usual(rows: &[Judged], features: &[Features]) -> Features {
    let popular: Vec<&Features> =
        rows.iter().zip(features).filter(|(row, _)| row.row.is_popular()).map(|(_, features)| features).collect();
    std::array::from_fn(|place| {
        let mut values: Vec<i16> = popular.iter().map(|features| features[place]).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or(0)
    })
}
