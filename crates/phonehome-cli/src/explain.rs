//! `phonehome explain`: everything known about a name, told as a colleague would: what to do first, then why.

mod facts;

use std::io::{BufWriter, Write, stdout};

use phonehome::Explanation;
use phonehome_logs::lists::name_from_text;

use crate::args::{ExplainFormat, ExplainOptions, OpenOptions};
use crate::date::Date;
use crate::engine::Engine;
use crate::error::Error;
use crate::exit_code::Exit;
use crate::fail_on::Watch;
use crate::open;
use crate::screen::{BOLD, DIM, Screen, advice_style};
use crate::text::{clean, pad, width, wrap};

/// Columns of the labels on the left.
const LABEL: usize = 13;

/// Runs the command.
pub(crate) fn run(open: &OpenOptions, options: &ExplainOptions) -> Result<Exit, Error> {
    let engine = open::engine(open)?;
    let mut watch = Watch::new(&options.fail, open, &engine)?;
    let screen = Screen::new(open.width);
    let mut out = BufWriter::new(stdout().lock());
    let answered = options.names.iter().enumerate().try_for_each(|(number, name)| {
        engine.explain(&name_from_text(name.as_encoded_bytes()), |answer| {
            watch.look(&answer.brief);
            match options.format {
                ExplainFormat::Json => writeln!(out, "{}", answer.to_json())?,
                ExplainFormat::Human => {
                    if number > 0 {
                        writeln!(out)?;
                    }
                    human(&mut out, &screen, &engine, answer)?;
                }
            }
            Ok(())
        })
    });
    // What was answered is kept, also where a later name fails.
    out.flush()?;
    answered.map(|()| watch.exit())
}

fn human(out: &mut impl Write, screen: &Screen, engine: &Engine, answer: &Explanation<'_>) -> Result<(), Error> {
    for line in broken(&answer.name, screen.width) {
        writeln!(out, "{}", screen.paint(BOLD, &line))?;
    }
    writeln!(out)?;
    for line in wrap(&clean(&answer.advice_text), screen.width) {
        writeln!(out, "{}", screen.paint(advice_style(answer.advice), &line))?;
    }
    writeln!(out)?;
    let room = screen.width.saturating_sub(LABEL);
    for (label, text) in facts::facts(engine, answer, Date::today()) {
        for (number, line) in wrap(&clean(&text), room).iter().enumerate() {
            let label = pad(if number == 0 { label } else { "" }, LABEL);
            writeln!(out, "{}{line}", screen.paint(DIM, &label))?;
        }
    }
    Ok(())
}

/// A name in lines: one of 253 octets fits no terminal.
fn broken(name: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    if width(name) <= most {
        return vec![name.to_owned()];
    }
    letters.chunks(most.max(1)).map(|part| part.iter().collect()).collect()
}
