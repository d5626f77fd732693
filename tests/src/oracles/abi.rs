//! The flat module: any order of calls with any numbers is answered or refused as the interface says, and what is answered is the
//! library's answer. The same play runs natively and, in the area `flat`, inside an engine.

mod model;

use phonehome::NamedPack;
use phonehome_abi::Module;

use crate::{overlays, small};
use model::{Model, State};

/// The interface's calls, native or in an engine.
pub trait Surface {
    /// Calls an export by its name.
    fn call(&mut self, export: &str, arguments: &[i32]) -> i32;
    /// Asks for an input buffer of a length and writes to its beginning; false when it is refused.
    fn write(&mut self, len: i32, bytes: &[u8]) -> bool;
    /// What the last call left.
    fn output(&mut self) -> Vec<u8>;
}

impl Surface for Module {
    fn call(&mut self, export: &str, arguments: &[i32]) -> i32 {
        match (export, arguments) {
            ("ph_new", []) => self.new_handle(),
            ("ph_base", &[handle, len]) => self.base(handle, len),
            ("ph_overlay", &[handle, name_len, len]) => self.overlay(handle, name_len, len),
            ("ph_policy", &[handle, len]) => self.policy(handle, len),
            ("ph_open", &[handle]) => self.open(handle),
            ("ph_close", &[handle]) => self.close(handle),
            ("ph_classify", &[handle, len, policy]) => self.classify(handle, len, policy),
            ("ph_classify_lines", &[handle, len, policy]) => self.classify_lines(handle, len, policy),
            ("ph_explain", &[handle, len, policy]) => self.explain(handle, len, policy),
            ("ph_info", &[handle]) => self.info(handle),
            ("ph_vendor", &[handle, number]) => self.vendor(handle, number),
            ("ph_platform", &[handle, number]) => self.platform(handle, number),
            _ => panic!("no export {export} with {} numbers", arguments.len()),
        }
    }

    fn write(&mut self, len: i32, bytes: &[u8]) -> bool {
        let Some(input) = self.input(len) else { return false };
        input[..bytes.len()].copy_from_slice(bytes);
        true
    }

    fn output(&mut self) -> Vec<u8> {
        Self::output(self).to_vec()
    }
}

/// Plays a sequence of calls on the native module.
pub fn abi(data: &[u8]) {
    play(&mut Module::new(), data);
}

/// Calls of one play: enough for every state, and few enough for thousands of plays.
const CALLS: usize = 40;
/// Numbers that no host should pass.
const EXTREMES: &[i32] =
    &[0, 1, -1, 2, 15, 16, 255, 4095, 4096, 4097, 65_536, i32::MAX, i32::MIN, i32::MIN + 1, -16, 0x7fff_fff0];

/// Reads octets as calls and holds every result against the model; at the end a fresh handle must answer.
pub fn play(surface: &mut impl Surface, data: &[u8]) {
    let mut play = Play { surface, model: Model::default(), data, written: 0 };
    for _ in 0..CALLS {
        let Some(choice) = play.octet() else { break };
        play.step(choice);
    }
    play.end();
}

struct Play<'p, S> {
    surface: &'p mut S,
    model: Model,
    /// What is left to choose by.
    data: &'p [u8],
    /// Octets written last.
    written: i32,
}

