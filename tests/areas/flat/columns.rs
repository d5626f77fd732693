//! Functions over columns: ClickHouse's `BUFFERED_V1` with RowBinary, as the engine would call them.

use phonehome::{Brief, Classifier};
use phonehome_tests::corpus;
use phonehome_tests::flat::Flat;

/// Address and octets of a buffer, by its header.
fn header(flat: &Flat, address: i32) -> [i32; 2] {
    let (words, _) = flat.read(address, 8).as_chunks();
    [0, 1].map(|at| i32::from_le_bytes(words[at]))
}

/// A column of strings in a buffer.
fn column(flat: &mut Flat, names: &[&[u8]]) -> i32 {
    let mut bytes = Vec::new();
    for name in names {
        string(&mut bytes, name);
    }
    let address = flat.call("clickhouse_create_buffer", &[bytes.len() as i32]).unwrap();
    let [data, size] = header(flat, address);
    assert_eq!(size as usize, bytes.len());
    flat.poke(data, &bytes);
    address
}

/// A string as RowBinary writes it.
fn string(out: &mut Vec<u8>, text: &[u8]) {
    let mut len = text.len();
    while len >= 0x80 {
        out.push(len as u8 | 0x80);
        len >>= 7;
    }
    out.push(len as u8);
    out.extend_from_slice(text);
}

/// Runs a function over a column and gives the answer's octets.
fn run(flat: &mut Flat, function: &str, names: &[&[u8]], rows: usize) -> Vec<u8> {
    let input = column(flat, names);
    let answer = flat.call(function, &[input, rows as i32]).unwrap();
    let [data, size] = header(flat, answer);
    let bytes = flat.read(data, size).to_vec();
    for address in [input, answer] {
        flat.raw("clickhouse_destroy_buffer", &[address]).unwrap();
    }
    bytes
}

/// The tuple that `phonehome` writes for a name.
fn tuple(out: &mut Vec<u8>, classifier: &Classifier<'_>, name: &[u8]) {
    let answer = classifier.explain(name, 0);
    let brief: &Brief = &answer.brief;
    string(out, brief.verdict().id().as_bytes());
    out.push(brief.confidence());
    string(out, answer.vendor.as_ref().map_or("", |vendor| vendor.id).as_bytes());
    string(out, answer.platform.as_ref().map_or("", |platform| platform.id).as_bytes());
    string(out, brief.first_purpose().map_or("", |purpose| purpose.id()).as_bytes());
    string(out, brief.impact().id().as_bytes());
    string(out, answer.advice.id().as_bytes());
}

#[test]
fn the_corpus_as_columns() {
    let mut flat = Flat::new();
    let classifier = Classifier::builtin();
    let cases = corpus::cases();
    let names: Vec<&[u8]> = cases.iter().map(|case| case.name.as_bytes()).collect();
    let (mut tuples, mut objects) = (Vec::new(), Vec::new());
    for name in &names {
        tuple(&mut tuples, &classifier, name);
        string(&mut objects, classifier.explain(name, 0).to_json().as_bytes());
    }
    assert!(run(&mut flat, "phonehome", &names, names.len()) == tuples);
    assert!(run(&mut flat, "phonehome_json", &names, names.len()) == objects);
}

#[test]
fn a_column_that_ends_early_is_filled_up() {
    let mut flat = Flat::new();
    let classifier = Classifier::builtin();
    let mut wanted = Vec::new();
    for name in [b"a1.tuyaeu.com".as_slice(), b"", b""] {
        tuple(&mut wanted, &classifier, name);
    }
    assert_eq!(run(&mut flat, "phonehome", &[b"a1.tuyaeu.com"], 3), wanted);
}

#[test]
fn no_buffer_no_answer() {
    let mut flat = Flat::new();
    let input = column(&mut flat, &[b"a1.tuyaeu.com"]);
    for function in ["phonehome", "phonehome_json"] {
        for address in [0, 1, input + 1, -1, i32::MIN, i32::MAX] {
            assert_eq!(flat.raw(function, &[address, 1]).unwrap(), 0, "{function} {address}");
        }
        // More rows than the buffer's 14 octets can hold.
        for rows in [15, -1, i32::MAX] {
            assert_eq!(flat.raw(function, &[input, rows]).unwrap(), 0, "{function} {rows} rows");
        }
        assert_ne!(flat.raw(function, &[input, 14]).unwrap(), 0);
    }
    flat.raw("clickhouse_destroy_buffer", &[input]).unwrap();
    assert_eq!(flat.raw("phonehome", &[input, 1]).unwrap(), 0);
    assert_eq!(flat.raw("clickhouse_create_buffer", &[-1]).unwrap(), 0);
}
