//! nDPI's check as the system's library has it: a small C program (`tests/benches/ndpi`), compiled here.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::scorer::Scorer;
use crate::program::Program;
use crate::root;

/// Why nDPI is not measured.
pub(super) type Absent = &'static str;

pub(super) struct Ndpi {
    program: Program,
    version: String,
    heap: usize,
}

impl Ndpi {
    /// The program, with the names read; or what is missing for it.
    pub(super) fn start(names: &[String]) -> Result<std::result::Result<Self, Absent>> {
        let folder = root("target");
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let program = folder.join("phonehome-ndpi-check");
        if let Err(absent) = compile(&program)? {
            return Ok(Err(absent));
        }
        let text = std::env::temp_dir().join(format!("phonehome-shapes-{}.txt", std::process::id()));
        std::fs::write(&text, names.join("\n")).with_context(|| format!("cannot write {}", text.display()))?;
        let started = run(&program, &text);
        // A program that has started has read the names.
        let _ = std::fs::remove_file(&text);
        started.map(Ok)
    }

    /// Its version, and what it keeps.
    pub(super) fn weight(&self) -> String {
        format!("code; nDPI {} keeps {:.1} MB on the heap in all", self.version, self.heap as f64 / 1e6)
    }
}

impl Scorer for Ndpi {
    fn answer(&mut self, rows: Range<usize>, scores: &mut Vec<f64>) -> Result<f64> {
        let line = self.program.ask(&format!("{} {}", rows.start, rows.end))?;
        let (nanoseconds, bits) = line.split_once(' ').context("nDPI's program says something else")?;
        ensure!(bits.len() == rows.len(), "nDPI's program answered {} of {} names", bits.len(), rows.len());
        scores.extend(bits.bytes().map(|bit| f64::from(u8::from(bit == b'1'))));
        Ok(nanoseconds.parse::<f64>()? / 1e9)
    }
}

fn compile(program: &Path) -> Result<std::result::Result<(), Absent>> {
    let mut compiler = Command::new("cc");
    compiler.args(["-O2", "-I/usr/include/ndpi", "-I/usr/local/include/ndpi", "-o"]).arg(program);
    compiler.arg(root("tests/benches/ndpi/check.c")).arg("-lndpi");
    match compiler.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Err("there is no C compiler `cc`")),
        output if output.as_ref().is_ok_and(|output| output.status.success()) => Ok(Ok(())),
        output => {
            output.context("cc")?;
            Ok(Err("nothing to compile with: libndpi-dev is missing, or not version 4.2"))
        }
    }
}

fn run(program: &Path, names: &Path) -> Result<Ndpi> {
    let mut command = Command::new(program);
    command.arg(names);
    let (program, ready) = Program::start(command)?.context("the compiled program is gone")?;
    let (version, heap) = ready.split_once(' ').with_context(|| format!("nDPI's program says {ready:?}"))?;
    Ok(Ndpi { program, version: version.to_owned(), heap: heap.parse()? })
}
