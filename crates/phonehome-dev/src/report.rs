//! `cargo dev report`: measurements that are kept in `tests/reports`.

mod coredns;
mod envoy;
mod fuel;
mod page;
mod shapes;
mod size;
mod speed;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::{root, run};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lookups beside other engines, in tests/reports/speed.md
    Speed(speed::Options),
    /// The name model beside other ways, in tests/reports/shapes.md
    Shapes(shapes::Options),
    /// WebAssembly instructions a name in the flat module, in tests/reports/fuel.md
    Fuel,
    /// The pack and its sections, in tests/reports/size.md
    Size,
    /// The plugin in CoreDNS beside other plugins, in tests/reports/coredns.md
    Coredns,
    /// The filter in Envoy beside others, in tests/reports/envoy.md
    Envoy,
    /// The page in Chromium beside other engines, in tests/reports/page.md
    Page,
}

/// Measures and writes.
pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Speed(options) => speed::run(&options),
        Command::Shapes(options) => shapes::run(&options),
        Command::Fuel => fuel::run(),
        Command::Size => write("size", &size::report()?),
        Command::Page => page::run(),
        Command::Coredns => coredns::run(),
        Command::Envoy => envoy::run(),
    }
}

/// Writes what some reports measure with; the folder.
fn input() -> Result<PathBuf> {
    let folder = root::path("target/report-input");
    let package = ["--package", "phonehome-benches", "--no-default-features", "--bin", "report-input"];
    let command = [["run", "--quiet", "--release"].as_slice(), package.as_slice(), ["--"].as_slice()].concat();
    run::shown(run::cargo(&command).arg(&folder))?;
    Ok(folder)
}

/// Writes a report and shows it.
pub(crate) fn write(name: &str, text: &str) -> Result<()> {
    let path = format!("tests/reports/{name}.md");
    fs::create_dir_all(root::path("tests/reports")).context("cannot create tests/reports")?;
    fs::write(root::path(&path), text).with_context(|| format!("cannot write {path}"))?;
    say!("{text}\n{path} is written");
    Ok(())
}
