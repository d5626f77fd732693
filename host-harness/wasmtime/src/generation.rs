//! A component with a setup, and its pool of instances. Replaced as a whole, never changed.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::contract::bindings::PluginPre;
use crate::error::{CallError, HostError};
use crate::instance::{Bounds, Guest, Instance};
use crate::options::{Options, Setup};

pub(crate) struct Generation {
    pub(crate) code: Code,
    pub(crate) setup: Arc<Setup>,
    bounds: Bounds,
    most: usize,
    pool: Mutex<Pool>,
    returned: Condvar,
}

/// A compiled component.
#[derive(Clone)]
pub(crate) struct Code {
    pub(crate) pre: PluginPre<Guest>,
    /// Bytes of the component; it starts with less memory than this and a stack.
    pub(crate) size: usize,
}

#[derive(Debug)]
struct Pool {
    free: Vec<Instance>,
    /// Instances that are out or being made.
    out: usize,
    /// Replaced: what comes back is not kept.
    is_retired: bool,
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generation").field("bounds", &self.bounds).field("most", &self.most).finish_non_exhaustive()
    }
}

impl Generation {
    /// Opens the first instance, so that what does not open never becomes a generation.
    pub(crate) fn new(code: Code, setup: Arc<Setup>, options: &Options) -> Result<Self, HostError> {
        let bounds = options.bounds_for(code.size, &setup);
        let first = Instance::open(&code.pre, &setup, bounds)?;
        let pool = Mutex::new(Pool { free: vec![first], out: 0, is_retired: false });
        Ok(Self { code, setup, bounds, most: options.instances.max(1), pool, returned: Condvar::new() })
    }

    /// An instance: a free one, a fresh one, or the next that comes back.
    pub(crate) fn take(&self, wait: Duration) -> Result<Instance, CallError> {
        let mut pool = self.pool();
        let mut until = None;
        loop {
            if let Some(instance) = pool.free.pop() {
                pool.out += 1;
                return Ok(instance);
            }
            if pool.out < self.most {
                pool.out += 1;
                drop(pool);
                return self.fresh().inspect_err(|_| self.lose());
            }
            let now = Instant::now();
            // A patience beyond the end of the clock has none.
            let left = match *until.get_or_insert_with(|| now.checked_add(wait)) {
                Some(until) => until.saturating_duration_since(now),
                None => Duration::from_secs(3600),
            };
            if left.is_zero() {
                return Err(CallError::Busy);
            }
            pool = self.returned.wait_timeout(pool, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A fresh instance in the place of a lost one.
    pub(crate) fn fresh(&self) -> Result<Instance, CallError> {
        Instance::open(&self.code.pre, &self.setup, self.bounds).map_err(|error| match error {
            HostError::Call(error) => error,
            // It opened before, so this is no fault of the setup.
            other => CallError::Instance(other.to_string()),
        })
    }

    /// Puts an instance back that has done its work.
    pub(crate) fn put(&self, instance: Instance) {
        let mut pool = self.pool();
        pool.out = pool.out.saturating_sub(1);
        if !pool.is_retired {
            pool.free.push(instance);
        }
        self.returned.notify_one();
    }

    /// Gives up what is free, and what comes back: another generation answers now.
    pub(crate) fn retire(&self) {
        let free = {
            let mut pool = self.pool();
            pool.is_retired = true;
            std::mem::take(&mut pool.free)
        };
        drop(free);
    }

    /// Gives up the place of an instance that is gone.
    pub(crate) fn lose(&self) {
        let mut pool = self.pool();
        pool.out = pool.out.saturating_sub(1);
        self.returned.notify_one();
    }

    /// Instances, and bytes of memory of those that are free.
    pub(crate) fn size(&self) -> (usize, usize) {
        let pool = self.pool();
        (pool.free.len() + pool.out, pool.free.iter().map(Instance::memory).sum())
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
