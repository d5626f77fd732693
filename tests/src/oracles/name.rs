//! Names: every input gives a name or an error; what a name prints reads back as the same name.

use phonehome::{MAX_LABEL, MAX_NAME, Name};

use crate::small;

/// Reads text form and wire form.
pub fn name_parse(data: &[u8]) {
    if let Ok(name) = Name::parse(data) {
        check(&name);
        // Case and the final dot say nothing.
        assert_eq!(Name::parse(&data.to_ascii_uppercase()).as_ref(), Ok(&name));
        assert_eq!(Name::parse(format!("{name}.").as_bytes()).as_ref(), Ok(&name));
    }
    if let Ok(name) = Name::parse_wire(data) {
        check(&name);
        assert_eq!(wire(&name), data.to_ascii_lowercase(), "{name}");
    }
}

fn check(name: &Name) {
    let text = name.to_string();
    assert!(text.bytes().all(|octet| matches!(octet, b'!'..=b'~')), "{text}");
    assert!((1..=MAX_NAME).contains(&name.as_bytes().len()), "{text}");
    let labels: Vec<&[u8]> = name.labels_from_right().map(|label| label.bytes).collect();
    assert_eq!(labels.len(), name.label_count(), "{text}");
    assert!(labels.iter().all(|label| (1..=MAX_LABEL).contains(&label.len())), "{text}");
    assert!(name.is_within(name), "{text}");
    // Dots and digits alone are an address in text form, while wire form holds nothing but names.
    if text.parse::<std::net::Ipv4Addr>().is_err() {
        let again = Name::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(&again, name);
        assert_eq!(again.is_plain(), name.is_plain(), "{text}");
    }
    let from_wire = Name::parse_wire(&wire(name)).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(&from_wire, name);
}

fn wire(name: &Name) -> Vec<u8> {
    let labels: Vec<&[u8]> = name.labels_from_right().map(|label| label.bytes).collect();
    let mut wire = Vec::new();
    for label in labels.iter().rev() {
        wire.push(label.len() as u8);
        wire.extend_from_slice(label);
    }
    wire.push(0);
    wire
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = small::NAMES.iter().map(|name| name.as_bytes().to_vec()).collect();
    seeds.extend(small::NAMES.iter().filter_map(|name| Name::parse(name.as_bytes()).ok()).map(|name| wire(&name)));
    seeds.push(vec![b'a'; 64]);
    seeds.push(b"a.".repeat(127));
    seeds.push(b"\\\\\\.\\@\\255.com".to_vec());
    seeds
}
