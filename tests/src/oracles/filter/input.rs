//! Octets of a play, taken from the front.

use crate::dns;

/// Pieces that are ready, so that a play need not spell out a question.
pub(super) const READY: usize = 16;

pub(super) struct Input<'d>(&'d [u8]);

impl<'d> Input<'d> {
    pub(super) const fn new(data: &'d [u8]) -> Self {
        Self(data)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next octet; 0 when there is none.
    pub(super) fn octet(&mut self) -> u8 {
        let Some((octet, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *octet
    }

    /// A piece that is ready, or so many of the next octets.
    pub(super) fn piece(&mut self) -> Vec<u8> {
        let length = usize::from(self.octet());
        if length < READY {
            return ready(length);
        }
        let (piece, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        piece.to_vec()
    }
}

/// Questions, names, and octets that are neither.
fn ready(number: usize) -> Vec<u8> {
    let framed = |message: Vec<u8>| [&(message.len() as u16).to_be_bytes(), message.as_slice()].concat();
    match number {
        0 => query(1, "www.example.org", 1, &[]),
        1 => query(2, "nxdomain.test", 1, &[]),
        2 => query(3, "null.test", 28, &[0, 10, 0, 1, 7]),
        3 => query(4, "drop.test", 1, &[0, 12, 0, 2, 0, 0]),
        4 => framed(query(5, "refused.test", 1, &[])),
        5 => framed(query(6, "nodata.test", 65, &[0, 12, 0, 0])),
        6 => [framed(query(7, "nxdomain.test", 1, &[])), framed(query(8, "a.test", 1, &[]))].concat(),
        7 => framed(answer(7)),
        8 => framed(vec![0xff; 40]),
        9 => vec![0, 200, 1, 2, 3],
        10 => b"AAABAAABAAAAAAAACG54ZG9tYWluBHRlc3QAAAEAAQ".to_vec(),
        11 => b"nxdomain.test:443".to_vec(),
        12 => b"\xff\xfe\0|\t".to_vec(),
        13 => query(9, &"a.".repeat(126), 1, &[]),
        14 => Vec::new(),
        _ => b"logs.roku.com".to_vec(),
    }
}

/// A query with an OPT record if there are options.
pub(super) fn query(id: u16, name: &str, qtype: u16, options: &[u8]) -> Vec<u8> {
    let mut message = dns::query(id, name, qtype);
    if !options.is_empty() {
        message[11] = 1;
        message.extend([0, 0, 41, 4, 208, 0, 0, 0x80, 0]);
        message.extend((options.len() as u16).to_be_bytes());
        message.extend(options);
    }
    message
}

/// A resolver's answer to what takes a blocked question's place.
fn answer(id: u16) -> Vec<u8> {
    let mut message = query(id, "00000000.blocked.invalid", 1, &[]);
    message[2] = 0x81;
    message[3] = 3;
    message
}
