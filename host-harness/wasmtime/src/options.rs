//! What a host is made with.

use std::path::PathBuf;
use std::time::Duration;

use wasmtime::Engine;

use crate::contract::NamedPack;
use crate::instance::Bounds;

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
    /// wasmtime, and no fuel.
    pub engine: Option<Engine>,
    /// How often the host moves the engine's epoch on, from a thread of its own, at most once a millisecond. `None`: every 10 ms
    /// for an engine of its own; yours you tick yourself by `Engine::increment_epoch`. One ticker an engine is enough.
    pub tick: Option<Duration>,
    /// Ticks that one call may take, at least 2; a call is stopped after this many, or one less. Opening may take twenty times as
    /// long. Ticks are wall-clock time: on a busy machine a call that was in order may be stopped too.
    pub deadline: u64,
    /// Most instances at a time, each of one thread. More callers wait.
    pub instances: usize,
    /// How long a caller waits for an instance before [`CallError::Busy`](crate::CallError::Busy).
    pub wait: Duration,
    /// Most bytes of memory of one instance; `None`: 32 MiB, the component's own size, and twice the packs handed in.
    pub memory: Option<usize>,
    /// A folder for compiled code; `None`: compile at each start. It is made when it is not there, for its owner alone. One that
    /// is there must be a folder of this user with no rights for others (0700), below folders that others may not rename, else it
    /// is left alone: compiled code is trusted. Unix only. Files of older components stay until you remove them, which you
    /// may do at any time.
    pub cache: Option<PathBuf>,
}

impl Default for Options {
    /// An engine of its own with a tick of 10 ms, deadlines of 100 ms, an instance for every processor, no cache.
    fn default() -> Self {
        Self {
            engine: None,
            tick: None,
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
        Self { engine: Some(engine), ..Self::default() }
    }

    /// What an instance of a component of this size with this setup may take.
    pub(crate) fn bounds_for(&self, component: usize, setup: &Setup) -> Bounds {
        const BASIS: usize = 32 << 20;
        let own = BASIS.saturating_add(component);
        let memory = self.memory.unwrap_or_else(|| setup.size().saturating_mul(2).saturating_add(own));
        // With one tick the next could end a call that has just begun; the epoch and the deadline must have a sum.
        let deadline = self.deadline.clamp(2, 1 << 40);
        Bounds { memory, deadline }
    }
}
