//! `cargo dev kb`: the knowledge.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use phonehome_pack::{Knowledge, SourceText};

use crate::root;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Builds the pack from the sources and writes it
    Build,
    /// Checks the sources without writing
    Check,
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Build => build(),
        Command::Check => read().map(|_| ()),
    }
}

const SOURCES: &str = "crates/phonehome-data/sources";
const PACK: &str = "crates/phonehome-data/phonehome.pack";

fn build() -> Result<()> {
    let pack = read()?.to_pack();
    let path = root::path(PACK);
    fs::write(&path, &pack).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{PACK}: {} bytes, golden hash {:016x}", pack.len(), phonehome::format::checksum(&pack));
    Ok(())
}

/// Reads and checks the sources; prints every problem.
fn read() -> Result<Knowledge> {
    let mut files = Vec::new();
    collect(&root::path(SOURCES), "", &mut files)?;
    match Knowledge::read(files) {
        Ok(knowledge) => Ok(knowledge),
        Err(problems) => {
            for problem in &problems {
                eprintln!("{SOURCES}/{problem}");
            }
            bail!("{} problems in the knowledge", problems.len())
        }
    }
}

fn collect(folder: &Path, below: &str, files: &mut Vec<SourceText>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else {
            let text = fs::read_to_string(entry.path()).with_context(|| format!("cannot read {path}"))?;
            files.push(SourceText { path, text });
        }
    }
    Ok(())
}
