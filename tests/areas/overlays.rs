//! Overlays: what they cover, how lists merge, and a million names in place.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "overlays/labels.rs"]
mod labels;
#[path = "overlays/million.rs"]
mod million;
#[path = "overlays/precedence.rs"]
mod precedence;
#[path = "overlays/scope.rs"]
mod scope;

use std::borrow::Cow;

use phonehome::{Classifier, Name, NamedPack, OverlayKind};
use phonehome_pack::{BuiltOverlay, ListFormat, OverlayBuilder, OverlaySpec, RuleScope};

/// An overlay of a list.
fn build(format: ListFormat, kind: OverlayKind, scope: Option<RuleScope>, list: &str) -> BuiltOverlay {
    let spec = OverlaySpec { format, kind, name: "a list".to_owned(), scope, date: 20_260_101 };
    let mut builder = OverlayBuilder::new(spec).unwrap();
    builder.feed(list.as_bytes());
    builder.finish().unwrap()
}

/// The built-in knowledge with overlays, read in place.
fn open<'a>(packs: &[&'a [u8]]) -> Classifier<'a> {
    let overlays = packs.iter().map(|bytes| NamedPack { name: None, bytes: Cow::Borrowed(*bytes) }).collect();
    Classifier::open(Cow::Borrowed(phonehome_data::PACK), overlays, &[]).unwrap()
}

fn name(text: &str) -> Name {
    Name::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Which of the names a list of one scope covers.
fn covered<'n>(scope: RuleScope, list: &str, names: &[&'n str]) -> Vec<&'n str> {
    let overlay = build(ListFormat::Domains, OverlayKind::Block, Some(scope), list);
    let classifier = open(&[&overlay.bytes]);
    names.iter().copied().filter(|text| classifier.overlay_covers(0, &name(text))).collect()
}
