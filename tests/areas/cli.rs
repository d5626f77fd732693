//! The command `phonehome`, as people and scripts run it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/input.rs"]
mod input;
#[path = "cli/overlays.rs"]
mod overlays;
#[path = "cli/people.rs"]
mod people;
