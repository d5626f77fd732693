//! The flat module inside wasmtime, called as `ABI.md` says a host should; and `raw`, for calls that no host should make.

use std::sync::OnceLock;

use phonehome::{Brief, NamedPack};
use wasmtime::{
    Config, Engine, ExternType, Instance, Memory, Module, OptLevel, Store, StoreLimits, StoreLimitsBuilder,
};
use wasmtime::{Func, Val};

use crate::guests;
use crate::oracles::abi::Surface;

/// Octets of a page of memory.
pub const PAGE: usize = 1 << 16;

/// What an instance may burn in its life: minutes of work, so that a call that never ends does end.
const FUEL: u64 = 1 << 38;

/// An instance of the module.
#[derive(Debug)]
pub struct Flat {
    store: Store<StoreLimits>,
    instance: Instance,
    memory: Memory,
}

/// A call that the module refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The negative number that it returned.
    pub code: i32,
    /// What the output then said.
    pub message: String,
}

impl Default for Flat {
    fn default() -> Self {
        Self::new()
    }
}

/// The module, compiled once a process. Fuel is always counted: it costs little, and a call that never ends runs out of it.
fn module() -> &'static Module {
    static MODULE: OnceLock<Module> = OnceLock::new();
    MODULE.get_or_init(|| {
        // Unoptimised code compiles faster and burns the same fuel.
        let engine =
            Engine::new(Config::new().consume_fuel(true).cranelift_opt_level(OptLevel::None)).expect("an engine");
        Module::new(&engine, guests::module()).expect("the module compiles")
    })
}

/// Names of the imports.
pub fn imports() -> Vec<String> {
    module().imports().map(|import| format!("{}.{}", import.module(), import.name())).collect()
}

/// Names of the exported functions, sorted, each with the number of its parameters and of its results.
pub fn functions() -> Vec<(String, usize, usize)> {
    let mut found: Vec<_> = module()
        .exports()
        .filter_map(|export| match export.ty() {
            ExternType::Func(ty) => Some((export.name().to_owned(), ty.params().len(), ty.results().len())),
            _ => None,
        })
        .collect();
    found.sort();
    found
}

impl Flat {
    /// A fresh instance with as much memory as it asks for.
    pub fn new() -> Self {
        Self::limited(usize::MAX)
    }

    /// A fresh instance that gets no more than so many octets of memory.
    pub fn limited(octets: usize) -> Self {
        let limits = StoreLimitsBuilder::new().memory_size(octets).build();
        let mut store = Store::new(module().engine(), limits);
        store.limiter(|limits| limits);
        store.set_fuel(FUEL).expect("an engine that counts");
        let instance = Instance::new(&mut store, module(), &[]).expect("an instance");
        let memory = instance.get_memory(&mut store, "memory").expect("a memory");
        Self { store, instance, memory }
    }

    /// Calls an export with any numbers; the error is a trap.
    ///
    /// # Errors
    /// The module trapped.
    pub fn raw(&mut self, name: &str, arguments: &[i32]) -> wasmtime::Result<i32> {
        let function = self.function(name);
        let arguments: Vec<Val> = arguments.iter().copied().map(Val::I32).collect();
        let mut results = [Val::I32(0)];
        let count = function.ty(&self.store).results().len();
        function.call(&mut self.store, &arguments, &mut results[..count])?;
        Ok(results[0].unwrap_i32())
    }

    fn function(&mut self, name: &str) -> Func {
        self.instance.get_func(&mut self.store, name).unwrap_or_else(|| panic!("no export {name}"))
    }

    /// Calls an export that must not trap.
    ///
    /// # Errors
    /// The module refused the call.
    pub fn call(&mut self, name: &str, arguments: &[i32]) -> Result<i32, Refusal> {
        let number = self.raw(name, arguments).unwrap_or_else(|trap| panic!("{name} {arguments:?}: {trap:?}"));
        if number < 0 { Err(Refusal { code: number, message: self.text() }) } else { Ok(number) }
    }

    /// Writes to the input buffer; its address.
    pub fn input(&mut self, bytes: &[u8]) -> i32 {
        let address = self.call("ph_input", &[bytes.len() as i32]).expect("an address");
        assert_ne!(address, 0, "no room for {} octets", bytes.len());
        self.poke(address, bytes);
        address
    }

