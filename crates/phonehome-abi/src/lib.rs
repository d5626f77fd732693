//! phonehome as a flat WebAssembly module, for hosts without components: wazero, ClickHouse, browsers' bare engines.
//!
//! `ABI.md` describes the exports. This library is the same without the exports: [`Module`] is what they call, so the rules of
//! the interface are tested and fuzzed natively as well. It holds no clock, no file, no random state.

mod buffers;
mod codes;
#[cfg(feature = "faults")]
#[path = "../../phonehome-component/src/faults.rs"]
mod faults;
mod handles;
mod module;

#[cfg(target_family = "wasm")]
pub mod exports;
#[cfg(target_family = "wasm")]
pub mod udf_exports;

pub use buffers::{Buffers, Column};
pub use codes::{Code, MAX_HANDLES, MAX_INPUT, MOST_FUEL, VERSION};
pub use module::Module;
