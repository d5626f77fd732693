//! Handles and buffers: what stays where it is, what is taken, what is refused.

use phonehome_abi::{Code, MAX_HANDLES};
use phonehome_tests::flat::Flat;
use phonehome_tests::{overlays, small};

use super::refusal;

#[test]
fn the_version_is_the_crates() {
    assert_eq!(Flat::new().call("ph_version", &[]), Ok(phonehome_abi::VERSION));
}

#[test]
fn one_handle_more_than_there_are_is_refused() {
    let mut flat = Flat::new();
    let handles: Vec<i32> = (0..MAX_HANDLES).map(|_| flat.call("ph_new", &[]).unwrap()).collect();
    assert_eq!(flat.call("ph_new", &[]), Err(refusal(Code::TooMany)));
    flat.call("ph_close", &[handles[7]]).unwrap();
    let again = flat.call("ph_new", &[]).unwrap();
    assert!(!handles.contains(&again), "{again} was an old handle's number");
    assert_eq!(flat.call("ph_new", &[]), Err(refusal(Code::TooMany)));
}

#[test]
fn an_old_handle_fits_nothing() {
    let (mut flat, old) = super::opened();
    flat.call("ph_close", &[old]).unwrap();
    let new = flat.open(None, &[], &[]).unwrap();
    flat.input(b"logs.roku.com");
    for (export, arguments) in [
        ("ph_classify", vec![old, 13, 0]),
        ("ph_classify_lines", vec![old, 13, 0]),
        ("ph_explain", vec![old, 13, 0]),
        ("ph_info", vec![old]),
        ("ph_vendor", vec![old, 0]),
        ("ph_platform", vec![old, 0]),
        ("ph_base", vec![old, 13]),
        ("ph_overlay", vec![old, 0, 13]),
        ("ph_policy", vec![old, 13]),
        ("ph_open", vec![old]),
        ("ph_close", vec![old]),
    ] {
        assert_eq!(flat.call(export, &arguments), Err(refusal(Code::Handle)), "{export}");
    }
    assert!(flat.call("ph_classify", &[new, 13, 0]).is_ok());
}

#[test]
fn handles_answer_side_by_side() {
    let mut flat = Flat::new();
    let one = flat.open(None, &[], &[]).unwrap();
    let other = flat.open(Some(small::shared_pack()), &[], &[]).unwrap();
    let roku = flat.classify(one, b"logs.roku.com", 0).unwrap();
    assert_ne!(flat.classify(other, b"logs.roku.com", 0).unwrap(), roku);
    flat.call("ph_close", &[other]).unwrap();
    assert_eq!(flat.classify(one, b"logs.roku.com", 0).unwrap(), roku);
}

#[test]
fn the_input_buffer_stays_for_names() {
    let (mut flat, handle) = super::opened();
    let address = flat.call("ph_input", &[255]).unwrap();
    for len in [0, 1, 255, 4096] {
        assert_eq!(flat.call("ph_input", &[len]), Ok(address));
        flat.explain(handle, &vec![b'a'; len as usize], 0).unwrap();
    }
    // Asked for more it may move, and does not shrink again.
    let larger = flat.call("ph_input", &[1 << 20]).unwrap();
    assert_eq!(flat.call("ph_input", &[255]), Ok(larger));
    assert_eq!(flat.call("ph_classify", &[handle, 1 << 20, 0]), Ok(0));
    assert_eq!(flat.call("ph_classify", &[handle, (1 << 20) + 1, 0]), Err(refusal(Code::Length)));
}

#[test]
fn short_answers_lie_at_one_place() {
    let (mut flat, handle) = super::opened();
    flat.classify(handle, b"logs.roku.com", 0).unwrap();
    let place = flat.call("ph_output_ptr", &[]).unwrap();
    let first = flat.read(place, 32).to_vec();
    flat.explain(handle, b"logs.roku.com", 0).unwrap();
    flat.open(Some(small::shared_pack()), &[], &[]).unwrap();
    flat.input(&vec![b'\n'; 1 << 20]);
    flat.call("ph_classify_lines", &[handle, 1 << 20, 0]).unwrap();
    assert_eq!(flat.classify(handle, b"a1.tuyaeu.com", 0).unwrap(), flat.read(place, 32));
    assert_eq!(flat.call("ph_output_ptr", &[]), Ok(place));
    assert_eq!(flat.call("ph_output_len", &[]), Ok(32));
    assert_eq!(flat.classify(handle, b"logs.roku.com", 0).unwrap().to_vec(), first);
}

#[test]
fn packs_take_the_input_buffer() {
    let mut flat = Flat::new();
    let handle = flat.call("ph_new", &[]).unwrap();
    let list = overlays::file("threat.hosts").bytes;
    for (export, bytes) in [("ph_base", small::shared_pack()), ("ph_overlay", &*list)] {
        flat.input(bytes);
        let len = bytes.len() as i32;
        let arguments = if export == "ph_base" { vec![handle, len] } else { vec![handle, 0, len] };
        flat.call(export, &arguments).unwrap();
        assert_eq!(flat.call("ph_policy", &[handle, 1]), Err(refusal(Code::Length)), "{export} took the buffer");
    }
    // A policy is copied, and a call that is refused takes nothing.
    flat.input(b"allow");
    flat.call("ph_policy", &[handle, 5]).unwrap();
    flat.call("ph_base", &[handle + 16, 5]).unwrap_err();
    assert_eq!(flat.call("ph_policy", &[handle, 5]), Ok(1));
    flat.call("ph_open", &[handle]).unwrap();
    flat.call("ph_base", &[handle, 5]).unwrap_err();
    assert_eq!(flat.call("ph_classify", &[handle, 5, 0]), Ok(0));
}
