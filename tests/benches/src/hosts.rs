//! The whole `classify` in every host: natively, as a component and as the flat module in three engines.
//!
//! A host answers all names in a round and says what a name took and a checksum over the answers, so a host may as well be a
//! program of its own (`tests/benches/wazero`, `tests/benches/v8`). The lookups beside other engines are in `engines`.

mod child;
mod component;
mod flat;
mod inside;
mod life;
mod names;
mod native;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use phonehome_host::{Host as Embedded, Options, Setup};

use crate::measure::{Measured, turns};
use crate::workload::Stream;

use component::{Component, Packed};
use flat::Flat;
use inside::Way;
use names::{Names, TextFile};
use native::Native;

pub use life::{Life, Memory};

/// Names that one call of `classify-lines` answers.
pub const BATCH: usize = 100;

/// Someone who answers names.
trait Host {
    /// Answers all names.
    fn round(&mut self, names: &Names) -> Result<Round>;
}

/// What a round of a host gives.
#[derive(Clone, Copy, Debug)]
struct Round {
    /// Nanoseconds a name.
    ns: f64,
    /// The checksum over all answers.
    sum: u32,
}

/// What a row may take; absent: no matter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Nanoseconds a name.
    pub ns: Option<f64>,
    /// Nanoseconds a name above native.
    pub above: Option<f64>,
    /// Times native.
    pub ratio: Option<f64>,
}

/// A host's row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The host, and how it is asked.
    pub name: &'static str,
    /// Its budgets.
    pub limits: Limits,
    /// What it took, or what is missing to measure it.
    pub measured: std::result::Result<Measured, &'static str>,
}

/// All hosts.
#[derive(Debug)]
pub struct Hosts {
    /// A row a host, native first.
    pub rows: Vec<Row>,
    /// What an embedded component takes besides.
    pub life: Life,
}

/// Hosts that run, and rows for all.
struct Field {
    rows: Vec<Row>,
    /// Each with the place of its row.
    hosts: Vec<(usize, Box<dyn Host>)>,
}

impl Field {
    fn add(&mut self, name: &'static str, limits: Limits, host: std::result::Result<Box<dyn Host>, &'static str>) {
        let measured = host.map(|host| {
            self.hosts.push((self.rows.len(), host));
            Measured { name: name.to_owned(), memory: None, rounds: Vec::new(), hits: None }
        });
        self.rows.push(Row { name, limits, measured });
    }
}

/// Measures all hosts with the guests of a folder.
///
/// # Errors
/// A guest is missing, a host fails, or one answers otherwise than the library.
pub fn run(stream: &Stream, guests: &Path, rounds: usize) -> Result<Hosts> {
    let read = |file: &str| std::fs::read(guests.join(file)).with_context(|| format!("{file}: run `cargo dev guests`"));
    let component = read("phonehome.component.wasm")?;
    let names = Names::of(stream);
    let mut field = field(&names, &component, &guests.join("phonehome.wasm"))?;
    let mut expected = None;
    for (place, host) in &mut field.hosts {
        let sum = host.round(&names)?.sum;
        let name = field.rows.get(*place).map_or("", |row| row.name);
        ensure!(*expected.get_or_insert(sum) == sum, "{name} answers otherwise than the library");
    }
    for turn in turns(field.hosts.len(), rounds) {
        let Some((place, host)) = field.hosts.get_mut(turn) else { continue };
        let round = host.round(&names)?;
        let Some(row) = field.rows.get_mut(*place) else { continue };
        ensure!(expected == Some(round.sum), "{} answers otherwise than the library", row.name);
        if let Ok(measured) = &mut row.measured {
            measured.rounds.push(round.ns);
        }
    }
    Ok(Hosts { rows: field.rows, life: life::measure(&component, &read("faults/phonehome.component.wasm")?)? })
}

fn field(names: &Names, component: &[u8], module: &Path) -> Result<Field> {
    // Each of the component's rows keeps an instance.
    let embedded = Embedded::new(component, Setup::default(), Options { instances: 3, ..Options::default() })?;
    let wasm = std::fs::read(module).context("phonehome.wasm")?;
    let text = TextFile::write(names)?;
    let a_name = Limits { ns: Some(500.0), ..Limits::default() };
    let times = |ratio| Limits { ratio: Some(ratio), ..a_name };
    let above = Limits { above: Some(450.0), ..Limits::default() };

    let mut field = Field { rows: Vec::new(), hosts: Vec::new() };
    field.add("native, a name a call", Limits::default(), Ok(inside::host(Native::new(Way::Calls))));
    field.add("native, lines", Limits::default(), Ok(inside::host(Native::new(Way::Lines))));
    field.add("component in wasmtime, a name a call", above, Ok(inside::host(Component::new(&embedded, Way::Calls)?)));
    field.add("component in wasmtime, lines", a_name, Ok(inside::host(Component::new(&embedded, Way::Lines)?)));
    field.add("component in wasmtime, packed lines", times(1.7), Ok(inside::host(Packed::new(&embedded)?)));
    field.add("flat module in wasmtime, a name a call", a_name, Ok(inside::host(Flat::new(&wasm, Way::Calls)?)));
    field.add("flat module in wasmtime, lines", times(1.7), Ok(inside::host(Flat::new(&wasm, Way::Lines)?)));
    field.add("flat module in wazero, a name a call", times(2.0), child::wazero(module, &text, Way::Calls)?);
    field.add("flat module in wazero, lines", times(2.0), child::wazero(module, &text, Way::Lines)?);
    field.add("flat module in V8, a name a call", times(1.7), child::v8(module, &text, Way::Calls)?);
    field.add("flat module in V8, lines", times(1.7), child::v8(module, &text, Way::Lines)?);
    // A program that has started has read the names: the file may go.
    drop(text);
    Ok(field)
}
