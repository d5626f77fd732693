//! `cargo dev web`: the guest of the page with its TypeScript types, and the page itself.

use std::path::Path;

use anyhow::{Context, Result};
use clap::Args;
use wasm_bindgen_cli_support::Bindgen;

use crate::{guests, root, run};

/// Where the guest and its types go, below `web/`: made, never committed.
const PACKAGE: &str = "web/pkg";

#[derive(Args)]
pub(crate) struct Options {
    /// The guest and its types alone
    #[arg(long)]
    guest: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    guest()?;
    if !options.guest {
        page()?;
    }
    Ok(())
}

/// Builds the guest and what the browser needs to call it.
pub(crate) fn guest() -> Result<()> {
    guests::ensure_target()?;
    bind(&guests::build("phonehome-web", &[], None)?)
}

fn bind(module: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .out_name("phonehome")
        .web(true)?
        .generate(root::path(PACKAGE))
        .with_context(|| format!("cannot make {PACKAGE}"))
}

/// Builds the page. Packages are installed as the lock file has them.
pub(crate) fn page() -> Result<()> {
    npm(&["ci", "--no-fund", "--no-audit", "--silent"])?;
    npm(&["run", "--silent", "build"])
}

/// Runs npm in `web/`.
pub(crate) fn npm(arguments: &[&str]) -> Result<()> {
    run::shown(run::command("npm", arguments).current_dir(root::path("web")))
}
