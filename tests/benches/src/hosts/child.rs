//! Hosts that are programs of their own. They live for the whole run: for a line `round` they answer all names once and print
//! nanoseconds a name, by their process's CPU time, and the checksum over the answers.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::inside::Way;
use super::names::{Names, TextFile};
use super::{Host, Round};
use crate::program::Program;
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
    Ok(start(Command::new(program), module, names, way)?.ok_or("no program"))
}

/// The script for Node; or that there is no Node.
pub(super) fn v8(module: &Path, names: &TextFile, way: Way) -> Result<Started> {
    let mut node = Command::new("node");
    node.arg(root("tests/benches/v8/classify.mjs"));
    Ok(start(node, module, names, way)?.ok_or("no node"))
}

/// Starts a program that has read the names when this returns; `None` when there is no such program.
fn start(mut command: Command, module: &Path, names: &TextFile, way: Way) -> Result<Option<Box<dyn Host>>> {
    command.arg(module).arg(names.path()).arg(if way == Way::Calls { "calls" } else { "lines" });
    Ok(Program::start(command)?.map(|(program, _)| Box::new(Child(program)) as Box<dyn Host>))
}

struct Child(Program);

impl Host for Child {
    fn round(&mut self, _: &Names) -> Result<Round> {
        let line = self.0.ask("round")?;
        let (ns, sum) = line.split_once(' ').with_context(|| format!("a host says {line:?}"))?;
        Ok(Round { ns: ns.parse()?, sum: sum.parse()? })
    }
}
