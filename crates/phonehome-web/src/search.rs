//! Looking through everything that the knowledge holds, whatever names were read.

use std::collections::BTreeMap;

use phonehome::{Classifier, Name, OrderedError, Owner, edits_to};
use phonehome_logs::lists;
use serde::Serialize;

use crate::row::Row;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Found {
    /// The best names, as rows without a number.
    pub rows: Vec<Row>,
    /// How many names fit in all.
    pub names: u32,
    /// How well they fit.
    pub fit: Fit,
}

/// How well what was found fits what was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub enum Fit {
    /// The names, or their owners' names, hold the text.
    #[default]
    Holds,
    /// They lie under the same registrable name.
    Under,
    /// They are only nearly what was asked: did you mean these?
    Near,
}

/// Names of the knowledge that hold a text, or whose owner's name does, the best first; else those under the same registrable name;
/// else those that are nearly it.
pub(crate) fn search(classifier: &Classifier<'_>, text: &str, most: usize) -> Result<Found, OrderedError> {
    let text = lists::name_from_text(text.as_bytes());
    let text = String::from_utf8_lossy(&text).to_ascii_lowercase();
    if text.is_empty() {
        return Ok(Found::default());
    }
    let registrable = Name::parse(text.as_bytes()).ok().and_then(|name| classifier.registrable(&name));
    let names: Vec<String> = classifier.entry_names()?.into_iter().map(|(name, _)| name.to_string()).collect();
    let mut ranked = holding(classifier, &names, &text);
    let mut fit = Fit::Holds;
    if let Some(registrable) = registrable.as_ref().filter(|_| ranked.is_empty()) {
        (ranked, fit) = (under(&names, registrable), Fit::Under);
    }
    if ranked.is_empty() {
        // Of a whole name the maker's label counts: the others vary from device to device.
        let label = registrable.as_deref().unwrap_or(&text).split('.').next().unwrap_or_default();
        (ranked, fit) = (near(classifier, &names, label)?, Fit::Near);
    }
    let mut found: Vec<(u8, String)> = ranked.into_iter().map(|(name, rank)| (rank, name)).collect();
    found.sort();
    let row = |(_, name): &(u8, String)| Row::new(0, &classifier.explain(name.as_bytes(), 0));
    let rows = found.iter().take(most).map(row).collect();
    Ok(Found { rows, names: u32::try_from(found.len()).unwrap_or(u32::MAX), fit })
}

/// Names with their ranks, the lower the better.
type Ranked = BTreeMap<String, u8>;

/// Names that begin with the text first, then those with a label that does, those that hold it, and those whose owner's name does.
fn holding(classifier: &Classifier<'_>, names: &[String], text: &str) -> Ranked {
    let rank = |name: &str| match name.find(text) {
        Some(0) => Some(0),
        Some(at) if name.as_bytes().get(at - 1) == Some(&b'.') => Some(1),
        Some(_) => Some(2),
        None => owner(classifier, name).is_some_and(|owner| owner.name.to_lowercase().contains(text)).then_some(3),
    };
    names.iter().filter_map(|name| rank(name).map(|rank| (name.clone(), rank))).collect()
}

fn under(names: &[String], registrable: &str) -> Ranked {
    let is_under =
        |name: &&String| name.strip_suffix(registrable).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    names.iter().filter(is_under).map(|name| (name.clone(), 0)).collect()
}

/// Names with a label that is nearly the text, and those of owners whose name nearly is; the rank is the number of edits.
fn near(classifier: &Classifier<'_>, names: &[String], text: &str) -> Result<Ranked, OrderedError> {
    let by_owner = |name: &String| Some((name.clone(), edits_to(text, owner(classifier, name)?.name)?));
    let mut ranked: Ranked = names.iter().filter_map(by_owner).collect();
    for (edits, name) in classifier.names_near(text)? {
        let rank = ranked.entry(name.to_string()).or_insert(edits);
        *rank = edits.min(*rank);
    }
    Ok(ranked)
}

/// Who owns a name: its vendor, else its platform.
fn owner<'c>(classifier: &'c Classifier<'_>, name: &str) -> Option<Owner<'c>> {
    let brief = classifier.classify(name.as_bytes(), 0);
    let vendor = brief.vendor().and_then(|vendor| classifier.vendor(vendor));
    vendor.or_else(|| brief.platform().and_then(|platform| classifier.platform(platform)))
}
