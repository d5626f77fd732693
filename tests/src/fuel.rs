//! Fuel that the flat module burns: over the corpus, and for the dearest names that can be found.
//!
//! Fuel counts WebAssembly instructions, so the same module gives the same numbers on every machine.

pub mod names;
mod report;
mod search;

pub use report::{TOLERANCE, committed, report};
pub use search::{Dearest, dearest};

use crate::corpus;
use crate::flat::Flat;

/// What the corpus without overlays costs.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Opening the knowledge inside.
    pub open: u64,
    /// `ph_classify`, for each name.
    pub classify: Vec<u64>,
    /// `ph_explain`, for each name.
    pub explain: Vec<u64>,
    /// `ph_classify_lines` over all names at once.
    pub lines: u64,
}

/// Measures the corpus.
pub fn corpus() -> Corpus {
    let mut meter = Meter::new();
    let names: Vec<Vec<u8>> = corpus::cases().into_iter().map(|case| case.name.into_bytes()).collect();
    Corpus {
        open: meter.opened,
        classify: names.iter().map(|name| meter.of("ph_classify", name)).collect(),
        explain: names.iter().map(|name| meter.of("ph_explain", name)).collect(),
        lines: meter.of("ph_classify_lines", &names.join(&b'\n')),
    }
}

/// The mean, to the nearest whole number.
pub fn mean(fuel: &[u64]) -> u64 {
    let count = fuel.len() as u64;
    (fuel.iter().sum::<u64>() + count / 2) / count
}

/// An instance with the knowledge inside opened, without overlays and policies.
#[derive(Debug)]
pub struct Meter {
    flat: Flat,
    handle: i32,
    opened: u64,
}

impl Default for Meter {
    fn default() -> Self {
        Self::new()
    }
}

impl Meter {
    /// Opens the knowledge.
    pub fn new() -> Self {
        let mut flat = Flat::new();
        let (opened, handle) = flat.fuel_of(|flat| flat.open(None, &[], &[]).expect("the knowledge opens"));
        Self { flat, handle, opened }
    }

    /// The fuel of one call for an input that is already in its place.
    pub fn of(&mut self, call: &str, input: &[u8]) -> u64 {
        self.flat.input(input);
        let arguments = [self.handle, input.len() as i32, -1];
        self.flat.fuel_of(|flat| flat.call(call, &arguments).expect("an answer")).0
    }
}
