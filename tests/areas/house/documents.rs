//! Documents name only what exists: files and folders between backticks, a crate's own among them. Links are checked in the area
//! `docs`.

use std::path::PathBuf;

use phonehome_tests::root;

use super::files;

/// Paths that a document names as an example, or that a build makes.
const NOT_IN_THE_TREE: &[&str] = &["target/", "dist/", "vendors/SLUG.toml", "vendors/acme.toml", "regressions/TARGET/"];
/// Endings of files that the repository holds.
const ENDINGS: &[&str] = &["rs", "toml", "md", "jsonl", "policy", "pack", "dat", "sh", "yml", "yaml", "lock"];

/// The words between single backticks, code blocks left out.
fn quoted(text: &str) -> Vec<String> {
    let mut is_block = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if !is_block {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a word between backticks means a file or folder of the repository.
fn is_path(word: &str) -> bool {
    let is_shaped =
        !word.is_empty() && word.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"/._-".contains(&octet));
    let ending = word.rsplit_once('.').map(|(_, ending)| ending);
    let is_file = ending.is_some_and(|ending| ENDINGS.contains(&ending));
    let is_folder =
        word.ends_with('/') || ["crates/", "tests/", ".ci/", ".cargo/"].iter().any(|top| word.starts_with(top));
    let is_hidden = word.starts_with('.') && !is_folder;
    is_shaped && !is_hidden && !word.starts_with(['/', '-']) && (is_file || is_folder)
}

/// Where a document's words may point: the root, the document's own folder, a crate, its sources, the knowledge.
fn places(document: &str) -> Vec<PathBuf> {
    let mut places = vec![root("."), root(document).parent().unwrap().to_owned()];
    places.push(root("crates/phonehome-data/sources"));
    for entry in std::fs::read_dir(root("crates")).unwrap() {
        let folder = entry.unwrap().path();
        places.push(folder.join("src"));
        places.push(folder);
    }
    places
}

#[test]
fn every_path_named_in_a_document_exists() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for (document, path) in files::with_ending("md") {
        let text = std::fs::read_to_string(path).unwrap();
        let places = places(&document);
        for word in quoted(&text).into_iter().filter(|word| is_path(word)) {
            seen += 1;
            let is_elsewhere = NOT_IN_THE_TREE.iter().any(|known| word.starts_with(known));
            if !is_elsewhere && !places.iter().any(|place| place.join(&word).exists()) {
                missing.push(format!("{document}: `{word}`"));
            }
        }
    }
    assert!(missing.is_empty(), "named and not there:\n{}", missing.join("\n"));
    assert!(seen > 20, "only {seen} paths were found, so this test looks at too little");
}
