//! `report envoy`: what the filter costs a request, a worker and a start, beside no filter, one that does nothing, and Lua.

mod process;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use phonehome::Name;

use crate::{envoy, root, setup};
use process::{Envoy, Load};

/// What Envoy is started with.
const SOURCES: &str = "tests/benches/envoy";
/// Where the runs take place.
const FOLDER: &str = "target/report-envoy";
/// Rounds in which every kind has its turn.
const ROUNDS: usize = 60;
/// Requests of a turn: short ones, so that what disturbs the machine for a while disturbs all kinds alike.
const REQUESTS: u32 = 4_000;
/// Requests before anything is measured: everything is compiled then, and its memory there.
const FIRST_REQUESTS: u32 = 20_000;
/// Microseconds that the filter may take above one that does nothing.
const MOST_ABOVE: f64 = 10.0;

/// A filter and a name to ask it for.
struct Kind {
    id: &'static str,
    words: &'static str,
    filter: Filter,
    name: &'static str,
    /// The status of what it answers.
    status: u16,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    None,
    Noop,
    Ours,
    Lua,
}

const KINDS: [Kind; 7] = [
    kind("none", "no filter", Filter::None, "www.example.org"),
    kind("noop", "WebAssembly that does nothing", Filter::Noop, "www.example.org"),
    kind("known", "ours, passing a known name", Filter::Ours, "a1.tuyaeu.com"),
    kind("unknown", "ours, passing a name that it does not know", Filter::Ours, "www.example.org"),
    kind("block", "ours, blocking", Filter::Ours, "logs.roku.com"),
    kind("lua", "Lua, passing: a table of suffixes and nothing else", Filter::Lua, "www.example.org"),
    Kind { status: 403, ..kind("lua-block", "Lua, blocking", Filter::Lua, "blocked7.example") },
];

const fn kind(id: &'static str, words: &'static str, filter: Filter, name: &'static str) -> Kind {
    Kind { id, words, filter, name, status: 200 }
}

pub(crate) fn run() -> Result<()> {
    setup::envoy()?;
    let folder = root::path(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {FOLDER}"))?;
    envoy::release(folder.join("ours.wasm"))?;
    let noop =
        wat::parse_file(root::path(SOURCES).join("noop.wat")).context("cannot read the filter that does nothing")?;
    fs::write(folder.join("noop.wasm"), noop)?;
    fs::copy(root::path(SOURCES).join("suffixes.lua"), folder.join("suffixes.lua"))?;
    let mut text = String::from("# Envoy\n\nWritten by `cargo dev report envoy`; do not edit.\n\n");
    text.push_str(&costs(&folder)?);
    text.push_str(&workers(&folder)?);
    text.push_str(&size(&folder)?);
    super::write("envoy", &text)
}

/// Processor time of a request, every kind in turn.
fn costs(folder: &Path) -> Result<String> {
    let mut running = Vec::new();
    for (number, kind) in KINDS.iter().enumerate() {
        let question = folder.join(format!("question-{}", kind.id));
        fs::write(&question, query(kind.name)?)?;
        let mut envoy = Envoy::start(&configuration(folder, number, kind.filter)?, 1)?;
        envoy.load(&Load { question: &question, requests: FIRST_REQUESTS, status: kind.status })?;
        running.push((kind, envoy, question));
    }
    let mut costs = vec![Vec::new(); KINDS.len()];
    for round in 0..ROUNDS {
        // Begin elsewhere each time: what disturbs for a while disturbs all alike.
        for turn in 0..KINDS.len() {
            let place = (round + turn) % KINDS.len();
            let Some((kind, envoy, question)) = running.get_mut(place) else { continue };
            let cost = envoy.load(&Load { question, requests: REQUESTS, status: kind.status })?;
            costs.get_mut(place).context("a place for each kind")?.push(cost);
        }
    }
    Ok(table(&costs))
}

/// What stands above another kind in the same rounds: lower quartile, middle, upper quartile.
fn above(costs: &[f64], other: &[f64]) -> [f64; 3] {
    let mut differences: Vec<f64> = costs.iter().zip(other).map(|(cost, other)| cost - other).collect();
    quartiles(&mut differences)
}

fn quartiles(values: &mut [f64]) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values.get(values.len() * quarter / 4).copied().unwrap_or(f64::NAN))
}

