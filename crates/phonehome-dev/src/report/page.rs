//! `report page`: builds the page, writes what it is measured with, and starts the script that measures it in Chromium.

use anyhow::{Context, Result};

use crate::{root, run, setup, web};

/// The script, with packages of its own: those of the other engines.
const SCRIPT: &str = "tests/benches/page";

pub(crate) fn run() -> Result<()> {
    setup::browser()?;
    web::guest()?;
    web::page()?;
    let input = super::input()?;
    run::shown(run::command("npm", &["ci", "--no-fund", "--no-audit", "--silent"]).current_dir(root::path(SCRIPT)))?;
    let mut script = run::command("node", &["report.mjs"]);
    script.arg(&input).arg(root::path("web/dist/index.html")).current_dir(root::path(SCRIPT));
    let text = String::from_utf8(run::quiet(&mut script)?).context("the script printed something that is no text")?;
    super::write("page", &text)
}
