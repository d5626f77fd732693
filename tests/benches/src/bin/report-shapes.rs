//! Measures and prints: `cargo dev report shapes` starts this in release.

#![allow(clippy::print_stdout, reason = "a command-line tool talks on its streams")]

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use phonehome_benches::shapes;

/// Measures the name model beside other ways and prints the report.
#[derive(Parser)]
struct Arguments {
    /// The folder with ben_*.tsv.gz, dga_*.tsv.gz, full_test.tsv.gz and hard_*.txt.gz
    #[arg(long)]
    data: PathBuf,
    /// Rounds that count
    #[arg(long, default_value_t = 9)]
    rounds: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    print!("{}", shapes::text(&shapes::run(&arguments.data, arguments.rounds)?));
    Ok(())
}
