//! What a host is made with.

use std::path::PathBuf;
use std::time::Duration;

use wasmtime::Engine;

use crate::contract::NamedPack;

/// What the classifier is opened with.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// A base pack; `None`: the one inside the component.
    pub base: Option<Vec<u8>>,
    /// The operator's lists, at most 64. Between lists the first given wins.
    pub overlays: Vec<NamedPack>,
    /// Policies; a policy's number is its place.
    pub policies: Vec<String>,
}

impl Setup {
    /// Bytes of packs that every instance holds.
    pub(crate) fn size(&self) -> usize {
        let overlays = self.overlays.iter().map(|overlay| overlay.bytes.len());
        self.base.iter().map(Vec::len).chain(overlays).sum()
    }
}

/// Limits, threads, files.
#[derive(Clone, Debug)]
pub struct Options {
    /// An engine of yours; `None`: the host makes one. Yours needs `epoch_interruption(true)`, and the features of this crate's
    /// wasmtime.
    pub engine: Option<Engine>,
    /// How often the host moves the engine's epoch on, from a thread of its own; `None`: you call `Engine::increment_epoch`.
    pub tick: Option<Duration>,
    /// Ticks that one call may take; a call is stopped after this many, or one less. Opening may take twenty times as long.
    pub deadline: u64,
    /// Most instances at a time, each of one thread. More callers wait.
    pub instances: usize,
    /// How long a caller waits for an instance before [`CallError::Busy`](crate::CallError::Busy).
    pub wait: Duration,
    /// Most bytes of memory of one instance; `None`: 32 MiB and twice the packs handed in.
    pub memory: Option<usize>,
    /// A folder for compiled code, made private to its owner. `None`: compile at each start. Only for programs that no other
    /// user of the machine may write to: compiled code is trusted.
    pub cache: Option<PathBuf>,
}

impl Default for Options {
    /// An engine of its own with a tick of 10 ms, deadlines of 100 ms, an instance for every processor, no cache.
    fn default() -> Self {
        Self {
            engine: None,
            tick: Some(Duration::from_millis(10)),
            deadline: 10,
            instances: std::thread::available_parallelism().map_or(4, usize::from),
            wait: Duration::from_secs(1),
            memory: None,
            cache: None,
        }
    }
}

impl Options {
    /// Inside an engine of yours, whose epoch you tick.
    pub fn in_engine(engine: Engine) -> Self {
        Self { engine: Some(engine), tick: None, ..Self::default() }
    }

    /// Most bytes of an instance with this setup.
    pub(crate) fn memory_for(&self, setup: &Setup) -> usize {
        const BASIS: usize = 32 << 20;
        self.memory.unwrap_or_else(|| setup.size().saturating_mul(2).saturating_add(BASIS))
    }
}
