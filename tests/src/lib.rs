//! What the tests of several areas share.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "test support")]

pub mod cli;
pub mod corpus;
pub mod dns;
#[cfg(feature = "guests")]
pub mod embedded;
#[cfg(feature = "guests")]
pub mod flat;
#[cfg(feature = "guests")]
pub mod fuel;
pub mod guests;
pub mod made;
pub mod naive_policy;
pub mod oracles;
pub mod overlays;
pub mod ports;
pub mod random;
pub mod rules;
pub mod small;
pub mod sources;

use std::path::PathBuf;

/// A path below the repository's root.
pub fn root(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(relative)
}
