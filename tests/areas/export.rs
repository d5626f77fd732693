//! Exports: what is written blocks what the policy blocks and nothing else, in our readers and in the real programs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "export/formats.rs"]
mod formats;
#[path = "export/never_more.rs"]
mod never_more;
#[path = "export/round_trip.rs"]
mod round_trip;

use phonehome::Classifier;
use phonehome_export::{Asked, Document, Format, Plan, Settings};

/// The list of a plan.
fn written(classifier: &Classifier<'_>, plan: &Plan, format: Format) -> String {
    let mut text = String::new();
    let settings = Settings::default();
    Document::new(classifier, plan, format, &settings).write(&mut text, &mut |_| ()).unwrap();
    text
}

/// The list of everything that the knowledge holds.
fn whole_base(classifier: &Classifier<'_>, format: Format) -> String {
    let asked = Asked::whole_base(classifier).unwrap();
    written(classifier, &Plan::new(classifier, asked, 0, &mut |_| ()).unwrap(), format)
}
