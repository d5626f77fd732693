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

/// The least minor version of Go 1, as the module says. One from 1.21 on fetches it by itself.
const LEAST_GO: u32 = 26;

/// Whether a version, as Go tells its own, is enough.
fn is_new_enough(version: &str) -> bool {
    let minor = version.strip_prefix("go1.").and_then(|rest| rest.split(['.', 'r', 'b', ' ']).next());
    minor.and_then(|minor| minor.parse::<u32>().ok()).is_some_and(|minor| minor >= LEAST_GO)
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
    let mut version = run::command("go", &["env", "GOVERSION"]);
    let version = run::quiet(version.current_dir(root::path(MODULE))).context("the CoreDNS plugin needs Go")?;
    let version = String::from_utf8_lossy(&version).trim().to_owned();
    ensure!(is_new_enough(&version), "the CoreDNS plugin needs Go 1.{LEAST_GO} or newer, this is {version}");
    run::shown(run::command("go", arguments).current_dir(root::path(MODULE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_go() {
        assert!(["go1.26", "go1.26.8", "go1.27rc1", "go1.30.1 X:nothing"].iter().all(|version| is_new_enough(version)));
        assert!(!["go1.19.8", "go1.25.9", "devel", ""].iter().any(|version| is_new_enough(version)));
    }
}
