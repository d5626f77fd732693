//! What the filter asks of whoever runs it: Envoy, or a mock.
//!
//! No call can fail loudly: what a host refuses is `None` or `false`, and the filter goes on.

/// A host of the filter. Every call concerns the stream or plugin whose callback is running.
pub trait Host {
    /// Writes a line to the host's log.
    fn log(&self, level: Level, text: &str);

    /// Nanoseconds since 1970, `None` where there is no clock.
    fn time(&self) -> Option<u64>;

    /// The configuration that the host has for the plugin.
    fn configuration(&self) -> Option<Vec<u8>>;

    /// All headers of the request in the serialisation of proxy-wasm (see `crate::headers`).
    fn request_headers(&self) -> Option<Vec<u8>>;

    /// Adds a header to the response.
    fn add_response_header(&self, name: &str, value: &str) -> bool;

    /// At most so many octets of a buffer, from its start. A host may give fewer.
    fn octets(&self, buffer: Buffer, most: usize) -> Option<Vec<u8>>;

    /// Puts others in the place of the first `length` octets of a buffer.
    fn replace(&self, buffer: Buffer, length: usize, octets: &[u8]) -> bool;

    /// Answers the HTTP request itself.
    fn respond(&self, status: u32, headers: &[(&str, &str)], body: &[u8]) -> bool;

    /// Closes the client's connection.
    fn close(&self) -> bool;

    /// A property of the stream, such as `["connection", "requested_server_name"]`.
    fn property(&self, path: &[&str]) -> Option<Vec<u8>>;

    /// Leaves a value for other filters and for access logs.
    fn set_property(&self, name: &str, value: &[u8]) -> bool;

    /// Calls a function of the host's own.
    fn call(&self, function: &str, argument: &[u8]) -> bool;

    /// The number of a metric; the same name gives the same metric.
    fn metric(&self, kind: Metric, name: &str) -> Option<u32>;

    /// Adds to a counter.
    fn count(&self, metric: u32);

    /// Sets a gauge.
    fn set(&self, metric: u32, value: u64);

    /// Makes a queue that other plugins may find.
    fn make_queue(&self, name: &str) -> Option<u32>;

    /// Finds a queue that the plugins of a virtual machine made.
    fn find_queue(&self, vm_id: &str, name: &str) -> Option<u32>;

    /// Puts an item at a queue's end.
    fn enqueue(&self, queue: u32, item: &[u8]) -> bool;

    /// Takes a queue's first item.
    fn dequeue(&self, queue: u32) -> Option<Vec<u8>>;
}

/// How much a line of the log matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Told when asked for.
    Info,
    /// Something to look at.
    Warn,
    /// Nothing works.
    Error,
}

/// What octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buffer {
    /// The body of a request.
    RequestBody,
    /// What came from the client.
    Downstream,
    /// What came from the server behind.
    Upstream,
}

/// A kind of metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Only grows.
    Counter,
    /// Has a value.
    Gauge,
}

/// What a host is to do after a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Go on to the next filter.
    Continue,
    /// Stop here until more comes.
    Pause,
}
