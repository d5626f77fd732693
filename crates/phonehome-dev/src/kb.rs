//! `cargo dev kb`: the knowledge, from sources that people edit to the committed pack.

mod build;
mod diff;
mod disguise;
mod facts;
mod lint;
mod new;
mod sources;
mod why;

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;

pub(crate) use build::{PACK, check, written_date};
pub(crate) use sources::MODEL;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Builds the pack from the sources; writes it and its golden hash
    Build,
    /// Checks the sources, and that the pack is what they give; writes nothing
    Check,
    /// Warns of entries that pass the checks and could be better
    Lint {
        /// A folder of reference lists (*.tsv with a column `domain`): warns of each that the base repeats
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
    /// Shows what the sources answer otherwise than a pack does
    Diff {
        /// A revision whose pack is compared, or a pack file
        #[arg(default_value = "HEAD", value_name = "REV|PACK")]
        with: String,
    },
    /// Shows which entries stand above a name, what each gives, and where the one that answers stands
    Why {
        /// The name
        name: String,
    },
    /// Writes a template for a new vendor
    New(new::Options),
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Build => build::run(),
        Command::Check => build::check(),
        Command::Lint { data } => lint::run(data.as_deref()),
        Command::Diff { with } => diff::run(&with),
        Command::Why { name } => why::run(&name),
        Command::New(options) => new::run(&options),
    }
}
