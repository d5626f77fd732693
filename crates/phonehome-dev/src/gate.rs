//! `cargo dev test`: every check that a change must pass, in order, each with its time.
//!
//! A failed step does not stop the others: one run shows everything that is wrong.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use clap::Args;

use crate::{clickhouse, codes, coredns as plugin, deny, envoy as filter, guests, kb, model, run, setup, web};

#[derive(Args)]
pub(crate) struct Options {
    /// Runs one step alone; `clickhouse` runs only so, because it installs 900 MB
    #[arg(long, value_name = "STEP", value_parser = ids())]
    only: Option<String>,
}

struct Step {
    id: &'static str,
    title: &'static str,
    run: fn() -> Result<Outcome>,
}

/// How a step ended that did not fail.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    /// Not run, for this reason.
    Skipped(&'static str),
}

/// What every run goes through.
static STEPS: [Step; 12] = [
    Step { id: "fmt", title: "formatting", run: || cargo(&["fmt", "--all", "--check"], None) },
    Step { id: "generated", title: "codes and pack are what their sources give", run: generated },
    Step { id: "clippy", title: "lints", run: clippy },
    Step {
        id: "test",
        title: "tests of every crate",
        run: || {
            cargo(&["test", "--quiet", "--workspace", "--no-fail-fast", "--features", "phonehome-cli/component"], None)
        },
    },
    Step { id: "resolvers", title: "lists in the real resolvers", run: resolvers },
    Step { id: "page", title: "the page in a real browser", run: page },
    Step { id: "coredns", title: "the plugin in the real CoreDNS", run: coredns },
    Step { id: "envoy", title: "the filter in the real Envoy", run: envoy },
    Step { id: "model", title: "the name model can be trained anew", run: model },
    Step { id: "no-data", title: "the library without its embedded knowledge", run: no_data },
    Step { id: "doc", title: "documentation", run: doc },
    Step { id: "deny", title: "licences, duplicates and origins of crates", run: denied },
];

/// What runs only when it is named, because it needs more than this repository and its toolchain.
static ON_DEMAND: [Step; 1] = [Step {
    id: "clickhouse",
    title: "the example for ClickHouse",
    run: || clickhouse::check().map(|()| Outcome::Passed),
}];

fn ids() -> Vec<&'static str> {
    STEPS.iter().chain(&ON_DEMAND).map(|step| step.id).collect()
}

/// The steps of a run.
fn chosen(only: Option<&str>) -> Vec<&'static Step> {
    match only {
        None => STEPS.iter().collect(),
        Some(only) => STEPS.iter().chain(&ON_DEMAND).filter(|step| step.id == only).collect(),
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let start = Instant::now();
    let mut endings = Vec::new();
    for step in chosen(options.only.as_deref()) {
        println!("\n== {}: {}", step.id, step.title);
        let began = Instant::now();
        let ending = (step.run)();
        println!("{}", ending_line(step.id, &ending, began.elapsed()));
        endings.push((step.id, ending));
    }
    println!("\n{}", totals(&endings, start.elapsed()));
    let failed: Vec<&str> = endings.iter().filter(|(_, ending)| ending.is_err()).map(|(id, _)| *id).collect();
    match failed.as_slice() {
        [] => Ok(()),
        [first, ..] => bail!("{} failed; repeat one alone with `cargo dev test --only {first}`", failed.join(", ")),
    }
}

fn ending_line(id: &str, ending: &Result<Outcome>, time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match ending {
        Ok(Outcome::Passed) => format!("-- {id}: passed in {seconds:.1} s"),
        Ok(Outcome::Skipped(why)) => format!("-- {id}: SKIPPED: {why}"),
        Err(error) => format!("-- {id}: FAILED in {seconds:.1} s: {error:#}"),
    }
}

fn totals(endings: &[(&str, Result<Outcome>)], time: Duration) -> String {
    let count = |fits: fn(&Result<Outcome>) -> bool| endings.iter().filter(|(_, ending)| fits(ending)).count();
    format!(
        "{} steps: {} passed, {} failed, {} skipped, in {:.0} s",
        endings.len(),
        count(|ending| matches!(ending, Ok(Outcome::Passed))),
        count(Result::is_err),
        count(|ending| matches!(ending, Ok(Outcome::Skipped(_)))),
        time.as_secs_f64()
    )
}

fn cargo(arguments: &[&str], variable: Option<(&str, &str)>) -> Result<Outcome> {
    run::shown(run::cargo(arguments).envs(variable))?;
    Ok(Outcome::Passed)
}

fn generated() -> Result<Outcome> {
    codes::check()?;
    kb::check()?;
    Ok(Outcome::Passed)
}

fn clippy() -> Result<Outcome> {
    let all = ["clippy", "--quiet", "--workspace", "--all-targets", "--features", "phonehome-cli/component"];
    cargo(&[all.as_slice(), &["--", "-D", "warnings"]].concat(), None)?;
    // The guests are empty for any other target.
    guests::ensure_target()?;
    let mut guests = vec!["clippy", "--quiet", "--target", guests::TARGET, "--all-features"];
    guests.extend(["--package", "phonehome-component", "--package", "phonehome-abi", "--package", "phonehome-web"]);
    guests.extend(["--package", "phonehome-envoy"]);
    guests.extend(["--", "-D", "warnings"]);
    cargo(&guests, None)
}