impl<S: Surface> Play<'_, S> {
    fn octet(&mut self) -> Option<u8> {
        let (octet, rest) = self.data.split_first()?;
        self.data = rest;
        Some(*octet)
    }

    /// An octet that may be missing.
    fn choice(&mut self) -> usize {
        self.octet().map_or(0, usize::from)
    }

    fn extreme(&mut self) -> i32 {
        EXTREMES[self.choice() % EXTREMES.len()]
    }

    /// Mostly a handle that was handed out, be it closed or not.
    fn handle(&mut self) -> i32 {
        let choice = self.choice();
        let known = self.model.handles.len();
        if choice < 240 && known > 0 { self.model.handles[known - 1 - choice % known].0 } else { self.extreme() }
    }

    /// Mostly the length of what was written.
    fn len(&mut self) -> i32 {
        if self.choice() < 224 { self.written } else { self.extreme() }
    }

    /// Mostly the empty policy or the first.
    fn number(&mut self) -> i32 {
        let choice = self.choice();
        if choice < 200 { choice as i32 % 3 - 1 } else { self.extreme() }
    }

    fn step(&mut self, choice: u8) {
        match choice % 16 {
            0 | 1 => self.write(),
            2 => self.add(),
            3 => {
                let arguments = [self.handle(), self.len()];
                self.hold("ph_base", &arguments);
            }
            4 => {
                let name_len = if self.choice() < 200 { 0 } else { self.extreme() };
                let arguments = [self.handle(), name_len, self.len()];
                self.hold("ph_overlay", &arguments);
            }
            5 => {
                let arguments = [self.handle(), self.len()];
                self.hold("ph_policy", &arguments);
            }
            6 | 7 => {
                let arguments = [self.handle()];
                self.hold("ph_open", &arguments);
            }
            8 | 9 => self.ask("ph_classify"),
            10 => self.ask("ph_classify_lines"),
            11 => self.ask("ph_explain"),
            12 => {
                let arguments = [self.handle()];
                self.hold("ph_info", &arguments);
            }
            13 | 14 => {
                let arguments = [self.handle(), self.number()];
                self.hold(if choice % 16 == 13 { "ph_vendor" } else { "ph_platform" }, &arguments);
            }
            _ => {
                let arguments = [self.handle()];
                self.hold("ph_close", &arguments);
            }
        }
    }

    fn ask(&mut self, export: &str) {
        let arguments = [self.handle(), self.len(), self.number()];
        self.hold(export, &arguments);
    }

    /// Content that some call takes, or the octets that follow.
    fn write(&mut self) {
        let lists = overlays::files();
        let bytes = match self.choice() % 8 {
            0 => small::shared_pack().to_vec(),
            1 => overlays::file(&lists[self.choice() % lists.len()]).bytes.into_owned(),
            2 => b"log\nblock verdict!=legitimate answer=refused\n".to_vec(),
            3 => small::NAMES.join("\r\n").into_bytes(),
            4 | 5 => small::NAMES[self.choice() % small::NAMES.len()].into(),
            _ => {
                let len = self.choice().min(self.data.len());
                let (bytes, rest) = self.data.split_at(len);
                self.data = rest;
                bytes.to_vec()
            }
        };
        let len = bytes.len() as i32;
        let is_room = self.surface.write(len, &bytes);
        assert!(is_room, "{len} octets are refused");
        self.model.write(&bytes);
        self.written = len;
        // Beyond what any input may have.
        assert!(!self.surface.write(-1 - len, &[]) && !self.surface.write(phonehome_abi::MAX_INPUT as i32 + 1, &[]));
    }

    fn add(&mut self) {
        let handle = self.surface.call("ph_new", &[]);
        if self.model.is_full() {
            assert_eq!(handle, phonehome_abi::Code::TooMany as i32);
        } else {
            assert!(handle >= 0 && self.model.handles.iter().all(|(old, _)| *old != handle), "{handle} is not new");
            self.model.handles.push((handle, State::default()));
        }
    }

    /// Calls, and compares number and output.
    fn hold(&mut self, export: &str, arguments: &[i32]) {
        let number = self.surface.call(export, arguments);
        let output = self.surface.output();
        match self.model.call(export, arguments) {
            Ok((wanted, wanted_output)) => {
                assert_eq!(number, wanted, "{export} {arguments:?}: {}", output.escape_ascii());
                assert!(wanted_output.is_none_or(|wanted| wanted == output), "{export} {arguments:?}: another output");
            }
            Err(codes) => {
                assert!(
                    codes.iter().any(|code| *code as i32 == number),
                    "{export} {arguments:?}: {number}, not {codes:?}"
                );
                let text = String::from_utf8(output).expect("a message");
                assert!(!text.is_empty() && text.len() < 4096, "{export} {arguments:?}: {text}");
            }
        }
    }

    /// Whatever happened, a handle of its own answers right.
    fn end(&mut self) {
        let all: Vec<i32> = self.model.handles.iter().map(|(handle, _)| *handle).collect();
        for handle in all {
            self.hold("ph_close", &[handle]);
        }
        self.add();
        let handle = self.model.handles[self.model.handles.len() - 1].0;
        self.hold("ph_open", &[handle]);
        let name = b"logs.roku.com";
        assert!(self.surface.write(name.len() as i32, name));
        self.model.write(name);
        self.hold("ph_classify", &[handle, name.len() as i32, -1]);
        self.hold("ph_close", &[handle]);
    }
}

/// Plays that open, ask and close.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let open = [2, 6, 0];
    // A name, then classify, explain, lines under policy 0.
    let ask = [0, 4, 1, 8, 0, 0, 1, 11, 0, 0, 1, 0, 3, 10, 0, 0, 1];
    let facts = [12, 0, 13, 0, 1, 14, 0, 2, 15, 0, 12, 0];
    let base = [2, 0, 0, 3, 0, 0, 6, 0];
    let overlay = [2, 0, 1, 4, 4, 0, 0, 0, 0, 2, 5, 0, 0, 6, 0];
    let free = [0, 6, 9, b'a', b'.', b'b', 0xff, b'\n', b'\n', b'c', b'o', b'm', 10, 0, 0, 0];
    vec![
        [open.as_slice(), &ask, &facts].concat(),
        [base.as_slice(), &ask, &facts].concat(),
        [overlay.as_slice(), &ask, &free].concat(),
        [open.as_slice(), &base, &overlay, &ask, &free, &facts].concat(),
        [2; 20].to_vec(),
    ]
}

/// An overlay as the interface cuts it out of the input.
fn named(bytes: &[u8], name_len: usize) -> NamedPack<'static> {
    let (name, bytes) = bytes.split_at(name_len);
    let name = (name_len > 0).then(|| String::from_utf8_lossy(name).into_owned());
    NamedPack { name, bytes: bytes.to_vec().into() }
}
