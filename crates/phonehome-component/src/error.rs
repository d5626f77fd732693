//! Errors of opening.

use phonehome::{OpenError, PackError, PolicyError};

use crate::exports::phonehome::classifier::types;

pub(crate) fn open(error: OpenError) -> types::OpenError {
    match error {
        OpenError::Base(error) => types::OpenError::Base(pack(error)),
        OpenError::Overlay(number, error) => {
            types::OpenError::Overlay(types::OverlayError { number: short(number), error: pack(error) })
        }
        OpenError::Policy(number, error) => {
            types::OpenError::Policy(types::NumberedPolicyError { number: short(number), error: policy(error) })
        }
        other => types::OpenError::Base(types::PackError::Other(other.to_string())),
    }
}

fn pack(error: PackError) -> types::PackError {
    match error {
        PackError::Truncated { expected, got } => {
            types::PackError::Truncated(types::Sizes { expected: expected as u64, got: got as u64 })
        }
        PackError::Magic => types::PackError::Magic,
        PackError::Format { expected, got } => types::PackError::Format(types::Formats { expected, got }),
        PackError::Kind { expected, got } => {
            types::PackError::Kind(types::Kinds { expected: expected.to_owned(), got: got.to_owned() })
        }
        PackError::Checksum { expected, got } => types::PackError::Checksum(types::Checksums { expected, got }),
        PackError::Section(name) => types::PackError::Section(name.to_owned()),
        PackError::UnknownCode { vocabulary, known, got } => {
            types::PackError::UnknownCode(types::UnknownCode { vocabulary: vocabulary.to_owned(), known, got })
        }
        PackError::TooManyOverlays { most } => types::PackError::TooManyOverlays(short(most)),
        other => types::PackError::Other(other.to_string()),
    }
}

fn policy(error: PolicyError) -> types::PolicyError {
    let PolicyError { line, column, expected, got } = error;
    types::PolicyError { line, column, expected, got }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
