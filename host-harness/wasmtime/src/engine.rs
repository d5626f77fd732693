//! The engine: made here or brought along, and the thread that ticks it.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use wasmtime::{Config, Engine, Instance, InstanceAllocationStrategy, Module, PoolingAllocationConfig, Store, Trap};

use crate::error::{HostError, line};
use crate::options::Options;

/// The engine of a host.
#[derive(Clone, Debug)]
pub(crate) struct Clocked {
    pub(crate) engine: Engine,
    /// Ends with the last host.
    _ticker: Option<Arc<Ticker>>,
}

impl Clocked {
    pub(crate) fn new(options: &Options) -> Result<Self, HostError> {
        let engine = match &options.engine {
            Some(engine) => {
                if !interrupts(engine).map_err(|error| HostError::Engine(line(&error)))? {
                    return Err(HostError::EngineWithoutEpochs);
                }
                engine.clone()
            }
            None => own(options.instances.max(1)).map_err(|error| HostError::Engine(line(&error)))?,
        };
        let period = options.tick.or_else(|| options.engine.is_none().then_some(TICK));
        let ticker = period.map(|period| Ticker::start(&engine, period)).transpose()?;
        Ok(Self { engine, _ticker: ticker.map(Arc::new) })
    }
}

/// The tick of an engine of our own.
const TICK: Duration = Duration::from_millis(10);

/// An engine for so many instances at a time, and as many of the generation before.
fn own(instances: usize) -> wasmtime::Result<Engine> {
    let slots = u32::try_from(instances.saturating_mul(2).saturating_add(1)).unwrap_or(u32::MAX);
    let mut pool = PoolingAllocationConfig::default();
    // A component is one module of ours and the small ones that tie it to its exports.
    pool.total_component_instances(slots)
        .total_core_instances(slots.saturating_mul(4))
        .total_memories(slots)
        .total_tables(slots.saturating_mul(4));
    let mut config = Config::new();
    config.epoch_interruption(true).wasm_memory64(false).allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    // A pool reserves addresses, 4 GiB an instance: where a limit forbids that, instances are made one by one.
    Engine::new(&config).or_else(|_| {
        let mut config = Config::new();
        Engine::new(config.epoch_interruption(true).wasm_memory64(false))
    })
}

/// `(module (func (export "f")))`
const NOTHING: &[u8] = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x07\x05\x01\x01f\0\0\x0a\x04\x01\x02\0\x0b";

/// Whether an engine's code looks at the epoch: a function that does stops at once when the deadline is now.
fn interrupts(engine: &Engine) -> wasmtime::Result<bool> {
    let mut store = Store::new(engine, ());
    let module = Module::new(engine, NOTHING)?;
    store.set_epoch_deadline(1);
    let instance = Instance::new(&mut store, &module, &[])?;
    let function = instance.get_typed_func::<(), ()>(&mut store, "f")?;
    store.set_epoch_deadline(0);
    match function.call(&mut store, ()) {
        Ok(()) => Ok(false),
        Err(error) if error.downcast_ref::<Trap>() == Some(&Trap::Interrupt) => Ok(true),
        Err(error) => Err(error),
    }
}

/// A thread that moves an engine's epoch on.
#[derive(Debug)]
struct Ticker {
    /// Never sent to: the thread ends when this end is gone.
    _end: Sender<()>,
}

impl Ticker {
    fn start(engine: &Engine, period: Duration) -> Result<Self, HostError> {
        // A period of nothing would keep a processor busy.
        let period = period.max(Duration::from_millis(1));
        let (end, ended) = channel();
        let engine = engine.weak();
        thread::Builder::new()
            .name("phonehome-tick".to_owned())
            .spawn(move || {
                while ended.recv_timeout(period) == Err(RecvTimeoutError::Timeout) {
                    let Some(engine) = engine.upgrade() else { break };
                    engine.increment_epoch();
                }
            })
            .map_err(|error| HostError::Engine(format!("no thread to tick it: {error}")))?;
        Ok(Self { _end: end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_that_cannot_interrupt_is_found_out() {
        assert!(interrupts(&own(1).unwrap()).unwrap());
        assert!(!interrupts(&Engine::default()).unwrap());
    }
}
