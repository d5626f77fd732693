//! The order of names: a name stands right before what is below it.
//!
//! A key is the labels from the last to the first with a zero octet between them, so that octets compare as the tree of names
//! is walked. Zeros and ones inside labels are escaped.

use phonehome::Name;

const SEPARATOR: u8 = 0;
const ESCAPE: u8 = 1;

/// Appends the key of a name.
pub(crate) fn push(key: &mut Vec<u8>, name: &Name) {
    for (number, label) in name.labels_from_right().enumerate() {
        if number > 0 {
            key.push(SEPARATOR);
        }
        for &octet in label.bytes {
            match octet {
                SEPARATOR | ESCAPE => key.extend([ESCAPE, octet + 1]),
                _ => key.push(octet),
            }
        }
    }
}

/// Whether a key is that of the ancestor itself or of a name below it.
pub(crate) fn is_within(key: &[u8], ancestor: &[u8]) -> bool {
    key.strip_prefix(ancestor).is_some_and(|rest| rest.first().is_none_or(|octet| *octet == SEPARATOR))
}

/// The lengths of the keys of a key's ancestors and of itself, the shortest first.
pub(crate) fn lengths(key: &[u8]) -> impl Iterator<Item = usize> {
    let inner = key.iter().enumerate().filter(|(_, octet)| **octet == SEPARATOR).map(|(at, _)| at);
    inner.chain([key.len()])
}

/// Whether a key's name has only letters, digits, hyphens and underscores.
pub(crate) fn is_plain(key: &[u8]) -> bool {
    key.iter().all(|octet| octet.is_ascii_alphanumeric() || matches!(*octet, b'-' | b'_' | SEPARATOR))
}

/// The presentation form of a key's name.
pub(crate) fn text(key: &[u8]) -> String {
    if !is_plain(key) {
        return name(key).map_or(String::new(), |name| name.to_string());
    }
    let mut text = String::with_capacity(key.len());
    for label in key.rsplit(|octet| *octet == SEPARATOR) {
        if !text.is_empty() {
            text.push('.');
        }
        text.extend(label.iter().map(|octet| char::from(*octet)));
    }
    text
}

/// The name of a key.
pub(crate) fn name(key: &[u8]) -> Option<Name> {
    let mut wire = [0_u8; 256];
    let mut end = 0;
    for label in key.rsplit(|octet| *octet == SEPARATOR) {
        let head = end;
        end += 1;
        let mut octets = label.iter();
        while let Some(&octet) = octets.next() {
            let octet = if octet == ESCAPE { octets.next()?.checked_sub(1)? } else { octet };
            *wire.get_mut(end)? = octet;
            end += 1;
        }
        *wire.get_mut(head)? = u8::try_from(end - head - 1).ok()?;
    }
    Name::parse_wire(wire.get(..=end)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        push(&mut key, &Name::parse(text.as_bytes()).unwrap());
        key
    }

    #[test]
    fn a_name_stands_right_before_what_is_below_it() {
        let mut names = ["a-b.com", "x.a.com", "a.com", "com", "z.x.a.com", "a.co", r"x\.a.com", r"x\000.a.com"];
        names.sort_by_key(|name| key(name));
        assert_eq!(names, ["a.co", "com", "a.com", "x.a.com", "z.x.a.com", r"x\000.a.com", "a-b.com", r"x\.a.com"]);
    }

    #[test]
    fn keys_give_their_names_back() {
        for text in [
            "a.com",
            "com",
            r"x\000\001\.y.a.com",
            &["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61)].join("."),
        ] {
            assert_eq!(name(&key(text)).unwrap().to_string(), *text);
            assert_eq!(super::text(&key(text)), *text);
        }
        assert!(is_within(&key("x.a.com"), &key("a.com")) && is_within(&key("a.com"), &key("a.com")));
        assert!(!is_within(&key("xa.com"), &key("a.com")) && !is_within(&key("com"), &key("a.com")));
        assert_eq!(lengths(&key("x.a.com")).collect::<Vec<_>>(), [3, 5, 7]);
    }
}
