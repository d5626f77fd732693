//! The ABI of proxy-wasm, version 0.2.1: what Envoy calls, and what we ask of it.
//!
//! Written by hand, because the SDK's wrappers panic on any status that they do not expect, and a panic takes down every plugin of the
//! virtual machine. Here a status that is not 0 means "no", whatever it says.

#![allow(unsafe_code, reason = "calls between host and module pass addresses")]

use std::alloc::{Layout, alloc};
use std::ptr::null_mut;
use std::sync::Mutex;

use phonehome_filter::host::{Buffer, Flow, Host, Level, Metric};
use phonehome_filter::{Filter, serialized_headers};

/// Policies and overlays inside this module, as `build.rs` found them.
const EMBEDDED: phonehome_filter::settings::Embedded = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A module's instance has one thread, so the lock is free but for calls from within a call.
static FILTER: Mutex<Filter> = Mutex::new(Filter::new(EMBEDDED));

/// Runs a callback; one from within another finds the filter busy and changes nothing.
fn with<T>(otherwise: T, callback: impl FnOnce(&mut Filter) -> T) -> T {
    match FILTER.try_lock() {
        Ok(mut filter) => callback(&mut filter),
        Err(_) => otherwise,
    }
}

fn action(flow: Flow) -> u32 {
    match flow {
        Flow::Continue => 0,
        Flow::Pause => 1,
    }
}

#[unsafe(no_mangle)]
extern "C" fn proxy_abi_version_0_2_1() {}

#[unsafe(no_mangle)]
extern "C" fn _initialize() {
    std::panic::set_hook(Box::new(|panic| {
        let text = format!("phonehome: {panic}");
        // SAFETY: the text lives until the call returns.
        unsafe { proxy_log(CRITICAL, text.as_ptr(), text.len()) };
    }));
}

