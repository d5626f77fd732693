//! `report speed`: starts the benchmark that lives with the engines it compares.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::run;

#[derive(Args)]
pub(crate) struct Options {
    /// Draw names from the ben_*.tsv.gz of this folder, and only show the report
    #[arg(long)]
    data: Option<PathBuf>,
    /// Rounds that count
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Numbers of rules; 0: the hosts of the whole classify alone, and only show the report
    #[arg(long, default_value = "100000,1000000")]
    rules: String,
}

/// Where the guests go, and the one with faults, as the benchmark expects them.
const GUESTS: [&[&str]; 2] = [&["--out", "target/guests"], &["--faults", "--out", "target/guests/faults"]];

pub(crate) fn run(options: &Options) -> Result<()> {
    for guests in GUESTS {
        run::quiet(run::cargo(&["run", "--quiet", "--package", "phonehome-dev", "--", "guests"]).args(guests))?;
    }
    let rounds = options.rounds.to_string();
    let arguments = ["run", "--quiet", "--release", "--package", "phonehome-benches", "--bin", "report-speed", "--"];
    let mut command = run::cargo(&arguments);
    command.args(["--rounds", &rounds, "--rules", &options.rules]);
    if let Some(folder) = &options.data {
        // The benchmark runs in the repository's root.
        let folder = folder.canonicalize().with_context(|| format!("cannot find {}", folder.display()))?;
        command.arg("--data").arg(folder);
    }
    if options.data.is_some() || options.rules == "0" {
        return run::shown(&mut command);
    }
    let text =
        String::from_utf8(run::quiet(&mut command)?).context("the benchmark printed something that is no text")?;
    super::write("speed", &text)
}
