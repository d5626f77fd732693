//! The name model beside what people would use instead: time and accuracy over the same names, in one run.
//!
//! [`run`] asks all ways, [`evaluate`] the model alone and models without one of its parts.
//! All scorers answer the same three streams in turn; another one begins each round. Accuracy comes from a pass over all names
//! before the rounds that count. Nothing here fits or tunes phonehome: it is asked through its public calls.

mod accuracy;
mod baselines;
mod files;
mod inputs;
mod markdown;
mod ndpi;
mod ours;
mod scorer;
mod sets;
mod statistics;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use phonehome::format::model::NameModel;
use phonehome::{Brief, Classifier};

use crate::measure::{Measured, turns};

use accuracy::Answers;
use baselines::{Bigrams, entropy};
use files::Folder;
use inputs::Inputs;
use ndpi::{Absent, Ndpi};
use scorer::{Inside, Scorer};
use sets::Sets;

pub use markdown::{evaluation, text};

/// What a model weighs.
#[derive(Clone, Debug)]
enum Weight {
    Bytes(usize),
    Words(String),
}

/// A scorer's row.
#[derive(Debug)]
struct Row {
    name: String,
    weight: Weight,
    /// One a stream.
    times: Vec<Measured>,
    /// Its answers for all names.
    answers: Answers,
}

/// All that was measured.
#[derive(Debug)]
pub struct Shapes {
    inputs: Inputs,
    sets: Sets,
    rows: Vec<Row>,
    /// Why nDPI's row is missing.
    absent: Option<Absent>,
    /// phonehome's short answer for every name.
    briefs: Vec<Brief>,
    rounds: usize,
}

const LABEL: &str = "to find the label: read the name, take its registrable part";
const ENTROPY: &str = "entropy of the label";
const BIGRAMS: &str = "bigrams of the label";
const NDPI: &str = "nDPI `ndpi_check_dga_name`";
const MODEL: &str = "**phonehome name model** alone";
const CLASSIFY: &str = "**phonehome `classify`**, whole answer";

/// Measures everything over the files of a folder.
///
/// # Errors
/// The built-in pack has no name model, a file is missing or cannot be read, or nDPI's program fails while it runs.
pub fn run(folder: &Path, rounds: usize) -> Result<Shapes> {
    ensure!(ours::model_bytes() > 0, "the built-in pack holds no name model: there is nothing to compare");
    let classifier = Classifier::builtin();
    let folder = Folder::open(folder)?;
    let inputs = Inputs::read(&folder)?;
    let sets = Sets::of(&inputs);
    let bigrams = Bigrams::fit(&classifier, &folder)?;
    let labels: Vec<Option<String>> = inputs.names.iter().map(|name| baselines::label(&classifier, name)).collect();
    let label = |row: usize| labels.get(row).and_then(Option::as_deref);
    let (ndpi, absent) = match Ndpi::start(&inputs.names)? {
        Ok(ndpi) => (Some(ndpi), None),
        Err(absent) => (None, Some(absent)),
    };

    let names = inputs.names.as_slice();
    let inside = |ask| Box::new(Inside::new(names, ask)) as Box<dyn Scorer>;
    let mut scorers: Vec<Entrant<'_>> = vec![
        (
            LABEL.to_owned(),
            Weight::Bytes(0),
            inside(Box::new(|_, name| baselines::label(&classifier, name).map(|_| 0.0))),
        ),
        (ENTROPY.to_owned(), Weight::Bytes(0), inside(Box::new(|row, _| label(row).map(entropy)))),
        (
            BIGRAMS.to_owned(),
            Weight::Bytes(Bigrams::BYTES),
            inside(Box::new(|row, _| label(row).map(|own| bigrams.score(own)))),
        ),
    ];
    if let Some(ndpi) = ndpi {
        scorers.push((NDPI.to_owned(), Weight::Words(ndpi.weight()), Box::new(ndpi)));
    }
    let model = Weight::Bytes(ours::model_bytes());
    scorers.push((MODEL.to_owned(), model.clone(), inside(Box::new(ours::model(&classifier)))));
    scorers.push((CLASSIFY.to_owned(), model, inside(Box::new(ours::classify(&classifier)))));

    let rows = measure(scorers, &inputs, rounds)?;
    let briefs = ours::briefs(&classifier, names);
    Ok(Shapes { inputs, sets, rows, absent, briefs, rounds })
}

/// Asks the built-in model, and models in files with their titles, without a clock.
///
/// # Errors
/// A file is missing, cannot be read, or is no section of a model.
pub fn evaluate(folder: &Path, variants: &[(String, PathBuf)]) -> Result<Shapes> {
    let classifier = Classifier::builtin();
    let inputs = Inputs::read(&Folder::open(folder)?)?;
    let sets = Sets::of(&inputs);
    let mut models = Vec::new();
    for (title, path) in variants {
        let section = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let weight = Weight::Bytes(section.len());
        models.push((
            title,
            weight,
            NameModel::open(section).with_context(|| format!("{} is damaged", path.display()))?,
        ));
    }
    let names = inputs.names.as_slice();
    let shipped = Inside::new(names, Box::new(ours::model(&classifier)));
    let mut scorers: Vec<Entrant<'_>> = vec![(MODEL.to_owned(), Weight::Bytes(ours::model_bytes()), Box::new(shipped))];
    for (title, weight, model) in &models {
        let scorer = Inside::new(names, Box::new(ours::variant(&classifier, model)));
        scorers.push(((*title).clone(), weight.clone(), Box::new(scorer)));
    }
    let rows = measure(scorers, &inputs, 0)?;
    let briefs = ours::briefs(&classifier, names);
    Ok(Shapes { inputs, sets, rows, absent: None, briefs, rounds: 0 })
}

/// A row before it is measured.
type Entrant<'s> = (String, Weight, Box<dyn Scorer + 's>);

fn measure(mut scorers: Vec<Entrant<'_>>, inputs: &Inputs, rounds: usize) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (name, weight, scorer) in &mut scorers {
        let mut answers = Vec::new();
        scorer.answer(0..inputs.names.len(), &mut answers)?;
        let empty = Measured { name: name.clone(), memory: None, rounds: Vec::new(), hits: None };
        let times = vec![empty; inputs.streams.len()];
        rows.push(Row { name: name.clone(), weight: weight.clone(), times, answers: Answers(answers) });
    }
    let mut answers = Vec::new();
    for turn in turns(scorers.len(), rounds) {
        let (Some((_, _, scorer)), Some(row)) = (scorers.get_mut(turn), rows.get_mut(turn)) else { continue };
        for (stream, measured) in inputs.streams.iter().zip(&mut row.times) {
            answers.clear();
            let seconds = scorer.answer(stream.rows.clone(), &mut answers)?;
            measured.rounds.push(seconds * 1e9 / stream.rows.len().max(1) as f64);
        }
    }
    Ok(rows)
}
