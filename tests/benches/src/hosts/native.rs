//! The library itself.

use anyhow::Result;
use phonehome::{Brief, Classifier};

use super::inside::{Inside, Way};
use super::names::Chunk;

pub(super) struct Native {
    classifier: Classifier<'static>,
    way: Way,
}

impl Native {
    pub(super) fn new(way: Way) -> Self {
        Self { classifier: Classifier::builtin(), way }
    }
}

impl Inside for Native {
    type Answer = Brief;

    fn answer(&mut self, chunk: &Chunk<'_>, answers: &mut Vec<Brief>) -> Result<()> {
        match self.way {
            Way::Calls => answers.extend(chunk.names.iter().map(|name| self.classifier.classify(name, 0))),
            Way::Lines => {
                for batch in &chunk.batches {
                    answers.extend(self.classifier.classify_lines(batch, 0));
                }
            }
        }
        Ok(())
    }

    fn octets(answer: &Brief) -> [u8; 32] {
        answer.to_bytes()
    }
}
