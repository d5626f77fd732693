//! Comma- or tab-separated values, one record a name; lists inside a cell are separated by blanks.

use std::io::Write;

use phonehome::{Action, Explanation, OwnerView};

use super::Answers;
use crate::cells;
use crate::error::Error;

const HEADER: [&str; 18] = [
    "name",
    "verdict",
    "confidence",
    "vendor",
    "platform",
    "region",
    "purposes",
    "basis",
    "classes",
    "risk",
    "impact",
    "retry_storm",
    "advice",
    "action",
    "answer",
    "lists",
    "match",
    "advice_text",
];

/// Writes separated values.
#[derive(Debug)]
pub(super) struct Separated<W: Write> {
    out: ::csv::Writer<W>,
}

impl<W: Write> Separated<W> {
    /// Writes the header.
    pub(super) fn new(out: W, delimiter: u8) -> Result<Self, Error> {
        let mut out = cells::writer(out, delimiter);
        cells::record(&mut out, &HEADER)?;
        Ok(Self { out })
    }
}

impl<W: Write> Answers for Separated<W> {
    fn answer(&mut self, answer: &Explanation<'_>) -> Result<(), Error> {
        cells::record(&mut self.out, &row(answer))
    }

    fn pause(&mut self) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.pause()
    }
}

/// The cells in the header's order.
fn row(answer: &Explanation<'_>) -> [String; HEADER.len()] {
    let brief = &answer.brief;
    let slug = |owner: Option<OwnerView<'_>>| owner.map_or("", |owner| owner.id).to_owned();
    let basis = match (answer.purposes.is_empty(), brief.is_inferred()) {
        (true, _) => "",
        (false, true) => "inferred",
        (false, false) => "stated",
    };
    let mode = if let Action::Block(mode) = brief.action() { mode.id() } else { "" };
    [
        answer.name.clone(),
        brief.verdict().id().to_owned(),
        brief.confidence().to_string(),
        slug(answer.vendor),
        slug(answer.platform),
        answer.region.id().unwrap_or("").to_owned(),
        joined(answer.purposes.iter().map(|purpose| purpose.id())),
        basis.to_owned(),
        joined(answer.classes.iter().map(|class| class.id())),
        joined(answer.risks.iter().map(|risk| risk.risk.id())),
        brief.impact().id().to_owned(),
        brief.storm().id().to_owned(),
        answer.advice.id().to_owned(),
        brief.action().id().to_owned(),
        mode.to_owned(),
        joined(answer.lists.iter().map(|list| list.list.as_str())),
        answer.matched.map_or("", |matched| matched.value).to_owned(),
        answer.advice_text.clone(),
    ]
}

fn joined<'t>(items: impl Iterator<Item = &'t str>) -> String {
    items.collect::<Vec<_>>().join(" ")
}
