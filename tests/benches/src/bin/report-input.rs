//! Writes what `cargo dev report page` and `cargo dev report coredns` measure with: names as they are asked (`stream.txt`), different
//! names (`different.txt`, and as an overlay `different.pack`), rules (`rules.txt`, and as an overlay `rules.pack`).

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use phonehome_benches::names::Maker;
use phonehome_benches::packs;
use phonehome_benches::workload::{STREAM, Workload};

/// Rules, as in `cargo dev report speed`.
const RULES: usize = 100_000;

/// Writes the input of reports.
#[derive(Parser)]
struct Arguments {
    /// Where it goes
    folder: PathBuf,
}

fn main() -> Result<()> {
    let Arguments { folder } = Arguments::parse();
    let workload = Workload::new(None)?;
    let rules = workload.rules(RULES);
    let mut stream = Vec::new();
    for name in workload.stream.blocks().flat_map(|block| block.names()) {
        stream.extend_from_slice(name);
        stream.push(b'\n');
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let write =
        |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).with_context(|| format!("cannot write {name}"));
    write("stream.txt", &stream)?;
    let different = different(&stream);
    write("different.txt", lines(&different).as_bytes())?;
    write("different.pack", &packs::overlay(&different)?)?;
    write("rules.txt", lines(&rules).as_bytes())?;
    write("rules.pack", &packs::overlay(&rules)?)
}

/// As many different names as the stream has names: those of the stream in their order, then made-up ones.
fn different(stream: &[u8]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(STREAM);
    let asked = stream.split(|octet| *octet == b'\n').map(|name| String::from_utf8_lossy(name).into_owned());
    let mut maker = Maker::new(4, STREAM / 3);
    for name in asked.filter(|name| !name.is_empty()).chain(std::iter::repeat_with(|| maker.name())) {
        if seen.insert(name.clone()) {
            names.push(name);
        }
        if names.len() == STREAM {
            break;
        }
    }
    names
}

fn lines(names: &[String]) -> String {
    names.iter().flat_map(|name| [name.as_str(), "\n"]).collect()
}
