//! phonehome's own rows, through its public calls.

use phonehome::format::section;
use phonehome::{Classifier, Name, Scratch};

use crate::packs;

/// The model's section of the built-in pack; 0 when the pack has none.
pub(super) fn model_bytes() -> usize {
    packs::section_bytes(phonehome_data::PACK, section::MODEL)
}

/// Text to the model's score, as if no entry of the base covered the name.
pub(super) fn model<'c>(classifier: &'c Classifier<'_>) -> impl FnMut(usize, &str) -> Option<f64> + 'c {
    |_, name| {
        let name = Name::parse(name.as_bytes()).ok()?;
        classifier.shape_score(&name).map(f64::from)
    }
}

/// Text to the whole short answer; known names have no score.
pub(super) fn classify<'c>(classifier: &'c Classifier<'_>) -> impl FnMut(usize, &str) -> Option<f64> + 'c {
    let mut scratch = Scratch::new();
    move |_, name| classifier.classify_with(&mut scratch, name.as_bytes(), 0).score().map(f64::from)
}

/// The band of each name in the short answer, from 1; 0 is none.
pub(super) fn bands(classifier: &Classifier<'_>, names: &[String]) -> Vec<u8> {
    let band = |name: &String| classifier.classify(name.as_bytes(), 0).band().map_or(0, |band| band.number() + 1);
    names.iter().map(band).collect()
}
