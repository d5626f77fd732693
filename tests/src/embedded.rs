//! The component embedded for tests, compiled once for all of them.

use phonehome::{Classifier, NamedPack};
use phonehome_host::contract;
use phonehome_host::{Host, Options, Setup};

use crate::root;

/// Options whose compiled code is kept between test runs, and whose deadline (ten seconds) only a guest that hangs reaches, however
/// busy the machine is.
pub fn options() -> Options {
    Options { cache: Some(root("target/guests/compiled")), deadline: 1000, ..Options::default() }
}

/// A host of this component.
pub fn host(component: &[u8], setup: Setup) -> Host {
    Host::new(component, setup, options()).unwrap_or_else(|error| panic!("{error}"))
}

/// What a host is opened with, for the same overlays and policies as a native classifier.
pub fn setup(overlays: &[NamedPack<'_>], policies: &[&str]) -> Setup {
    let overlays = overlays.iter();
    Setup {
        base: None,
        overlays: overlays
            .map(|pack| contract::NamedPack { name: pack.name.clone(), bytes: pack.bytes.to_vec() })
            .collect(),
        policies: policies.iter().map(|text| (*text).to_owned()).collect(),
    }
}

/// What the component says of a name differs from what the library says.
pub fn differs(host: &Host, native: &Classifier<'_>, name: &[u8], policy: u32) -> Option<String> {
    let place = policy as usize;
    let brief = host.classify(name, policy).expect("an answer").to_bytes();
    let json = host.explain_json(name, policy).expect("an answer");
    let expected = native.explain(name, place).to_json();
    if brief != native.classify(name, place).to_bytes() {
        return Some(format!("{}: other bytes", String::from_utf8_lossy(name)));
    }
    (json != expected).then(|| format!("{}:\n  {json}\n  {expected}", String::from_utf8_lossy(name)))
}
