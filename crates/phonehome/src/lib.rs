//! From a domain name to *whose it is, what it is for, how worrying it is, and what breaks if it is blocked*.
//!
//! A pure function over one immutable file, the pack: no clock, no files, no network, no global state, no floats in an answer.
//! So every host that embeds it gives the same bytes.
//!
//! ```
//! # #[cfg(feature = "data")] {
//! use phonehome::{Classifier, Verdict};
//!
//! let classifier = Classifier::builtin();
//! let brief = classifier.classify(b"a1.tuyaeu.com", 0); // 32 bytes, no allocation
//! assert_eq!(brief.verdict(), Verdict::Legitimate);
//!
//! let answer = classifier.explain(b"a1.tuyaeu.com", 0); // everything a person wants
//! assert_eq!(answer.vendor.map(|vendor| vendor.name), Some("Tuya"));
//! assert_eq!(answer.region.id(), Some("eu"));
//! # }
//! ```
//!
//! - [`Classifier`] holds one base pack, the operator's overlays and policies; every call on it is `&self`.
//! - [`Classifier::classify`] gives a [`Brief`], [`Classifier::explain`] an [`Explanation`]; neither fails on any input.
//! - [`Policy`] decides what to do about a name, the same in every host.
//! - [`Name`] is a domain name in canonical form; lists, URLs and U-labels belong to the crate `phonehome-logs`.
//!
//! It does not look names up, does not read logs, and never says that an unknown name is safe.

mod advice;
mod below;
mod brief;
mod classifier;
mod codes;
mod explanation;
mod hash;
mod infer;
mod json;
mod lines;
mod name;
mod near;
mod ordered;
mod pack;
mod pattern;
mod policy;
mod region;
mod shape;
mod suffix;
mod table;
mod vocabulary;

pub use below::{Fate, Ruling};
pub use brief::{Action, Brief, Record};
pub use classifier::{ChosenLabel, Classifier, Judgement, MAX_OVERLAYS, NamedPack, OpenError, Scratch};
pub use codes::{
    Advice, AnswerMode, Band, Class, ClassGroup, EvidenceKind, Impact, OverlayKind, Purpose, PurposeGroup, Reason,
    Risk, Storm, Verdict,
};
pub use explanation::{
    BreaksView, EvidenceView, Explanation, Fact, ListView, MatchView, OwnerView, ReasonView, RiskView,
};
pub use lines::line_count;
pub use name::{Label, LabelsFromRight, MAX_LABEL, MAX_NAME, Name, NameError};
pub use near::edits_to;
pub use ordered::OrderedError;
pub use pack::{EntryView, OverlayInfo, Owner, PackError, PackInfo, SourceView};
pub use policy::{BLOCKED_TTL, BLOCKED_TTL_STORM, MAX_POLICY, MAX_RULES, Policy, PolicyError, Warning};
pub use region::Region;

/// The pack's format, for the crate that writes packs; no other use is meant.
pub mod format {
    pub use crate::hash::{name_hash, word_hash};
    pub use crate::pack::layout::*;
    pub use crate::pattern::{matches, op};
    pub use crate::shape::is_slip;
    pub use crate::table::{BUCKET, MAX_PROBES, SLOTS, Spot, slot};

    /// The name model's parts, for the trainer.
    pub mod model {
        pub use crate::shape::model::letters::{THREES, fours, threes};
        pub use crate::shape::model::parts::{NameModel, Parts};
        pub use crate::shape::model::{FEATURES, Features, NAMES};
    }

    /// Writes length and checksum into the header of finished pack bytes.
    pub fn seal(bytes: &mut [u8]) {
        crate::pack::seal(bytes);
    }

    /// The checksum of bytes; also the golden hash of a whole pack.
    pub fn checksum(bytes: &[u8]) -> u64 {
        crate::hash::checksum(bytes)
    }

    /// The ordered store's key for a name.
    pub fn ordered_key(name: &crate::Name) -> Vec<u8> {
        crate::ordered::reversed(name)
    }
}

/// The README's Rust is a test.
#[cfg(all(doctest, feature = "data"))]
#[doc = include_str!("../../../README.md")]
struct Readme;
