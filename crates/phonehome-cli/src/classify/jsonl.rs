//! One JSON object a line: the bytes that every surface of phonehome hands out.

use std::io::Write;

use phonehome::Explanation;

use super::Answers;
use crate::error::Error;

/// Writes JSON lines.
#[derive(Debug)]
pub(super) struct Jsonl<W: Write>(pub(super) W);

impl<W: Write> Answers for Jsonl<W> {
    fn answer(&mut self, answer: &Explanation<'_>) -> Result<(), Error> {
        self.0.write_all(answer.to_json().as_bytes())?;
        Ok(self.0.write_all(b"\n")?)
    }

    fn pause(&mut self) -> Result<(), Error> {
        Ok(self.0.flush()?)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.pause()
    }
}