    /// Writes to memory.
    pub fn poke(&mut self, address: i32, bytes: &[u8]) {
        self.memory.write(&mut self.store, address as u32 as usize, bytes).expect("memory that there is");
    }

    /// A part of memory.
    pub fn read(&self, address: i32, len: i32) -> &[u8] {
        let (address, len) = (address as u32 as usize, len as u32 as usize);
        &self.memory.data(&self.store)[address..address + len]
    }

    /// What the last call left.
    pub fn output(&mut self) -> Vec<u8> {
        let [address, len] = ["ph_output_ptr", "ph_output_len"].map(|name| self.raw(name, &[]).expect("a number"));
        self.read(address, len).to_vec()
    }

    /// The same as text.
    pub fn text(&mut self) -> String {
        String::from_utf8(self.output()).expect("text")
    }

    /// A handle over the knowledge inside, or over another base, with overlays and policies.
    ///
    /// # Errors
    /// The call that was refused.
    pub fn open(&mut self, base: Option<&[u8]>, overlays: &[NamedPack<'_>], policies: &[&str]) -> Result<i32, Refusal> {
        let handle = self.call("ph_new", &[])?;
        if let Some(base) = base {
            self.input(base);
            self.call("ph_base", &[handle, base.len() as i32])?;
        }
        for overlay in overlays {
            let name = overlay.name.as_deref().unwrap_or("");
            let whole = [name.as_bytes(), &overlay.bytes].concat();
            self.input(&whole);
            self.call("ph_overlay", &[handle, name.len() as i32, whole.len() as i32])?;
        }
        for policy in policies {
            self.input(policy.as_bytes());
            self.call("ph_policy", &[handle, policy.len() as i32])?;
        }
        self.call("ph_open", &[handle])?;
        Ok(handle)
    }

    /// The short answer.
    ///
    /// # Errors
    /// The handle was refused.
    pub fn classify(&mut self, handle: i32, name: &[u8], policy: i32) -> Result<[u8; Brief::SIZE], Refusal> {
        self.input(name);
        self.call("ph_classify", &[handle, name.len() as i32, policy])?;
        Ok(self.output().try_into().expect("32 octets"))
    }

    /// One short answer for each line.
    ///
    /// # Errors
    /// The handle was refused.
    pub fn lines(&mut self, handle: i32, text: &[u8], policy: i32) -> Result<Vec<[u8; Brief::SIZE]>, Refusal> {
        self.input(text);
        let count = self.call("ph_classify_lines", &[handle, text.len() as i32, policy])?;
        let output = self.output();
        let (briefs, rest) = output.as_chunks();
        assert_eq!((briefs.len(), rest.len()), (count as usize, 0));
        Ok(briefs.to_vec())
    }

    /// The long answer as JSON.
    ///
    /// # Errors
    /// The handle was refused.
    pub fn explain(&mut self, handle: i32, name: &[u8], policy: i32) -> Result<String, Refusal> {
        self.input(name);
        self.said("ph_explain", &[handle, name.len() as i32, policy])
    }

    /// A call that returns the length of a text, and the text.
    ///
    /// # Errors
    /// The call was refused.
    pub fn said(&mut self, name: &str, arguments: &[i32]) -> Result<String, Refusal> {
        let len = self.call(name, arguments)?;
        let text = self.text();
        assert_eq!(text.len(), len as usize, "{name}");
        Ok(text)
    }

    /// The fuel that calls burn.
    pub fn fuel_of<T>(&mut self, calls: impl FnOnce(&mut Self) -> T) -> (u64, T) {
        let before = self.store.get_fuel().expect("an engine that counts");
        let result = calls(self);
        (before - self.store.get_fuel().expect("an engine that counts"), result)
    }

    /// Pages of memory now.
    pub fn pages(&self) -> usize {
        self.memory.data_size(&self.store) / PAGE
    }
}

/// Any call is a trap or a number; a trap fails the test.
impl Surface for Flat {
    fn call(&mut self, export: &str, arguments: &[i32]) -> i32 {
        self.raw(export, arguments).unwrap_or_else(|trap| panic!("{export} {arguments:?}: {trap:?}"))
    }

    fn write(&mut self, len: i32, bytes: &[u8]) -> bool {
        let address = Surface::call(self, "ph_input", &[len]);
        if address != 0 {
            self.poke(address, bytes);
        }
        address != 0
    }

    fn output(&mut self) -> Vec<u8> {
        Self::output(self)
    }
}
