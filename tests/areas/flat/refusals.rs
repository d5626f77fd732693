//! Every error code, and the message that comes with it.

use phonehome::{Classifier, MAX_OVERLAYS, MAX_POLICY, NamedPack};
use phonehome_abi::{Code, MAX_HANDLES, MAX_INPUT};
use phonehome_tests::flat::{Flat, Refusal};
use phonehome_tests::overlays;

use super::refusal;

#[test]
fn handle() {
    let (mut flat, open) = super::opened();
    flat.input(b"allow");
    // None of these was handed out: 0, extremes, another place, another turn.
    for handle in [0, 1, -1, i32::MAX, i32::MIN, open + 1, open + 16, open - 16, -open] {
        assert_eq!(flat.call("ph_classify", &[handle, 5, 0]), Err(refusal(Code::Handle)), "{handle}");
        assert_eq!(flat.call("ph_open", &[handle]), Err(refusal(Code::Handle)), "{handle}");
    }
    // An open handle takes no more parts, and one that is not open has no answers.
    assert_eq!(flat.call("ph_policy", &[open, 5]), Err(refusal(Code::Handle)));
    assert_eq!(flat.call("ph_open", &[open]), Err(refusal(Code::Handle)));
    let parts = flat.call("ph_new", &[]).unwrap();
    assert_eq!(flat.call("ph_classify", &[parts, 5, 0]), Err(refusal(Code::Handle)));
    assert_eq!(flat.call("ph_info", &[parts]), Err(refusal(Code::Handle)));
}

#[test]
fn length() {
    let (mut flat, open) = super::opened();
    // Nobody has asked for the input buffer yet.
    assert_eq!(flat.call("ph_classify", &[open, 1, 0]), Err(refusal(Code::Length)));
    flat.input(b"allow");
    let parts = flat.call("ph_new", &[]).unwrap();
    for len in [-1, 4097, i32::MAX, i32::MIN] {
        for export in ["ph_classify", "ph_classify_lines", "ph_explain"] {
            assert_eq!(flat.call(export, &[open, len, 0]), Err(refusal(Code::Length)), "{export} {len}");
        }
        assert_eq!(flat.call("ph_base", &[parts, len]), Err(refusal(Code::Length)), "{len}");
        assert_eq!(flat.call("ph_policy", &[parts, len]), Err(refusal(Code::Length)), "{len}");
        assert_eq!(flat.call("ph_overlay", &[parts, 0, len]), Err(refusal(Code::Length)), "{len}");
        assert_eq!(flat.call("ph_overlay", &[parts, len, 5]), Err(refusal(Code::Length)), "{len}");
    }
    // A list's name is part of the input and at most 255 octets.
    assert_eq!(flat.call("ph_overlay", &[parts, 6, 5]), Err(refusal(Code::Length)));
    assert_eq!(flat.call("ph_overlay", &[parts, 256, 4096]), Err(refusal(Code::Length)));
    flat.input(&vec![b' '; MAX_POLICY + 1]);
    assert_eq!(flat.call("ph_policy", &[parts, MAX_POLICY as i32 + 1]), Err(refusal(Code::Length)));
    assert_eq!(flat.call("ph_policy", &[parts, MAX_POLICY as i32]), Ok(0));
}

#[test]
fn an_input_has_a_limit() {
    let mut flat = Flat::new();
    for len in [MAX_INPUT as i32 + 1, i32::MAX, -1, i32::MIN] {
        assert_eq!(flat.call("ph_input", &[len]), Ok(0), "{len}");
    }
    assert_ne!(flat.call("ph_input", &[MAX_INPUT as i32]), Ok(0));
}

#[test]
fn too_many() {
    let mut flat = Flat::new();
    let handle = flat.call("ph_new", &[]).unwrap();
    let list = overlays::file("threat.hosts").bytes;
    let add = |flat: &mut Flat| {
        flat.input(&list);
        flat.call("ph_overlay", &[handle, 0, list.len() as i32])
    };
    let numbers: Vec<i32> = (0..MAX_OVERLAYS).map(|_| add(&mut flat).unwrap()).collect();
    assert!(numbers.iter().copied().eq(0..MAX_OVERLAYS as i32));
    assert_eq!(add(&mut flat), Err(refusal(Code::TooMany)));
    flat.input(b"allow");
    let numbers: Vec<i32> = (0..256).map(|_| flat.call("ph_policy", &[handle, 5]).unwrap()).collect();
    assert!(numbers.iter().copied().eq(0..256));
    assert_eq!(flat.call("ph_policy", &[handle, 5]), Err(refusal(Code::TooMany)));
    assert_eq!(flat.call("ph_open", &[handle]), Ok(0));
}

/// What cannot be opened: the code, the library's words, and a closed handle.
fn refused(code: Code, base: Option<&[u8]>, lists: &[NamedPack<'static>], policies: &[&str]) {
    let mut flat = Flat::new();
    let refusal = flat.open(base, lists, policies).unwrap_err();
    let base = base.unwrap_or(phonehome_data::PACK);
    let message = Classifier::open(base.into(), lists.to_vec(), policies).unwrap_err().to_string();
    assert_eq!(refusal, Refusal { code: code as i32, message });
    // The handle is closed: there is room for as many as ever.
    for _ in 0..MAX_HANDLES {
        flat.call("ph_new", &[]).unwrap();
    }
}

#[test]
fn base() {
    refused(Code::Base, Some(b"no pack"), &[], &[]);
    let mut damaged = phonehome_data::PACK.to_vec();
    damaged[5000] ^= 1;
    refused(Code::Base, Some(&damaged), &[], &["no policy either"]);
}

#[test]
fn overlay() {
    let sound = overlays::file("threat.hosts");
    let damaged = NamedPack { name: Some("mine".to_owned()), bytes: sound.bytes[..40].to_vec().into() };
    refused(Code::Overlay, None, &[sound, damaged], &[]);
}

#[test]
fn policy() {
    refused(Code::Policy, None, &[], &["allow", "block\nblok vendor=roku"]);
}

#[test]
fn number() {
    let (mut flat, open) = super::opened();
    let classifier = Classifier::builtin();
    let most = classifier.vendors().count().max(classifier.platforms().count()) as i32;
    for number in [most, 0xffff, 0x1_0000, -1, i32::MIN, i32::MAX] {
        for export in ["ph_vendor", "ph_platform"] {
            assert_eq!(flat.call(export, &[open, number]), Err(refusal(Code::Number)), "{export} {number}");
        }
    }
}
