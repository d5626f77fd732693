//! The table for people: one line a name, in the order of the input, repeated names once with their count.
//!
//! Widths need all rows, so up to [`HELD`] different names wait for the end. A longer list is written as it comes from there
//! on: widths stay, and a name that comes again is shown again.

mod layout;

use std::collections::HashMap;
use std::io::Write;

use anstyle::Style;
use phonehome::{Explanation, Verdict};

use super::summary::Summary;
use super::{Answers, words};
use crate::engine::Engine;
use crate::error::Error;
use crate::screen::{ALARM, CAUTION, DIM, Screen, advice_style};
use crate::text::{grouped, shorten, shorten_middle, width as text_width, wrap};
use layout::{Cells, Column, GAP, Layout};

/// Most different names that are held back.
const HELD: usize = 10_000;

/// A line of the table.
#[derive(Debug)]
pub(super) struct Row {
    cells: Cells,
    count: u64,
}

/// Writes the table.
#[derive(Debug)]
pub(super) struct Table<'a, W> {
    out: W,
    screen: Screen,
    engine: &'a Engine,
    rows: Vec<Row>,
    places: HashMap<String, usize>,
    /// Once rows are written as they come.
    layout: Option<Layout>,
    summary: Summary,
    lines: u64,
}

impl<'a, W: Write> Table<'a, W> {
    pub(super) fn new(out: W, screen: Screen, engine: &'a Engine) -> Self {
        let (rows, places, summary) = Default::default();
        Self { out, screen, engine, rows, places, layout: None, summary, lines: 0 }
    }

    /// Writes the heading and the rows held back.
    fn release(&mut self, is_all: bool) -> Result<Layout, Error> {
        let cells: Vec<&Cells> = self.rows.iter().map(|row| &row.cells).collect();
        let mut layout = Layout::new(&cells, self.screen.width, self.engine.has_policy());
        if !is_all {
            layout.widen(self.screen.width);
        }
        if !self.rows.is_empty() {
            self.write(&Cells::titles(), &layout)?;
        }
        for row in std::mem::take(&mut self.rows) {
            self.write(&row.cells, &layout)?;
        }
        Ok(layout)
    }

    fn write(&mut self, cells: &Cells, layout: &Layout) -> Result<(), Error> {
        let mut line = String::new();
        let last = layout.columns().last().map(|(column, _)| column);
        for (column, width) in layout.columns() {
            let Some(cell) = cells.get(column) else { continue };
            let short = match column {
                Column::Name => shorten_middle(cell.wording(width), width),
                _ => shorten(cell.wording(width), width),
            };
            line.push_str(&self.screen.paint(cell.style, &short));
            if Some(column) != last {
                line.push_str(&" ".repeat((width + GAP).saturating_sub(text_width(&short))));
            }
        }
        Ok(writeln!(self.out, "{}", line.trim_end())?)
    }
}

impl<W: Write> Answers for Table<'_, W> {
    fn answer(&mut self, answer: &Explanation<'_>) -> Result<(), Error> {
        self.lines += 1;
        if let Some(layout) = self.layout.take() {
            self.summary.take(answer);
            self.write(&Row::new(answer).cells, &layout)?;
            self.layout = Some(layout);
            return Ok(());
        }
        if let Some(row) = self.places.get(&answer.name).and_then(|place| self.rows.get_mut(*place)) {
            row.count += 1;
            row.cells.set(Column::Times, vec![format!("{}x", grouped(row.count))], DIM);
            return Ok(());
        }
        self.summary.take(answer);
        self.places.insert(answer.name.clone(), self.rows.len());
        self.rows.push(Row::new(answer));
        if self.rows.len() >= HELD {
            self.layout = Some(self.release(false)?);
            self.places = HashMap::new();
        }
        Ok(())
    }

    fn pause(&mut self) -> Result<(), Error> {
        if self.layout.is_some() { Ok(self.out.flush()?) } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<(), Error> {
        if self.layout.is_none() {
            self.release(true)?;
        }
        let paragraphs = self.summary.paragraphs(self.engine, self.lines);
        for (number, paragraph) in paragraphs.iter().enumerate() {
            if number == 0 && self.lines > 0 {
                writeln!(self.out)?;
            }
            let style = if number + 1 == paragraphs.len() && number > 0 { DIM } else { Style::new() };
            for line in wrap(paragraph, self.screen.width) {
                writeln!(self.out, "{}", self.screen.paint(style, &line))?;
            }
        }
        Ok(self.out.flush()?)
    }
}

impl Row {
    fn new(answer: &Explanation<'_>) -> Self {
        let plain = Style::new();
        let alarm = match answer.verdict() {
            Verdict::Malicious => ALARM,
            Verdict::Risky => CAUTION,
            _ => plain,
        };
        let guess = if answer.is_inferred() { DIM } else { alarm };
        let mut cells = Cells::default();
        cells.set(Column::Name, vec![answer.name.clone()], alarm);
        cells.set(Column::What, words::what(answer), guess);
        cells.set(Column::Whose, vec![words::whose(answer)], plain);
        cells.set(Column::Block, vec![answer.advice_words().to_owned()], advice_style(answer.advice));
        cells.set(Column::Policy, vec![answer.action_words()], plain);
        cells.set(Column::Then, vec![words::then(answer)], DIM);
        Self { cells, count: 1 }
    }
}
