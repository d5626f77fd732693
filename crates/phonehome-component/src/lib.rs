//! phonehome as a WebAssembly component: it converts types and does nothing else.
//!
//! The contract is the world `plugin` in `wit/`. The component imports nothing; `cargo dev dist` makes it of this crate's module.
#![cfg(target_family = "wasm")]

mod answer;
mod codes;
mod engine;
mod error;
#[cfg(feature = "faults")]
mod faults;

use bindings::exports;

/// What the contract says, in Rust.
#[allow(missing_docs, missing_debug_implementations, unreachable_pub, clippy::all, reason = "generated from the WIT")]
#[allow(
    clippy::allow_attributes_without_reason,
    clippy::indexing_slicing,
    unsafe_code,
    reason = "generated from the WIT"
)]
mod bindings {
    wit_bindgen::generate!({ path: "../../wit", world: "plugin" });

    use crate::engine::Plugin;

    export!(Plugin);
}
