//! `report shapes`: starts the benchmark that puts the name model beside other ways. It needs lists that may not be kept here.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::run;

#[derive(Args)]
pub(crate) struct Options {
    /// The folder with ben_*.tsv.gz, dga_*.tsv.gz, full_test.tsv.gz and hard_*.txt.gz
    #[arg(long)]
    data: PathBuf,
    /// Rounds that count
    #[arg(long, default_value_t = 9)]
    rounds: usize,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    // The benchmark runs in the repository's root. Without default features it does not build the guests' hosts.
    let data = options.data.canonicalize().with_context(|| format!("cannot find {}", options.data.display()))?;
    let arguments = ["run", "--quiet", "--release", "--package", "phonehome-benches", "--no-default-features"];
    let mut command = run::cargo(&arguments);
    command.args(["--bin", "report-shapes", "--", "--rounds", &options.rounds.to_string(), "--data"]).arg(data);
    let text =
        String::from_utf8(run::quiet(&mut command)?).context("the benchmark printed something that is no text")?;
    super::write("shapes", &text)
}
