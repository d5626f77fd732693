//! The component as programs meet it that are not the crate `phonehome-host` itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "component/cli.rs"]
mod cli;
