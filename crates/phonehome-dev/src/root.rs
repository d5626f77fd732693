//! Where the repository lies.

use std::path::PathBuf;

/// The repository's root, whichever folder the command was started in.
pub(crate) fn path(relative: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.ancestors().nth(2).unwrap_or(&root).join(relative)
}
