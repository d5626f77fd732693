//! `report coredns`: the plugin by itself, then in the whole server beside other plugins.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use crate::{coredns, root, run};

/// What is measured of the plugin by itself, in words, with the budget in nanoseconds above "without".
const ROWS: [(&str, &str, Option<f64>); 7] = [
    ("ServeDNS/without", "a plugin that does nothing", None),
    ("Stream", "names as resolvers are asked, one after the other", Some(700.0)),
    ("ServeDNS/remembered", "a name that was asked before", None),
    ("ServeDNS/known", "a known name for the first time", None),
    ("ServeDNS/unknown", "an unknown name for the first time", None),
    ("ServeDNS/blocked", "a name that is blocked, its answer made", None),
    ("Metadata", "a known name again, all labels set and one read", None),
];

pub(crate) fn run() -> Result<()> {
    coredns::embed()?;
    coredns::embed_faults()?;
    coredns::build()?;
    let input = super::input()?;
    let mut bench = run::command("go", &["test", "-run", "^$", "-bench", ".", "-count", "5", "./phonehome"]);
    bench.env("PHONEHOME_STREAM", input.join("stream.txt")).current_dir(root::path(coredns::MODULE));
    let benched = String::from_utf8(run::quiet(&mut bench)?).context("go printed something that is no text")?;
    let mut cost = run::command("go", &["run", "./internal/cost"]);
    cost.arg(root::path(coredns::BINARY)).arg(input.join("stream.txt")).arg(input.join("different.pack"));
    let cost = String::from_utf8(run::quiet(cost.current_dir(root::path(coredns::MODULE)))?)
        .context("the measuring program printed something that is no text")?;
    super::write("coredns", &(text(&benched) + &cost))
}

fn text(benched: &str) -> String {
    let mut out = String::from(
        "# CoreDNS\n\nWritten by `cargo dev report coredns`; do not edit.\n\nThe plugin's `ServeDNS` by itself, middle of five runs:\n\n\
         | query | ns | above without | budget | |\n|---|---:|---:|---:|---|\n",
    );
    let without = middle(benched, "ServeDNS/without");
    for (id, words, budget) in ROWS {
        let ns = middle(benched, id);
        let above = ns - without;
        let (most, verdict) = match budget {
            Some(most) if above <= most => (format!("{most:.0}"), "met"),
            Some(most) => (format!("{most:.0}"), "**missed**"),
            None => (String::new(), ""),
        };
        let _ = writeln!(out, "| {words} | {ns:.0} | {above:.0} | {most} | {verdict} |");
    }
    let _ = writeln!(out, "\nOpening a guest takes {:.0} ms.", middle(benched, "Guests") / 1e6);
    out
}

/// The middle of the runs of a benchmark, in nanoseconds.
fn middle(benched: &str, id: &str) -> f64 {
    let prefix = format!("Benchmark{id}-");
    let cells = benched.lines().filter(|line| line.starts_with(&prefix)).map(str::split_whitespace);
    let mut values: Vec<f64> = cells.filter_map(|mut cells| cells.nth(2)?.parse().ok()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_runs() {
        let benched = "goos: linux\nBenchmarkA/b-2 \t 10\t 3.5 ns/op\nBenchmarkA/b-2 \t 10\t 9 ns/op\nBenchmarkA/b-2 10 4 ns/op\n";
        assert_eq!(middle(benched, "A/b"), 4.0);
        assert!(middle(benched, "A").is_nan());
    }
}
