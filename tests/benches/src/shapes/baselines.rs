//! The two plain ways: Shannon entropy of the registrable label, and a bigram model of it.

use anyhow::Result;
use phonehome::{Classifier, Name};

use super::files::Folder;

/// The label left of the public suffix (ICANN section).
pub(super) fn label(classifier: &Classifier<'_>, name: &str) -> Option<String> {
    let mut registrable = classifier.registrable(&Name::parse(name.as_bytes()).ok()?)?;
    registrable.truncate(registrable.find('.')?);
    Some(registrable)
}

/// Bits an octet.
pub(super) fn entropy(label: &str) -> f64 {
    let mut counts = [0_u8; 256];
    for octet in label.bytes() {
        if let Some(count) = counts.get_mut(usize::from(octet)) {
            *count = count.saturating_add(1);
        }
    }
    let length = label.len().max(1) as f64;
    // An octet is counted where it occurs first; later its count is 0.
    let mut sum = 0.0;
    for octet in label.bytes() {
        let count = counts.get_mut(usize::from(octet)).map_or(0, std::mem::take);
        if count > 1 {
            sum += f64::from(count) * f64::from(count).log2();
        }
    }
    length.log2() - sum / length
}

/// Letters, digits, the hyphen, anything else, and the border of the label.
const SYMBOLS: usize = 39;
const BORDER: usize = 38;

/// Log-odds of every pair of neighbours: machine-made against popular and new names, one added to every count.
#[derive(Debug)]
pub(super) struct Bigrams(Vec<f32>);

impl Bigrams {
    pub(super) const BYTES: usize = SYMBOLS * SYMBOLS * size_of::<f32>();

    /// Counts in the files for fitting.
    pub(super) fn fit(classifier: &Classifier<'_>, folder: &Folder) -> Result<Self> {
        let machine = shares(&folder.names("dga_train")?, classifier);
        let human = shares(&folder.names("ben_train")?, classifier);
        Ok(Self(machine.iter().zip(&human).map(|(machine, human)| (machine / human).ln() as f32).collect()))
    }

    /// The sum over the label's pairs: how many times likelier its letters are in a machine-made label, in log-odds.
    pub(super) fn score(&self, label: &str) -> f64 {
        pairs(label).map(|pair| f64::from(self.0.get(pair).copied().unwrap_or_default())).sum()
    }
}

/// For each pair the share of its second symbol after its first.
fn shares(names: &[String], classifier: &Classifier<'_>) -> Vec<f64> {
    let mut counts = vec![1.0; SYMBOLS * SYMBOLS];
    for label in names.iter().filter_map(|name| label(classifier, name)) {
        for pair in pairs(&label) {
            if let Some(count) = counts.get_mut(pair) {
                *count += 1.0;
            }
        }
    }
    for row in counts.chunks_mut(SYMBOLS) {
        let sum: f64 = row.iter().sum();
        row.iter_mut().for_each(|count| *count /= sum);
    }
    counts
}

fn pairs(label: &str) -> impl Iterator<Item = usize> {
    let symbols = label.bytes().map(symbol).chain([BORDER]);
    symbols.scan(BORDER, |before, symbol| Some(std::mem::replace(before, symbol) * SYMBOLS + symbol))
}

fn symbol(octet: u8) -> usize {
    match octet {
        b'a'..=b'z' => usize::from(octet - b'a'),
        b'0'..=b'9' => usize::from(octet - b'0') + 26,
        b'-' => 36,
        _ => 37,
    }
}
