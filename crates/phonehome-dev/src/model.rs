//! `cargo dev model`: train the name model, and measure what was trained.

mod calibrate;
mod card;
mod check;
mod data;
mod eval;
mod learner;
mod lexicon;
mod sample;
mod train;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use phonehome::Classifier;
use phonehome::format::model::NameModel;

use crate::{kb, root};
use data::Judged;
use train::Without;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Fits on the names for fitting, calibrates on those for choosing, writes what `kb build` packs
    Train(Folder),
    /// Measures the shipped model on names that it has not seen; writes tests/reports/name-model.md
    Eval(Folder),
    /// Brings the figures of MODEL.md up to date with the model and its last measurement
    Card(Folder),
    /// Trains twice on a small sample of made-up names; says whether both give the same bytes and find what they must
    Check,
}

#[derive(Args)]
pub(crate) struct Folder {
    /// The folder with the labelled names
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Train(folder) => train(&folder.data),
        Command::Eval(folder) => eval::run(&folder.data),
        Command::Card(folder) => card::run(&folder.data),
        Command::Check => check(),
    }
}

/// `model check`.
pub(crate) fn check() -> Result<()> {
    check::run(&classifier()?)
}

fn train(folder: &Path) -> Result<()> {
    let names = Names::read(folder)?;
    println!("{} names to fit, {} to choose", names.fitted.len(), names.chosen.len());
    let model = names.train(Without::Nothing, "model")?;
    let path = kb::MODEL;
    std::fs::write(root::path(path), model.section()).with_context(|| format!("cannot write {path}"))?;
    println!("{path}: {} bytes; `cargo dev kb build` puts them into the pack", model.section().len());
    Ok(())
}

/// What a training needs.
struct Names {
    fitted: Vec<Judged>,
    chosen: Vec<Judged>,
    words: BTreeSet<String>,
}

impl Names {
    fn read(folder: &Path) -> Result<Self> {
        let classifier = classifier()?;
        let [machine, benign, machine_chosen, benign_chosen] = card::FILES.map(|(file, ..)| file);
        let fitted = both(&classifier, folder, machine, benign)?;
        let mut chosen = both(&classifier, folder, machine_chosen, benign_chosen)?;
        // No shipped threshold may rest on names whose only source forbids commercial use.
        chosen.retain(|row| row.row.label != "citizenlab2026");
        Ok(Self { fitted, chosen, words: lexicon::scowl()? })
    }

    fn train(&self, without: Without, folder: &str) -> Result<NameModel> {
        train::train(&self.fitted, &self.chosen, &self.words, without, folder)
    }
}

/// Machine-made names and others, as the library judges them.
fn both(classifier: &Classifier<'_>, folder: &Path, machine: &str, benign: &str) -> Result<Vec<Judged>> {
    let mut rows = data::read(folder, machine, true)?;
    rows.extend(data::read(folder, benign, false)?);
    Ok(data::judged(classifier, rows))
}

/// The classifier over the committed base: its suffixes and dynamic-DNS entries decide which label of a name is judged.
fn classifier() -> Result<Classifier<'static>> {
    let path = kb::PACK;
    let pack = std::fs::read(root::path(path)).with_context(|| format!("cannot read {path}"))?;
    Classifier::open(pack.into(), Vec::new(), &[]).with_context(|| format!("cannot open {path}"))
}
