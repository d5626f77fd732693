//! Damaged packs: refused with a typed error, or open and answering, never a panic.

use std::borrow::Cow;

use phonehome::format::{self, HEADER, SECTION_ROW, anchor, section};
use phonehome::{Classifier, NamedPack, OpenError, OverlayKind, PackError};
use phonehome_data::PACK;
use phonehome_pack::ListFormat;
use phonehome_tests::random::Random;
use phonehome_tests::{corpus, overlays, small};

fn open(bytes: &[u8]) -> Result<Classifier<'_>, PackError> {
    Classifier::open(Cow::Borrowed(bytes), Vec::new(), &[]).map_err(|error| match error {
        OpenError::Base(error) => error,
        other => panic!("{other}"),
    })
}

/// The error of a pack that must not open.
fn refusal(bytes: &[u8]) -> PackError {
    open(bytes).expect_err("damage is noticed")
}

fn changed(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = small::pack();
    change(&mut bytes);
    format::seal(&mut bytes);
    bytes
}

#[test]
fn the_committed_pack_opens() {
    let classifier = open(PACK).unwrap();
    let info = classifier.info();
    assert!(info.entries > 2_000 && info.suffix_rules > 9_000, "{info:?}");
    assert!(info.impacts >= 80, "{} entries with a sourced impact", info.impacts);
    let answers = classifier.entries().map(|entry| classifier.entry_json(&entry));
    let with_source = answers.filter(|json| {
        let entry: serde_json::Value = serde_json::from_str(json).unwrap();
        entry["breaks"]["impact"] != "unknown" && !entry["breaks"]["source"].is_null()
    });
    assert_eq!(with_source.count(), info.impacts as usize, "every impact has its source");
}

#[test]
fn truncated_packs_are_refused() {
    let step = PACK.len() / 500;
    let lengths = (0..200).chain((200..PACK.len()).step_by(step)).chain([PACK.len() - 1]);
    for length in lengths {
        let got = refusal(&PACK[..length]);
        assert!(matches!(got, PackError::Truncated { got, .. } if got == length), "{length}: {got}");
    }
    let longer = [PACK, &[0]].concat();
    assert_eq!(refusal(&longer), PackError::Truncated { expected: PACK.len(), got: PACK.len() + 1 });
}

