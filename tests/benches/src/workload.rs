//! The stream of names that every engine answers, and the rules it is asked about.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use phonehome::{Classifier, Name};
use sha2::{Digest, Sha256};

use crate::data;
use crate::names::{self, Maker};
use crate::random::Random;

/// Names of the stream.
pub const STREAM: usize = 1_000_000;
/// Different names that the stream draws from.
const POOL: usize = 200_000;
/// Registrable domains of the pool.
const DOMAINS: usize = 70_000;
/// Names that the built-in base knows, in a hundred of the pool: devices ask for makers' names more often than people's
/// computers do.
const KNOWN: usize = 60;
/// Names that one timed call answers.
const BLOCK: usize = 128;
/// Flattens the head of the rank distribution: weight 1 / (rank + HEAD).
const HEAD: usize = 8;

/// Names one after the other, in the order they are asked.
#[derive(Debug, Default)]
pub struct Stream {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Stream {
    fn push(&mut self, name: &str) {
        self.text.extend_from_slice(name.as_bytes());
        self.ends.push(self.text.len());
    }

    /// How many names.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The names in blocks, each small enough to prepare ahead of a timed call.
    pub fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        self.ends.chunks(BLOCK).scan(0, |start, ends| {
            let block = Block { text: &self.text, start: *start, ends };
            *start = ends.last().copied().unwrap_or(*start);
            Some(block)
        })
    }

    /// Mean octets and mean labels of a name.
    pub fn means(&self) -> (f64, f64) {
        let names = self.len().max(1) as f64;
        let dots = self.text.iter().filter(|octet| **octet == b'.').count() as f64;
        (self.text.len() as f64 / names, dots / names + 1.0)
    }

    /// How many different names.
    pub fn different(&self) -> usize {
        self.blocks().flat_map(|block| block.names()).collect::<BTreeSet<_>>().len()
    }

    /// SHA-256 of the names, a line feed behind each, then of the rules.
    pub fn sha256(&self, rules: &[String]) -> String {
        let mut sum = Sha256::new();
        for name in self.blocks().flat_map(|block| block.names()) {
            sum.update(name);
            sum.update(b"\n");
        }
        for rule in rules {
            sum.update(rule.as_bytes());
            sum.update(b"\n");
        }
        sum.finalize().iter().map(|octet| format!("{octet:02x}")).collect()
    }
}

/// A part of the stream.
#[derive(Clone, Copy, Debug)]
pub struct Block<'s> {
    text: &'s [u8],
    start: usize,
    ends: &'s [usize],
}

impl<'s> Block<'s> {
    /// The block's names.
    #[inline]
    pub fn names(self) -> impl Iterator<Item = &'s [u8]> {
        self.ends.iter().scan(self.start, move |start, end| {
            let name = self.text.get(*start..*end);
            *start = *end;
            name
        })
    }
}

/// The pool of names and the stream over it.
#[derive(Debug)]
pub struct Workload {
    /// The names as they are asked.
    pub stream: Stream,
    pool: Vec<String>,
}

impl Workload {
    /// The stream over made-up names, or over those of a folder.
    ///
    /// # Errors
    /// The corpus or the folder cannot be read.
    pub fn new(folder: Option<&Path>) -> Result<Self> {
        let mut random = Random::new(1);
        let mut pool = match folder {
            Some(folder) => data::names(folder)?,
            None => made_up(&mut random)?,
        };
        random.shuffle(&mut pool);
        pool.truncate(POOL);
        let stream = stream(&pool, &mut random);
        Ok(Self { stream, pool })
    }

    /// Of a hundred names of the stream, those that the built-in base knows.
    pub fn known_percent(&self) -> f64 {
        let classifier = Classifier::builtin();
        let names = self.stream.blocks().flat_map(|block| block.names());
        let known = names.filter(|name| is_known(&classifier, name)).count();
        known as f64 * 100.0 / self.stream.len().max(1) as f64
    }

    /// So many suffix rules, sorted: those that cover names of the pool, and others up to the number.
    pub fn rules(&self, count: usize) -> Vec<String> {
        let classifier = Classifier::builtin();
        // A larger set covers more of the stream, as larger lists do.
        let (whole, single) = if count > 300_000 { (70, 35) } else { (42, 25) };
        let mut random = Random::new(2);
        let mut rules = BTreeSet::new();
        for name in &self.pool {
            let Some(domain) = Name::parse(name.as_bytes()).ok().and_then(|name| classifier.registrable(&name)) else {
                continue;
            };
            let draw = domain.bytes().fold(7_u64, |sum, octet| sum.wrapping_mul(31).wrapping_add(u64::from(octet)));
            if Random::new(draw).percent(whole) {
                rules.insert(domain);
            } else if random.percent(single) {
                rules.insert(name.clone());
            }
            if rules.len() == count {
                break;
            }
        }
        let mut maker = Maker::new(3, count / 2);
        while rules.len() < count {
            rules.insert(maker.name());
        }
        rules.into_iter().collect()
    }
}

fn is_known(classifier: &Classifier<'_>, name: &[u8]) -> bool {
    Name::parse(name).is_ok_and(|name| classifier.lookup(&name).is_some())
}

fn made_up(random: &mut Random) -> Result<Vec<String>> {
    let classifier = Classifier::builtin();
    let is_known = |name: &String| is_known(&classifier, name.as_bytes());
    let corpus = names::of_corpus()?;
    let mut maker = Maker::new(random.bits(), DOMAINS);
    let mut pool: BTreeSet<String> = corpus.iter().filter(|name| is_known(name)).cloned().collect();
    let anchors: Vec<String> = pool.iter().cloned().collect();
    while pool.len() < POOL * KNOWN / 100 {
        let sibling = anchors.get(random.below(anchors.len())).map_or("", String::as_str);
        let above = sibling.split_once('.').map_or(sibling, |(_, above)| above);
        pool.extend(Some(maker.below(above, 1)).filter(is_known));
    }
    pool.extend(corpus);
    while pool.len() < POOL {
        pool.insert(maker.name());
    }
    Ok(pool.into_iter().collect())
}

/// Draws names by rank, the first of the pool most often (Zipf and Mandelbrot).
fn stream(pool: &[String], random: &mut Random) -> Stream {
    let mut sums: Vec<usize> = Vec::with_capacity(pool.len());
    let mut sum = 0;
    for rank in 0..pool.len() {
        sum += (1 << 40) / (rank + 1 + HEAD);
        sums.push(sum);
    }
    let mut stream = Stream::default();
    for _ in 0..STREAM {
        let draw = random.below(sum);
        let rank = sums.partition_point(|end| *end <= draw);
        stream.push(pool.get(rank).map_or("", String::as_str));
    }
    stream
}
