//! DNS messages in octets (RFC 1035, 4), for tests that speak to servers and oracles that speak to the filter.

use phonehome::Name;

/// A query with recursion wanted for a name of letters.
pub fn query(id: u16, name: &str, qtype: u16) -> Vec<u8> {
    let labels: Vec<&[u8]> = name.split('.').filter(|label| !label.is_empty()).map(str::as_bytes).collect();
    query_of(id, &labels, qtype)
}

/// A query for an address of any name.
pub fn query_name(id: u16, name: &Name) -> Vec<u8> {
    let mut labels: Vec<&[u8]> = name.labels_from_right().map(|label| label.bytes).collect();
    labels.reverse();
    query_of(id, &labels, 1)
}

fn query_of(id: u16, labels: &[&[u8]], qtype: u16) -> Vec<u8> {
    let mut message = id.to_be_bytes().to_vec();
    message.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in labels {
        message.push(u8::try_from(label.len()).unwrap());
        message.extend(*label);
    }
    message.push(0);
    message.extend(qtype.to_be_bytes());
    message.extend([0, 1]);
    message
}

/// A query of this length: an OPT record holds padding (RFC 7830).
pub fn padded(mut message: Vec<u8>, length: usize) -> Vec<u8> {
    const OPT: usize = 11;
    const OPTION: usize = 4;
    let padding = length - message.len() - OPT - OPTION;
    message[11] = 1;
    message.extend([0, 0, 41, 4, 208, 0, 0, 0, 0]);
    message.extend(u16::try_from(OPTION + padding).unwrap().to_be_bytes());
    message.extend([0, 12]);
    message.extend(u16::try_from(padding).unwrap().to_be_bytes());
    message.extend(vec![0; padding]);
    message
}

/// What matters of an answer: ID, rcode, records in the answer section.
pub fn seen(message: &[u8]) -> (u16, u8, u16) {
    assert!(message.len() >= 12, "{message:?}");
    let number = |at: usize| u16::from_be_bytes([message[at], message[at + 1]]);
    (number(0), message[3] & 0x0f, number(6))
}