#[test]
fn every_flipped_bit_is_noticed() {
    let mut bytes = PACK.to_vec();
    let mut random = Random::new(1);
    let bits = (0..HEADER * 8).chain((0..400).map(|_| random.below(PACK.len() * 8)));
    for bit in bits {
        bytes[bit / 8] ^= 1 << (bit % 8);
        let error = refusal(&bytes);
        assert!(!error.to_string().is_empty());
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(open(&bytes).is_ok());
    // In the small pack, every one.
    let mut bytes = small::pack();
    for bit in 0..bytes.len() * 8 {
        bytes[bit / 8] ^= 1 << (bit % 8);
        refusal(&bytes);
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn wrong_files_are_told_apart() {
    assert_eq!(refusal(b"not a pack, but a text of more than forty-eight octets"), PackError::Magic);
    assert_eq!(refusal(b"\x7fELF"), PackError::Magic);
    assert_eq!(refusal(b"PHONE"), PackError::Truncated { expected: HEADER, got: 5 });
    assert_eq!(refusal(&changed(|bytes| bytes[0] = b'p')), PackError::Magic);
    assert_eq!(refusal(&changed(|bytes| bytes[8] = 9)), PackError::Format { expected: format::FORMAT, got: 9 });
    let overlay = overlays::build(OverlayKind::Block, ListFormat::Domains, "mine", b"example.com\n");
    assert_eq!(refusal(&overlay), PackError::Kind { expected: "a base pack", got: "an overlay" });
    let base_as_overlay = NamedPack { name: None, bytes: Cow::Borrowed(PACK) };
    let error = Classifier::open(Cow::Borrowed(PACK), vec![base_as_overlay], &[]).err();
    assert_eq!(error, Some(OpenError::Overlay(0, PackError::Kind { expected: "an overlay", got: "a base pack" })));
    let damaged = refusal(&[&PACK[..100], &[!PACK[100]], &PACK[101..]].concat());
    assert!(matches!(damaged, PackError::Checksum { expected, got } if expected != got));
}

/// Where the row of a section lies.
fn row(bytes: &[u8], id: u32) -> usize {
    let rows = bytes[HEADER..].chunks_exact(SECTION_ROW);
    HEADER + rows.enumerate().find(|(_, row)| row[..4] == id.to_le_bytes()).expect("the section").0 * SECTION_ROW
}

#[test]
fn sections_must_be_there_and_unknown_ones_are_skipped() {
    let at = |id| row(&small::pack(), id);
    let missing = changed(|bytes| bytes[at(section::TOKENS)] = 200);
    assert_eq!(refusal(&missing), PackError::Section("tokens"));
    let behind_the_end = changed(|bytes| bytes[at(section::ENTRIES) + 11] = 1);
    assert_eq!(refusal(&behind_the_end), PackError::Section("entries"));
    let misplaced = changed(|bytes| bytes[at(section::ENTRIES) + 4] += 4);
    assert_eq!(refusal(&misplaced), PackError::Section("entries"));
    // A row of a later release in the table of sections: sections begin on multiples of 64, so there is often room.
    let pack = small::pack();
    let count = u32::from_le_bytes(pack[40..44].try_into().unwrap());
    let end = HEADER + count as usize * SECTION_ROW;
    let mut longer = pack.clone();
    let room = 64;
    longer.splice(end..end, vec![0; room]);
    for place in 0..count as usize {
        let offset = HEADER + place * SECTION_ROW + 4;
        let start = u32::from_le_bytes(longer[offset..offset + 4].try_into().unwrap()) + room as u32;
        longer[offset..offset + 4].copy_from_slice(&start.to_le_bytes());
    }
    longer[end..end + 4].copy_from_slice(&999_u32.to_le_bytes());
    longer[40..44].copy_from_slice(&(count + 1).to_le_bytes());
    format::seal(&mut longer);
    let (old, new) = (open(&pack).unwrap(), open(&longer).unwrap());
    for name in small::NAMES {
        assert_eq!(old.explain(name.as_bytes(), 0).to_json(), new.explain(name.as_bytes(), 0).to_json());
    }
}

#[test]
fn a_hit_is_confirmed_against_the_stored_name() {
    // Another name behind the same hash: what a collision would look like.
    let stored = b"\x08\0\x01\0";
    let pack = changed(|bytes| {
        let row = row(bytes, section::ANCHORS);
        let start = u32::from_le_bytes(bytes[row + 4..row + 8].try_into().unwrap()) as usize;
        let anchors = &bytes[start..];
        let at = anchors.windows(4).position(|window| window == stored).expect("acme.com, with one pattern");
        let name = start + at + anchor::HEADER;
        assert_eq!(&bytes[name..name + 8], b"acme.com");
        bytes[name] = b'b';
    });
    let classifier = open(&pack).unwrap();
    for name in ["acme.com", "bcme.com", "x.acme.com", "host1-eu.acme.com"] {
        assert_eq!(classifier.explain(name.as_bytes(), 0).vendor, None, "{name}");
    }
    assert_eq!(classifier.explain(b"time.acme.com", 0).vendor.map(|vendor| vendor.id), Some("acme"));
}

#[test]
fn unknown_codes_are_refused() {
    let vocabularies = ["verdict", "purpose", "class", "impact", "storm", "answer", "risk", "evidence", "reason"];
    for (place, wanted) in vocabularies.into_iter().enumerate() {
        let pack = changed(|bytes| {
            let row = row(bytes, section::CODES);
            let start = u32::from_le_bytes(bytes[row + 4..row + 8].try_into().unwrap()) as usize;
            bytes[start + place] = 250;
        });
        let error = refusal(&pack);
        assert!(
            matches!(error, PackError::UnknownCode { vocabulary, got: 250, .. } if vocabulary == wanted),
            "{error}"
        );
    }
    let overlay = overlays::build(OverlayKind::Block, ListFormat::Domains, "mine", b"example.com\n");
    let mut later = overlay.clone();
    let row = row(&later, section::ABOUT);
    let start = u32::from_le_bytes(later[row + 4..row + 8].try_into().unwrap()) as usize;
    later[start] = 9;
    format::seal(&mut later);
    let later = NamedPack { name: None, bytes: Cow::Owned(later) };
    let error = Classifier::builtin_with(vec![later], &[]).err();
    assert!(matches!(error, Some(OpenError::Overlay(0, PackError::UnknownCode { vocabulary: "overlay", .. }))));
}

#[test]
fn too_many_overlays_are_refused() {
    let overlay = || NamedPack {
        name: None,
        bytes: Cow::Owned(overlays::build(OverlayKind::Block, ListFormat::Domains, "mine", b"example.com\n")),
    };
    let many = |count| Classifier::builtin_with((0..count).map(|_| overlay()).collect(), &[]);
    let classifier = many(phonehome::MAX_OVERLAYS).unwrap();
    assert_eq!(classifier.explain(b"example.com", 0).lists.len(), phonehome::MAX_OVERLAYS);
    let most = phonehome::MAX_OVERLAYS;
    assert_eq!(many(most + 1).err(), Some(OpenError::Overlay(most, PackError::TooManyOverlays { most })));
}

#[test]
fn damage_behind_a_repaired_checksum_is_harmless() {
    let names: Vec<String> = corpus::cases().into_iter().map(|case| case.name).collect();
    let mut random = Random::new(7);
    let mut opened = 0;
    for _ in 0..60 {
        let mut bytes = PACK.to_vec();
        for _ in 0..1 + random.below(400) {
            let at = random.below(bytes.len());
            bytes[at] = random.number() as u8;
        }
        format::seal(&mut bytes);
        let Ok(classifier) = open(&bytes) else { continue };
        opened += 1;
        for _ in 0..100 {
            let name = random.pick(&names).as_bytes();
            let answer = classifier.explain(name, 0);
            assert_eq!(classifier.classify(name, 0), answer.brief);
            serde_json::from_str::<serde_json::Value>(&answer.to_json()).unwrap();
        }
        for entry in classifier.entries().step_by(20) {
            serde_json::from_str::<serde_json::Value>(&classifier.entry_json(&entry)).unwrap();
        }
    }
    assert!(opened > 20, "only {opened} of 60 damaged packs opened, so hardly anything was tried");
}
