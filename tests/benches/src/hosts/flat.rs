//! The flat module in wasmtime, with epoch interruption as a host that must not hang has it; else wasmtime's defaults.

use wasmtime::error::Context;
use wasmtime::{Config, Engine, Instance, Memory, Module, Result, Store, TypedFunc, ensure};

use super::BATCH;
use super::inside::{Inside, Way};
use super::names::Chunk;

/// Room in the input buffer: a batch of the longest names.
const ROOM: usize = BATCH * 256;

type Classify = TypedFunc<(i32, i32, i32), i32>;

/// An instance with its classifier open; ABI.md says what the calls mean.
pub(super) struct Flat {
    store: Store<()>,
    memory: Memory,
    call: Classify,
    output: TypedFunc<(), i32>,
    handle: i32,
    input: usize,
    /// Where short answers lie.
    brief: usize,
    way: Way,
}

impl Flat {
    pub(super) fn new(module: &[u8], way: Way) -> anyhow::Result<Self> {
        Self::open(module, way).map_err(plain)
    }

    fn open(module: &[u8], way: Way) -> Result<Self> {
        let mut config = Config::new();
        let engine = Engine::new(config.epoch_interruption(true))?;
        let mut store = Store::new(&engine, ());
        // Nobody moves this engine's epoch on: the code looks at it, and goes on.
        store.set_epoch_deadline(1);
        let instance = Instance::new(&mut store, &Module::new(&engine, module)?, &[])?;
        let memory = instance.get_memory(&mut store, "memory").context("no memory")?;
        let number = instance.get_typed_func::<(), i32>(&mut store, "ph_new")?;
        let handle = number.call(&mut store, ())?;
        let open = instance.get_typed_func::<i32, i32>(&mut store, "ph_open")?.call(&mut store, handle)?;
        ensure!(open == 0, "ph_open gives {open}");
        let room = i32::try_from(ROOM)?;
        let input = instance.get_typed_func::<i32, i32>(&mut store, "ph_input")?.call(&mut store, room)?;
        let classify: Classify = instance.get_typed_func(&mut store, "ph_classify")?;
        // A first answer: the place of short answers stays the same from there on.
        classify.call(&mut store, (handle, 0, 0))?;
        let output = instance.get_typed_func::<(), i32>(&mut store, "ph_output_ptr")?;
        let brief = address(output.call(&mut store, ())?);
        let call = match way {
            Way::Calls => classify,
            Way::Lines => instance.get_typed_func(&mut store, "ph_classify_lines")?,
        };
        Ok(Self { store, memory, call, output, handle, input: address(input), brief, way })
    }

    /// Writes a request and calls.
    #[inline]
    fn ask(&mut self, request: &[u8]) -> Result<usize> {
        let memory = self.memory.data_mut(&mut self.store).get_mut(self.input..).unwrap_or_default();
        ensure!(request.len() <= ROOM, "a request of {} octets", request.len());
        memory.get_mut(..request.len()).context("the input lies outside the memory")?.copy_from_slice(request);
        let result = self.call.call(&mut self.store, (self.handle, request.len() as i32, 0))?;
        usize::try_from(result).with_context(|| format!("the module answers {result}"))
    }

    #[inline]
    fn read(&self, at: usize, count: usize, answers: &mut Vec<[u8; 32]>) -> Result<()> {
        let octets = self.memory.data(&self.store).get(at..).and_then(|octets| octets.get(..count * 32));
        answers.extend_from_slice(octets.context("the answers lie outside the memory")?.as_chunks().0);
        Ok(())
    }

    fn try_answer(&mut self, chunk: &Chunk<'_>, answers: &mut Vec<[u8; 32]>) -> Result<()> {
        match self.way {
            Way::Calls => {
                for name in &chunk.names {
                    self.ask(name)?;
                    self.read(self.brief, 1, answers)?;
                }
            }
            Way::Lines => {
                for batch in &chunk.batches {
                    let count = self.ask(batch)?;
                    let at = address(self.output.call(&mut self.store, ())?);
                    self.read(at, count, answers)?;
                }
            }
        }
        Ok(())
    }
}

/// An address of the guest's memory of 32 bits.
fn address(number: i32) -> usize {
    number.cast_unsigned() as usize
}

impl Inside for Flat {
    type Answer = [u8; 32];

    fn answer(&mut self, chunk: &Chunk<'_>, answers: &mut Vec<[u8; 32]>) -> anyhow::Result<()> {
        self.try_answer(chunk, answers).map_err(plain)
    }

    fn octets(answer: &[u8; 32]) -> [u8; 32] {
        *answer
    }
}

/// wasmtime's errors are of a kind of their own.
fn plain(error: wasmtime::Error) -> anyhow::Error {
    anyhow::anyhow!("{error:#}")
}
