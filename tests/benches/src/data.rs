//! Names out of files that are not part of the repository: `--data DIR`.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::read::MultiGzDecoder;
use phonehome::Classifier;

use crate::names::is_canonical;

/// The names in the first column of every `ben_*.tsv.gz` of a folder, each once, in order.
///
/// # Errors
/// A file cannot be read, or there is none.
pub fn names(folder: &Path) -> Result<Vec<String>> {
    let classifier = Classifier::builtin();
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !(file_name.starts_with("ben_") && file_name.ends_with(".tsv.gz")) {
            continue;
        }
        let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        for line in BufReader::new(MultiGzDecoder::new(file)).lines() {
            let line = line.with_context(|| format!("cannot read {}", path.display()))?;
            let name = line.split('\t').next().unwrap_or("");
            if is_canonical(&classifier, name) {
                names.push(name.to_owned());
            }
        }
    }
    names.sort();
    names.dedup();
    ensure!(!names.is_empty(), "no names in {}/ben_*.tsv.gz", folder.display());
    Ok(names)
}
