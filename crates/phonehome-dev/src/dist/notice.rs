//! The file NOTICE of a release: under which licences its parts stand, and the licence texts of linked crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use phonehome::Classifier;
use serde::Deserialize;

use crate::{kb, root, run};

/// What `cargo metadata` says.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Clone, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    manifest_path: PathBuf,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

/// A package in the graph of dependencies.
#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// `null`: linked into the program.
    kind: Option<String>,
}

/// The whole file.
pub(super) fn text() -> Result<String> {
    let linked = linked(&metadata()?, "phonehome-cli");
    let mut text = head()?;
    text.push_str("\nThird-party crates from which the program is built:\n\n");
    for package in &linked {
        let licence = package.license.as_deref().unwrap_or("see its text below");
        text.push_str(&format!("  {} {}: {licence}\n", package.name, package.version));
    }
    for (licence, crates) in texts(&linked)? {
        let names: Vec<&str> = crates.iter().map(String::as_str).collect();
        text.push_str(&format!("\n{}\n{}\n\n{}\n", "-".repeat(80), names.join(", "), licence.trim_end()));
    }
    Ok(text)
}

/// Our own parts, and the public-suffix rules in the pack.
fn head() -> Result<String> {
    let pack = fs::read(root::path("crates/phonehome-data/phonehome.pack")).context("cannot read the pack")?;
    let classifier = Classifier::open(pack.as_slice().into(), Vec::new(), &[]).context("the pack does not open")?;
    let info = classifier.info();
    // A list taken from its repository states no version of its own: then the date of the copy tells which it is.
    let copied = classifier.sources().find(|source| source.id == "public-suffix-list").map_or("", |source| source.date);
    let suffixes = if info.suffix_version.is_empty() { copied } else { info.suffix_version };
    Ok(format!(
        "phonehome {}\n\n\
         Code: MIT OR Apache-2.0, at your choice (LICENSE-MIT, LICENSE-APACHE).\n\
         Knowledge, version {} of {}: our entries are CC0-1.0. Each names the sources of its facts.\n\
         Public-suffix rules in the pack and in the program, version {suffixes}: MPL-2.0\n\
         (https://mozilla.org/MPL/2.0/). Their source form is crates/phonehome-data/sources/public_suffix_list.dat\n\
         of this release's source, unchanged from https://publicsuffix.org/list/.\n",
        env!("CARGO_PKG_VERSION"),
        info.version,
        kb::written_date(info.date)
    ))
}

fn metadata() -> Result<Metadata> {
    let host = run::quiet(&mut run::command("rustc", &["--print", "host-tuple"]))?;
    let host = String::from_utf8(host).context("rustc's answer is no text")?;
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host.trim()];
    let printed = run::quiet(&mut run::cargo(&arguments))?;
    serde_json::from_slice(&printed).context("cargo metadata is not as expected")
}

/// The third-party packages that become part of a program, by name and version.
fn linked(metadata: &Metadata, program: &str) -> Vec<Package> {
    let nodes: BTreeMap<&str, &Node> = metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let start = metadata.packages.iter().find(|package| package.name == program);
    let mut open: Vec<&str> = start.map(|package| package.id.as_str()).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let all = nodes.get(id).map(|node| node.deps.as_slice()).unwrap_or(&[]);
            let is_linked = |dependency: &&Dependency| dependency.dep_kinds.iter().any(|kind| kind.kind.is_none());
            open.extend(all.iter().filter(is_linked).map(|dependency| dependency.pkg.as_str()));
        }
    }
    let is_foreign = |package: &&Package| package.source.is_some() && seen.contains(package.id.as_str());
    let mut packages: Vec<Package> = metadata.packages.iter().filter(is_foreign).cloned().collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    packages
}

/// Licence texts, each once, with the crates that carry it.
fn texts(packages: &[Package]) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages {
        let folder = package.manifest_path.parent().unwrap_or(Path::new("."));
        for file in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = file?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
            if path.is_file() && LICENCE_FILES.iter().any(|start| name.starts_with(start)) {
                let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                texts.entry(text).or_default().insert(format!("{} {}", package.name, package.version));
            }
        }
    }
    Ok(texts)
}

/// How files with licences and notices begin, in capitals.
const LICENCE_FILES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_linked_and_foreign_is_named() {
        let metadata = r#"{
            "packages": [
                {"id": "cli", "name": "phonehome-cli", "version": "1", "license": null, "source": null, "manifest_path": "/"},
                {"id": "lib", "name": "phonehome", "version": "1", "license": null, "source": null, "manifest_path": "/"},
                {"id": "fst", "name": "fst", "version": "4", "license": "MIT", "source": "index", "manifest_path": "/"},
                {"id": "test", "name": "test", "version": "4", "license": "MIT", "source": "index", "manifest_path": "/"},
                {"id": "other", "name": "other", "version": "4", "license": "MIT", "source": "index", "manifest_path": "/"}
            ],
            "resolve": {"nodes": [
                {"id": "cli", "deps": [
                    {"pkg": "lib", "dep_kinds": [{"kind": null}]},
                    {"pkg": "test", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "lib", "deps": [{"pkg": "fst", "dep_kinds": [{"kind": "build"}, {"kind": null}]}]},
                {"id": "fst", "deps": []},
                {"id": "other", "deps": []}
            ]}
        }"#;
        let linked = linked(&serde_json::from_str(metadata).unwrap(), "phonehome-cli");
        assert_eq!(linked.iter().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["fst"]);
    }
}
