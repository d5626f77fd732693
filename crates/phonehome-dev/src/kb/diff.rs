//! `kb diff`: what the sources answer otherwise than a committed or given pack. The program's own `kb diff` tells it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::build::PACK;
use super::sources;
use crate::run;

/// Compares with the pack of a revision, or with a pack file.
pub(super) fn run(with: &str) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("phonehome-kb-diff-{}", std::process::id()));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let told = compare(with, &folder);
    // What is left behind does no harm; the comparison's own failure matters more.
    let _ = fs::remove_dir_all(&folder);
    told
}

fn compare(with: &str, folder: &Path) -> Result<()> {
    let (before, after) = (folder.join("before.pack"), folder.join("after.pack"));
    fs::write(&before, pack(with)?)?;
    fs::write(&after, sources::knowledge(sources::texts()?)?.to_pack())?;
    let program = ["run", "--quiet", "--package", "phonehome-cli", "--", "kb", "diff"].map(Path::new);
    run::shown(&mut run::cargo(&[&program[..], &[&before, &after]].concat()))
}

fn pack(with: &str) -> Result<Vec<u8>> {
    if Path::new(with).is_file() {
        return fs::read(with).with_context(|| format!("cannot read {with}"));
    }
    run::quiet(&mut run::command("git", &["show", &format!("{with}:{PACK}")]))
        .with_context(|| format!("{with:?} is neither a file nor a revision that holds {PACK}"))
}