fn table(costs: &[Vec<f64>]) -> String {
    let mut out = format!(
        "Processor time of the Envoy process for a request that it answers itself, by its own accounting: DNS over HTTP/2 in the clear, POST, \
         4 connections with 8 requests each, {REQUESTS} requests a turn, {ROUNDS} rounds in which every kind has its turn. Microseconds: the \
         least and the middle of the rounds, what the middle of the differences within a round is, and their quartiles. The machine's speed \
         changes by the minute: the least, and how many times no filter the difference is, change less.\n\n\
         | filter | least | middle | above no filter | above one that does nothing | quartiles | times no filter | budget | |\n\
         |---|---:|---:|---:|---:|---|---:|---:|---|\n"
    );
    let place = |id: &str| KINDS.iter().position(|kind| kind.id == id);
    let of = |id: &str| place(id).and_then(|place| costs.get(place)).map_or(&[][..], Vec::as_slice);
    let [_, none, _] = quartiles(&mut of("none").to_vec());
    for (kind, own) in KINDS.iter().zip(costs) {
        let [low, middle, high] = above(own, of("noop"));
        let [_, over_none, _] = above(own, of("none"));
        let mut sorted = own.clone();
        let [_, absolute, _] = quartiles(&mut sorted);
        let least = sorted.first().copied().unwrap_or(f64::NAN);
        let (budget, verdict) = match kind.filter {
            Filter::Ours if middle <= MOST_ABOVE => (format!("{MOST_ABOVE:.0}"), "met"),
            Filter::Ours => (format!("{MOST_ABOVE:.0}"), "**missed**"),
            _ => (String::new(), ""),
        };
        let _ = writeln!(
            out,
            "| {} | {least:.1} | {absolute:.1} | {over_none:.1} | {middle:.1} | {low:.1} to {high:.1} | {:.2} | {budget} | {verdict} |",
            kind.words,
            middle / none
        );
    }
    out
}

/// Memory and start by the number of workers.
fn workers(folder: &Path) -> Result<String> {
    let mut out = String::from(
        "\nMemory after requests, and a start until Envoy says that it is ready (middle of five):\n\n\
         | filter | workers | memory, MB | start, ms | of processor time, ms |\n|---|---:|---:|---:|---:|\n",
    );
    let question = folder.join("question-unknown");
    for (words, filter) in [("no filter", Filter::None), ("does nothing", Filter::Noop), ("ours", Filter::Ours)] {
        for workers in [1, 2, 4] {
            let configuration = configuration(folder, KINDS.len(), filter)?;
            let (mut starts, mut processor, mut memory) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..5 {
                let mut envoy = Envoy::start(&configuration, workers)?;
                starts.push(envoy.started_in.as_secs_f64() * 1e3);
                processor.push(envoy.processor_time()? / 1e3);
                envoy.load(&Load { question: &question, requests: FIRST_REQUESTS, status: 200 })?;
                memory.push(envoy.memory()?);
            }
            let [[_, memory, _], [_, start, _], [_, processor, _]] =
                [quartiles(&mut memory), quartiles(&mut starts), quartiles(&mut processor)];
            let _ = writeln!(out, "| {words} | {workers} | {memory:.0} | {start:.0} | {processor:.0} |");
        }
    }
    Ok(out)
}

fn size(folder: &Path) -> Result<String> {
    let module = fs::read(folder.join("ours.wasm"))?;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&module)?;
    let (raw, packed) = (module.len(), packed.finish()?.len());
    Ok(format!("\nThe module: {raw} bytes with the knowledge inside, {packed} in gzip.\n"))
}

/// Writes the configuration of a filter; the file.
fn configuration(folder: &Path, number: usize, filter: Filter) -> Result<PathBuf> {
    let source = |name: &str| root::read(&format!("{SOURCES}/{name}"));
    let wasm = |module: &str| Ok::<_, anyhow::Error>(source("wasm.yaml")?.replace("MODULE", module));
    let filters = match filter {
        Filter::None => String::new(),
        Filter::Noop => wasm("noop.wasm")?,
        Filter::Ours => wasm("ours.wasm")?,
        Filter::Lua => source("lua.yaml")?,
    };
    let [admin, port] = process::free_ports(number)?;
    let text = source("envoy.yaml")?.replace("FILTERS\n", &filters);
    let text = text.replace("ADMIN", &admin.to_string()).replace("PORT", &port.to_string());
    let path = folder.join(format!("envoy-{admin}-{port}.yaml"));
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// A query for a name's address (RFC 1035, 4.1), as browsers send it: with an OPT record and nothing in it.
fn query(name: &str) -> Result<Vec<u8>> {
    let name = Name::parse(name.as_bytes())?;
    let mut message = vec![0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
    let mut labels: Vec<&[u8]> = name.labels_from_right().map(|label| label.bytes).collect();
    labels.reverse();
    for label in labels {
        message.push(u8::try_from(label.len())?);
        message.extend(label);
    }
    message.extend([0, 0, 1, 0, 1]);
    message.extend([0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0]);
    ensure!(message.len() < 512, "a short question");
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_above_is_taken_round_by_round() {
        let [low, middle, high] = above(&[11.0, 22.0, 33.0, 44.0], &[10.0, 20.0, 30.0, 40.0]);
        assert_eq!([low, middle, high], [2.0, 3.0, 4.0]);
    }
}
