//! Where the repository lies, and reading its files with messages that name them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// A path below the repository's root, whichever folder the command was started in.
pub(crate) fn path(relative: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.ancestors().nth(2).unwrap_or(&root).join(relative)
}

/// A path below the root as an argument of a command.
pub(crate) fn text(relative: &str) -> String {
    path(relative).to_string_lossy().into_owned()
}

/// The text of a file below the root.
pub(crate) fn read(relative: &str) -> Result<String> {
    fs::read_to_string(path(relative)).with_context(|| format!("cannot read {relative}"))
}
