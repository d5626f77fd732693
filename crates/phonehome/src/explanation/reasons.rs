//! Reasons in words: the templates of `codes.toml`, filled with values of the name at hand.

use super::ListView;
use crate::classifier::{Classifier, Finding};
use crate::codes::{OverlayKind, Reason};
use crate::name::{self, Name, NameError};
use crate::shape;

/// A reason with its values and its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonView {
    /// The code.
    pub code: Reason,
    /// The values that the sentence is filled with.
    pub values: Vec<(&'static str, String)>,
    /// The sentence, in English.
    pub text: String,
}

/// The reasons of a finding, in the order of their numbers.
pub(super) fn of(
    classifier: &Classifier<'_>,
    name: &Name,
    finding: &Finding<'_>,
    match_value: &str,
    lists: &[ListView],
) -> Vec<ReasonView> {
    let values = |reason| values(classifier, name, finding, match_value, lists, reason);
    finding.brief.reasons().map(|reason| filled(reason, values(reason))).collect()
}

/// The reason of an input that is not a name.
pub(super) fn of_invalid(error: NameError) -> Vec<ReasonView> {
    vec![match error {
        NameError::Address => filled(Reason::NameIp, Vec::new()),
        _ => filled(Reason::NameInvalid, vec![("problem", error.to_string())]),
    }]
}

fn values(
    classifier: &Classifier<'_>,
    name: &Name,
    finding: &Finding<'_>,
    match_value: &str,
    lists: &[ListView],
    reason: Reason,
) -> Vec<(&'static str, String)> {
    let local = || name::local_suffix(name);
    let list_of = |kind| {
        let names: Vec<&str> = lists.iter().filter(|list| list.kind == kind).map(|list| list.list.as_str()).collect();
        vec![("list", names.join(", "))]
    };
    let suffix_at = |start: Option<usize>| vec![("suffix", start.map(|start| name.tail(start)).unwrap_or_default())];
    let found = finding.public_suffix;
    match reason {
        Reason::KbExact | Reason::KbSuffix | Reason::KbPattern => vec![("match", match_value.to_owned())],
        Reason::KbInferred => {
            let token = finding.guess.map_or(&[][..], |guess| guess.token);
            vec![("token", String::from_utf8_lossy(token).into_owned())]
        }
        Reason::SuffixPrivate => suffix_at(found.and_then(|found| found.private)),
        Reason::SuffixPublic => suffix_at(found.and_then(|found| found.icann)),
        Reason::SuffixUnlisted => suffix_at(name.labels_from_right().next().map(|label| label.start)),
        Reason::NameLocal => vec![("suffix", local().map(|local| local.suffix.to_owned()).unwrap_or_default())],
        Reason::NameSearchSuffix => {
            let inner = local().and_then(|local| classifier.inner_name(name, local.start));
            vec![("inner", inner.map(|inner| inner.to_string()).unwrap_or_default())]
        }
        Reason::OverlayThreat => list_of(OverlayKind::Threat),
        Reason::OverlayBlock => list_of(OverlayKind::Block),
        Reason::OverlayAllow => list_of(OverlayKind::Allow),
        Reason::OverlayLabel => list_of(OverlayKind::Label),
        Reason::LookTypo | Reason::LookHomograph | Reason::LookCombo | Reason::LookBrandInSubdomain => {
            look(classifier, name, finding, reason).unwrap_or_default()
        }
        Reason::ModelRandom => machine_made(classifier, name, finding).unwrap_or_default(),
        Reason::TunnelLongLabels => {
            let start = finding.subject.map(|subject| subject.label(name).0);
            vec![("domain", start.map(|start| name.tail(start)).unwrap_or_default())]
        }
        Reason::SuffixAbusedTld => suffix_at(name.labels_from_right().next().map(|label| label.start)),
        _ => Vec::new(),
    }
}

/// The values of a name that looks machine-made.
fn machine_made(
    classifier: &Classifier<'_>,
    name: &Name,
    finding: &Finding<'_>,
) -> Option<Vec<(&'static str, String)>> {
    let subject = finding.subject?;
    let (_, label) = subject.label(name);
    let why = shape::model::why(&classifier.base.model()?, label, shape::top(name), subject.suffix_labels(name));
    Some(vec![("label", String::from_utf8_lossy(label).into_owned()), ("why", why)])
}

/// The values of a look-alike: the search is repeated, so that a short answer need not carry its words.
fn look(
    classifier: &Classifier<'_>,
    name: &Name,
    finding: &Finding<'_>,
    reason: Reason,
) -> Option<Vec<(&'static str, String)>> {
    let (base, subject) = (&classifier.base, finding.subject?);
    let words = shape::look(base, name, subject)?.words(base.brands())?;
    let vendor = base.vendor(words.vendor).map_or("", |vendor| vendor.name);
    let (start, label) = subject.label(name);
    let own = match reason {
        Reason::LookCombo => ("lure", words.lure.to_owned()),
        Reason::LookBrandInSubdomain => ("domain", name.tail(start)),
        _ => ("label", String::from_utf8_lossy(label).into_owned()),
    };
    Some(vec![own, ("vendor", vendor.to_owned()), ("brand", words.brand.to_owned())])
}

/// Fills a reason's template.
fn filled(code: Reason, values: Vec<(&'static str, String)>) -> ReasonView {
    let text =
        values.iter().fold(code.text().to_owned(), |text, (key, value)| text.replace(&format!("{{{key}}}"), value));
    ReasonView { code, values, text }
}
