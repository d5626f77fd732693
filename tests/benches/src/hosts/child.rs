//! Hosts that are programs of their own. They live for the whole run: for a line `round` they answer all names once and print
//! nanoseconds a name, by their process's CPU time, and the checksum over the answers.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::inside::Way;
use super::names::{Names, TextFile};
use super::{Host, Round};
use crate::root;

type Started = std::result::Result<Box<dyn Host>, &'static str>;

/// The Go program, built first; or that there is no Go.
pub(super) fn wazero(module: &Path, names: &TextFile, way: Way) -> Result<Started> {
    let program = root("target/phonehome-wazero");
    let mut build = Command::new("go");
    build.args(["build", "-o"]).arg(&program).arg(".").current_dir(root("tests/benches/wazero"));
    match build.status() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Err("no go")),
        status => ensure!(status.context("go")?.success(), "go build failed"),
    }
    Program::start(Command::new(program), module, names, way).map(|started| started.ok_or("no program"))
}

/// The script for Node; or that there is no Node.
pub(super) fn v8(module: &Path, names: &TextFile, way: Way) -> Result<Started> {
    let mut node = Command::new("node");
    node.arg(root("tests/benches/v8/classify.mjs"));
    Program::start(node, module, names, way).map(|started| started.ok_or("no node"))
}

struct Program {
    process: Child,
    /// Closed to end the program.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Program {
    /// Starts a program that has read the names when this returns; `None` when there is no such program.
    fn start(mut command: Command, module: &Path, names: &TextFile, way: Way) -> Result<Option<Box<dyn Host>>> {
        command.arg(module).arg(names.path()).arg(if way == Way::Calls { "calls" } else { "lines" });
        let mut process = match command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            process => process.with_context(|| format!("{command:?}"))?,
        };
        let requests = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().context("no output")?);
        let mut program = Self { process, requests, answers };
        let ready = program.line()?;
        ensure!(ready.trim_end() == "ready", "{command:?} says {ready:?}");
        Ok(Some(Box::new(program)))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.answers.read_line(&mut line)? > 0, "a host has ended; what it says stands above");
        Ok(line)
    }
}

impl Host for Program {
    fn round(&mut self, _: &Names) -> Result<Round> {
        writeln!(self.requests.as_mut().context("no input")?, "round")?;
        let line = self.line()?;
        let (ns, sum) = line.trim_end().split_once(' ').with_context(|| format!("a host says {line:?}"))?;
        Ok(Round { ns: ns.parse()?, sum: sum.parse()? })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.requests = None;
        // A program that fails at its end has given its figures before.
        let _ = self.process.wait();
    }
}
