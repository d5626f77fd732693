//! phonehome in a program of yours, with wasmtime and the folder `wit/` alone: no crate of ours.
//!
//! `cargo run --package phonehome-host --example plain -- phonehome.component.wasm NAME...`
//!
//! What the crate `phonehome-host` adds: a pool for threads, recovery after a trap, replacing things while calls run, a cache of
//! compiled code.

#![allow(clippy::print_stdout, reason = "an example that prints")]

use std::error::Error;

use wasmtime::component::{Component, Linker};
use wasmtime::{Config, Engine, Store, StoreLimits, StoreLimitsBuilder};

#[allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unsafe_code,
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "generated from the WIT"
)]
mod bindings {
    wasmtime::component::bindgen!({ path: "../../wit", world: "plugin" });
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("say the component's file, then names")?;

    let engine = Engine::new(Config::new().epoch_interruption(true))?;
    // The epoch is the clock of deadlines; here one tick is 10 ms.
    let clock = engine.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(std::time::Duration::from_millis(10));
            clock.increment_epoch();
        }
    });

    let component = Component::from_file(&engine, file)?;
    let mut store = Store::new(&engine, StoreLimitsBuilder::new().memory_size(32 << 20).build());
    store.limiter(|limits: &mut StoreLimits| limits);
    store.epoch_deadline_trap();
    store.set_epoch_deadline(200);
    // Nothing is linked: the component imports nothing.
    let plugin = bindings::Plugin::instantiate(&mut store, &component, &Linker::new(&engine))?;
    let classifier = plugin.phonehome_classifier_engine().classifier();
    let policies = ["block purpose=tracking impact=none".to_owned()];
    let open = classifier.call_open(&mut store, None, &[], &policies)??;

    let vendors = classifier.call_vendors(&mut store, open)?;
    for name in arguments {
        // Before every call. After an error the store is of no use any more: make another.
        store.set_epoch_deadline(10);
        let brief = classifier.call_classify(&mut store, open, name.as_bytes(), 0)?;
        let vendor = brief.vendor.and_then(|number| vendors.get(usize::from(number)));
        let vendor = vendor.map_or("-", |vendor| vendor.id.as_str());
        println!("{name} {:?} {vendor} {:?}", brief.verdict, brief.action);
    }
    Ok(())
}
