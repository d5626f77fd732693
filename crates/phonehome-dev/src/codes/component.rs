//! The component's `codes.rs`: from the library's codes to those of the WIT, one match a vocabulary.

use std::fmt::Write as _;

use super::source::{Code, Codes, camel};

/// The text of `crates/phonehome-component/src/codes.rs`.
pub(super) fn text(codes: &Codes) -> String {
    let mut out = String::from(
        "//! From the library's codes to the contract's. Generated from `codes.toml` by `cargo dev codes`; do not edit.\n\n\
         use crate::exports::phonehome::classifier::codes as wit;\n",
    );
    // The function, the library's enum, the WIT's.
    let vocabularies: [(&str, &str, &str, &[Code]); 10] = [
        ("verdict", "Verdict", "Verdict", &codes.verdict),
        ("purpose", "Purpose", "Purpose", &codes.purpose),
        ("impact", "Impact", "Impact", &codes.impact),
        ("retry_storm", "Storm", "RetryStorm", &codes.storm),
        ("answer_mode", "AnswerMode", "AnswerMode", &codes.answer),
        ("risk", "Risk", "Risk", &codes.risk),
        ("advice", "Advice", "Advice", &codes.advice),
        ("band", "Band", "Band", &codes.band),
        ("overlay_kind", "OverlayKind", "OverlayKind", &codes.overlay),
        ("evidence_kind", "EvidenceKind", "EvidenceKind", &codes.evidence),
    ];
    for (function, own, theirs, list) in vocabularies {
        let _ = writeln!(
            out,
            "\npub(crate) fn {function}(code: phonehome::{own}) -> wit::{theirs} {{\n    use phonehome::{own} as Own;\n    \
             match code {{"
        );
        for code in list {
            let variant = camel(&code.id);
            let _ = writeln!(out, "        Own::{variant} => wit::{theirs}::{variant},");
        }
        out.push_str("    }\n}\n");
    }
    out
}
