//! Benchmarks of the library beside the engines people would use instead, and of its guests in every host, over one seeded stream
//! of names.
//!
//! `cargo dev report speed` runs all engines in turn inside one process and writes `tests/reports/speed.md`;
//! `cargo dev report shapes` does so for the name model and what people would use instead, with its accuracy;
//! `cargo bench -p phonehome-benches` gives criterion's view of single calls. Neither is part of a test run.

pub mod data;
pub mod engines;
#[cfg(feature = "hosts")]
pub mod hosts;
pub mod measure;
pub mod names;
pub mod packs;
mod program;
pub mod random;
#[cfg(feature = "hosts")]
pub mod report;
pub mod shapes;
mod words;
pub mod workload;

use std::path::PathBuf;

/// A path below the repository's root.
pub fn root(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(relative)
}
