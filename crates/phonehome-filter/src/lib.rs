//! The logic of the Envoy filter, without Envoy: DNS questions and names in, decisions and answers out, behind a [`host::Host`].
//!
//! [`Filter`] is what one virtual machine holds: plugins by their configuration, and the streams that pass through them. Its calls
//! mirror the callbacks of proxy-wasm 0.2.1. None of them panics, whatever the host says: a trap would take down everything else in
//! the same virtual machine.

mod answer;
mod authority;
mod counters;
mod decision;
mod dns_tcp;
mod doh;
mod events;
#[cfg(feature = "faults")]
#[path = "../../phonehome-component/src/faults.rs"]
mod faults;
mod filter;
mod frames;
mod headers;
pub mod host;
#[cfg(test)]
mod made;
#[cfg(any(test, feature = "mock"))]
pub mod mock;
mod parameter;
mod plugin;
mod question;
pub mod settings;
mod sni;
mod stand_in;
mod tell;

pub use filter::Filter;
pub use headers::serialized as serialized_headers;
