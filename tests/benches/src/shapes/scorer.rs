//! Someone who scores names: inside this process by a closure; a program of its own is in `ndpi`.

use std::ops::Range;

use anyhow::Result;

use crate::measure::thread_seconds;

/// The score of a name that is not scored: below every threshold.
pub(super) const NOT_SCORED: f64 = f64::NEG_INFINITY;

pub(super) trait Scorer {
    /// Scores these rows of the names; the greater, the more like machine-made. Returns the seconds it took.
    fn answer(&mut self, rows: Range<usize>, scores: &mut Vec<f64>) -> Result<f64>;
}

/// Scores a name by its row and text.
pub(super) type Ask<'a> = Box<dyn FnMut(usize, &str) -> Option<f64> + 'a>;

pub(super) struct Inside<'a> {
    names: &'a [String],
    ask: Ask<'a>,
}

impl<'a> Inside<'a> {
    pub(super) fn new(names: &'a [String], ask: Ask<'a>) -> Self {
        Self { names, ask }
    }
}

impl Scorer for Inside<'_> {
    fn answer(&mut self, rows: Range<usize>, scores: &mut Vec<f64>) -> Result<f64> {
        scores.reserve(rows.len());
        let names = self.names.get(rows.clone()).unwrap_or(&[]);
        let start = thread_seconds();
        for (row, name) in rows.zip(names) {
            scores.push((self.ask)(row, name).unwrap_or(NOT_SCORED));
        }
        Ok(thread_seconds() - start)
    }
}