/// On a maintainer's machine missing resolvers are a skip with a name; where `CI=true` they are installed.
fn resolvers() -> Result<Outcome> {
    if !setup::has_resolvers() {
        if !is_ci() {
            return Ok(Outcome::Skipped("a resolver is missing: `cargo dev setup --resolvers` installs them"));
        }
        setup::resolvers()?;
    }
    let test = ["test", "--quiet", "--package", "phonehome-tests", "--features", "resolvers", "--test", "resolvers"];
    cargo(&test, None)
}

/// Node and npm are ordinary clients that are there or not; a browser is installed where `CI=true`.
fn page() -> Result<Outcome> {
    if !setup::has_browser() {
        if !is_ci() {
            return Ok(Outcome::Skipped("Chromium is missing: `cargo dev setup --browser` installs it"));
        }
        setup::browser()?;
    }
    web::guest()?;
    web::page()?;
    web::npm(&["test", "--silent"])?;
    cargo(&["test", "--quiet", "--package", "phonehome-tests", "--features", "page", "--test", "page"], None)
}

/// On a maintainer's machine a missing program is a skip with a name; where `CI=true` it is installed.
fn coredns() -> Result<Outcome> {
    if !setup::has_coredns() {
        if !is_ci() {
            return Ok(Outcome::Skipped(
                "Go, Unbound, dig or OpenSSL is missing: `cargo dev setup --coredns` installs them",
            ));
        }
        setup::coredns()?;
    }
    plugin::check()?;
    cargo(&["test", "--quiet", "--package", "phonehome-tests", "--features", "coredns", "--test", "coredns"], None)
}

/// On a maintainer's machine a missing program is a skip with a name; where `CI=true` it is installed.
fn envoy() -> Result<Outcome> {
    if !setup::has_envoy() {
        if !is_ci() {
            return Ok(Outcome::Skipped("Envoy or a client is missing: `cargo dev setup --envoy` installs them"));
        }
        setup::envoy()?;
    }
    filter::module()?;
    filter::faults()?;
    cargo(&["test", "--quiet", "--package", "phonehome-tests", "--features", "envoy", "--test", "envoy"], None)
}

fn is_ci() -> bool {
    std::env::var("CI").as_deref() == Ok("true")
}

fn model() -> Result<Outcome> {
    setup::learner()?;
    model::check()?;
    Ok(Outcome::Passed)
}

fn no_data() -> Result<Outcome> {
    cargo(&["test", "--quiet", "--package", "phonehome", "--no-default-features"], None)
}

fn doc() -> Result<Outcome> {
    cargo(&["doc", "--quiet", "--workspace", "--no-deps"], Some(("RUSTDOCFLAGS", "-D warnings")))
}

/// On a maintainer's machine a missing cargo-deny is a skip with a name; where `CI=true` it is installed.
fn denied() -> Result<Outcome> {
    if !deny::is_installed() {
        if !is_ci() {
            return Ok(Outcome::Skipped("cargo-deny is missing: `cargo dev setup` installs it"));
        }
        deny::install()?;
        ensure!(deny::is_installed(), "cargo-deny was installed and cannot be run: is cargo's bin folder on the PATH?");
    }
    deny::check()?;
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_count_every_ending() {
        let endings =
            [("a", Ok(Outcome::Passed)), ("b", Ok(Outcome::Skipped("no tool"))), ("c", Err(anyhow::anyhow!("broken")))];
        let line = totals(&endings, Duration::from_secs(75));
        assert_eq!(line, "3 steps: 1 passed, 1 failed, 1 skipped, in 75 s");
    }

    #[test]
    fn an_ending_names_its_step_and_reason() {
        let skipped = ending_line("deny", &Ok(Outcome::Skipped("no tool")), Duration::ZERO);
        assert_eq!(skipped, "-- deny: SKIPPED: no tool");
        let failed = ending_line("fmt", &Err(anyhow::anyhow!("inner").context("outer")), Duration::from_millis(1500));
        assert_eq!(failed, "-- fmt: FAILED in 1.5 s: outer: inner");
    }

    #[test]
    fn steps_have_names_of_their_own() {
        let ids = ids();
        for (n, id) in ids.iter().enumerate() {
            assert!(!ids[n + 1..].contains(id), "{id}");
        }
    }

    #[test]
    fn steps_on_demand_run_only_when_named() {
        let names = |only| chosen(only).iter().map(|step| step.id).collect::<Vec<_>>();
        assert!(!names(None).contains(&"clickhouse") && names(None).contains(&"test"));
        assert_eq!(names(Some("clickhouse")), ["clickhouse"]);
        assert_eq!(names(Some("fmt")), ["fmt"]);
    }
}
