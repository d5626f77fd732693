//! The command `phonehome`: a thin shell over the libraries. It reads files and writes answers; what an answer says is decided
//! elsewhere.
//!
//! Not here: looking names up, reading query logs or captures, fetching anything.

mod args;
mod cells;
mod classify;
mod date;
mod engine;
mod error;
mod exit_code;
mod explain;
mod export_cmd;
mod fail_on;
mod input;
mod kb_cmd;
mod open;
mod output;
mod overlay_cmd;
mod policy_cmd;
mod progress;
mod refuse;
mod screen;
mod targets;
mod text;
mod values;

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use clap_complete::Shell;

use args::{Arguments, Command};
use error::Error;
use exit_code::Exit;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(exit) => exit.into(),
        Err(Error::ClosedPipe) => Exit::Done.into(),
        Err(Error::Message(message)) => {
            say(&message);
            Exit::Failed.into()
        }
    }
}

fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let open = &arguments.open;
    match &arguments.command {
        Command::Classify(options) => classify::run(open, options),
        Command::Explain(options) => explain::run(open, options),
        Command::Export(options) => export_cmd::run(open, options),
        Command::Policy(command) => policy_cmd::run(open, command),
        Command::Overlay(command) => overlay_cmd::run(open, command),
        Command::Kb(command) => kb_cmd::run(open, command),
        Command::Completions { shell } => completions(*shell),
    }
}

/// A line to the person at the terminal, apart from the answers.
fn say(message: &str) {
    // Nobody may be listening, which is no reason to fail.
    let _ = writeln!(stderr(), "phonehome: {message}");
}

fn completions(shell: Shell) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "phonehome", &mut script);
    stdout().write_all(&script)?;
    Ok(Exit::Done)
}
