//! The source files: reading them all, and finding where an entry stands and what it says itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use phonehome::format::model::NameModel;
use phonehome_pack::{Knowledge, SourceText};
use serde::Deserialize;
use toml::{Spanned, Table, Value};

use crate::root;

/// The folder of the sources, below the root.
pub(super) const SOURCES: &str = "crates/phonehome-data/sources";

/// Every source file.
pub(super) fn texts() -> Result<Vec<SourceText>> {
    let mut files = Vec::new();
    collect(&root::path(SOURCES), "", &mut files)?;
    Ok(files)
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

/// The trained name model, below the root.
pub(crate) const MODEL: &str = "crates/phonehome-data/name-model.bin";

/// The trained name model.
fn model() -> Result<NameModel> {
    let section = fs::read(root::path(MODEL)).with_context(|| format!("cannot read {MODEL}"))?;
    NameModel::open(section).with_context(|| format!("{MODEL} is damaged: restore it, or run `cargo dev model train`"))
}

/// Reads and checks the sources, and adds the trained model; prints every problem.
pub(super) fn knowledge(files: Vec<SourceText>) -> Result<Knowledge> {
    match Knowledge::read(files) {
        Ok(knowledge) => Ok(knowledge.with_model(&model()?)),
        Err(problems) => {
            for problem in &problems {
                eprintln!("{SOURCES}/{problem}");
            }
            bail!("{} problems in the knowledge", problems.len())
        }
    }
}

/// Something stated in a file, as it stands there: nothing inherited, nothing resolved.
#[derive(Debug)]
pub(super) struct Stated {
    /// Path below `sources/`.
    pub(super) path: String,
    /// From 1.
    pub(super) line: usize,
    pub(super) fields: Table,
}

impl Stated {
    /// Where it stands, as compilers say it.
    pub(super) fn place(&self) -> String {
        format!("{SOURCES}/{}:{}", self.path, self.line)
    }

    pub(super) fn text(&self, field: &str) -> &str {
        self.fields.get(field).and_then(Value::as_str).unwrap_or("")
    }
}

/// Everything stated, by slug.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) vendors: BTreeMap<String, Stated>,
    pub(super) sources: BTreeMap<String, Stated>,
    pub(super) entries: BTreeMap<String, Stated>,
}

/// The tables of a source file whose places matter.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    vendor: Vec<Spanned<Table>>,
    source: Vec<Spanned<Table>>,
    entry: Vec<Spanned<Table>>,
}

impl Index {
    /// Reads what files that passed the checks state.
    pub(super) fn read(files: &[SourceText]) -> Result<Self> {
        let mut index = Self::default();
        for file in files.iter().filter(|file| file.path.ends_with(".toml")) {
            let tables: File = toml::from_str(&file.text).with_context(|| format!("{SOURCES}/{}", file.path))?;
            add(tables.vendor, file, &mut index.vendors);
            add(tables.source, file, &mut index.sources);
            add(tables.entry, file, &mut index.entries);
        }
        Ok(index)
    }
}

fn add(tables: Vec<Spanned<Table>>, file: &SourceText, into: &mut BTreeMap<String, Stated>) {
    for table in tables {
        let line = 1 + file.text.get(..table.span().start).unwrap_or("").matches('\n').count();
        let stated = Stated { path: file.path.clone(), line, fields: table.into_inner() };
        into.insert(stated.text("id").to_owned(), stated);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_knows_lines_and_fields() {
        let text = "# Acme\n\n[[vendor]]\nid = \"acme\"\n\n[[entry]]\nid = \"acme-suffix\"\nclasses = [\"tv\"]\n";
        let file = SourceText { path: "vendors/acme.toml".to_owned(), text: text.to_owned() };
        let index = Index::read(&[file]).unwrap();
        assert_eq!(index.vendors["acme"].line, 3);
        let entry = &index.entries["acme-suffix"];
        assert!(entry.place().ends_with("sources/vendors/acme.toml:6"), "{}", entry.place());
        assert!(entry.fields.contains_key("classes"));
        assert_eq!(entry.text("vendor"), "");
    }
}
