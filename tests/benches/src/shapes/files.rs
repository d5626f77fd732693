//! The folder of `--data`: gzip files of names, a label behind a tab in those that end in `.tsv.gz`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

/// The files by name.
#[derive(Debug)]
pub(super) struct Folder(BTreeMap<String, PathBuf>);

/// A file's rows, and its hash as it lies there.
pub(super) struct Rows {
    pub(super) file: String,
    pub(super) sha256: String,
    text: String,
}

impl Rows {
    /// Name and label.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.text.lines().map(|line| line.split_once('\t').unwrap_or((line, "")))
    }
}

impl Folder {
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
        let mut files = BTreeMap::new();
        for entry in entries {
            let path = entry?.path();
            files.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path);
        }
        Ok(Self(files))
    }

    /// Files whose names begin and end so.
    pub(super) fn matching(&self, start: &str) -> impl Iterator<Item = &str> {
        self.0.keys().filter(move |name| name.starts_with(start) && name.ends_with(".gz")).map(String::as_str)
    }

    /// The one file whose name begins so.
    pub(super) fn read(&self, start: &str) -> Result<Rows> {
        let file = self.matching(start).next().with_context(|| format!("no {start}*.gz in the folder"))?;
        let path = self.0.get(file).with_context(|| format!("no {file}"))?;
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut text = String::new();
        MultiGzDecoder::new(bytes.as_slice())
            .read_to_string(&mut text)
            .with_context(|| format!("cannot unpack {}", path.display()))?;
        let sha256 = Sha256::digest(&bytes).iter().map(|octet| format!("{octet:02x}")).collect();
        Ok(Rows { file: file.to_owned(), sha256, text })
    }

    /// The names of a file, without labels.
    pub(super) fn names(&self, start: &str) -> Result<Vec<String>> {
        Ok(self.read(start)?.iter().map(|(name, _)| name.to_owned()).collect())
    }
}
