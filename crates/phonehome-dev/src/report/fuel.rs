//! `report fuel`: starts the measurement that lives with the tests, so that this tool need not build an engine.

use anyhow::{Context, Result};

use crate::run;

pub(crate) fn run() -> Result<()> {
    let arguments = ["run", "--quiet", "--package", "phonehome-tests", "--bin", "report-fuel"];
    let printed = run::quiet(&mut run::cargo(&arguments))?;
    super::write("fuel", &String::from_utf8(printed).context("the measurement printed something that is no text")?)
}
