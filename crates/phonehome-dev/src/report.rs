//! `cargo dev report`: measurements that are kept in `tests/reports`.

mod fuel;
mod page;
mod shapes;
mod size;
mod speed;

use std::fs;

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::root;

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
    }
}

/// Writes a report and shows it.
pub(crate) fn write(name: &str, text: &str) -> Result<()> {
    let path = format!("tests/reports/{name}.md");
    fs::create_dir_all(root::path("tests/reports")).context("cannot create tests/reports")?;
    fs::write(root::path(&path), text).with_context(|| format!("cannot write {path}"))?;
    say!("{text}\n{path} is written");
    Ok(())
}
