//! The parameter `dns` of a GET (RFC 8484, 4.1): base64url in a query string, which servers read differently when it is odd.
//!
//! Who wants to slip past a filter writes what the filter and the server behind read differently. So every reading that a server is
//! known to make is given, and what one of them asks for counts.

/// Most messages that one path is read as.
const MOST_READINGS: usize = 8;

/// The messages that the parameters of a path may be read as, each once; `None` where there is no such parameter.
pub(crate) fn readings(path: &[u8]) -> Option<Vec<Vec<u8>>> {
    let start = path.iter().position(|&octet| octet == b'?')?;
    let query = path.get(start + 1..).unwrap_or_default();
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut is_there = false;
    let mut add = |message: Vec<u8>| {
        is_there = true;
        if found.len() < MOST_READINGS && !found.contains(&message) {
            found.push(message);
        }
    };
    // As forms are read, escapes resolved: what the standard says.
    for (_, value) in form_urlencoded::parse(query).filter(|(name, _)| name == "dns") {
        add(decoded(value.as_bytes()));
    }
    // As it stands, up to the next parameter and up to the end: servers that look for no escapes.
    for (at, _) in query.windows(4).enumerate().filter(|(_, window)| *window == b"dns=").take(MOST_READINGS) {
        let value = query.get(at + 4..).unwrap_or_default();
        add(decoded(value.split(|&octet| octet == b'&').next().unwrap_or_default()));
        add(decoded(value));
    }
    is_there.then_some(found)
}

/// Decodes base64 of either alphabet. What belongs to none is passed over, as servers do; bits that fill no octet are dropped.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &letter in text {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &[u8] = b"\xff\xef\x01";

    #[test]
    fn one_plain_parameter_has_one_reading() {
        for path in ["/dns-query?dns=_-8B", "/x?ct=1&dns=_-8B", "/?dns=_-8B="] {
            assert_eq!(readings(path.as_bytes()), Some(vec![MESSAGE.to_vec()]), "{path}");
        }
    }

    #[test]
    fn odd_ones_have_every_reading() {
        let odd = [
            "/?dns=_-8B&y",
            "/?dns=%5F-8B",
            "/?%64ns=_-8B",
            "/?dns=AAAA&dns=_-8B",
            "/?dns=_-!8.B",
            "/?dns=_-8%0AB",
            "/?dns=/+8B",
            "/?dns=_-&8B",
            "/?xdns=_-8B",
        ];
        for path in odd {
            let found = readings(path.as_bytes()).unwrap();
            assert!(found.iter().any(|message| message == MESSAGE), "{path}: {found:?}");
        }
        // Escapes that some servers pass over, digits and all.
        assert_eq!(readings(b"/?dns=%41AAA").unwrap().len(), 2);
    }

    #[test]
    fn where_there_is_none() {
        for path in ["/dns-query", "/dns=_-8B", "/?name=example.com&type=A", "/?", ""] {
            assert_eq!(readings(path.as_bytes()), None, "{path}");
        }
    }

    #[test]
    fn their_number_is_bounded() {
        let many: String = (0..1000).map(|number| format!("&dns={number:04}")).collect();
        assert_eq!(readings(format!("/?{many}").as_bytes()).unwrap().len(), MOST_READINGS);
    }
}
