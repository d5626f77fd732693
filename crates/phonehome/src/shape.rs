//! Shapes of names: what letters alone suggest about a name that no entry vouches for.
//!
//! Three judges, none of which proves anything: the name model (`model`) scores how machine-made a label is, `look` finds
//! look-alikes of vendors' brands, `tunnel` the long labels that carry data. What is judged at all is decided here, because it
//! matters more than any model: only what somebody chose freely, left of the suffix under which names are handed out.

mod look;
pub(crate) mod model;
mod tunnel;

use crate::brief::Brief;
use crate::codes::{Band, Reason, Verdict};
use crate::name::Name;
use crate::pack::Base;

use look::Look;
pub use look::is_slip;
pub(crate) use model::{Layout, Model};

/// What is judged of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    /// Offset at which the suffix starts; the judged label ends at the separator before it.
    pub(crate) suffix: usize,
    /// Whether the name model scores the label too.
    pub(crate) is_scored: bool,
}

impl Subject {
    /// Labels of the suffix.
    #[inline]
    pub(crate) fn suffix_labels(&self, name: &Name) -> usize {
        name.labels_from_right().take_while(|label| label.start >= self.suffix).count()
    }

    /// The label left of the suffix, and where it starts.
    #[inline]
    pub(crate) fn label<'n>(&self, name: &'n Name) -> (usize, &'n [u8]) {
        let end = self.suffix.saturating_sub(1);
        let start = name.label_start_before(end);
        (start, name.as_bytes().get(start..end).unwrap_or(&[]))
    }
}

/// Confidence in a suspicion: no shape is more than a guess, see the table in `MODEL.md`.
mod confidence {
    pub(super) const HIGH: u8 = 50;
    pub(super) const RAISED: u8 = 30;
    pub(super) const HOMOGRAPH: u8 = 60;
    pub(super) const LOOK: u8 = 40;
}

/// Adds to a brief what the name's shape suggests.
#[inline]
pub(crate) fn judge(base: &Base<'_>, name: &Name, subject: Subject, brief: &mut Brief) {
    let mut confidence = 0;
    let (_, label) = subject.label(name);
    let model = base.model();
    if subject.is_scored
        && let Some(score) = model.and_then(|model| model.score(label, top(name), subject.suffix_labels(name)))
    {
        brief.set_score(score.hundredths, score.band);
        match score.band {
            Some(Band::High) => confidence = confidence::HIGH,
            Some(Band::Raised) => confidence = confidence::RAISED,
            Some(Band::Low) | None => {}
        }
        if score.band.is_some() {
            brief.add_reason(Reason::ModelRandom);
        }
    }
    if let Some(look) = look(base, name, subject) {
        look.reasons().for_each(|reason| brief.add_reason(reason));
        if look.is_suspicious() {
            let sure = if look.is_homograph() { confidence::HOMOGRAPH } else { confidence::LOOK };
            confidence = confidence.max(sure);
        }
    }
    if tunnel::is_shape(name, subject) {
        brief.add_reason(Reason::TunnelLongLabels);
    }
    if confidence > 0 {
        brief.verdict = Verdict::Suspicious.number();
        brief.confidence = confidence;
    }
}

/// What looks like a brand in a name.
#[inline]
pub(crate) fn look(base: &Base<'_>, name: &Name, subject: Subject) -> Option<Look> {
    look::find(base.brands(), name, subject, |word| base.model().is_some_and(|model| model.is_word(word)))
}

/// The last label.
#[inline]
pub(crate) fn top(name: &Name) -> &[u8] {
    name.labels_from_right().next().map_or(&[], |label| label.bytes)
}
