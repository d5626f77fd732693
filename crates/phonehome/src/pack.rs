//! Packs: immutable files of knowledge, read in place.
//!
//! A base pack holds vendors, entries and public-suffix rules; an overlay holds an operator's list. Opening checks magic,
//! format and the checksum over everything. Bytes that pass with a repaired checksum are still safe: indices are checked
//! where they are used and walks are bounded; what does not fit reads as absent.

mod base;
mod container;
mod detail;
mod error;
pub(crate) mod layout;
mod overlay;
mod text;

pub(crate) use base::{Base, MatchKind};
pub use base::{EntryView, Owner, PackInfo, SourceView};
pub(crate) use container::seal;
pub(crate) use detail::{Breaks, Detail};
pub use error::PackError;
pub use overlay::OverlayInfo;
pub(crate) use overlay::{Label, Overlay};
