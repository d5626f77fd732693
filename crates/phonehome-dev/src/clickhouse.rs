//! `cargo dev test --only clickhouse`: the example of `host-harness/clickhouse`, run in ClickHouse as it comes for Python.

use anyhow::{Context, Result};

use crate::{guests, root, run};

/// The release that the example was written for.
const CHDB: &str = "chdb==4.4.0";
/// Where it is installed, some 900 MB.
const FOLDER: &str = "target/clickhouse-venv";

/// Runs the example's test against the flat module of these sources.
pub(crate) fn check() -> Result<()> {
    guests::run(&guests::Options::default())?;
    let python = root::text(&format!("{FOLDER}/bin/python"));
    if !run::works(&python, &["-c", "import chdb"]) {
        run::shown(&mut run::command("python3", &["-m", "venv", FOLDER])).context("Python 3 with venv is needed")?;
    }
    // Does nothing when this very release is there.
    run::shown(&mut run::command(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", CHDB]))?;
    run::shown(&mut run::command(&python, &["host-harness/clickhouse/test.py", "target/guests/phonehome.wasm"]))
}
