//! The clock and the rounds: all engines in turn inside one process, so that every ratio is one of the same minute.

use std::hint::black_box;

use anyhow::{Result, bail};
use rustix::time::{ClockId, clock_gettime};

use crate::engines::{Engine, MISS, SOME_RULE};
use crate::workload::Stream;

/// What an engine took.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The engine's name.
    pub name: String,
    /// Its memory in bytes, as far as it can say.
    pub memory: Option<usize>,
    /// Nanoseconds a name, one value a round.
    pub rounds: Vec<f64>,
    /// Names that a rule covers, when it answers rules.
    pub hits: Option<usize>,
}

/// Middle, least and greatest of some values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// The median.
    pub middle: f64,
    /// The least.
    pub least: f64,
    /// The greatest.
    pub most: f64,
}

impl Spread {
    /// Of these values.
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or_default();
        Self { middle: at(values.len() / 2), least: at(0), most: at(values.len().saturating_sub(1)) }
    }
}

impl Measured {
    /// Nanoseconds a name.
    pub fn time(&self) -> Spread {
        Spread::of(self.rounds.clone())
    }

    /// Times the other engine's time, round by round.
    pub fn ratio(&self, other: &Self) -> Spread {
        Spread::of(self.rounds.iter().zip(&other.rounds).map(|(own, others)| own / others).collect())
    }

    /// Nanoseconds a name above the other engine's time, round by round.
    pub fn above(&self, other: &Self) -> Spread {
        Spread::of(self.rounds.iter().zip(&other.rounds).map(|(own, others)| own - others).collect())
    }
}

/// Seconds of processor time that this thread took since `start`.
pub fn thread_seconds() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// Seconds that reading the clock adds to what lies between two readings.
fn clock_reading() -> f64 {
    const READINGS: u32 = 1000;
    let start = thread_seconds();
    for _ in 1..READINGS {
        black_box(thread_seconds());
    }
    (thread_seconds() - start) / f64::from(READINGS)
}

/// Runs every engine over the stream so many times, in turn. The first round is not counted: it warms up and compares the answers.
///
/// # Errors
/// Two engines disagree about a name.
pub fn run(engines: &mut [Box<dyn Engine + '_>], stream: &Stream, rounds: usize) -> Result<Vec<Measured>> {
    let mut measured = Vec::new();
    let mut expected: Vec<u32> = Vec::new();
    for engine in engines.iter_mut() {
        let (_, answers) = round(engine.as_mut(), stream);
        let hits = engine.answers_rules().then(|| answers.iter().filter(|answer| **answer != MISS).count());
        if hits.is_some() {
            let answers: Vec<u32> = answers.into_iter().map(|answer| engine.rule(answer)).collect();
            compare(&engine.name(), stream, &mut expected, answers)?;
        }
        measured.push(Measured { name: engine.name(), memory: engine.memory(), rounds: Vec::new(), hits });
    }
    for place in turns(engines.len(), rounds) {
        if let (Some(engine), Some(row)) = (engines.get_mut(place), measured.get_mut(place)) {
            row.rounds.push(round(engine.as_mut(), stream).0);
        }
    }
    Ok(measured)
}

/// Whose turn it is, round after round: another one begins each.
pub fn turns(engines: usize, rounds: usize) -> impl Iterator<Item = usize> {
    (0..rounds).flat_map(move |round| (0..engines).map(move |step| (round + step) % engines))
}

/// Nanoseconds a name, and the answers.
fn round(engine: &mut dyn Engine, stream: &Stream) -> (f64, Vec<u32>) {
    let wanted = stream.len() * engine.share() / 100;
    let mut answers = Vec::with_capacity(stream.len());
    let mut seconds = 0.0;
    let reading = clock_reading();
    for block in stream.blocks() {
        if answers.len() >= wanted {
            break;
        }
        engine.prepare(block);
        let start = thread_seconds();
        engine.answer(block, &mut answers);
        seconds += thread_seconds() - start - reading;
    }
    (seconds * 1e9 / answers.len().max(1) as f64, answers)
}

fn compare(name: &str, stream: &Stream, expected: &mut Vec<u32>, answers: Vec<u32>) -> Result<()> {
    let differ =
        |(a, b): &(&u32, &u32)| (**a == MISS) != (**b == MISS) || (**a != SOME_RULE && **b != SOME_RULE && a != b);
    let names = stream.blocks().flat_map(|block| block.names());
    let mut differences = names.zip(expected.iter().zip(&answers)).filter(|(_, pair)| differ(pair));
    if let Some((first, _)) = differences.next() {
        bail!("{name} answers {} names otherwise, the first: {}", 1 + differences.count(), first.escape_ascii());
    }
    if expected.is_empty() {
        *expected = answers;
    }
    Ok(())
}
