//! Evaluates and prints: `cargo dev model eval` starts this in release.

#![allow(clippy::print_stdout, reason = "a command-line tool talks on its streams")]

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use phonehome_benches::shapes;

/// Evaluates the built-in name model and prints the report.
#[derive(Parser)]
struct Arguments {
    /// The folder with ben_*.tsv.gz, dga_*.tsv.gz, full_test.tsv.gz and hard_*.txt.gz
    #[arg(long)]
    data: PathBuf,
    /// A model without one of its parts
    #[arg(long, value_name = "TITLE=FILE")]
    variant: Vec<String>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let variants = arguments.variant.iter().map(|variant| {
        let (title, path) =
            variant.split_once('=').with_context(|| format!("{variant} is not of the form TITLE=FILE"))?;
        Ok((title.to_owned(), PathBuf::from(path)))
    });
    let shapes = shapes::evaluate(&arguments.data, &variants.collect::<Result<Vec<_>>>()?)?;
    print!("{}", shapes::evaluation(&shapes));
    Ok(())
}
