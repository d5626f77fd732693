//! `model eval`: fits the model anew without one part at a time, and starts the benchmark that measures them all.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Names;
use super::train::Without;
use crate::{report, root, run};

/// What is left out, and the row that it gives.
const VARIANTS: [(Without, &str, &str); 3] = [
    (Without::Lexicon, "without the lexicon", "model-without-lexicon"),
    (Without::TopLevelDomains, "without the prior of top-level domains", "model-without-tops"),
    (Without::EarlyExit, "without early exits", "model-without-exits"),
];

pub(super) fn run(folder: &Path) -> Result<()> {
    let names = Names::read(folder)?;
    let data = folder.canonicalize().with_context(|| format!("cannot find {}", folder.display()))?;
    let arguments = ["run", "--quiet", "--release", "--package", "phonehome-benches", "--no-default-features"];
    let mut command = run::cargo(&arguments);
    command.args(["--bin", "report-model", "--", "--data"]).arg(data);
    for (without, title, below) in VARIANTS {
        println!("fitting the model {title}");
        let path = root::path("target").join(below).join("section.bin");
        fs::write(&path, names.train(without, below)?.section())
            .with_context(|| format!("cannot write {}", path.display()))?;
        command.arg("--variant").arg(format!("{title}={}", path.display()));
    }
    let text =
        String::from_utf8(run::quiet(&mut command)?).context("the benchmark printed something that is no text")?;
    report::write("name-model", &text)
}
