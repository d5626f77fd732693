//! Names that make a guest misbehave, so that hosts can be tested against a guest that does. The flat module shares this file.

use std::hint::black_box;

/// Does what the name asks for, if it is one of these.
pub(crate) fn commit(name: &[u8]) {
    match name.strip_suffix(b".").unwrap_or(name) {
        b"trap.fault.test" => std::process::abort(),
        b"loop.fault.test" => loop {
            black_box(());
        },
        b"grow.fault.test" => grow(),
        _ => {}
    }
}

/// Takes memory until there is none, then traps like any program that runs out of it.
fn grow() {
    const PIECE: usize = 1 << 20;
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    loop {
        pieces.push(black_box(vec![1; PIECE]));
    }
}
