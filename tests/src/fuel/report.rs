//! The report in Markdown, and the number of it that a test holds.

use super::{Corpus, Dearest, corpus, dearest, mean};
use crate::{guests, root};

/// The row that a test reads back.
const GATE: &str = "| `ph_classify`, a call a name |";

/// Measures, and writes the report.
pub fn report() -> String {
    let Corpus { open, classify, explain, lines } = corpus();
    let Dearest { fuel, found, before, kinds, asked } = dearest();
    let kinds: Vec<String> = kinds.iter().map(|(fuel, kind)| format!("| {kind} | {fuel} |")).collect();
    let mut shown = found.name.escape_ascii().to_string();
    let octets = found.name.len();
    if shown.len() > 60 {
        shown.truncate(60);
        shown.push_str("...");
    }
    let rows = [
        row(GATE, &classify),
        format!("| `ph_classify_lines`, all names at once | | {} | |", lines / classify.len() as u64),
        row("| `ph_explain`, a call a name |", &explain),
    ];
    format!(
        "# Fuel\n\nWritten by `cargo dev report fuel`; do not edit. Fuel is wasmtime's count of WebAssembly instructions, the same on \
         every machine;\na test holds the mean of `ph_classify` within {TOLERANCE} %.\n\n\
         - Engine: wasmtime {}; compiler: Rust {}\n- Module: {} octets, knowledge inside\n- Names: {} of the corpus\n\n\
         | fuel a name | median | mean | most |\n|---|---:|---:|---:|\n{}\n\n\
         Opening the knowledge inside: {open}.\n\n\
         ## The dearest name\n\n{asked} names were asked: every way to fill a name below everything that the knowledge holds, members of \
         every family,\ninvalid and overlong input, and a seeded climb from the dearest shapes.\n\n\
         | | |\n|---|---|\n| most fuel of `ph_classify` | {fuel} |\n| `MOST_FUEL`, promised for any input | {} |\n\
         | what it is | {}, {} |\n| its fuel before the climb | {before} |\n| the name, {octets} octets | `{}` |\n\n\
         | before the climbs: names of | most fuel |\n|---|---:|\n{}\n",
        locked("wasmtime"),
        toolchain(),
        guests::module().len(),
        classify.len(),
        rows.join("\n"),
        phonehome_abi::MOST_FUEL,
        found.kind,
        cell(&found.shape),
        cell(&shown),
        kinds.join("\n"),
    )
}

/// How far the mean may move, in per cent, before the report must be written anew.
pub const TOLERANCE: u64 = 2;

/// The mean of `ph_classify` in the committed report.
pub fn committed() -> u64 {
    let text = std::fs::read_to_string(root("tests/reports/fuel.md")).expect("tests/reports/fuel.md");
    let row = text.lines().find_map(|line| line.strip_prefix(GATE)).expect("a row of the gate");
    row.split('|').nth(1).and_then(|mean| mean.trim().parse().ok()).expect("a mean")
}

fn row(title: &str, fuel: &[u64]) -> String {
    let mut sorted = fuel.to_vec();
    sorted.sort_unstable();
    format!("{title} {} | {} | {} |", sorted[sorted.len() / 2], mean(fuel), sorted[sorted.len() - 1])
}

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The version of a crate in `Cargo.lock`.
fn locked(name: &str) -> String {
    let lock = std::fs::read_to_string(root("Cargo.lock")).expect("Cargo.lock");
    let (_, package) = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).expect("a locked crate");
    package.split('"').next().expect("a version").to_owned()
}

/// The channel of `rust-toolchain.toml`.
fn toolchain() -> String {
    let text = std::fs::read_to_string(root("rust-toolchain.toml")).expect("rust-toolchain.toml");
    text.split('"').nth(1).expect("a channel").to_owned()
}
