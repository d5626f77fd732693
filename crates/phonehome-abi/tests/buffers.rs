//! Columns in, columns out, natively: answers by row, and calls that no host should make.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use phonehome::Classifier;
use phonehome_abi::{Buffers, Column};

/// A column as RowBinary writes it.
fn column(names: &[&[u8]]) -> Vec<u8> {
    let mut octets = Vec::new();
    for name in names {
        let mut len = name.len();
        while len > 0x7f {
            octets.push(len as u8 | 0x80);
            len >>= 7;
        }
        octets.push(len as u8);
        octets.extend_from_slice(name);
    }
    octets
}

/// The next value of a column.
fn string<'c>(column: &mut &'c [u8]) -> &'c str {
    let (mut len, mut shift) = (0, 0);
    loop {
        let octet = u8_of(column);
        len |= usize::from(octet & 0x7f) << shift;
        shift += 7;
        if octet & 0x80 == 0 {
            break;
        }
    }
    let (text, rest) = column.split_at(len);
    *column = rest;
    std::str::from_utf8(text).unwrap()
}

fn u8_of(column: &mut &[u8]) -> u8 {
    let (octet, rest) = column.split_first().expect("the column goes on");
    *column = rest;
    *octet
}

/// A buffer with these octets.
fn buffer(buffers: &mut Buffers, octets: &[u8]) -> usize {
    let address = buffers.create(octets.len().try_into().unwrap());
    buffers.octets(address).unwrap().copy_from_slice(octets);
    address
}

/// What a column of octets becomes.
fn answer(octets: &[u8], rows: u32, kind: Column) -> Option<Vec<u8>> {
    let mut buffers = Buffers::new();
    let input = buffer(&mut buffers, octets);
    let output = buffers.run(input, rows, kind);
    (output != 0).then(|| buffers.octets(output).unwrap().to_vec())
}

/// The JSON that octets become, row by row.
fn json(octets: &[u8], rows: u32) -> Vec<String> {
    let answers = answer(octets, rows, Column::Json).unwrap();
    let mut rest = answers.as_slice();
    let found = (0..rows).map(|_| string(&mut rest).to_owned()).collect();
    assert!(rest.is_empty(), "more than {rows} rows");
    found
}

const NAMES: &[&[u8]] = &[b"a1.tuyaeu.com", b"", b"evil.ddns.net", b"\xff\0", b"us.ad.lgsmartad.com", &[b'a'; 300]];

#[test]
fn a_short_answer_a_row() {
    let answers = answer(&column(NAMES), 6, Column::Answer).unwrap();
    let mut rest = answers.as_slice();
    let classifier = Classifier::builtin();
    for name in NAMES {
        let expected = classifier.explain(name, 0);
        assert_eq!(string(&mut rest), expected.verdict().id());
        assert_eq!(u8_of(&mut rest), expected.brief.confidence());
        assert_eq!(string(&mut rest), expected.vendor.map_or("", |vendor| vendor.id));
        assert_eq!(string(&mut rest), expected.platform.map_or("", |platform| platform.id));
        assert_eq!(string(&mut rest), classifier.classify(name, 0).first_purpose().map_or("", |purpose| purpose.id()));
        assert_eq!(string(&mut rest), classifier.classify(name, 0).impact().id());
        assert_eq!(string(&mut rest), expected.advice.id());
    }
    assert!(rest.is_empty());
    assert!(answers.windows(4).any(|word| word == b"tuya"), "a vendor is among them");
}

#[test]
fn json_is_the_long_answer() {
    let classifier = Classifier::builtin();
    let expected: Vec<_> = NAMES.iter().map(|name| classifier.explain(name, 0).to_json()).collect();
    assert_eq!(json(&column(NAMES), 6), expected);
}

#[test]
fn a_column_that_ends_early_is_filled_up_with_empty_names() {
    let empty = json(b"\0", 1).remove(0);
    let [first, second, third] = &json(&column(&[b"a.com", b"b.com"]), 3)[..] else { unreachable!() };
    assert!(first.contains("\"a.com\"") && second.contains("\"b.com\"") && *third == empty);
    // The second row claims more than there is: what is left is not taken for rows of their own.
    assert_eq!(json(b"\x05a.com\x09\x01b\x01c", 4), [first.clone(), empty.clone(), empty.clone(), empty.clone()]);
    // So does a length that never ends, or ends in the middle.
    assert_eq!(json(b"\xff\xff\xff\xff\xff\xff\x01a", 2), [empty.clone(), empty.clone()]);
    assert_eq!(json(b"\x80", 1), [empty]);
}

#[test]
fn octets_behind_the_last_row_are_ignored() {
    let names = column(&[b"a.com", b"b.com"]);
    assert_eq!(json(&names, 1), json(&names[..6], 1));
    assert_eq!(answer(&names, 0, Column::Answer), Some(Vec::new()));
}

#[test]
fn more_rows_than_octets_are_refused() {
    let names = column(NAMES);
    let most = u32::try_from(names.len()).unwrap();
    assert!(answer(&names, most, Column::Answer).is_some());
    assert_eq!(answer(&names, most + 1, Column::Answer), None);
    assert_eq!(answer(&names, u32::MAX, Column::Json), None);
    assert_eq!(answer(b"", 1, Column::Answer), None);
}

#[test]
fn only_addresses_that_were_given_lead_anywhere() {
    let mut buffers = Buffers::new();
    assert_eq!(buffers.run(0, 0, Column::Answer), 0);
    let input = buffer(&mut buffers, &column(&[b"a.com"]));
    for wrong in [0, 1, input - 1, input + 8, usize::MAX] {
        assert_eq!(buffers.run(wrong, 1, Column::Answer), 0);
        assert!(buffers.octets(wrong).is_none());
        buffers.destroy(wrong);
    }
    let output = buffers.run(input, 1, Column::Answer);
    assert!(output != 0 && output != input, "others did no harm");
    buffers.destroy(input);
    assert_eq!(buffers.run(input, 1, Column::Answer), 0, "a buffer that is gone");
    assert!(buffers.octets(output).is_some(), "an answer outlives its question");
}

#[test]
fn a_buffer_has_its_size_and_zeros_or_is_refused() {
    let mut buffers = Buffers::new();
    for size in [0, 1, 4096] {
        let address = buffers.create(size);
        assert_eq!(buffers.octets(address).unwrap(), vec![0; size as usize]);
    }
    assert_eq!(buffers.create((1 << 30) + 1), 0);
    assert_eq!(buffers.create(u32::MAX), 0);
}

#[test]
fn random_octets_have_answers() {
    let mut seed = 1_u64;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for _ in 0..5000 {
        let octets: Vec<u8> = (0..1 + random() % 200).map(|_| random() as u8 & random() as u8).collect();
        let rows = 1 + random() as u32 % u32::try_from(octets.len()).unwrap();
        assert_eq!(json(&octets, rows).len(), rows as usize);
    }
}
