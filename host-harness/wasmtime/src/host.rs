//! The host: the generation that answers now, and the calls on it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::contract::{Brief, Explanation, Info, Owner};
use crate::engine::Clocked;
use crate::error::{CallError, HostError};
use crate::generation::{Code, Generation};
use crate::instance::Instance;
use crate::load;
use crate::options::{Options, Setup};

/// An embedded component: cheap to clone, shared by all threads.
#[derive(Clone, Debug)]
pub struct Host(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    clocked: Clocked,
    options: Options,
    current: RwLock<Arc<Generation>>,
    /// One replacement at a time.
    replacing: Mutex<()>,
    counts: Counts,
}

#[derive(Debug, Default)]
struct Counts {
    traps: AtomicU64,
    deadlines: AtomicU64,
    memory: AtomicU64,
    busy: AtomicU64,
    replaced: AtomicU64,
}

/// What has happened since the host was made; for metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Calls that ended in a trap, or found no instance.
    pub traps: u64,
    /// Calls that did not end in time.
    pub deadlines: u64,
    /// Calls that wanted too much memory.
    pub memory: u64,
    /// Calls that waited in vain for an instance.
    pub busy: u64,
    /// Components and setups taken after the first.
    pub replaced: u64,
    /// Instances alive in the generation that answers now.
    pub instances: usize,
    /// Bytes of memory of those of them that are free at the moment.
    pub free_memory: usize,
}

impl Host {
    /// Compiles a component, opens it with a setup, and keeps one instance ready.
    ///
    /// # Errors
    /// [`HostError`] names the part at fault.
    pub fn new(component: &[u8], setup: Setup, options: Options) -> Result<Self, HostError> {
        let clocked = Clocked::new(&options)?;
        let code = load::load(&clocked.engine, component, options.cache.as_deref())?;
        let first = Generation::new(code, Arc::new(setup), &options)?;
        Ok(Self(Arc::new(Shared {
            clocked,
            options,
            current: RwLock::new(Arc::new(first)),
            replacing: Mutex::default(),
            counts: Counts::default(),
        })))
    }

    /// Answers with another component from now on, with the setup as it is.
    ///
    /// # Errors
    /// [`HostError`]; then the old component goes on.
    pub fn replace_component(&self, component: &[u8]) -> Result<(), HostError> {
        let _one = self.0.replacing.lock().unwrap_or_else(PoisonError::into_inner);
        let code = load::load(&self.0.clocked.engine, component, self.0.options.cache.as_deref())?;
        self.replace(code, Arc::clone(&self.current().setup))
    }

    /// Answers with other packs, lists and policies from now on.
    ///
    /// # Errors
    /// [`HostError`]; then the old setup goes on.
    pub fn replace_setup(&self, setup: Setup) -> Result<(), HostError> {
        let _one = self.0.replacing.lock().unwrap_or_else(PoisonError::into_inner);
        self.replace(self.current().code.clone(), Arc::new(setup))
    }

    fn replace(&self, code: Code, setup: Arc<Setup>) -> Result<(), HostError> {
        let next = Arc::new(Generation::new(code, setup, &self.0.options)?);
        let old = {
            let mut current = self.0.current.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, next)
        };
        // Its memory is given back while others answer.
        old.retire();
        self.0.counts.replaced.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn current(&self) -> Arc<Generation> {
        Arc::clone(&self.0.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// An instance for many calls, of the generation that answers now. Give it back soon: others may wait for it.
    ///
    /// # Errors
    /// [`CallError::Busy`], or that no instance could be made.
    pub fn lease(&self) -> Result<Lease, CallError> {
        let generation = self.current();
        let instance = generation.take(self.0.options.wait).inspect_err(|error| self.0.counts.count(error))?;
        Ok(Lease { shared: Arc::clone(&self.0), generation, instance: Some(instance) })
    }

    /// What has happened so far.
    pub fn stats(&self) -> Stats {
        let counts = &self.0.counts;
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let (instances, free_memory) = self.current().size();
        Stats {
            traps: read(&counts.traps),
            deadlines: read(&counts.deadlines),
            memory: read(&counts.memory),
            busy: read(&counts.busy),
            replaced: read(&counts.replaced),
            instances,
            free_memory,
        }
    }

    /// The engine, for an embedder that ticks it.
    pub fn engine(&self) -> &wasmtime::Engine {
        &self.0.clocked.engine
    }
}

impl Counts {
    fn count(&self, error: &CallError) {
        let count = match error {
            CallError::Deadline => &self.deadlines,
            CallError::Memory { .. } => &self.memory,
            CallError::Busy => &self.busy,
            CallError::Trap(_) | CallError::Instance(_) => &self.traps,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// One instance in the hands of one caller. It stays with its component and setup: take another after a replacement
/// ([`Lease::is_current`]).
#[derive(Debug)]
pub struct Lease {
    shared: Arc<Shared>,
    generation: Arc<Generation>,
    /// `None` after a failure, until the next call.
    instance: Option<Instance>,
}

impl Lease {
    /// Whether what answers here is still what the host would take for a new lease.
    pub fn is_current(&self) -> bool {
        let current = self.shared.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::ptr_eq(&current, &self.generation)
    }

    /// Runs a call; a failure costs the instance, and the next call makes a fresh one.
    #[inline]
    fn call<R>(&mut self, call: impl FnOnce(&mut Instance) -> Result<R, CallError>) -> Result<R, CallError> {
        let result = match &mut self.instance {
            Some(instance) => call(instance),
            None => self.generation.fresh().and_then(|fresh| call(self.instance.insert(fresh))),
        };
        result.inspect_err(|error| {
            self.instance = None;
            self.shared.counts.count(error);
        })
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        match self.instance.take() {
            Some(instance) => self.generation.put(instance),
            None => self.generation.lose(),
        }
    }
}

/// The calls of the contract, on a lease and on the host itself.
macro_rules! calls {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $kind:ty),*) -> $result:ty;)+) => {
        impl Lease {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`CallError`]: there is no answer.
            pub fn $name(&mut self, $($argument: $kind),*) -> Result<$result, CallError> {
                self.call(|instance| instance.$name($($argument),*))
            })+
        }

        impl Host {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`CallError`]: there is no answer.
            pub fn $name(&self, $($argument: $kind),*) -> Result<$result, CallError> {
                self.lease()?.$name($($argument),*)
            })+
        }
    };
}

calls! {
    /// The short answer for a name in presentation form, under the policy with this number.
    classify(name: &[u8], policy: u32) -> Brief;
    /// One short answer for each line of a text. Long texts go in by pieces, each with a deadline of its own.
    classify_lines(text: &[u8], policy: u32) -> Vec<Brief>;
    /// The same, 32 octets for each line as [`Brief::to_bytes`] gives them: cheaper, for streams.
    classify_packed(text: &[u8], policy: u32) -> Vec<u8>;
    /// The long answer for a name.
    explain(name: &[u8], policy: u32) -> Explanation;
    /// The long answer as the JSON object that every surface of phonehome gives.
    explain_json(name: &[u8], policy: u32) -> String;
    /// Facts on what is open.
    info() -> Info;
    /// The vendors, by the numbers that answers give.
    vendors() -> Vec<Owner>;
    /// The platforms, by the numbers that answers give.
    platforms() -> Vec<Owner>;
}
