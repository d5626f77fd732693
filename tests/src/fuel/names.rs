//! Names made to be dear: every way to fill 253 octets, below everything that the knowledge looks at.

use phonehome::{Classifier, MAX_NAME};

use crate::random::Random;

/// A name and what is special about it.
#[derive(Clone, Debug)]
pub struct Shaped {
    /// What sort of name.
    pub kind: &'static str,
    /// Which of that sort, in words.
    pub shape: String,
    /// The name as it is handed in.
    pub name: Vec<u8>,
}

/// What fills a name from the left; each is repeated until the name is full.
const FILLINGS: &[(&str, &str)] = &[
    ("one-letter labels", "a."),
    ("one-digit labels", "1."),
    ("labels of 63 letters", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk."),
    ("words between hyphens", "log-eu-ota-"),
    ("single letters between hyphens", "z-"),
    ("letters and digits in turn", "z9"),
    ("short labels of letters and digits", "z9."),
    ("hex digits", "0f1e2d3c4b5a6978"),
    ("digits", "0123456789"),
    ("hyphens and dots", "-.-"),
    ("escaped letters", "\\097\\.\\097\\097"),
    ("labels with an escaped dot", "\\..a."),
    ("labels of an escaped dot", "\\.."),
    ("unusual one-octet labels", "!."),
    ("escaped octets", "\\000.\\255"),
];

/// Endings that the library knows without a pack.
const SPECIAL: &[&str] = &[
    "",
    "com",
    "co.uk",
    "blogspot.com",
    "zz",
    "lan",
    "com.lan",
    "co.uk.cluster.local",
    "com.home.arpa",
    "www.ck.fritz.box",
    "blogspot.com.localdomain",
    "in-addr.arpa",
    "ip6.arpa",
];

/// Names of every shape.
pub fn all() -> Vec<Shaped> {
    let mut found = Vec::new();
    for tail in tails() {
        for (kind, piece) in FILLINGS {
            found.push(Shaped { kind, shape: format!("before .{tail}"), name: filled(piece, &tail) });
        }
    }
    found.extend(families());
    found.extend(long());
    found
}

/// Every ending below which the knowledge has something, and those of [`SPECIAL`].
fn tails() -> Vec<String> {
    let mut tails: Vec<String> = SPECIAL.iter().map(|tail| (*tail).to_owned()).collect();
    tails.extend(values().into_iter().map(|value| match value.rsplit_once('}') {
        Some((_, fixed)) => fixed.split_once('.').map_or("", |(_, anchor)| anchor).to_owned(),
        None => value,
    }));
    tails.sort();
    tails.dedup();
    tails
}

/// What the entries match.
fn values() -> Vec<String> {
    let classifier = Classifier::builtin();
    let json = classifier.entries().map(|entry| classifier.entry_json(&entry));
    let parsed = json.map(|json| serde_json::from_str::<serde_json::Value>(&json).expect("JSON"));
    parsed.map(|entry| entry["match"]["value"].as_str().expect("a value").to_owned()).collect()
}

/// A name as long as names may be: pieces from the left, then the tail.
pub fn filled(piece: &str, tail: &str) -> Vec<u8> {
    let units = units(piece);
    let room = MAX_NAME.saturating_sub(tail.len() + 1);
    let mut name: Vec<u8> = Vec::new();
    let mut label = 0;
    for unit in units.iter().cycle().take(room) {
        // No label gets too long, and none is empty.
        let unit: &[u8] = if label == 63 { b"." } else { unit };
        label = if unit == b"." { 0 } else { label + 1 };
        name.extend_from_slice(unit);
    }
    while name.last() == Some(&b'.') && !name.ends_with(b"\\.") {
        name.pop();
    }
    name.push(b'.');
    name.extend_from_slice(tail.as_bytes());
    name
}

/// The octets of a text in presentation form, each as it is written.
fn units(text: &str) -> Vec<&[u8]> {
    let mut rest = text.as_bytes();
    let mut units = Vec::new();
    while !rest.is_empty() {
        let len = match rest {
            [b'\\', b'0'..=b'9', ..] => 4,
            [b'\\', ..] => 2,
            _ => 1,
        };
        let (unit, after) = rest.split_at(len);
        units.push(unit);
        rest = after;
    }
    units
}

/// Members of every pattern's family, short and as long as their labels allow, and near misses.
fn families() -> Vec<Shaped> {
    let mut found = Vec::new();
    for template in values().into_iter().filter(|value| value.contains('{')) {
        for length in [1, 4, 20, 50] {
            for ending in ["", "!"] {
                let name = member(&template, length) + ending;
                found.push(Shaped {
                    kind: "members of families",
                    shape: format!("{template}, {length} octets a part"),
                    name: name.into(),
                });
            }
        }
    }
    found
}

fn member(template: &str, length: usize) -> String {
    let mut name = String::new();
    for (at, part) in template.split(['{', '}']).enumerate() {
        let text = match part {
            _ if at % 2 == 0 => part.to_owned(),
            "number" => "7".repeat(length),
            "year" => "2026".to_owned(),
            "letter" => "z".to_owned(),
            "region" => "us-east-1".to_owned(),
            "hex" => "f".repeat(length.max(4)),
            _ if part.contains("below") => "a.".repeat(length) + "a",
            _ => "t".repeat(length),
        };
        name.push_str(&text);
    }
    name
}

const TOO_LONG: &str = "too long";

/// What is too long to be a name, up to 65,536 octets.
fn long() -> Vec<Shaped> {
    let mut random = Random::new(0xf0e1);
    let mut found = Vec::new();
    for len in [254, 255, 256, 260, 1012, 1013, 4096, 65_536] {
        for piece in ["a", "a.", "1", "1:", ".", "\\", "\\097", "\\.", "[::1]", "\u{e9}"] {
            let name = piece.bytes().cycle().take(len).collect();
            found.push(Shaped { kind: TOO_LONG, shape: format!("{len} octets of {}", piece.escape_default()), name });
        }
        found.push(Shaped { kind: TOO_LONG, shape: format!("{len} random octets"), name: random.bytes(len) });
    }
    // Refused at the last octet, when all work is done.
    for end in ["/", ":", "\\", "..", "\\256"] {
        for piece in ["a.", "\\097.", "0:"] {
            let name = [filled(piece, "com"), end.as_bytes().to_vec()].concat();
            found.push(Shaped {
                kind: "refused at their end",
                shape: format!("a full name and {}", end.escape_default()),
                name,
            });
        }
    }
    found
}
