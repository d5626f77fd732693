//! `cargo dev codes`: everything that follows from the vocabulary in `codes.toml`.

mod abi;
mod component;
mod go;
mod library;
mod source;
mod wit;

use std::fs;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{root, run};
use source::Codes;

const CODES: &str = "crates/phonehome/codes.toml";

#[derive(Args)]
pub(crate) struct Options {
    /// Writes nothing; fails when a generated file is not up to date
    #[arg(long)]
    check: bool,
}

/// Writes the generated files, or checks them.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
    for (path, text) in fresh()? {
        fs::write(root::path(path), text).with_context(|| format!("cannot write {path}"))?;
        println!("{path} is written");
    }
    Ok(())
}

/// Fails when a generated file is not what `codes.toml` gives.
pub(crate) fn check() -> Result<()> {
    for (path, text) in fresh()? {
        ensure!(root::read(path)? == text, "{path} is not what {CODES} gives: run `cargo dev codes`");
        println!("{path} is what {CODES} gives");
    }
    Ok(())
}

/// The generated files for `codes.toml` as it is now: path and text.
fn fresh() -> Result<Vec<(&'static str, String)>> {
    let codes = Codes::parse(&root::read(CODES)?).with_context(|| format!("{CODES} is not as expected"))?;
    let page = root::read(abi::PAGE)?;
    Ok(vec![
        ("crates/phonehome/src/codes.rs", formatted(&library::text(&codes))?),
        ("crates/phonehome/src/brief.md", abi::brief_table(&codes)),
        ("wit/codes.wit", wit::text(&codes)),
        ("crates/phonehome-component/src/codes.rs", formatted(&component::text(&codes))?),
        ("crates/phonehome-abi/src/codes.rs", formatted(&abi::text(&codes))?),
        (abi::PAGE, abi::page(&page, &codes)?),
        ("host-harness/coredns/phonehome/codes.go", go::codes(&codes)),
        ("host-harness/coredns/phonehome/presets.go", go::presets()?),
    ])
}

fn formatted(rust: &str) -> Result<String> {
    run::filter("rustfmt", &["--edition", "2024", "--config-path", &root::text("")], rust)
}
