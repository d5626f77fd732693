//! The rules of the interface: one input, one output, handles; every call returns a number and never panics.

use phonehome::{Brief, MAX_OVERLAYS, MAX_POLICY, NamedPack, Scratch, line_count};

use crate::codes::{Code, MAX_INPUT, VERSION};
use crate::handles::Handles;

/// Most policies of one handle.
const MAX_POLICIES: usize = 256;
/// Most octets of an overlay's name.
const MAX_LIST_NAME: usize = 255;
/// The input buffer holds at least this, so that names never move it.
const LEAST_INPUT: usize = 4096;

/// Everything behind the exports.
#[derive(Debug, Default)]
pub struct Module {
    input: Vec<u8>,
    scratch: Scratch,
    /// The answer of `classify`, at a place of its own that never moves.
    brief: [u8; Brief::SIZE],
    output: Vec<u8>,
    is_brief: bool,
    handles: Handles,
}

impl Module {
    /// Nothing open yet.
    pub const fn new() -> Self {
        Self {
            input: Vec::new(),
            scratch: Scratch::new(),
            brief: [0; Brief::SIZE],
            output: Vec::new(),
            is_brief: false,
            handles: Handles::new(),
        }
    }

    /// The version of this interface.
    pub const fn version() -> i32 {
        VERSION
    }

    /// The input buffer with room for at least `len` octets; `None` when that is too much or there is no memory.
    /// Its place changes only when it grows, and when a base pack or an overlay took it.
    pub fn input(&mut self, len: i32) -> Option<&mut [u8]> {
        let len = usize::try_from(len).ok().filter(|len| *len <= MAX_INPUT)?.max(LEAST_INPUT);
        if let Some(more) = len.checked_sub(self.input.len()).filter(|more| *more > 0) {
            self.input.try_reserve_exact(more).ok()?;
            self.input.resize(len, 0);
        }
        Some(&mut self.input)
    }

    /// What the last call left: a result, or the message of an error.
    pub fn output(&self) -> &[u8] {
        if self.is_brief { &self.brief } else { &self.output }
    }

    /// A handle to put a classifier together.
    pub fn new_handle(&mut self) -> i32 {
        let handle = self.handles.add();
        self.done(handle)
    }

    /// The first `len` octets of the input are the base pack of a handle, instead of the one inside the module.
    pub fn base(&mut self, handle: i32, len: i32) -> i32 {
        let taken = self.handles.parts(handle).map(drop).and_then(|()| self.take_input(len));
        let done = taken.and_then(|bytes| {
            self.handles.parts(handle)?.base = Some(bytes);
            Ok(0)
        });
        self.done(done)
    }

    /// The first `name_len` octets of the input are an overlay's name (none: the one in the file), the others up to `len` the
    /// overlay. Returns its number.
    pub fn overlay(&mut self, handle: i32, name_len: i32, len: i32) -> i32 {
        let done = self.add_overlay(handle, name_len, len);
        self.done(done)
    }

    fn add_overlay(&mut self, handle: i32, name_len: i32, len: i32) -> Result<i32, Code> {
        let number = self.handles.parts(handle)?.overlays.len();
        if number >= MAX_OVERLAYS {
            return Err(Code::TooMany);
        }
        let name_len = octets(name_len)?;
        if name_len > MAX_LIST_NAME || name_len > octets(len)? {
            return Err(Code::Length);
        }
        let mut bytes = self.take_input(len)?;
        let name: Vec<u8> = bytes.drain(..name_len).collect();
        let name = (!name.is_empty()).then(|| String::from_utf8_lossy(&name).into_owned());
        self.handles.parts(handle)?.overlays.push(NamedPack { name, bytes: bytes.into() });
        i32::try_from(number).map_err(|_| Code::TooMany)
    }

    /// The first `len` octets of the input are a policy. Returns its number.
    pub fn policy(&mut self, handle: i32, len: i32) -> i32 {
        let done = self.add_policy(handle, len);
        self.done(done)
    }

    fn add_policy(&mut self, handle: i32, len: i32) -> Result<i32, Code> {
        let text = self.read(len)?;
        if text.len() > MAX_POLICY {
            return Err(Code::Length);
        }
        let text = String::from_utf8_lossy(text).into_owned();
        let policies = &mut self.handles.parts(handle)?.policies;
        if policies.len() >= MAX_POLICIES {
            return Err(Code::TooMany);
        }
        policies.push(text);
        i32::try_from(policies.len() - 1).map_err(|_| Code::TooMany)
    }

    /// Opens the classifier of a handle. On failure the handle is closed and the output says why.
    pub fn open(&mut self, handle: i32) -> i32 {
        match self.handles.open(handle) {
            Ok(()) => self.done(Ok(0)),
            Err((code, message)) => self.failed(code, &message),
        }
    }

