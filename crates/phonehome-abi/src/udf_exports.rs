//! The exports for SQL engines that pass columns in buffers (ClickHouse's `BUFFERED_V1`).

#![allow(unsafe_code, reason = "an export needs a name that nobody else may use")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::buffers::{Buffers, Column};

static BUFFERS: Mutex<Buffers> = Mutex::new(Buffers::new());

fn buffers() -> MutexGuard<'static, Buffers> {
    BUFFERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `clickhouse_create_buffer(size) -> address of the header`, 0: no memory
#[unsafe(no_mangle)]
pub extern "C" fn clickhouse_create_buffer(size: u32) -> usize {
    buffers().create(size)
}

/// `clickhouse_destroy_buffer(address)`
#[unsafe(no_mangle)]
pub extern "C" fn clickhouse_destroy_buffer(address: usize) {
    buffers().destroy(address);
}

/// `phonehome(address, rows) -> address`: a column of names to a column of short answers
#[unsafe(no_mangle)]
pub extern "C" fn phonehome(address: usize, rows: u32) -> usize {
    buffers().run(address, rows, Column::Answer)
}

/// `phonehome_json(address, rows) -> address`: a column of names to a column of JSON
#[unsafe(no_mangle)]
pub extern "C" fn phonehome_json(address: usize, rows: u32) -> usize {
    buffers().run(address, rows, Column::Json)
}
