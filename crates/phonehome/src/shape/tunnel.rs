//! The shape of a DNS tunnel: long labels that carry data in front of a domain.
//!
//! Only a reason, never a verdict: real device names look alike. Whether a domain is a tunnel shows over many queries.

use super::Subject;
use crate::name::Name;

/// Shortest label that counts as long.
const LONG_LABEL: usize = 40;
/// Least octets left of the domain that count whatever they look like.
const LONG_HOST: usize = 75;

/// Whether the labels in front of the domain look like data: one of at least 40 octets of hex digits, base32 or the like, or
/// at least 75 octets in all.
#[inline]
pub(crate) fn is_shape(name: &Name, subject: Subject) -> bool {
    // Nearly every name is too short to have such a label in front of a domain.
    name.len() > LONG_LABEL + 4 && is_long_shape(name, subject)
}

#[cold]
fn is_long_shape(name: &Name, subject: Subject) -> bool {
    let (domain, _) = subject.label(name);
    if domain > LONG_HOST {
        return true;
    }
    name.labels_from_right()
        .filter(|label| label.start < domain && label.bytes.len() >= LONG_LABEL)
        .any(|label| is_data(label.bytes))
}

/// Digits make up 30 % at least, or no octet is frequent: encoded data, not words.
fn is_data(label: &[u8]) -> bool {
    let digits = label.iter().filter(|octet| octet.is_ascii_digit()).count();
    digits * 10 >= label.len() * 3 || squares(label) * 13 <= label.len() * label.len()
}

/// The sum of squared counts of the octets. By Renyi's entropy of order 2, which is never above Shannon's, at most n^2/13 means
/// at least 3.7 bits an octet.
fn squares(label: &[u8]) -> usize {
    let mut counts = [0_u8; 256];
    for octet in label {
        if let Some(count) = counts.get_mut(usize::from(*octet)) {
            *count += 1;
        }
    }
    counts.iter().map(|count| usize::from(*count).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tunnel(text: &str, suffix: &str) -> bool {
        let name = Name::parse(text.as_bytes()).unwrap();
        is_shape(&name, Subject { suffix: text.len() - suffix.len(), is_scored: true })
    }

    #[test]
    fn encoded_data_in_front_of_a_domain() {
        assert!(is_tunnel("ge2tcojvgaztsmjxga4tsnzvha3tkojrgq3tqmrqgi4q.t.example.com", "com"));
        assert!(is_tunnel("0123456789abcdef0123456789abcdef0123456789abcdef.example.com", "com"));
        let labels = ["a-long-label-of-words-only"; 3].join(".");
        assert!(is_tunnel(&format!("{labels}.example.com"), "com"));
    }

    #[test]
    fn words_and_the_domain_itself_are_none() {
        assert!(!is_tunnel("this-is-a-rather-long-label-that-sells-tee-shirts.example.com", "com"));
        assert!(!is_tunnel("0123456789abcdef0123456789abcdef0123456789abcdef.com", "com"));
        assert!(!is_tunnel("www.example.com", "com"));
    }
}
