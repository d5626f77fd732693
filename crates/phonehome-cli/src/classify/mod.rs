//! `phonehome classify`: one answer for each name, in the order of the input.

mod csv;
mod jsonl;
mod summary;
mod table;
mod words;

use std::io::{BufWriter, Write, stdout};

use phonehome::Explanation;

use crate::args::{ClassifyOptions, Format, OpenOptions};
use crate::engine::Engine;
use crate::error::Error;
use crate::exit_code::Exit;
use crate::fail_on::Watch;
use crate::input::{Names, Reading, resolve};
use crate::open;
use crate::screen::Screen;

pub(crate) use words::{then, what, whose};

/// Writes answers in one of the formats.
trait Answers {
    fn answer(&mut self, answer: &Explanation<'_>) -> Result<(), Error>;

    /// Sends on its way what can be sent.
    fn pause(&mut self) -> Result<(), Error>;

    /// Writes what is left when the input ends, also when it ends in a failure.
    fn finish(&mut self) -> Result<(), Error>;
}

/// Answers names as they come.
struct Answering<'c, 'a> {
    engine: &'c Engine,
    answers: Box<dyn Answers + 'a>,
    watch: Watch<'c>,
}

impl Names for Answering<'_, '_> {
    fn name(&mut self, name: &[u8]) -> Result<(), Error> {
        self.engine.explain(name, |answer| {
            self.watch.look(&answer.brief);
            self.answers.answer(answer)
        })
    }

    fn pause(&mut self) -> Result<(), Error> {
        self.answers.pause()
    }
}

/// Runs the command.
pub(crate) fn run(open: &OpenOptions, options: &ClassifyOptions) -> Result<Exit, Error> {
    let inputs = resolve(&options.targets.0)?;
    let engine = open::engine(open)?;
    let watch = Watch::new(&options.fail, open, &engine)?;
    let screen = Screen::new(open.width);
    let format = options.format.unwrap_or(if screen.is_terminal { Format::Human } else { Format::Jsonl });
    let reading = Reading::new(&options.list, screen.is_terminal && format != Format::Human)?;
    let out = BufWriter::new(stdout().lock());
    let mut answering = Answering { engine: &engine, answers: answers(format, out, screen, &engine)?, watch };
    let read = inputs.iter().try_for_each(|input| reading.read(input, &mut answering));
    if !matches!(read, Err(Error::ClosedPipe)) {
        answering.answers.finish()?;
    }
    match read {
        // Nobody reads on, but what was found stays found.
        Ok(()) | Err(Error::ClosedPipe) => Ok(answering.watch.exit()),
        Err(error) => Err(error),
    }
}

fn answers<'a>(
    format: Format,
    out: impl Write + 'a,
    screen: Screen,
    engine: &'a Engine,
) -> Result<Box<dyn Answers + 'a>, Error> {
    Ok(match format {
        Format::Human => Box::new(table::Table::new(out, screen, engine)),
        Format::Jsonl => Box::new(jsonl::Jsonl(out)),
        Format::Csv => Box::new(csv::Separated::new(out, b',')?),
        Format::Tsv => Box::new(csv::Separated::new(out, b'\t')?),
    })
}
