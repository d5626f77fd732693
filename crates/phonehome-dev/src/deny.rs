//! cargo-deny, which checks licences, duplicate crates and where crates come from (`deny.toml`).

use anyhow::{Context, Result};

use crate::run;

/// The release that `deny.toml` was written for.
pub(crate) const VERSION: &str = "0.20.2";

/// Whether this very release is installed.
pub(crate) fn is_installed() -> bool {
    let printed = run::quiet(&mut run::command("cargo-deny", &["--version"]));
    printed.is_ok_and(|text| String::from_utf8_lossy(&text).trim() == format!("cargo-deny {VERSION}"))
}

/// Installs it; takes a few minutes.
pub(crate) fn install() -> Result<()> {
    let arguments = ["install", "--quiet", "--locked", "cargo-deny", "--version", VERSION];
    run::shown(&mut run::cargo(&arguments)).context("cargo-deny could not be installed")
}

/// Runs the three checks that need no database of advisories.
pub(crate) fn check() -> Result<()> {
    run::shown(&mut run::command("cargo-deny", &["--log-level", "error", "check", "licenses", "bans", "sources"]))
}
