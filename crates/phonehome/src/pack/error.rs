//! Why bytes are not a pack that can be opened.

use std::fmt;

/// Opening a pack failed. Each variant says what was expected and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackError {
    /// The bytes end early (or go on too long). Fetch the file again.
    Truncated {
        /// Bytes that the header promises.
        expected: usize,
        /// Bytes that are there.
        got: usize,
    },
    /// Not a phonehome pack at all. Check the file name.
    Magic,
    /// Written in another format. Use a pack of this release, or the release that fits the pack.
    Format {
        /// The format this release reads.
        expected: u16,
        /// The pack's.
        got: u16,
    },
    /// An overlay where a base pack is wanted, or the reverse. Give it by the other option.
    Kind {
        /// What is wanted here.
        expected: &'static str,
        /// What the pack is.
        got: &'static str,
    },
    /// Damaged: the checksum over header and sections does not hold. Fetch the file again.
    Checksum {
        /// What the header says.
        expected: u64,
        /// What the bytes give.
        got: u64,
    },
    /// A section that this kind of pack must have is missing or has an impossible size or place.
    Section(&'static str),
    /// The pack uses a code that this release does not know. Use a newer release.
    UnknownCode {
        /// The vocabulary, such as `purpose`.
        vocabulary: &'static str,
        /// How many codes this release knows.
        known: u8,
        /// How many the pack uses.
        got: u8,
    },
    /// More overlays than one classifier takes.
    TooManyOverlays {
        /// The most it takes.
        most: usize,
    },
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { expected, got } => write!(f, "the pack should have {expected} bytes and has {got}"),
            Self::Magic => f.write_str("not a phonehome pack (it does not start with \"PHONEHOM\")"),
            Self::Format { expected, got } => {
                write!(f, "pack format {got}, but this release reads format {expected}")
            }
            Self::Kind { expected, got } => write!(f, "expected {expected}, got {got}"),
            Self::Checksum { expected, got } => {
                write!(f, "the pack is damaged: checksum {got:016x} instead of {expected:016x}")
            }
            Self::Section(name) => write!(f, "the pack's section {name:?} is missing, misplaced or damaged"),
            Self::UnknownCode { vocabulary, known, got } => {
                write!(f, "the pack uses {got} codes of the vocabulary {vocabulary:?}, but this release knows {known}")
            }
            Self::TooManyOverlays { most } => write!(f, "more than {most} overlays"),
        }
    }
}

impl std::error::Error for PackError {}
