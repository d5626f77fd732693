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

fn domain(random: &mut Random) -> String {
    let weights: Vec<usize> = ENDINGS.iter().map(|(_, weight)| *weight).collect();
    let ending = ENDINGS.get(random.weighted(&weights)).map_or("com", |(ending, _)| ending);
    let mut label = word(random, 3);
    match random.below(10) {
        0 => label.push_str(&random.below(1000).to_string()),
        1 => label = format!("{label}-{}", word(random, 2)),
        2 | 3 => label.push_str(&word(random, 1)),
        _ => {}
    }
    format!("{label}.{ending}")
}

fn host_label(random: &mut Random) -> String {
    match random.below(20) {
        0 => format!("{:x}", random.bits()),
        1..=3 => format!("{}-{}", random.pick(HOSTS), random.below(300)),
        4..=8 => word(random, 2),
        9..=10 => format!("{}{}", word(random, 1), random.below(100)),
        _ => random.pick(HOSTS).to_owned(),
    }
}

fn word(random: &mut Random, syllables: usize) -> String {
    (0..syllables).map(|_| random.pick(SYLLABLES)).collect()
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
