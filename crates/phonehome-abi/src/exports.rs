//! The exports that ABI.md describes.

#![allow(unsafe_code, reason = "an export needs a name that nobody else may use")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::module::Module;

/// A module instance has one thread, so the lock is always free.
static MODULE: Mutex<Module> = Mutex::new(Module::new());

fn module() -> MutexGuard<'static, Module> {
    MODULE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An address as the host sees it.
fn address(bytes: &[u8]) -> i32 {
    bytes.as_ptr().expose_provenance().cast_signed() as i32
}

/// `ph_version() -> version`
#[unsafe(no_mangle)]
pub extern "C" fn ph_version() -> i32 {
    Module::version()
}

/// `ph_input(len) -> address`, 0: too large
#[unsafe(no_mangle)]
pub extern "C" fn ph_input(len: i32) -> i32 {
    module().input(len).map_or(0, |input| address(input))
}

/// `ph_output_ptr() -> address`
#[unsafe(no_mangle)]
pub extern "C" fn ph_output_ptr() -> i32 {
    address(module().output())
}

/// `ph_output_len() -> octets`
#[unsafe(no_mangle)]
pub extern "C" fn ph_output_len() -> i32 {
    i32::try_from(module().output().len()).unwrap_or(i32::MAX)
}

/// `ph_new() -> handle`
#[unsafe(no_mangle)]
pub extern "C" fn ph_new() -> i32 {
    module().new_handle()
}

/// `ph_base(handle, len) -> 0`
#[unsafe(no_mangle)]
pub extern "C" fn ph_base(handle: i32, len: i32) -> i32 {
    module().base(handle, len)
}

/// `ph_overlay(handle, name_len, len) -> number`
#[unsafe(no_mangle)]
pub extern "C" fn ph_overlay(handle: i32, name_len: i32, len: i32) -> i32 {
    module().overlay(handle, name_len, len)
}

/// `ph_policy(handle, len) -> number`
#[unsafe(no_mangle)]
pub extern "C" fn ph_policy(handle: i32, len: i32) -> i32 {
    module().policy(handle, len)
}

/// `ph_open(handle) -> 0`
#[unsafe(no_mangle)]
pub extern "C" fn ph_open(handle: i32) -> i32 {
    module().open(handle)
}

/// `ph_close(handle) -> 0`
#[unsafe(no_mangle)]
pub extern "C" fn ph_close(handle: i32) -> i32 {
    module().close(handle)
}

/// `ph_classify(handle, len, policy) -> 0`
#[unsafe(no_mangle)]
pub extern "C" fn ph_classify(handle: i32, len: i32, policy: i32) -> i32 {
    module().classify(handle, len, policy)
}

/// `ph_classify_lines(handle, len, policy) -> lines`
#[unsafe(no_mangle)]
pub extern "C" fn ph_classify_lines(handle: i32, len: i32, policy: i32) -> i32 {
    module().classify_lines(handle, len, policy)
}

/// `ph_explain(handle, len, policy) -> octets`
#[unsafe(no_mangle)]
pub extern "C" fn ph_explain(handle: i32, len: i32, policy: i32) -> i32 {
    module().explain(handle, len, policy)
}

/// `ph_info(handle) -> octets`
#[unsafe(no_mangle)]
pub extern "C" fn ph_info(handle: i32) -> i32 {
    module().info(handle)
}

/// `ph_vendor(handle, number) -> octets`
#[unsafe(no_mangle)]
pub extern "C" fn ph_vendor(handle: i32, number: i32) -> i32 {
    module().vendor(handle, number)
}

/// `ph_platform(handle, number) -> octets`
#[unsafe(no_mangle)]
pub extern "C" fn ph_platform(handle: i32, number: i32) -> i32 {
    module().platform(handle, number)
}
