//! The component inside wasmtime by the crate `phonehome-host`: equal answers, and a host that survives whatever goes wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "host/cache.rs"]
mod cache;
#[path = "host/corpus.rs"]
mod corpus;
#[path = "host/engines.rs"]
mod engines;
#[path = "host/examples.rs"]
mod examples;
#[path = "host/memory.rs"]
mod memory;
#[path = "host/misbehaviour.rs"]
mod misbehaviour;
#[path = "host/refusals.rs"]
mod refusals;
#[path = "host/replacement.rs"]
mod replacement;
