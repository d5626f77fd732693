//! The flat module inside an engine: answers, rules, hostile calls, and what a call may cost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "flat/answers.rs"]
mod answers;
#[path = "flat/columns.rs"]
mod columns;
#[path = "flat/fuel.rs"]
mod fuel;
#[path = "flat/handles.rs"]
mod handles;
#[path = "flat/hostile.rs"]
mod hostile;
#[path = "flat/memory.rs"]
mod memory;
#[path = "flat/refusals.rs"]
mod refusals;
#[path = "flat/shape.rs"]
mod shape;

use phonehome_abi::Code;
use phonehome_tests::flat::{Flat, Refusal};

/// An instance with the knowledge inside opened.
fn opened() -> (Flat, i32) {
    let mut flat = Flat::new();
    let handle = flat.open(None, &[], &[]).unwrap();
    (flat, handle)
}

/// The refusal of a code in its own words.
fn refusal(code: Code) -> Refusal {
    Refusal { code: code as i32, message: code.text().to_owned() }
}
