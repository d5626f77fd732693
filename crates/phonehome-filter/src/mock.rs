//! A host for tests: it keeps what it is told, and refuses what it is told to refuse.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};

use crate::headers::serialized;
use crate::host::{Buffer, Host, Level, Metric};

/// An answer to a request: status, headers, body.
pub type Response = (u32, Vec<(String, String)>, Vec<u8>);

/// What the host has and what it was told.
#[derive(Debug, Default)]
pub struct Mock {
    /// The plugin's configuration.
    pub configuration: RefCell<Vec<u8>>,
    /// The request's headers.
    pub request: RefCell<Vec<(Vec<u8>, Vec<u8>)>>,
    /// The buffer of the running callback; there is no other.
    pub buffer: RefCell<Option<(Buffer, Vec<u8>)>>,
    /// Properties by their paths, dots between.
    pub properties: RefCell<BTreeMap<String, Vec<u8>>>,
    /// How we answered, if we did.
    pub response: RefCell<Option<Response>>,
    /// Headers that were added to the response.
    pub added: RefCell<Vec<(String, String)>>,
    /// Calls of the host's own functions.
    pub calls: RefCell<Vec<(String, Vec<u8>)>>,
    /// Whether the connection was closed.
    pub is_closed: Cell<bool>,
    /// Metrics: name and value, by their numbers.
    pub metrics: RefCell<Vec<(String, u64)>>,
    /// Queues: name and items, by their numbers.
    pub queues: RefCell<Vec<(String, VecDeque<Vec<u8>>)>>,
    /// Lines of the log.
    pub log: RefCell<Vec<(Level, String)>>,
    /// Nanoseconds since 1970, where there is a clock.
    pub now: Cell<Option<u64>>,
    /// Calls that are refused: a bit each, taken from the lowest on and again. 0: none.
    pub refusals: Cell<u64>,
}

impl Mock {
    /// With a configuration.
    pub fn new(configuration: &str) -> Self {
        Self { configuration: RefCell::new(configuration.into()), ..Self::default() }
    }

    /// Sets the request's headers.
    pub fn set_request(&self, headers: &[(&str, &str)]) {
        let octets = |text: &str| text.as_bytes().to_vec();
        *self.request.borrow_mut() = headers.iter().map(|(name, value)| (octets(name), octets(value))).collect();
    }

    /// Runs a callback with octets in a buffer; what it left in there.
    pub fn with_buffer<T>(&self, buffer: Buffer, octets: &[u8], callback: impl FnOnce() -> T) -> (T, Vec<u8>) {
        *self.buffer.borrow_mut() = Some((buffer, octets.to_vec()));
        let result = callback();
        (result, self.buffer.borrow_mut().take().map_or_else(Vec::new, |(_, octets)| octets))
    }

    /// The value of a metric whose name has all these parts; all such metrics added up.
    pub fn counted(&self, parts: &[&str]) -> u64 {
        let metrics = self.metrics.borrow();
        let fitting = metrics.iter().filter(|(name, _)| parts.iter().all(|part| name.contains(part)));
        fitting.map(|(_, value)| value).sum()
    }

    fn refuses(&self) -> bool {
        let bits = self.refusals.get();
        self.refusals.set(bits.rotate_right(1));
        bits & 1 == 1
    }

    fn if_willing<T>(&self, give: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.refuses() { None } else { give() }
    }

    fn does(&self, act: impl FnOnce()) -> bool {
        let is_willing = !self.refuses();
        if is_willing {
            act();
        }
        is_willing
    }

    fn queue(&self, name: &str) -> Option<u32> {
        let queues = self.queues.borrow();
        queues.iter().position(|(known, _)| known == name).and_then(|place| u32::try_from(place).ok())
    }
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Host for Mock {
    fn log(&self, level: Level, text: &str) {
        self.log.borrow_mut().push((level, text.to_owned()));
    }

    fn time(&self) -> Option<u64> {
        self.now.get()
    }

    fn configuration(&self) -> Option<Vec<u8>> {
        self.if_willing(|| Some(self.configuration.borrow().clone()))
    }

    fn request_headers(&self) -> Option<Vec<u8>> {
        self.if_willing(|| Some(serialized(&self.request.borrow())))
    }

    fn add_response_header(&self, name: &str, value: &str) -> bool {
        self.does(|| self.added.borrow_mut().push((name.to_owned(), value.to_owned())))
    }

    fn octets(&self, from: Buffer, most: usize) -> Option<Vec<u8>> {
        self.if_willing(|| {
            let buffer = self.buffer.borrow();
            let (kind, octets) = buffer.as_ref()?;
            (*kind == from).then(|| octets.iter().copied().take(most).collect())
        })
    }

    fn replace(&self, to: Buffer, length: usize, new: &[u8]) -> bool {
        let replaced = self.if_willing(|| {
            let mut buffer = self.buffer.borrow_mut();
            let (_, octets) = buffer.as_mut().filter(|(kind, _)| *kind == to)?;
            let length = length.min(octets.len());
            octets.splice(..length, new.iter().copied());
            Some(())
        });
        replaced.is_some()
    }

    fn respond(&self, status: u32, headers: &[(&str, &str)], body: &[u8]) -> bool {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.does(|| *self.response.borrow_mut() = Some((status, headers, body.to_vec())))
    }

    fn close(&self) -> bool {
        self.does(|| self.is_closed.set(true))
    }

    fn property(&self, path: &[&str]) -> Option<Vec<u8>> {
        self.if_willing(|| self.properties.borrow().get(&path.join(".")).cloned())
    }

    fn set_property(&self, name: &str, value: &[u8]) -> bool {
        self.does(|| _ = self.properties.borrow_mut().insert(name.to_owned(), value.to_vec()))
    }

    fn call(&self, function: &str, argument: &[u8]) -> bool {
        self.does(|| self.calls.borrow_mut().push((function.to_owned(), argument.to_vec())))
    }

    fn metric(&self, _kind: Metric, name: &str) -> Option<u32> {
        self.if_willing(|| {
            let mut metrics = self.metrics.borrow_mut();
            let found = metrics.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                metrics.push((name.to_owned(), 0));
                metrics.len() - 1
            });
            u32::try_from(found).ok()
        })
    }

    fn count(&self, metric: u32) {
        if let Some((_, value)) = self.metrics.borrow_mut().get_mut(place(metric)) {
            *value += 1;
        }
    }

    fn set(&self, metric: u32, new: u64) {
        if let Some((_, value)) = self.metrics.borrow_mut().get_mut(place(metric)) {
            *value = new;
        }
    }

    fn make_queue(&self, name: &str) -> Option<u32> {
        self.if_willing(|| {
            self.queues.borrow_mut().push((name.to_owned(), VecDeque::new()));
            self.queue(name)
        })
    }

    fn find_queue(&self, _vm_id: &str, name: &str) -> Option<u32> {
        self.if_willing(|| self.queue(name))
    }

    fn enqueue(&self, queue: u32, item: &[u8]) -> bool {
        let enqueued = self.if_willing(|| {
            self.queues.borrow_mut().get_mut(place(queue))?.1.push_back(item.to_vec());
            Some(())
        });
        enqueued.is_some()
    }

    fn dequeue(&self, queue: u32) -> Option<Vec<u8>> {
        self.if_willing(|| self.queues.borrow_mut().get_mut(place(queue))?.1.pop_front())
    }
}
