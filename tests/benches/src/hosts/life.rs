//! What an embedded component takes besides answering: to open, to come back after a trap, to wait for work.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use phonehome_host::{Host, Options, Setup};

use crate::measure::Spread;

/// Times a compilation is measured, which takes long.
const COMPILED: usize = 5;
/// Times everything else is.
const REPEATED: usize = 40;
/// A name with an answer, and the name that makes the component with faults trap.
const KNOWN: &[u8] = b"a1.tuyaeu.com";
const TRAP: &[u8] = b"trap.fault.test";

/// Milliseconds by the wall clock, and memory.
#[derive(Clone, Debug)]
pub struct Life {
    /// From a component's bytes to a host that can answer.
    pub compile: Spread,
    /// The same with compiled code from the cache.
    pub cached: Spread,
    /// A further instance, opened.
    pub instance: Spread,
    /// A further instance with a pack that is handed in.
    pub with_pack: Spread,
    /// From a call that trapped to the next right answer, on a fresh instance.
    pub recover: Spread,
    /// Of an instance with the pack inside the component.
    pub memory: Memory,
    /// Of an instance with the same pack handed in.
    pub memory_with_pack: Memory,
}

/// What one instance that waits adds to this process, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Resident, pages that instances share counted for each.
    pub resident: f64,
    /// Resident, shared pages counted once.
    pub own: f64,
}

/// Measures the component, and the one with faults.
pub(super) fn measure(component: &[u8], faulty: &[u8]) -> Result<Life> {
    let compile = spread(COMPILED, || Host::new(component, Setup::default(), Options::default()).map(drop))?;
    let folder = Folder::new();
    let cached = || Options { cache: Some(folder.0.clone()), ..Options::default() };
    Host::new(component, Setup::default(), cached())?;
    let cached = spread(REPEATED, || Host::new(component, Setup::default(), cached()).map(drop))?;
    let (instance, memory) = instances(component, Setup::default())?;
    let setup = Setup { base: Some(phonehome_data::PACK.to_vec()), ..Setup::default() };
    let (with_pack, memory_with_pack) = instances(component, setup)?;
    Ok(Life { compile, cached, instance, with_pack, recover: recover(faulty)?, memory, memory_with_pack })
}

fn recover(faulty: &[u8]) -> Result<Spread> {
    let host = Host::new(faulty, Setup::default(), Options::default())?;
    let right = host.classify(KNOWN, 0)?.to_bytes();
    let mut times = Vec::new();
    for _ in 0..REPEATED {
        ensure!(host.classify(TRAP, 0).is_err(), "the component with faults did not trap");
        let start = Instant::now();
        let answer = host.classify(KNOWN, 0)?;
        times.push(milliseconds(start));
        ensure!(answer.to_bytes() == right, "another answer after a trap");
    }
    Ok(Spread::of(times))
}

/// Instances that are opened one after the other and stay: the time of each, and what one costs in memory.
fn instances(component: &[u8], setup: Setup) -> Result<(Spread, Memory)> {
    let options = Options { instances: REPEATED + 1, ..Options::default() };
    let host = Host::new(component, setup, options)?;
    let mut leases = vec![host.lease()?];
    let (mut times, before) = (Vec::new(), resident()?);
    for _ in 0..REPEATED {
        let start = Instant::now();
        leases.push(host.lease()?);
        times.push(milliseconds(start));
    }
    let after = resident()?;
    let a_piece = |part: fn(Memory) -> f64| (part(after) - part(before)) / REPEATED as f64;
    Ok((Spread::of(times), Memory { resident: a_piece(|memory| memory.resident), own: a_piece(|memory| memory.own) }))
}

/// What is resident of this process.
fn resident() -> Result<Memory> {
    let path = "/proc/self/smaps_rollup";
    let text = std::fs::read_to_string(path).context(path)?;
    let bytes = |name: &str| {
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB")?.parse().ok());
        value.map(|kib: f64| kib * 1024.0).with_context(|| format!("{path} without {name}"))
    };
    Ok(Memory { resident: bytes("Rss:")?, own: bytes("Pss:")? })
}

fn spread<E>(times: usize, what: impl Fn() -> std::result::Result<(), E>) -> std::result::Result<Spread, E> {
    let mut taken = Vec::with_capacity(times);
    for _ in 0..times {
        let start = Instant::now();
        what()?;
        taken.push(milliseconds(start));
    }
    Ok(Spread::of(taken))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// A folder for compiled code, which goes when this does.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("phonehome-speed-cache-{}", std::process::id())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the folder for temporary files goes with it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
