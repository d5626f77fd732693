//! Made-up names in the shape of real ones: label lengths, label counts and endings as resolvers see them.

use std::fs;

use anyhow::{Context, Result};
use phonehome::{Classifier, Name};

use crate::random::Random;
use crate::root;

const ENDINGS: &[(&str, usize)] = &[
    ("com", 55),
    ("net", 11),
    ("org", 6),
    ("cn", 5),
    ("de", 4),
    ("ru", 4),
    ("io", 3),
    ("tv", 2),
    ("eu", 2),
    ("co.uk", 2),
    ("com.cn", 2),
    ("com.br", 2),
    ("xyz", 1),
    ("app", 1),
];
const HOSTS: &[&str] = &[
    "www",
    "api",
    "cdn",
    "img",
    "logs",
    "mqtt",
    "ota",
    "time",
    "events",
    "static",
    "a1",
    "m",
    "push",
    "eu",
    "us-east-1",
    "metrics",
    "gateway",
    "update",
    "edge",
    "s3",
    "ads",
    "track",
    "app",
    "mail",
    "auth",
];
const WORDS: &[&str] = &[
    "alpha", "art", "auto", "bank", "beach", "bike", "blue", "book", "box", "camp", "car", "cart", "city", "clean",
    "cloud", "club", "coach", "color", "cook", "craft", "daily", "data", "day", "deal", "design", "digital", "dream",
    "drive", "earth", "easy", "energy", "event", "express", "family", "farm", "fashion", "film", "fire", "fish",
    "flower", "food", "forest", "forum", "free", "friend", "fun", "future", "game", "garden", "gift", "girl", "global",
    "gold", "green", "group", "guide", "hand", "happy", "health", "heart", "home", "horse", "hotel", "house", "idea",
    "island", "job", "kitchen", "lab", "land", "learn", "life", "light", "list", "live", "logic", "love", "magic",
    "mail", "map", "market", "master", "media", "mobile", "money", "music", "nature", "network", "news", "night",
    "ocean", "office", "online", "paper", "park", "party", "pet", "phone", "photo", "planet", "play", "point", "power",
    "press", "print", "quick", "radio", "real", "red", "rent", "river", "road", "rock", "room", "safe", "sale",
    "school", "sea", "search", "shop", "show", "sky", "smart", "social", "solar", "sound", "space", "sport", "star",
    "stone", "store", "storm", "story", "street", "studio", "style", "summer", "sun", "system", "table", "team",
    "tech", "test", "time", "tool", "top", "tour", "town", "toy", "track", "trade", "travel", "tree", "trust",
    "valley", "video", "view", "village", "vision", "voice", "walk", "watch", "water", "way", "web", "white", "wild",
    "wine", "wing", "wolf", "wood", "work", "world", "yoga", "young", "zone",
];
const SYLLABLES: &[&str] = &[
    "ba", "cal", "den", "dex", "el", "fi", "gra", "ho", "in", "ka", "lo", "mar", "mi", "net", "no", "ol", "pa", "qua",
    "re", "sen", "smar", "ta", "tech", "ti", "tu", "ver", "vi", "wa", "xo", "ya", "zen", "zo",
];

/// Makes names under a fixed number of made-up registrable domains, some far more used than others.
#[derive(Debug)]
pub struct Maker {
    random: Random,
    domains: Vec<String>,
}

impl Maker {
    /// A maker with so many registrable domains.
    pub fn new(seed: u64, domains: usize) -> Self {
        let mut random = Random::new(seed);
        let domains = (0..domains).map(|_| domain(&mut random)).collect();
        Self { random, domains }
    }

    /// The next name.
    pub fn name(&mut self) -> String {
        let skewed = self.random.below(self.domains.len()).min(self.random.below(self.domains.len()));
        let domain = self.domains.get(skewed).cloned().unwrap_or_default();
        let labels = self.random.weighted(&[22, 52, 18, 6, 2]);
        self.below(&domain, labels)
    }

    /// A name so many labels below a domain.
    pub fn below(&mut self, domain: &str, labels: usize) -> String {
        let mut name = String::new();
        for _ in 0..labels {
            name.push_str(&host_label(&mut self.random));
            name.push('.');
        }
        name + domain
    }
}

/// A registrable domain as people choose them: words more often than coinages, coinages more often than initials. Mixed so that
/// the name model lets go as many at each step (59, 7 and 33 in a hundred) as of popular names (58, 8 and 30 of the popular names
/// in the report on the name model, measured in November 2026).
fn domain(random: &mut Random) -> String {
    let weights: Vec<usize> = ENDINGS.iter().map(|(_, weight)| *weight).collect();
    let ending = ENDINGS.get(random.weighted(&weights)).map_or("com", |(ending, _)| ending);
    let label = match random.below(20) {
        0..=6 => format!("{}{}", word(random), word(random)),
        7..=8 => format!("{}-{}", word(random), word(random)),
        9..=10 => format!("{}{}{}", word(random), word(random), random.below(1000)),
        11..=14 => format!("{}{}", word(random), syllables(random, 1)),
        15..=17 => syllables(random, 3),
        _ => initials(random),
    };
    format!("{label}.{ending}")
}

fn host_label(random: &mut Random) -> String {
    match random.below(20) {
        0 => format!("{:x}", random.bits()),
        1..=3 => format!("{}-{}", random.pick(HOSTS), random.below(300)),
        4..=8 => word(random).to_owned(),
        9..=10 => format!("{}{}", word(random), random.below(100)),
        _ => random.pick(HOSTS).to_owned(),
    }
}

fn word(random: &mut Random) -> &'static str {
    random.pick(WORDS)
}

fn syllables(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| random.pick(SYLLABLES)).collect()
}

/// Three to five letters.
fn initials(random: &mut Random) -> String {
    let letters = 3 + random.below(3);
    (0..letters).map(|_| char::from(b'a' + random.below(26) as u8)).collect()
}

/// The corpus's names that have a registrable name and are written canonically, each once.
///
/// # Errors
/// The corpus cannot be read.
pub fn of_corpus() -> Result<Vec<String>> {
    let classifier = Classifier::builtin();
    let mut names = Vec::new();
    for entry in fs::read_dir(root("tests/corpus")).context("tests/corpus")? {
        let text = fs::read_to_string(entry?.path())?;
        names.extend(text.lines().filter_map(|line| quoted_name(line).map(str::to_owned)));
    }
    names.retain(|name| is_canonical(&classifier, name));
    names.sort();
    names.dedup();
    Ok(names)
}

/// The value of `"name"` on a corpus line, when it is written without escapes.
fn quoted_name(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("\"name\":")?;
    rest.trim_start().strip_prefix('"')?.split('"').next()
}

/// Whether a name is plain, canonical and below a public suffix. Names with `_` or punycode are left out: engines that match names
/// as parts of URLs read those otherwise.
pub fn is_canonical(classifier: &Classifier<'_>, text: &str) -> bool {
    Name::parse(text.as_bytes()).is_ok_and(|name| {
        name.is_plain()
            && !text.contains('_')
            && !text.contains("xn--")
            && name.as_bytes() == text.as_bytes()
            && classifier.registrable(&name).is_some()
    })
}
