//! The contract in Rust: what `wit/` says, and the 32 bytes of a short answer.

#[allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unsafe_code,
    reason = "generated from the WIT"
)]
pub(crate) mod bindings {
    wasmtime::component::bindgen!({ path: "../../wit", world: "plugin" });
}

pub use bindings::exports::phonehome::classifier::codes::DeviceClass;
pub use bindings::exports::phonehome::classifier::types::{
    Action, Advice, AnswerMode, Band, Breaks, Brief, Checksums, Classes, EntryMatch, Evidence, EvidenceKind,
    Explanation, Formats, Impact, Info, Kinds, ListHit, MatchKind, NamedPack, NumberedPolicyError, OpenError,
    OverlayError, OverlayInfo, OverlayKind, Owner, PackError, PolicyError, Purpose, Purposes, Reason, RetryStorm, Risk,
    RiskNote, Risks, Sizes, Source, UnknownCode, Verdict,
};

/// The version of the contract, which is the version behind the `@` in `wit/`.
pub const VERSION: &str = "0.1.0";
/// The interface that a component of this contract exports.
pub(crate) const ENGINE: &str = "phonehome:classifier/engine";

impl Brief {
    /// The bytes that every surface of phonehome hands out, little-endian; their layout stands in ABI.md beside the flat module.
    pub fn to_bytes(&self) -> [u8; 32] {
        let (action, mode) = match self.action {
            Action::Allow => (0, 0),
            Action::Block(mode) => (1, mode as u8 + 1),
        };
        let breaks =
            self.impact as u8 | (self.retry_storm as u8) << 2 | self.band.map_or(0, |band| band as u8 + 1) << 4;
        let fields: [&[u8]; 13] = [
            &[self.verdict as u8],
            &[self.confidence],
            &[action | u8::from(self.logged) << 2 | mode << 3],
            &[breaks],
            &self.vendor.unwrap_or(u16::MAX).to_le_bytes(),
            &self.platform.unwrap_or(u16::MAX).to_le_bytes(),
            &bits(self.purposes.as_array()).to_le_bytes(),
            &bits(self.classes.as_array()).to_le_bytes(),
            &self.reasons.to_le_bytes(),
            &self.score.unwrap_or(i16::MIN).to_le_bytes(),
            &[bits(self.risks.as_array()).to_le_bytes()[0]],
            &[self.first_purpose.map_or(u8::MAX, |purpose| purpose as u8)],
            &self.entry.unwrap_or(u32::MAX).to_le_bytes(),
        ];
        let mut out = [0; 32];
        for (slot, octet) in out.iter_mut().zip(fields.iter().flat_map(|field| field.iter())) {
            *slot = *octet;
        }
        out
    }
}

/// The one word of a set.
fn bits(words: [u32; 1]) -> u32 {
    let [word] = words;
    word
}
