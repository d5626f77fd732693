//! The filter in the real Envoy, Unbound behind it: answers, labels and actions are those of the library, over every way in.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../areas/docs/console.rs"]
mod console;
#[path = "envoy/corpus.rs"]
mod corpus;
#[path = "envoy/dns_tcp.rs"]
mod dns_tcp;
#[path = "envoy/doh.rs"]
mod doh;
#[path = "envoy/doh_odd.rs"]
mod doh_odd;
#[path = "envoy/faults.rs"]
mod faults;
#[path = "envoy/http.rs"]
mod http;
#[path = "envoy/lists.rs"]
mod lists;
#[path = "envoy/names.rs"]
mod names;
#[path = "envoy/readmes.rs"]
mod readmes;
#[path = "envoy/reload.rs"]
mod reload;
#[path = "envoy/running.rs"]
mod running;
