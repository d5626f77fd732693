//! A host's limit on memory: refused where the interface promises it, and the instance goes on.

use phonehome_abi::Code;
use phonehome_tests::flat::{Flat, PAGE};

use super::refusal;

/// An open classifier with so many octets above the start memory.
fn tight(more: usize) -> (Flat, i32) {
    let start = Flat::new().pages() * PAGE;
    let mut flat = Flat::limited(start + more);
    let handle = flat.open(None, &[], &[]).unwrap();
    (flat, handle)
}

#[test]
fn no_room_for_an_input_is_no_address() {
    let (mut flat, handle) = tight(1 << 20);
    assert_eq!(flat.call("ph_input", &[8 << 20]), Ok(0));
    // Smaller ones still fit.
    flat.classify(handle, b"logs.roku.com", 0).unwrap();
}

#[test]
fn no_room_for_the_answers_is_a_code() {
    let (mut flat, handle) = tight(4 << 20);
    let roku = flat.classify(handle, b"logs.roku.com", 0).unwrap();
    // 33 octets a line: the input fits, the answers do not.
    flat.input(&vec![b'\n'; 1 << 20]);
    assert_eq!(flat.call("ph_classify_lines", &[handle, 1 << 20, 0]), Err(refusal(Code::Memory)));
    assert_eq!(flat.classify(handle, b"logs.roku.com", 0).unwrap(), roku);
    assert_eq!(flat.lines(handle, b"logs.roku.com\nlogs.roku.com", 0).unwrap(), [roku, roku]);
}

#[test]
fn what_the_interface_asks_for_is_enough() {
    // Twice every pack handed in, and 96 octets a line.
    let pack = phonehome_data::PACK;
    let names = b"a1.tuyaeu.com\n".repeat(10_000);
    let start = Flat::new().pages() * PAGE;
    let mut flat = Flat::limited(start + 2 * pack.len() + 96 * 10_000);
    let handle = flat.open(Some(pack), &[], &[]).unwrap();
    assert_eq!(flat.lines(handle, &names, 0).unwrap().len(), 10_000);
}

#[test]
fn work_over_and_over_needs_no_more_memory() {
    let (mut flat, _) = super::opened();
    let mut round = || {
        let handle = flat.open(Some(phonehome_data::PACK), &[], &["block verdict=risky"]).unwrap();
        flat.lines(handle, &b"a1.tuyaeu.com\n".repeat(1000), 0).unwrap();
        flat.explain(handle, b"a1.tuyaeu.com", 0).unwrap();
        flat.call("ph_close", &[handle]).unwrap();
        flat.pages()
    };
    let warm = (0..10).map(|_| round()).max().unwrap();
    assert!((0..40).all(|_| round() <= warm), "memory grows for ever");
}
