//! phonehome's WebAssembly component inside wasmtime, for programs that answer questions about domain names.
//!
//! The component is a file; this crate knows nothing but the contract in `wit/`. So knowledge and code can be replaced while your
//! program runs, and whatever goes wrong inside stays inside.
//!
//! ```no_run
//! use phonehome_host::{Host, Options, Setup};
//!
//! let component = std::fs::read("phonehome.component.wasm")?;
//! let host = Host::new(&component, Setup::default(), Options::default())?;
//! match host.classify(b"a1.tuyaeu.com", 0) {
//!     Ok(brief) => println!("{:?}, {} of 100", brief.verdict, brief.confidence),
//!     Err(error) => eprintln!("no answer, so let it pass: {error}"),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - **Threads.** [`Host`] is `Clone + Send + Sync`: give every thread a clone. A call is synchronous and short, about a microsecond
//!   for a name. It waits when every instance is busy ([`Options::wait`]), and a guest that hangs takes as long as its deadline: in
//!   an async program lease an instance for every worker, or use a thread for blocking calls. A [`Lease`] is `Send` and holds one
//!   instance for many calls.
//! - **Limits.** Every call has a deadline, every instance a limit of memory. A call that fails costs its
//!   instance: it says so ([`CallError`]), and the next call has a fresh one. Treat an error as "no answer".
//! - **The clock** behind deadlines is the engine's epoch. A host with an engine of its own ticks it from one thread. Whoever
//!   brings an engine ([`Options::engine`]) ticks it, or asks the host to ([`Options::tick`]).
//! - **Memory.** The component's own pack is shared by all instances where the system maps it (Linux). A pack or overlay that is handed
//!   in lies in the host once and in every instance once: `instances x (pack + overlays)`. To shrink it, lower
//!   [`Options::instances`], or build a component with your pack inside (`PHONEHOME_PACK`).
//! - **Replacing.** [`Host::replace_component`] and [`Host::replace_setup`] open the new before they let the old go: calls that
//!   run end with the old, later ones get the new, and when the new does not open the old stays.
//!
//! wasmtime is re-exported, so that an embedder's engine is of the same version.

mod cache;
mod calls;
pub mod contract;
mod engine;
mod error;
mod generation;
mod host;
mod instance;
mod load;
mod options;

pub use error::{CallError, HostError};
pub use host::{Host, Lease, Stats};
pub use options::{Options, Setup};
pub use wasmtime;
