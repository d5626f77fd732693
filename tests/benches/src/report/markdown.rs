//! The report as Markdown, without a date: input, machine, one table a set of rules, the budgets.

use std::fmt::Write as _;

use super::{CLASSIFY, FX, LOOKUP, OVERLAY, PackCost, Run, hosts};
use crate::hosts::Hosts;
use crate::measure::Measured;
use crate::words::{machine, spread, thousands};
use crate::workload::Workload;

/// The whole report.
pub fn text(workload: &Workload, runs: &[Run], measured: &Hosts, rounds: usize, input: &str) -> String {
    let (octets, labels) = workload.stream.means();
    let mut out = format!(
        "# Speed\n\n\
         Written by `cargo dev report speed`; do not edit. One process, one thread, all engines in turn, {rounds} rounds that\n\
         count; thread CPU time, median with least and greatest; a ratio is taken inside each round. Absolute times move with\n\
         the machine and its neighbours: read the ratios.\n\n\
         - Machine: {machine}\n\
         - Input: {input}; {names} names, {different} different, mean {octets:.1} octets and {labels:.2} labels\n\
         - Every engine gets canonical text. Rows marked \"name read before\" get a parsed `Name`, 128 at a time, and are timed for the\n  \
         lookup alone; the rows with \"parse\" also read, lower-case and check the text, as the row \"lower-case, check\" does for the map.\n\
         - All engines that answer rules gave the same answer for every name; those that know a rule's number gave the same number.\n\
         - `classify` asks the built-in base, which knows {known:.1} % of the stream, as where devices ask for their makers; the other names\n  \
         are words, coinages and initials, of which the name model lets go about as many at each step as of popular names. What\n  \
         looks machine-made goes all steps and takes longer: see the report on shapes.\n\
         - adblock answers the first 10 % of the stream in each round. Memory of the maps: slots and keys, without the allocator's share.\n",
        machine = machine(),
        names = workload.stream.len(),
        different = workload.stream.different(),
        known = workload.known_percent(),
    );
    runs.iter().for_each(|run| table(run, workload, &mut out));
    budgets(runs, &mut out);
    hosts::section(measured, &mut out);
    out
}

fn table(run: &Run, workload: &Workload, out: &mut String) {
    let Some(map) = row(run, FX) else { return };
    let hits = map.hits.unwrap_or_default() as f64 * 100.0 / workload.stream.len().max(1) as f64;
    let _ = write!(
        out,
        "\n## {} suffix rules\n\n{hits:.1} % of the stream is covered. SHA-256 of names and rules: `{}`\n\n\
         | engine | ns a name | x FxHashMap | memory | bytes a rule |\n|---|---:|---:|---:|---:|\n",
        thousands(run.rules),
        run.sha256
    );
    for row in &run.rows {
        let (time, ratio) = (row.time(), row.ratio(map));
        let memory = row.memory.map_or_else(|| "-".to_owned(), |bytes| format!("{:.2} MB", bytes as f64 / 1e6));
        let a_rule =
            row.memory.map_or_else(|| "-".to_owned(), |bytes| format!("{:.1}", bytes as f64 / run.rules as f64));
        let _ = writeln!(out, "| {} | {} | {} | {memory} | {a_rule} |", row.name, spread(time, 0), spread(ratio, 2),);
    }
    pack(out, "overlay", &run.overlay, run.rules);
    if let Some(base) = &run.base {
        pack(out, "base pack, an entry a rule", base, run.rules);
    }
}

fn pack(out: &mut String, what: &str, cost: &PackCost, rules: usize) {
    let a_rule = |bytes: usize| bytes as f64 / rules as f64;
    let _ = write!(
        out,
        "\nThe {what}: table {:.2} bytes a rule, file {:.2} bytes a rule, opened in place in {} ms.\n",
        a_rule(cost.table),
        a_rule(cost.file),
        spread(cost.open_ms, 2)
    );
}

/// The budget of `classify`, 250 ns, beside the 46.7 ns of the map on the machine where it was set: on slower ones the ratio
/// tells what is the program's.
const BESIDE_THE_MAP: f64 = 5.35;

fn budgets(runs: &[Run], out: &mut String) {
    out.push_str("\n## Budgets\n\n| what | limit | measured | |\n|---|---:|---:|---|\n");
    let mut line = |what: &str, limit: f64, measured: f64, unit: &str| {
        let verdict = if measured <= limit { "met" } else { "**missed**" };
        let _ = writeln!(out, "| {what} | {limit}{unit} | {measured:.2}{unit} | {verdict} |");
    };
    for run in runs {
        let rules = run.rules;
        let ratio = |name| Some(row(run, name)?.ratio(row(run, FX)?).middle);
        if let (Some(base), Some(lookup)) = (&run.base, ratio(LOOKUP)) {
            line(&format!("base lookup, {} rules", thousands(rules)), 1.3, lookup, " x FxHashMap");
            line("its table", 11.0, base.table as f64 / rules as f64, " bytes a rule");
        }
        if let (true, Some(overlay)) = (run.base.is_none(), ratio(OVERLAY)) {
            line(&format!("overlay, {} rules", thousands(rules)), 1.1, overlay, " x FxHashMap");
            let map = row(run, FX).and_then(|row| row.memory).unwrap_or_default().max(1);
            line("its memory", 0.2, run.overlay.file as f64 / map as f64, " x FxHashMap");
            line("its file", 12.0, run.overlay.file as f64 / rules as f64, " bytes a name");
            line("opening it", 5.0, run.overlay.open_ms.middle, " ms");
        }
    }
    if let Some((run, row)) = runs.first().and_then(|run| Some((run, row(run, CLASSIFY)?))) {
        line("whole `classify`, built-in pack", 250.0, row.time().middle, " ns");
        if let Some(map) = self::row(run, FX) {
            line("the same beside the map", BESIDE_THE_MAP, row.ratio(map).middle, " x FxHashMap");
        }
        line("opening the built-in pack", 1.0, run.builtin.open_ms.middle, " ms");
    }
}

fn row<'r>(run: &'r Run, name: &str) -> Option<&'r Measured> {
    run.rows.iter().find(|row| row.name == name)
}
