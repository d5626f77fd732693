//! One instance of the component with an open classifier, and what happens when it misbehaves.

use wasmtime::component::ResourceAny;
use wasmtime::{ResourceLimiter, Store, Trap};

use crate::contract::bindings::exports::phonehome::classifier::engine::Guest as Exports;
use crate::contract::bindings::{Plugin, PluginPre};
use crate::error::{CallError, HostError, line};
use crate::options::Setup;

/// What the host knows of a guest while it runs.
#[derive(Debug)]
pub(crate) struct Guest {
    limit: usize,
    memory: usize,
    was_refused: bool,
}

/// Octets that an element of a table takes in the host.
const ELEMENT: usize = 16;

impl Guest {
    /// Grants octets, or notes that they were refused.
    fn grant(&mut self, more: usize) -> bool {
        let memory = self.memory.saturating_add(more);
        self.was_refused |= memory > self.limit;
        if memory <= self.limit {
            self.memory = memory;
        }
        memory <= self.limit
    }
}

impl ResourceLimiter for Guest {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(self.grant(desired.saturating_sub(current)))
    }

    fn table_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(self.grant(desired.saturating_sub(current).saturating_mul(ELEMENT)))
    }
}

/// What every instance of a generation is made with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Most bytes of memory.
    pub(crate) memory: usize,
    /// Most ticks of a call.
    pub(crate) deadline: u64,
}

/// Opening reads every byte of the packs, so it may take so many times a call's deadline.
const OPENING: u64 = 20;

/// A guest with an open classifier. Thrown away after the first failure.
pub(crate) struct Instance {
    store: Store<Guest>,
    plugin: Plugin,
    classifier: ResourceAny,
    bounds: Bounds,
}

impl std::fmt::Debug for Instance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Instance").field("guest", self.store.data()).field("bounds", &self.bounds).finish()
    }
}

impl Instance {
    /// A fresh guest that opens the setup.
    pub(crate) fn open(pre: &PluginPre<Guest>, setup: &Setup, bounds: Bounds) -> Result<Self, HostError> {
        let guest = Guest { limit: bounds.memory, memory: 0, was_refused: false };
        let mut store = Store::new(pre.engine(), guest);
        store.limiter(|guest| guest);
        store.set_epoch_deadline(bounds.deadline.saturating_mul(OPENING));
        store.epoch_deadline_trap();
        let plugin = pre.instantiate(&mut store).map_err(|error| match failure(&error, store.data()) {
            // Not the guest's doing, such as a pool that is full.
            CallError::Trap(what) => CallError::Instance(what),
            other => other,
        })?;
        let base = setup.base.as_deref();
        let exports = plugin.phonehome_classifier_engine().classifier();
        let opened = exports.call_open(&mut store, base, &setup.overlays, &setup.policies);
        let opened = opened.map_err(|error| failure(&error, store.data()))?;
        let classifier = opened.map_err(HostError::Open)?;
        Ok(Self { store, plugin, classifier, bounds })
    }

    /// One call of the guest under its deadline.
    #[inline]
    pub(crate) fn call<R>(
        &mut self,
        call: impl FnOnce(&Exports, &mut Store<Guest>, ResourceAny) -> wasmtime::Result<R>,
    ) -> Result<R, CallError> {
        self.store.set_epoch_deadline(self.bounds.deadline);
        self.store.data_mut().was_refused = false;
        call(self.plugin.phonehome_classifier_engine(), &mut self.store, self.classifier)
            .map_err(|error| failure(&error, self.store.data()))
    }

    /// Bytes of the guest's memory.
    pub(crate) fn memory(&self) -> usize {
        self.store.data().memory
    }
}

/// Why a guest stopped.
#[cold]
fn failure(error: &wasmtime::Error, guest: &Guest) -> CallError {
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => CallError::Deadline,
        _ if guest.was_refused => CallError::Memory { limit: guest.limit },
        Some(trap) => CallError::Trap(trap.to_string()),
        None => CallError::Trap(line(error)),
    }
}
