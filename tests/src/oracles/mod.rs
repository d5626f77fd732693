//! Oracles: functions that take any bytes and panic when a promise of the libraries is broken.
//!
//! The fuzz targets in `tests/fuzz/` are glue around them; the area `fuzz` runs them on stable over seeds and regressions.

pub mod abi;
mod answers;
mod builder;
mod filter;
mod json;
mod lists;
mod model;
mod name;
mod pack;
mod policy;

use crate::{overlays, small};
pub use abi::abi;
pub use builder::overlay_builder;
pub use filter::{dns_tcp, filter};
pub use json::explain_json;
pub use lists::list_reader;
pub use model::name_model;
pub use name::name_parse;
pub use pack::{overlay_open, pack_open};
pub use policy::policy_parse;

/// An oracle and what starts it off.
#[derive(Clone, Copy, Debug)]
pub struct Oracle {
    /// The name of its target and of its folder of regressions.
    pub name: &'static str,
    /// The property.
    pub check: fn(&[u8]),
    /// Inputs worth mutating.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Mutated inputs that the gate tries: about a second's worth in a test build.
    pub runs: usize,
}

/// Every oracle.
pub const ALL: &[Oracle] = &[
    Oracle { name: "name_parse", check: name_parse, seeds: name::seeds, runs: 40_000 },
    Oracle { name: "pack_open", check: pack_open, seeds: || vec![small::pack()], runs: 1_500 },
    Oracle { name: "overlay_open", check: overlay_open, seeds: overlay_seeds, runs: 4_000 },
    Oracle { name: "policy_parse", check: policy_parse, seeds: policy::seeds, runs: 8_000 },
    Oracle { name: "list_reader", check: list_reader, seeds: list_seeds, runs: 2_000 },
    Oracle { name: "overlay_builder", check: overlay_builder, seeds: list_seeds, runs: 2_000 },
    Oracle { name: "explain_json", check: explain_json, seeds: name::seeds, runs: 4_000 },
    Oracle { name: "name_model", check: name_model, seeds: model::seeds, runs: 4_000 },
    Oracle { name: "abi", check: abi, seeds: abi::seeds, runs: 4_000 },
    Oracle { name: "filter", check: filter, seeds: filter::seeds, runs: 3_000 },
    Oracle { name: "dns_tcp", check: dns_tcp, seeds: filter::dns_tcp_seeds, runs: 3_000 },
];

fn overlay_seeds() -> Vec<Vec<u8>> {
    overlays::files().iter().map(|file| overlays::file(file).bytes.into_owned()).collect()
}

/// Every list, behind an octet that chooses the format it is in.
fn list_seeds() -> Vec<Vec<u8>> {
    let endings = ["names", "domains", "hosts", "adguard", "rpz", "csv"];
    let mut seeds = Vec::new();
    for file in overlays::files() {
        let text = std::fs::read(crate::root("tests/overlays").join(&file)).expect("a list");
        let format = endings.iter().position(|ending| file.ends_with(ending)).expect("a known ending");
        seeds.push([&[format as u8], text.as_slice()].concat());
        seeds.push([&[0], text.as_slice()].concat());
    }
    seeds
}
