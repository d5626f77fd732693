//! `cargo dev web`: the guest of the page with its TypeScript types, and the page itself.

use std::fs;
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
    bind(&guests::build("phonehome-web", &[], guests::Own::default())?)?;
    pack()
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

/// Packs the guest as small as gzip goes, since it travels as base64 that nothing packs further: Zopfli saves 3 % over `gzip -9`.
fn pack() -> Result<()> {
    let module = root::path(PACKAGE).join("phonehome_bg.wasm");
    let bytes = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let packed = module.with_extension("wasm.gz");
    let file = fs::File::create(&packed).with_context(|| format!("cannot write {}", packed.display()))?;
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, bytes.as_slice(), file)?;
    Ok(())
}

/// Builds the page. Packages are installed as the lock file has them.
pub(crate) fn page() -> Result<()> {
    npm(&["ci", "--no-fund", "--no-audit", "--silent"])?;
    npm(&["run", "--silent", "build"])
}

#[derive(Args)]
pub(crate) struct ServeOptions {
    /// The port on loopback
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Serve the sources and reload what is changed: for who works on the page. Such a page has no policy
    #[arg(long)]
    live: bool,
}

/// `cargo dev serve`: the built page, or its sources, on loopback.
pub(crate) fn serve(options: &ServeOptions) -> Result<()> {
    guest()?;
    page()?;
    let port = options.port.to_string();
    let script = if options.live { "live" } else { "serve" };
    npm(&["run", "--silent", script, "--", "--host", "127.0.0.1", "--strictPort", "--port", &port])
}

/// Runs npm in `web/`.
pub(crate) fn npm(arguments: &[&str]) -> Result<()> {
    run::shown(run::command("npm", arguments).current_dir(root::path("web")))
}
