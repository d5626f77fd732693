//! DNS messages for tests.

/// A query with recursion wanted for a name of letters, in wire form (RFC 1035, 4.1).
pub(crate) fn query(id: u16, name: &str, qtype: u16) -> Vec<u8> {
    let mut message = id.to_be_bytes().to_vec();
    message.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.split('.').filter(|label| !label.is_empty()) {
        message.push(u8::try_from(label.len()).unwrap());
        message.extend(label.as_bytes());
    }
    message.push(0);
    message.extend(qtype.to_be_bytes());
    message.extend([0, 1]);
    message
}

/// A query with an OPT record and these options behind it (RFC 6891, 6.1.2).
pub(crate) fn with_opt(query: &[u8], dnssec_ok: bool, options: &[u8]) -> Vec<u8> {
    let mut message = query.to_vec();
    message[11] = 1;
    message.extend([0, 0, 41, 4, 208, 0, 0, u8::from(dnssec_ok) << 7, 0]);
    message.extend(u16::try_from(options.len()).unwrap().to_be_bytes());
    message.extend(options);
    message
}
