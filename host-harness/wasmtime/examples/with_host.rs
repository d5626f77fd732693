//! phonehome in a program of yours, with the crate `phonehome-host`.
//!
//! `cargo run --package phonehome-host --example with_host -- phonehome.component.wasm NAME...`

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example that prints")]

use std::error::Error;

use phonehome_host::{Host, Options, Setup};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let component = std::fs::read(arguments.next().ok_or("say the component's file, then names")?)?;

    // One host for the whole program: clone it for every thread.
    let setup = Setup { policies: vec!["block purpose=tracking impact=none".to_owned()], ..Setup::default() };
    let host = Host::new(&component, setup, Options::default())?;

    // The vendors by the numbers that answers give, asked once.
    let vendors = host.vendors()?;
    for name in arguments {
        match host.classify(name.as_bytes(), 0) {
            Ok(brief) => {
                let vendor = brief.vendor.and_then(|number| vendors.get(usize::from(number)));
                let vendor = vendor.map_or("-", |vendor| vendor.id.as_str());
                println!("{name} {:?} {vendor} {:?}", brief.verdict, brief.action);
            }
            // Whatever goes wrong inside the component: carry on as if it were not there. The next call has a fresh instance.
            Err(error) => eprintln!("{name}: {error}"),
        }
    }
    Ok(())
}
