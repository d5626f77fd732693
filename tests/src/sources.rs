//! The knowledge sources as the repository holds them.

use std::path::Path;

use phonehome::format::model::NameModel;
use phonehome_pack::SourceText;

use crate::root;

/// Every file below `sources/`.
pub fn all() -> Vec<SourceText> {
    let mut files = Vec::new();
    collect(&root("crates/phonehome-data/sources"), "", &mut files);
    files
}

/// The trained name model.
pub fn model() -> NameModel {
    let section = std::fs::read(root("crates/phonehome-data/name-model.bin")).expect("the trained model");
    NameModel::open(section).expect("a whole model")
}

fn collect(folder: &Path, below: &str, files: &mut Vec<SourceText>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let entry = entry.expect("an entry");
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            files.push(SourceText { text: std::fs::read_to_string(entry.path()).expect("a source file"), path });
        }
    }
}
