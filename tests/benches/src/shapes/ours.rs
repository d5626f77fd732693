//! phonehome's own rows, through its public calls.

use phonehome::format::model::NameModel;
use phonehome::format::section;
use phonehome::{Brief, Classifier, Name, Scratch};

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

/// A model in a file, through the same calls: as if no entry of the base covered the name.
pub(super) fn variant<'c>(
    classifier: &'c Classifier<'_>,
    model: &'c NameModel,
) -> impl FnMut(usize, &str) -> Option<f64> + 'c {
    |_, name| {
        let name = Name::parse(name.as_bytes()).ok()?;
        let chosen = classifier.chosen_label(&name)?;
        model.score(chosen.label, chosen.top, chosen.suffix_labels).map(f64::from)
    }
}

/// The short answer of each name.
pub(super) fn briefs(classifier: &Classifier<'_>, names: &[String]) -> Vec<Brief> {
    names.iter().map(|name| classifier.classify(name.as_bytes(), 0)).collect()
}
