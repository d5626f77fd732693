//! Labelled names: read from the training folder, and reduced to what the model judges by the library itself.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use phonehome::{Classifier, Name};

/// A labelled name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// A family, or the lists that hold the name.
    pub(crate) label: String,
    pub(crate) is_dga: bool,
}

impl Row {
    /// Whether a list of popular names holds it: the negatives on which thresholds are set.
    pub(crate) fn is_popular(&self) -> bool {
        !self.is_dga && !matches!(self.label.as_str(), "newly_ranked2025" | "citizenlab2026")
    }
}

/// A row with the label that is judged.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) row: Row,
    pub(crate) label: Vec<u8>,
    pub(crate) top: Vec<u8>,
    pub(crate) suffix_labels: usize,
}

/// Rows of a file: name, tab, label; or the name alone.
pub(crate) fn read(folder: &Path, file: &str, is_dga: bool) -> Result<Vec<Row>> {
    let path = folder.join(file);
    let stream = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut rows = Vec::new();
    for line in BufReader::new(MultiGzDecoder::new(stream)).lines() {
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        let (name, label) = line.split_once('\t').unwrap_or((&line, ""));
        rows.push(Row { name: name.to_owned(), label: label.to_owned(), is_dga });
    }
    Ok(rows)
}

/// What the model judges of each row; rows of which it judges nothing are left out.
pub(crate) fn judged(classifier: &Classifier<'_>, rows: Vec<Row>) -> Vec<Judged> {
    let judge = |row: Row| {
        let name = Name::parse(row.name.as_bytes()).ok()?;
        let chosen = classifier.chosen_label(&name).filter(|chosen| !chosen.label.starts_with(b"xn--"))?;
        let (label, top) = (chosen.label.to_vec(), chosen.top.to_vec());
        Some(Judged { row, label, top, suffix_labels: chosen.suffix_labels })
    };
    rows.into_iter().filter_map(judge).collect()
}
