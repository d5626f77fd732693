//! `cargo dev fuzz`: libFuzzer over the targets of `tests/fuzz`, which is a workspace of its own and needs nightly.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::{root, run};

#[derive(Args)]
pub(crate) struct Options {
    /// One target; without it every one in turn
    target: Option<String>,
    /// How long each target runs
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

const FOLDER: &str = "tests/fuzz";

pub(crate) fn run(options: &Options) -> Result<()> {
    ensure!(
        run::works("rustup", &["run", "nightly", "cargo", "fuzz", "--version"]),
        "fuzzing needs the nightly toolchain and cargo-fuzz: `cargo dev setup --fuzz` installs them"
    );
    let known = targets()?;
    let chosen: Vec<&String> = match &options.target {
        Some(target) => known.iter().filter(|known| *known == target).collect(),
        None => known.iter().collect(),
    };
    if chosen.is_empty() {
        bail!("no such target; there are: {}", known.join(", "));
    }
    let limit = format!("-max_total_time={}", options.seconds);
    for target in chosen {
        println!("== {target}, {} s", options.seconds);
        seed(target)?;
        let arguments = ["run", "nightly", "cargo", "fuzz", "run", "--fuzz-dir", FOLDER, target, "--", &limit];
        // Started by `cargo run`, which pins its own toolchain for all children.
        run::shown(run::command("rustup", &arguments).env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO"))?;
    }
    Ok(())
}

/// Puts the oracle's seeds where libFuzzer keeps what it finds: without them it has to invent a message first.
fn seed(target: &str) -> Result<()> {
    let to = root::text(&format!("{FOLDER}/corpus/{target}"));
    let package = ["run", "--quiet", "--package", "phonehome-tests", "--no-default-features", "--bin", "fuzz-seeds"];
    run::shown(&mut run::cargo(&[package.as_slice(), &["--", target, &to]].concat()))
}

/// The targets, one file each.
fn targets() -> Result<Vec<String>> {
    let folder = root::path(FOLDER).join("fuzz_targets");
    let files = fs::read_dir(&folder).with_context(|| format!("cannot read {FOLDER}/fuzz_targets"))?;
    let mut names = Vec::new();
    for file in files {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}
