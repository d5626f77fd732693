//! The stream as a text of lines, in pieces that are timed at once, and as a file for hosts that are programs of their own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::BATCH;
use crate::workload::Stream;

/// Names that are answered between two readings of the clock.
pub(super) const CHUNK: usize = 1000;

/// A text with a line feed behind every name.
pub(super) struct Names {
    text: Vec<u8>,
    len: usize,
}

/// Some names in a row: one by one, and as texts of lines.
pub(super) struct Chunk<'n> {
    pub(super) names: Vec<&'n [u8]>,
    pub(super) batches: Vec<&'n [u8]>,
}

impl Names {
    pub(super) fn of(stream: &Stream) -> Self {
        let mut text = Vec::new();
        for name in stream.blocks().flat_map(|block| block.names()) {
            text.extend_from_slice(name);
            text.push(b'\n');
        }
        Self { text, len: stream.len() }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn chunks(&self) -> impl Iterator<Item = Chunk<'_>> {
        let mut rest = lines(&self.text, CHUNK);
        std::iter::from_fn(move || rest.next()).map(|piece| Chunk {
            names: lines(piece, 1).map(|line| line.strip_suffix(b"\n").unwrap_or(line)).collect(),
            batches: lines(piece, BATCH).collect(),
        })
    }
}

/// Pieces of so many lines, with their line feeds.
fn lines(text: &[u8], size: usize) -> impl Iterator<Item = &[u8]> {
    let mut seen = 0;
    text.split_inclusive(move |octet| {
        seen += usize::from(*octet == b'\n');
        *octet == b'\n' && seen % size == 0
    })
}

/// The names in a temporary file, which goes when this does.
pub(super) struct TextFile(PathBuf);

impl TextFile {
    pub(super) fn write(names: &Names) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("phonehome-names-{}.txt", std::process::id()));
        std::fs::write(&path, &names.text).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TextFile {
    fn drop(&mut self) {
        // What is left in the folder for temporary files goes with it.
        let _ = std::fs::remove_file(&self.0);
    }
}
