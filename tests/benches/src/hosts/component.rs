//! The component in wasmtime, through `phonehome-host` with its default limits.

use anyhow::Result;
use phonehome_host::contract::Brief;
use phonehome_host::{Host, Lease};

use super::inside::{Inside, Way};
use super::names::Chunk;

pub(super) struct Component {
    lease: Lease,
    way: Way,
}

impl Component {
    pub(super) fn new(host: &Host, way: Way) -> Result<Self> {
        Ok(Self { lease: host.lease()?, way })
    }
}

impl Inside for Component {
    type Answer = Brief;

    fn answer(&mut self, chunk: &Chunk<'_>, answers: &mut Vec<Brief>) -> Result<()> {
        match self.way {
            Way::Calls => {
                for name in &chunk.names {
                    answers.push(self.lease.classify(name, 0)?);
                }
            }
            Way::Lines => {
                for batch in &chunk.batches {
                    answers.extend(self.lease.classify_lines(batch, 0)?);
                }
            }
        }
        Ok(())
    }

    fn octets(answer: &Brief) -> [u8; 32] {
        answer.to_bytes()
    }
}

/// The same in batches of packed answers.
pub(super) struct Packed(Lease);

impl Packed {
    pub(super) fn new(host: &Host) -> Result<Self> {
        Ok(Self(host.lease()?))
    }
}

impl Inside for Packed {
    type Answer = [u8; 32];

    fn answer(&mut self, chunk: &Chunk<'_>, answers: &mut Vec<[u8; 32]>) -> Result<()> {
        for batch in &chunk.batches {
            let octets = self.0.classify_packed(batch, 0)?;
            answers.extend_from_slice(octets.as_chunks().0);
        }
        Ok(())
    }

    fn octets(answer: &[u8; 32]) -> [u8; 32] {
        *answer
    }
}
