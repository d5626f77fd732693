//! `cargo dev model`: train the name model, measure it, write its card.

mod calibrate;
mod data;
mod eval;
mod learner;
mod lexicon;
mod train;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use phonehome::Classifier;

use crate::root;

/// The base pack, below the root: its entries decide which names have a label to judge.
const PACK: &str = "crates/phonehome-data/phonehome.pack";
/// The trained section, below the root.
const SECTION: &str = "crates/phonehome-data/sources/name-model.bin";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Trains on `*_train*`, calibrates on `*_val`, writes the section that `kb build` packs
    Train(Folder),
    /// Measures the built-in model
    Eval(Folder),
}

#[derive(Args)]
pub(crate) struct Folder {
    /// The folder with the labelled names
    #[arg(long)]
    data: PathBuf,
    /// name=value settings, for experiments
    #[arg(long)]
    set: Vec<String>,
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Train(folder) => train(&folder),
        Command::Eval(folder) => {
            let section = std::fs::read(root::path(SECTION))?;
            let model = phonehome::format::model::NameModel::open(section).context("damaged")?;
            eval::quick(&classifier()?, &model, &folder.data, "test")
        }
    }
}

fn train(folder: &Folder) -> Result<()> {
    let classifier = classifier()?;
    let data = &folder.data;
    let both = |dga: &str, benign: &str| -> Result<Vec<data::Judged>> {
        let mut rows = data::read(data, dga, true)?;
        rows.extend(data::read(data, benign, false)?);
        Ok(data::judged(&classifier, rows))
    };
    let fitted = both("dga_train_cap3000.tsv.gz", "ben_train_240k_clean.tsv.gz")?;
    let mut chosen = both("dga_val.tsv.gz", "ben_val.tsv.gz")?;
    chosen.retain(|row| row.row.label != "citizenlab2026");
    println!("{} rows to fit, {} to choose", fitted.len(), chosen.len());
    let mut settings = train::Settings::default();
    for pair in &folder.set {
        let (name, value) = pair.split_once('=').context("name=value")?;
        match name {
            "bits" => settings.bits = value.parse()?,
            "words" => settings.words = value.parse()?,
            "word_seen" => settings.word_seen = value.parse()?,
            "strength" => settings.strength = value.parse()?,
            "strength_fours" => settings.strength_fours = value.parse()?,
            "trees" => settings.trees = value.parse()?,
            "leaves" => settings.leaves = value.parse()?,
            "depth" => settings.depth = value.parse()?,
            "rate" => settings.rate = value.parse()?,
            "lambda" => settings.lambda = value.parse()?,
            "leave" => settings.leave = value.parse()?,
            "prior" => settings.prior = value.parse()?,
            _ => anyhow::bail!("no setting {name}"),
        }
    }
    let model = train::train(&fitted, &chosen, &settings, "model")?;
    println!("section: {} bytes", model.section().len());
    std::fs::write(root::path(SECTION), model.section()).with_context(|| format!("cannot write {SECTION}"))?;
    eval::quick(&classifier, &model, data, "val")
}

/// The classifier over the committed base.
fn classifier() -> Result<Classifier<'static>> {
    let pack = std::fs::read(root::path(PACK)).with_context(|| format!("cannot read {PACK}"))?;
    Classifier::open(pack.into(), Vec::new(), &[]).with_context(|| format!("cannot open {PACK}"))
}