    /// Forgets a handle and everything behind it.
    pub fn close(&mut self, handle: i32) -> i32 {
        let done = self.handles.close(handle).map(|()| 0);
        self.done(done)
    }

    /// The short answer for the name in the first `len` octets of the input: 32 octets of output.
    #[inline]
    pub fn classify(&mut self, handle: i32, len: i32, policy: i32) -> i32 {
        let name = octets(len).and_then(|len| self.input.get(..len).ok_or(Code::Length));
        match name.and_then(|name| Ok((name, self.handles.classifier(handle)?))) {
            Ok((name, classifier)) => {
                #[cfg(feature = "faults")]
                crate::faults::commit(name);
                self.brief = classifier.classify_with(&mut self.scratch, name, place(policy)).to_bytes();
                self.is_brief = true;
                0
            }
            Err(code) => self.failed(code, code.text()),
        }
    }

    /// One short answer for each line of the first `len` octets: 32 octets each. Returns how many.
    pub fn classify_lines(&mut self, handle: i32, len: i32, policy: i32) -> i32 {
        let done = self.write_lines(handle, len, policy);
        self.done(done)
    }

    fn write_lines(&mut self, handle: i32, len: i32, policy: i32) -> Result<i32, Code> {
        let text = self.input.get(..octets(len)?).ok_or(Code::Length)?;
        let classifier = self.handles.classifier(handle)?;
        self.output.clear();
        self.output.try_reserve(line_count(text).saturating_mul(Brief::SIZE)).map_err(|_| Code::Memory)?;
        let mut lines = 0;
        for brief in classifier.classify_lines(text, place(policy)) {
            self.output.extend_from_slice(&brief.to_bytes());
            lines += 1;
        }
        Ok(lines)
    }

    /// The long answer as JSON. Returns its length.
    pub fn explain(&mut self, handle: i32, len: i32, policy: i32) -> i32 {
        let json = self.read(len).and_then(|name| {
            let classifier = self.handles.classifier(handle)?;
            Ok(classifier.explain(name, place(policy)).to_json())
        });
        self.text(json)
    }

    /// Facts on what is open, as JSON. Returns its length.
    pub fn info(&mut self, handle: i32) -> i32 {
        let json = self.handles.classifier(handle).map(|classifier| classifier.info_json());
        self.text(json)
    }

    /// The id of a vendor by its number. Returns its length.
    pub fn vendor(&mut self, handle: i32, number: i32) -> i32 {
        let id = self.handles.classifier(handle).and_then(|classifier| {
            let vendor = u16::try_from(number).ok().and_then(|number| classifier.vendor(number));
            vendor.map(|vendor| vendor.id.to_owned()).ok_or(Code::Number)
        });
        self.text(id)
    }

    /// The id of a platform by its number. Returns its length.
    pub fn platform(&mut self, handle: i32, number: i32) -> i32 {
        let id = self.handles.classifier(handle).and_then(|classifier| {
            let platform = u16::try_from(number).ok().and_then(|number| classifier.platform(number));
            platform.map(|platform| platform.id.to_owned()).ok_or(Code::Number)
        });
        self.text(id)
    }

    #[inline]
    fn read(&self, len: i32) -> Result<&[u8], Code> {
        self.input.get(..octets(len)?).ok_or(Code::Length)
    }

    /// The input itself, cut to a length: packs are not copied.
    fn take_input(&mut self, len: i32) -> Result<Vec<u8>, Code> {
        let len = octets(len)?;
        if len > self.input.len() {
            return Err(Code::Length);
        }
        let mut bytes = std::mem::take(&mut self.input);
        bytes.truncate(len);
        // A large buffer must not live on behind a small pack.
        bytes.shrink_to_fit();
        Ok(bytes)
    }

    fn text(&mut self, text: Result<String, Code>) -> i32 {
        match text {
            Ok(text) => {
                self.output = text.into_bytes();
                self.is_brief = false;
                i32::try_from(self.output.len()).unwrap_or(i32::MAX)
            }
            Err(code) => self.failed(code, code.text()),
        }
    }

    fn done(&mut self, result: Result<i32, Code>) -> i32 {
        match result {
            Ok(number) => {
                self.is_brief = false;
                number
            }
            Err(code) => self.failed(code, code.text()),
        }
    }

    #[cold]
    fn failed(&mut self, code: Code, message: &str) -> i32 {
        self.is_brief = false;
        self.output.clear();
        self.output.extend_from_slice(message.as_bytes());
        code as i32
    }
}

#[inline]
fn octets(len: i32) -> Result<usize, Code> {
    usize::try_from(len).map_err(|_| Code::Length)
}

/// A number that no policy has means the empty policy.
#[inline]
fn place(policy: i32) -> usize {
    usize::try_from(policy).unwrap_or(usize::MAX)
}
