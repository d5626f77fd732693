//! `cargo dev coredns`: the flat module where the CoreDNS plugin embeds it, and CoreDNS with the plugin.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{guests, root, run};

/// The Go module.
pub(crate) const MODULE: &str = "host-harness/coredns";
/// The module that the plugin embeds, and the one that misbehaves for its tests: made, never committed.
const EMBEDDED: &str = "host-harness/coredns/phonehome/phonehome.wasm";
const FAULTS: &str = "host-harness/coredns/phonehome/testdata/faults.wasm";
/// CoreDNS with the plugin.
pub(crate) const BINARY: &str = "target/coredns";

#[derive(Args)]
pub(crate) struct Options {
    /// The module alone, without building CoreDNS
    #[arg(long)]
    guest: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    embed()?;
    if !options.guest {
        build()?;
        println!("{BINARY} is CoreDNS with the plugin");
    }
    Ok(())
}

/// Puts the module where the plugin embeds it.
pub(crate) fn embed() -> Result<()> {
    put(false, EMBEDDED)
}

/// Puts the module that misbehaves where the plugin's tests look for it.
pub(crate) fn embed_faults() -> Result<()> {
    put(true, FAULTS)
}

fn put(faults: bool, to: &str) -> Result<()> {
    let out = PathBuf::from(if faults { "target/guests/faults" } else { "target/guests" });
    guests::run(&guests::Options { out: out.clone(), pack: None, faults })?;
    let to = root::path(to);
    let folder = to.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::copy(root::path("").join(out).join(guests::MODULE), &to)
        .with_context(|| format!("cannot write {}", to.display()))?;
    Ok(())
}

/// The linter of the plugin's module, fetched by go as its module says.
const STATICCHECK: &str = "honnef.co/go/tools/cmd/staticcheck@v0.8.2";

/// Everything that Go can say of the plugin; CoreDNS with it is there afterwards.
pub(crate) fn check() -> Result<()> {
    embed()?;
    embed_faults()?;
    go(&["mod", "verify"])?;
    let unformatted = run::quiet(run::command("gofmt", &["-l", "."]).current_dir(root::path(MODULE)))?;
    ensure!(unformatted.is_empty(), "not formatted by gofmt: {}", String::from_utf8_lossy(&unformatted));
    go(&["vet", "./..."])?;
    go(&["run", STATICCHECK, "./..."])?;
    go(&["test", "-race", "./..."])?;
    go(&["test", "-run", "^$", "-fuzz", "FuzzQuery", "-fuzztime", "10s", "./phonehome"])?;
    build()
}

/// Builds CoreDNS with the plugin.
pub(crate) fn build() -> Result<()> {
    let binary = root::text(BINARY);
    go(&["build", "-trimpath", "-ldflags=-s -w", "-o", &binary, "./cmd/coredns"])
}

/// Runs go in the plugin's module.
pub(crate) fn go(arguments: &[&str]) -> Result<()> {
    run::shown(run::command("go", arguments).current_dir(root::path(MODULE)))
}
