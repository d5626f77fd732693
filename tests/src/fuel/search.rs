//! The dearest name: the shapes of [`super::names`], and a seeded hill climb from the best of them.

use super::Meter;
use super::names::{self, Shaped};
use crate::random::Random;

/// The dearest name found, and the dearest shape before the climb.
#[derive(Clone, Debug)]
pub struct Dearest {
    /// Fuel of `ph_classify` for the dearest name.
    pub fuel: u64,
    /// The name, and the shape where the climb began.
    pub found: Shaped,
    /// Fuel of that shape.
    pub before: u64,
    /// The dearest shape of each kind before the climbs, the dearest first.
    pub kinds: Vec<(u64, &'static str)>,
    /// How many names were asked.
    pub asked: usize,
}

/// Shapes from which a climb starts.
const STARTS: usize = 8;
/// Steps of each climb.
const STEPS: usize = 600;

/// Looks for the dearest name.
pub fn dearest() -> Dearest {
    let mut meter = Meter::new();
    let mut shapes: Vec<(u64, Shaped)> =
        names::all().into_iter().map(|shaped| (meter.of("ph_classify", &shaped.name), shaped)).collect();
    shapes.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.name.cmp(&b.name)));
    let starts = first_of_each_kind(&shapes);
    let kinds = starts.iter().map(|(fuel, shaped)| (*fuel, shaped.kind)).collect();
    let mut random = Random::new(0xc11b);
    let climbs = starts.iter().take(STARTS).map(|(before, shaped)| {
        let (fuel, name) = climb(&mut meter, &mut random, *before, &shaped.name);
        (fuel, *before, Shaped { name, ..shaped.clone() })
    });
    let (fuel, before, found) = climbs.max_by_key(|(fuel, ..)| *fuel).expect("shapes");
    Dearest { fuel, found, before, kinds, asked: shapes.len() + STARTS * STEPS }
}

fn first_of_each_kind(shapes: &[(u64, Shaped)]) -> Vec<(u64, Shaped)> {
    let mut first: Vec<(u64, Shaped)> = Vec::new();
    for (fuel, shaped) in shapes {
        if first.iter().all(|(_, known)| known.kind != shaped.kind) {
            first.push((*fuel, shaped.clone()));
        }
    }
    first
}

/// Changes that make the name no cheaper are kept.
fn climb(meter: &mut Meter, random: &mut Random, before: u64, name: &[u8]) -> (u64, Vec<u8>) {
    let (mut fuel, mut name) = (before, name.to_vec());
    for _ in 0..STEPS {
        let changed = change(random, &name);
        let burnt = meter.of("ph_classify", &changed);
        if burnt >= fuel {
            (fuel, name) = (burnt, changed);
        }
    }
    (fuel, name)
}

/// A neighbour: another octet somewhere, a piece doubled over another, or a fuzzer's mutation.
fn change(random: &mut Random, name: &[u8]) -> Vec<u8> {
    let mut changed = name.to_vec();
    let at = random.below(name.len());
    match random.below(4) {
        0 | 1 => changed[at] = *random.pick(b"az09-.us"),
        2 => {
            let from = random.below(name.len());
            let len = (1 + random.below(12)).min(name.len() - at.max(from));
            changed.copy_within(from..from + len, at);
        }
        _ => random.mutate(&mut changed),
    }
    changed
}