/// Room for what the host is about to give us: it becomes a `Vec` in [`given`].
#[unsafe(no_mangle)]
extern "C" fn proxy_on_memory_allocate(size: usize) -> *mut u8 {
    match Layout::array::<u8>(size) {
        // SAFETY: the size is not 0.
        Ok(layout) if size > 0 => unsafe { alloc(layout) },
        _ => null_mut(),
    }
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_context_create(context: u32, plugin: u32) {
    with((), |filter| filter.create(context, plugin));
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_vm_start(_context: u32, _size: usize) -> u32 {
    1
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_configure(context: u32, _size: usize) -> u32 {
    with(0, |filter| u32::from(filter.configure(&Envoy, context)))
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_delete(context: u32) {
    with((), |filter| filter.delete(context));
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_request_headers(context: u32, _count: usize, ends: u32) -> u32 {
    with(0, |filter| action(filter.request_headers(&Envoy, context, ends != 0)))
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_request_body(context: u32, size: usize, ends: u32) -> u32 {
    with(0, |filter| action(filter.request_body(&Envoy, context, size, ends != 0)))
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_request_trailers(context: u32, _count: usize) -> u32 {
    with(0, |filter| action(filter.request_trailers(&Envoy, context)))
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_response_headers(context: u32, _count: usize, _ends: u32) -> u32 {
    with((), |filter| filter.response_headers(&Envoy, context));
    0
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_new_connection(context: u32) -> u32 {
    with(0, |filter| action(filter.new_connection(&Envoy, context)))
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_downstream_data(context: u32, size: usize, ends: u32) -> u32 {
    with(0, |filter| action(filter.downstream(&Envoy, context, size, ends != 0)))
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_upstream_data(context: u32, size: usize, ends: u32) -> u32 {
    with(0, |filter| action(filter.upstream(&Envoy, context, size, ends != 0)))
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_queue_ready(context: u32, queue: u32) {
    with((), |filter| filter.queue_ready(&Envoy, context, queue));
}

const CRITICAL: u32 = 5;
const REQUEST_HEADERS: u32 = 0;
const RESPONSE_HEADERS: u32 = 2;
const PLUGIN_CONFIGURATION: u32 = 7;
/// The client's end of a TCP connection.
const DOWNSTREAM: u32 = 2;
/// No status of gRPC.
const NO_GRPC: i32 = -1;

// Every function returns a status: 0 is done.
#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn proxy_log(level: u32, text: *const u8, size: usize) -> u32;
    fn proxy_get_current_time_nanoseconds(time: *mut u64) -> u32;
    fn proxy_get_buffer_bytes(buffer: u32, start: usize, most: usize, to: *mut *mut u8, size: *mut usize) -> u32;
    fn proxy_set_buffer_bytes(buffer: u32, start: usize, length: usize, octets: *const u8, size: usize) -> u32;
    fn proxy_get_header_map_pairs(map: u32, to: *mut *mut u8, size: *mut usize) -> u32;
    fn proxy_add_header_map_value(
        map: u32,
        name: *const u8,
        name_size: usize,
        value: *const u8,
        value_size: usize,
    ) -> u32;
    fn proxy_send_local_response(
        status: u32,
        details: *const u8,
        details_size: usize,
        body: *const u8,
        body_size: usize,
        headers: *const u8,
        headers_size: usize,
        grpc_status: i32,
    ) -> u32;
    fn proxy_close_stream(stream: u32) -> u32;
    fn proxy_get_property(path: *const u8, path_size: usize, to: *mut *mut u8, size: *mut usize) -> u32;
    fn proxy_set_property(path: *const u8, path_size: usize, value: *const u8, value_size: usize) -> u32;
    fn proxy_call_foreign_function(
        name: *const u8,
        name_size: usize,
        argument: *const u8,
        argument_size: usize,
        to: *mut *mut u8,
        size: *mut usize,
    ) -> u32;
    fn proxy_define_metric(kind: u32, name: *const u8, name_size: usize, metric: *mut u32) -> u32;
    fn proxy_increment_metric(metric: u32, by: i64) -> u32;
    fn proxy_record_metric(metric: u32, value: u64) -> u32;
    fn proxy_register_shared_queue(name: *const u8, name_size: usize, queue: *mut u32) -> u32;
    fn proxy_resolve_shared_queue(
        vm_id: *const u8,
        vm_id_size: usize,
        name: *const u8,
        name_size: usize,
        queue: *mut u32,
    ) -> u32;
    fn proxy_enqueue_shared_queue(queue: u32, item: *const u8, item_size: usize) -> u32;
    fn proxy_dequeue_shared_queue(queue: u32, to: *mut *mut u8, size: *mut usize) -> u32;
}

/// Octets that the host gives: it writes into room from [`proxy_on_memory_allocate`], and leaves it to us.
fn given(call: impl FnOnce(*mut *mut u8, *mut usize) -> u32) -> Option<Vec<u8>> {
    let (mut octets, mut size) = (null_mut::<u8>(), 0);
    if call(&raw mut octets, &raw mut size) != 0 {
        return None;
    }
    if octets.is_null() || size == 0 {
        return Some(Vec::new());
    }
    // SAFETY: the host asked for exactly this much room, and forgets the address with this call.
    Some(unsafe { Vec::from_raw_parts(octets, size, size) })
}

/// A number that the host gives.
fn number(call: impl FnOnce(*mut u32) -> u32) -> Option<u32> {
    let mut number = 0;
    (call(&raw mut number) == 0).then_some(number)
}

/// The host behind the imports.
struct Envoy;

fn buffer(buffer: Buffer) -> u32 {
    match buffer {
        Buffer::RequestBody => 0,
        Buffer::Downstream => 2,
        Buffer::Upstream => 3,
    }
}

// SAFETY, for all calls below: addresses and sizes are those of slices that live until the call returns, and of variables that the host
// writes before it returns.
impl Host for Envoy {
    fn log(&self, level: Level, text: &str) {
        let level = match level {
            Level::Info => 2,
            Level::Warn => 3,
            Level::Error => 4,
        };
        unsafe { proxy_log(level, text.as_ptr(), text.len()) };
    }

    fn time(&self) -> Option<u64> {
        let mut time = 0;
        (unsafe { proxy_get_current_time_nanoseconds(&raw mut time) } == 0).then_some(time)
    }

    fn configuration(&self) -> Option<Vec<u8>> {
        given(|to, size| unsafe { proxy_get_buffer_bytes(PLUGIN_CONFIGURATION, 0, usize::MAX >> 1, to, size) })
    }

    fn request_headers(&self) -> Option<Vec<u8>> {
        given(|to, size| unsafe { proxy_get_header_map_pairs(REQUEST_HEADERS, to, size) })
    }

    fn add_response_header(&self, name: &str, value: &str) -> bool {
        let ((name, name_size), (value, value_size)) = (parts(name), parts(value));
        unsafe { proxy_add_header_map_value(RESPONSE_HEADERS, name, name_size, value, value_size) == 0 }
    }

    fn octets(&self, from: Buffer, most: usize) -> Option<Vec<u8>> {
        given(|to, size| unsafe { proxy_get_buffer_bytes(buffer(from), 0, most, to, size) })
    }

    fn replace(&self, to: Buffer, length: usize, octets: &[u8]) -> bool {
        unsafe { proxy_set_buffer_bytes(buffer(to), 0, length, octets.as_ptr(), octets.len()) == 0 }
    }

    fn respond(&self, status: u32, headers: &[(&str, &str)], body: &[u8]) -> bool {
        let headers = serialized_headers(headers);
        let (details, details_size) = parts("phonehome");
        let (body, body_size) = (body.as_ptr(), body.len());
        let (headers, headers_size) = (headers.as_ptr(), headers.len());
        unsafe {
            proxy_send_local_response(status, details, details_size, body, body_size, headers, headers_size, NO_GRPC)
                == 0
        }
    }

    fn close(&self) -> bool {
        unsafe { proxy_close_stream(DOWNSTREAM) == 0 }
    }

    fn property(&self, path: &[&str]) -> Option<Vec<u8>> {
        let path = path.join("\0");
        given(|to, size| unsafe { proxy_get_property(path.as_ptr(), path.len(), to, size) })
    }

    fn set_property(&self, name: &str, value: &[u8]) -> bool {
        unsafe { proxy_set_property(name.as_ptr(), name.len(), value.as_ptr(), value.len()) == 0 }
    }

    fn call(&self, function: &str, argument: &[u8]) -> bool {
        let (name, name_size) = parts(function);
        let (argument, argument_size) = (argument.as_ptr(), argument.len());
        given(|to, size| unsafe { proxy_call_foreign_function(name, name_size, argument, argument_size, to, size) })
            .is_some()
    }

    fn metric(&self, kind: Metric, name: &str) -> Option<u32> {
        let kind = match kind {
            Metric::Counter => 0,
            Metric::Gauge => 1,
        };
        number(|metric| unsafe { proxy_define_metric(kind, name.as_ptr(), name.len(), metric) })
    }

    fn count(&self, metric: u32) {
        unsafe { proxy_increment_metric(metric, 1) };
    }

    fn set(&self, metric: u32, value: u64) {
        unsafe { proxy_record_metric(metric, value) };
    }

    fn make_queue(&self, name: &str) -> Option<u32> {
        number(|queue| unsafe { proxy_register_shared_queue(name.as_ptr(), name.len(), queue) })
    }

    fn find_queue(&self, vm_id: &str, name: &str) -> Option<u32> {
        let ((vm_id, vm_id_size), (name, name_size)) = (parts(vm_id), parts(name));
        number(|queue| unsafe { proxy_resolve_shared_queue(vm_id, vm_id_size, name, name_size, queue) })
    }

    fn enqueue(&self, queue: u32, item: &[u8]) -> bool {
        unsafe { proxy_enqueue_shared_queue(queue, item.as_ptr(), item.len()) == 0 }
    }

    fn dequeue(&self, queue: u32) -> Option<Vec<u8>> {
        given(|to, size| unsafe { proxy_dequeue_shared_queue(queue, to, size) })
    }
}

fn parts(text: &str) -> (*const u8, usize) {
    (text.as_ptr(), text.len())
}
