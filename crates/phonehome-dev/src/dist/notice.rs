//! The file NOTICE of a release: under which licences its parts stand, and the licence texts of linked crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use phonehome::Classifier;
use serde::Deserialize;

use crate::{guests, kb, root, run};

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
    repository: Option<String>,
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
    let host = run::quiet(&mut run::command("rustc", &["--print", "host-tuple"]))?;
    let host = String::from_utf8(host).context("rustc's answer is no text")?;
    let linked = united([
        linked(&metadata(host.trim())?, &["phonehome-cli"]),
        linked(
            &metadata(guests::TARGET)?,
            &["phonehome-component", "phonehome-abi", "phonehome-envoy", "phonehome-web"],
        ),
    ]);
    let mut text = head()?;
    text.push_str("\nThird-party crates from which the program and the WebAssembly guests are built:\n\n");
    for package in &linked {
        let licence = package.license.as_deref().unwrap_or("see its text below");
        text.push_str(&format!("  {} {}: {licence}\n", package.name, package.version));
    }
    for (licence, crates) in texts(&linked)? {
        let names: Vec<&str> = crates.iter().map(String::as_str).collect();
        text.push_str(&format!("\n{}\n{}\n\n{}\n", "-".repeat(80), names.join(", "), licence.trim_end()));
    }
    text.push_str(&format!("\n{}\nlit (npm), inside phonehome.html\n\n{}", "-".repeat(80), root::read(LIT)?));
    Ok(text)
}

/// The licence of what the page is built from; the packages beside it in `web/node_modules` are of the same project.
const LIT: &str = "web/node_modules/lit/LICENSE";

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
         Public-suffix rules in the pack, the program and the guests, version {suffixes}: MPL-2.0\n\
         (https://mozilla.org/MPL/2.0/). Their source form is crates/phonehome-data/sources/public_suffix_list.dat\n\
         of this release's source, unchanged from https://publicsuffix.org/list/.\n\
         The name model in the pack holds fingerprints of English words of SCOWL, whose notice follows.\n\n{}",
        env!("CARGO_PKG_VERSION"),
        info.version,
        kb::written_date(info.date),
        root::read("crates/phonehome-data/SCOWL-NOTICE.txt")?
    ))
}

/// The graph for a platform, with the features of a release.
fn metadata(platform: &str) -> Result<Metadata> {
    let mut cargo = run::cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", platform]);
    let printed = run::quiet(cargo.args(["--features", "phonehome-cli/component"]))?;
    serde_json::from_slice(&printed).context("cargo metadata is not as expected")
}

/// The third-party packages that become part of these programs.
fn linked(metadata: &Metadata, programs: &[&str]) -> Vec<Package> {
    let nodes: BTreeMap<&str, &Node> = metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let start = metadata.packages.iter().filter(|package| programs.contains(&package.name.as_str()));
    let mut open: Vec<&str> = start.map(|package| package.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let all = nodes.get(id).map(|node| node.deps.as_slice()).unwrap_or(&[]);
            let is_linked = |dependency: &&Dependency| dependency.dep_kinds.iter().any(|kind| kind.kind.is_none());
            open.extend(all.iter().filter(is_linked).map(|dependency| dependency.pkg.as_str()));
        }
    }
    let is_foreign = |package: &&Package| package.source.is_some() && seen.contains(package.id.as_str());
    metadata.packages.iter().filter(is_foreign).cloned().collect()
}

/// All packages, each once, by name and version.
fn united(parts: [Vec<Package>; 2]) -> Vec<Package> {
    let mut packages = parts.concat();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    packages.dedup_by(|a, b| a.id == b.id);
    packages
}

/// Licence texts, each once, with the crates that stand under it.
fn texts(packages: &[Package]) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages {
        let mut own = own_texts(package)?;
        if own.is_empty() {
            // Of the same project, or under a licence that is the same for every crate.
            let is_same = |other: &&Package| {
                let of_project = other.repository.is_some() && other.repository == package.repository;
                other.license == package.license && (of_project || package.license.as_deref() == Some(NAMELESS))
            };
            let same = packages.iter().filter(is_same).map(own_texts);
            own = same.collect::<Result<Vec<_>>>()?.into_iter().find(|texts| !texts.is_empty()).unwrap_or_default();
        }
        ensure!(!own.is_empty(), "{} {} comes without the text of its licence", package.name, package.version);
        for text in own {
            texts.entry(text).or_default().insert(format!("{} {}", package.name, package.version));
        }
    }
    Ok(texts)
}

/// The licence texts that lie beside a crate's manifest.
fn own_texts(package: &Package) -> Result<Vec<String>> {
    let folder = package.manifest_path.parent().unwrap_or(Path::new("."));
    let mut texts = Vec::new();
    for file in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
        if path.is_file() && LICENCE_FILES.iter().any(|start| name.starts_with(start)) {
            texts.push(fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?);
        }
    }
    Ok(texts)
}

/// A licence whose text names no holder: it is the same for every crate.
const NAMELESS: &str = "Apache-2.0 WITH LLVM-exception";

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
        let linked = linked(&serde_json::from_str(metadata).unwrap(), &["phonehome-cli"]);
        assert_eq!(linked.iter().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["fst"]);
    }

    #[test]
    fn a_missing_text_is_taken_from_others_of_the_project_or_where_it_names_nobody() {
        let folder = std::env::temp_dir().join(format!("phonehome-notice-{}", std::process::id()));
        let package = |name: &str, licence: &str| Package {
            id: name.to_owned(),
            name: name.to_owned(),
            version: "1".to_owned(),
            license: Some(licence.to_owned()),
            repository: None,
            source: None,
            manifest_path: folder.join(name).join("Cargo.toml"),
        };
        fs::create_dir_all(folder.join("whole")).unwrap();
        fs::create_dir_all(folder.join("part")).unwrap();
        fs::write(folder.join("whole/LICENSE"), "Do as you like.").unwrap();
        let of = |licence| texts(&[package("part", licence), package("whole", licence)]);
        let (found, missing) = (of(NAMELESS), of("MIT"));
        fs::remove_dir_all(&folder).unwrap();
        let names = ["part 1", "whole 1"].map(str::to_owned);
        assert_eq!(found.unwrap(), BTreeMap::from([("Do as you like.".to_owned(), BTreeSet::from(names))]));
        assert_eq!(missing.unwrap_err().to_string(), "part 1 comes without the text of its licence");
    }
}
