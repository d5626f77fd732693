//! Measures and prints: `cargo dev report speed` starts this in release.

#![allow(clippy::print_stdout, reason = "a command-line tool talks on its streams")]

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use phonehome_benches::workload::Workload;
use phonehome_benches::{hosts, report, root};

/// Measures lookups beside other engines and prints the report.
#[derive(Parser)]
struct Arguments {
    /// Draw names from the ben_*.tsv.gz of this folder instead of making them up
    #[arg(long)]
    data: Option<PathBuf>,
    /// Rounds that count
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Numbers of rules; 0: no lookups, the hosts alone
    #[arg(long, value_delimiter = ',', default_value = "100000,1000000")]
    rules: Vec<usize>,
    /// Where `cargo dev guests` put the guests, and below in `faults` the one with faults
    #[arg(long, default_value_os_t = root("target/guests"))]
    guests: PathBuf,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let workload = Workload::new(arguments.data.as_deref())?;
    let runs = arguments
        .rules
        .iter()
        .filter(|count| **count > 0)
        .map(|count| report::run(&workload, *count, arguments.rounds))
        .collect::<Result<Vec<_>>>()?;
    let hosts = hosts::run(&workload.stream, &arguments.guests, arguments.rounds)?;
    let input = match arguments.data {
        Some(_) => "names of a folder of `ben_*.tsv.gz`",
        None => "seeded, made-up names and names of the corpus",
    };
    print!("{}", report::text(&workload, &runs, &hosts, arguments.rounds, input));
    Ok(())
}
