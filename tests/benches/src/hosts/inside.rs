//! Hosts in this process: what they answer is timed, a chunk at a time, by this thread's clock.

use anyhow::{Result, ensure};

use super::names::{CHUNK, Chunk, Names};
use super::{Host, Round};
use crate::measure::thread_seconds;

/// How a host is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A name a call.
    Calls,
    /// A text of lines a call.
    Lines,
}

/// A host in this process.
pub(super) trait Inside {
    /// A short answer as the host's language has it.
    type Answer;

    /// Answers a chunk. This alone is timed.
    fn answer(&mut self, chunk: &Chunk<'_>, answers: &mut Vec<Self::Answer>) -> Result<()>;

    /// The octets of an answer.
    fn octets(answer: &Self::Answer) -> [u8; 32];
}

pub(super) fn host(inside: impl Inside + 'static) -> Box<dyn Host> {
    Box::new(Timed(inside))
}

struct Timed<I>(I);

impl<I: Inside> Host for Timed<I> {
    fn round(&mut self, names: &Names) -> Result<Round> {
        let (mut seconds, mut sum) = (0.0, 0);
        let mut answers = Vec::with_capacity(CHUNK);
        for chunk in names.chunks() {
            answers.clear();
            let start = thread_seconds();
            self.0.answer(&chunk, &mut answers)?;
            seconds += thread_seconds() - start;
            ensure!(answers.len() == chunk.names.len(), "{} answers to {} names", answers.len(), chunk.names.len());
            sum = answers.iter().fold(sum, |sum, answer| add(sum, &I::octets(answer)));
        }
        Ok(Round { ns: seconds * 1e9 / names.len().max(1) as f64, sum })
    }
}

/// FNV-1a over words of 32 bits, as the programs of other languages do it.
fn add(sum: u32, octets: &[u8; 32]) -> u32 {
    let (words, _) = octets.as_chunks::<4>();
    words.iter().fold(sum, |sum, word| (sum ^ u32::from_le_bytes(*word)).wrapping_mul(0x0100_0193))
}
