//! phonehome as a proxy-wasm filter: the ABI's calls on one side, [`phonehome_filter::Filter`] on the other, nothing in between.
//!
//! There is something in this library only for WebAssembly.

#[cfg(target_family = "wasm")]
mod abi;
