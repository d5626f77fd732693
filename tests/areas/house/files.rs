//! Files by kind: short sources, a first line that says what they are, fuzz targets that are glue.

use std::path::{Path, PathBuf};

use phonehome_tests::{oracles, root};

/// Files of the repository with an ending, below the root, as Git would list them.
pub(crate) fn with_ending(ending: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    collect(&root("."), "", ending, &mut found);
    found.sort();
    assert!(!found.is_empty());
    found
}

fn collect(folder: &Path, below: &str, ending: &str, found: &mut Vec<(String, PathBuf)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let is_ours = !name.starts_with('.') && !matches!(name.as_str(), "target" | "dist" | "node_modules");
            if is_ours {
                collect(&path, &format!("{below}{name}/"), ending, found);
            }
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push((format!("{below}{name}"), path));
        }
    }
}

#[test]
fn sources_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for (name, path) in with_ending("rs") {
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().count();
        let is_generated = text.lines().take(3).any(|line| line.contains("Generated from"));
        if lines > 500 && !is_generated {
            wrong.push(format!("{name} has {lines} lines: part it by purpose"));
        }
        let first = text.lines().find(|line| !line.starts_with("#!["));
        if !first.is_some_and(|line| line.starts_with("//! ")) {
            wrong.push(format!("{name} does not begin with what it is (//! ...)"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_oracle_has_a_thin_target() {
    let manifest = std::fs::read_to_string(root("tests/fuzz/Cargo.toml")).unwrap();
    let readme = std::fs::read_to_string(root("tests/fuzz/README.md")).unwrap();
    for oracle in oracles::ALL {
        let name = oracle.name;
        let target = std::fs::read_to_string(root(&format!("tests/fuzz/fuzz_targets/{name}.rs")))
            .unwrap_or_else(|error| panic!("{name} has no target: {error}"));
        assert!(target.contains(&format!("oracles::{name}(data)")) && target.lines().count() < 10, "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is missing in tests/fuzz/Cargo.toml");
        assert!(readme.contains(&format!("`{name}`")), "{name} is missing in tests/fuzz/README.md");
    }
    let targets = std::fs::read_dir(root("tests/fuzz/fuzz_targets")).unwrap().count();
    assert_eq!(targets, oracles::ALL.len(), "a target without an oracle");
}
