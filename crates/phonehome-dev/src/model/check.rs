//! `model check`: the whole road of training on a small sample of made-up names, twice, so that a test can go it without lists
//! whose rows may not be kept. It says that the trainer works, not how well the shipped model does.

use anyhow::{Result, ensure};
use phonehome::format::model::NameModel;
use phonehome::{Classifier, Verdict};

use super::data::{self, Judged};
use super::sample;
use super::train::{self, Without};

/// Share of the sample's human names that may lie above the threshold at which finding is measured.
const FALSE_POSITIVES: f64 = 0.01;
/// Share of the sample's machine-made names that a model of this sample has to find there.
const FOUND: f64 = 0.95;

pub(super) fn run(classifier: &Classifier<'_>) -> Result<()> {
    let [fitted, chosen, asked] = [1, 2, 3].map(|seed| data::judged(classifier, sample::rows(seed)));
    let words = sample::words();
    let train = |folder| train::train(&fitted, &chosen, &words, Without::Nothing, folder);
    let (first, second) = (train("model-check")?, train("model-check-again")?);
    ensure!(first.section() == second.section(), "two trainings on the same names differ");
    let found = share_found(&first, &asked);
    println!("made-up names of another seed: {:.1} % found at 1 % false positives", found * 100.0);
    ensure!(found >= FOUND, "less than {FOUND} is found");
    let suspected: Vec<String> = sample::device_ids(1)
        .into_iter()
        .filter(|id| classifier.classify(id.as_bytes(), 0).verdict() == Verdict::Suspicious)
        .collect();
    ensure!(suspected.is_empty(), "the pack suspects names of devices: {}", suspected.join(" "));
    println!("two trainings give the same {} bytes; no made-up name of a device is suspicious", first.section().len());
    Ok(())
}

/// The share of the machine-made names above what few of the others exceed.
fn share_found(model: &NameModel, rows: &[Judged]) -> f64 {
    let scores = |is_dga: bool| {
        let rows = rows.iter().filter(move |row| row.row.is_dga == is_dga);
        let mut scores: Vec<i16> =
            rows.map(|row| model.score(&row.label, &row.top, row.suffix_labels).unwrap_or(i16::MIN)).collect();
        scores.sort_unstable_by(|a, b| b.cmp(a));
        scores
    };
    let (human, machine) = (scores(false), scores(true));
    let threshold = human.get((human.len() as f64 * FALSE_POSITIVES) as usize).copied().unwrap_or(i16::MAX);
    machine.iter().filter(|score| **score > threshold).count() as f64 / machine.len().max(1) as f64
}
