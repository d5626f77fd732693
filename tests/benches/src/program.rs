//! A program that lives for a whole run: it says `ready`, and answers a line with a line.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};

pub(crate) struct Program {
    process: Child,
    /// Closed to end the program.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Program {
    /// Starts a program and waits until it is ready; also what else it says then. `None` when there is no such program.
    pub(crate) fn start(mut command: Command) -> Result<Option<(Self, String)>> {
        let mut process = match command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            process => process.with_context(|| format!("{command:?}"))?,
        };
        let requests = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().context("no output")?);
        let mut program = Self { process, requests, answers };
        let line = program.line()?;
        let ready = line.strip_prefix("ready").with_context(|| format!("{command:?} says {line:?}"))?;
        Ok(Some((program, ready.trim_start().to_owned())))
    }

    /// The answer to a line.
    pub(crate) fn ask(&mut self, request: &str) -> Result<String> {
        writeln!(self.requests.as_mut().context("no input")?, "{request}")?;
        self.line()
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.answers.read_line(&mut line)? > 0, "a program has ended; what it says stands above");
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.requests = None;
        // A program that fails at its end has given its figures before.
        let _ = self.process.wait();
    }
}
