//! Made-up names in numbers: what people, machines and mistakes put into a DNS query.

use crate::random::Random;

const WORDS: &[&str] = &[
    "garden", "bike", "kaffee", "school", "photo", "north", "cloud", "market", "music", "reise", "water", "green",
    "light", "shop", "news", "samsung", "tuya", "login", "support", "xn--", "_tcp", "www",
];
const SUFFIXES: &[&str] = &[
    "com",
    "net",
    "org",
    "de",
    "co.uk",
    "info",
    "top",
    "cc",
    "ru",
    "com.br",
    "duckdns.org",
    "ddns.net",
    "github.io",
    "cloudfront.net",
    "myfritz.net",
    "tuyaeu.com",
    "bazar",
    "local",
    "1.168.192.in-addr.arpa",
];
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-";

/// So many lines without line feeds: names as devices, people and domain generators write them, and some octets that are none.
pub fn names(seed: u64, count: usize) -> Vec<Vec<u8>> {
    let mut random = Random::new(seed);
    (0..count).map(|_| name(&mut random)).collect()
}

fn name(random: &mut Random) -> Vec<u8> {
    if random.once_in(50) {
        let count = random.below(90);
        return random.bytes(count).into_iter().filter(|octet| !matches!(octet, b'\n' | b'\r')).collect();
    }
    let mut name = Vec::new();
    if random.once_in(3) {
        name.extend_from_slice(&label(random));
        name.push(b'.');
    }
    name.extend_from_slice(&label(random));
    name.push(b'.');
    name.extend_from_slice(random.pick(SUFFIXES).as_bytes());
    name
}

fn label(random: &mut Random) -> Vec<u8> {
    if random.once_in(2) {
        // A long label is an error, and the longest one is not.
        let length = if random.once_in(20) { 60 + random.below(5) } else { 3 + random.below(22) };
        let alphabet = &LETTERS[..*random.pick(&[16, 26, 36, 37])];
        return (0..length).map(|_| *random.pick(alphabet)).collect();
    }
    (0..1 + random.below(3)).flat_map(|_| random.pick(WORDS).bytes()).collect()
}
