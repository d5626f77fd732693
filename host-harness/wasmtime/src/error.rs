//! What can go wrong, for whoever has to decide what to do about it.

use std::fmt;

use crate::contract::{self, OpenError, PackError};

/// A call had no answer. The next call has a fresh instance.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallError {
    /// The guest trapped; what wasmtime says.
    Trap(String),
    /// The guest did not end in time.
    Deadline,
    /// The guest wanted more memory than it may have.
    Memory {
        /// Most bytes of an instance.
        limit: usize,
    },
    /// All instances were busy for as long as a caller waits.
    Busy,
    /// No instance could be made; what wasmtime or the component says.
    Instance(String),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trap(what) => write!(f, "the component trapped: {what}"),
            Self::Deadline => f.write_str("the component did not answer in time"),
            Self::Memory { limit } => write!(f, "the component wanted more than {limit} bytes of memory"),
            Self::Busy => f.write_str("every instance of the component is busy"),
            Self::Instance(what) => write!(f, "no instance of the component: {what}"),
        }
    }
}

impl std::error::Error for CallError {}

/// A host could not be made, or a replacement not be taken.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum HostError {
    /// The engine that was brought does not interrupt by epochs: a guest that loops would never end.
    EngineWithoutEpochs,
    /// No engine could be made; what wasmtime says.
    Engine(String),
    /// These bytes are no component that can be compiled; what wasmtime says.
    Component(String),
    /// A component of another contract, or of none.
    Contract {
        /// The version this host speaks.
        expected: &'static str,
        /// The version the component speaks; `None`: not a component of phonehome.
        found: Option<String>,
    },
    /// The classifier does not open: a pack, an overlay, a policy.
    Open(OpenError),
    /// The component failed while it opened.
    Call(CallError),
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EngineWithoutEpochs => {
                f.write_str("the engine needs epoch_interruption(true), else a looping guest never ends")
            }
            Self::Engine(what) => write!(f, "no engine: {what}"),
            Self::Component(what) => write!(f, "not a component that can be compiled: {what}"),
            Self::Contract { expected, found: Some(found) } => {
                write!(f, "the component speaks version {found} of the contract, this host {expected}")
            }
            Self::Contract { expected, found: None } => {
                write!(f, "not a component of phonehome (it exports no {}@{expected})", contract::ENGINE)
            }
            Self::Open(error) => write!(f, "{}", Opening(error)),
            Self::Call(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for HostError {}

/// What wasmtime says with its causes, which may take several lines, on one.
pub(crate) fn line(error: &wasmtime::Error) -> String {
    format!("{error:#}").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl From<CallError> for HostError {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

/// An error of opening in words.
struct Opening<'e>(&'e OpenError);

impl fmt::Display for Opening<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            OpenError::Base(error) => write!(f, "base pack: {}", Pack(error)),
            OpenError::Overlay(at) => write!(f, "overlay {}: {}", at.number + 1, Pack(&at.error)),
            OpenError::Policy(at) => {
                let contract::PolicyError { line, column, expected, got } = &at.error;
                write!(f, "policy {}: line {line}, column {column}: expected {expected}, got {got:?}", at.number + 1)
            }
        }
    }
}

/// An error of a pack in words.
struct Pack<'e>(&'e PackError);

impl fmt::Display for Pack<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            PackError::Truncated(size) => {
                write!(f, "the pack should have {} bytes and has {}", size.expected, size.got)
            }
            PackError::Magic => f.write_str("not a phonehome pack"),
            PackError::Format(format) => {
                write!(f, "pack format {}, but the component reads format {}", format.got, format.expected)
            }
            PackError::Kind(kind) => write!(f, "expected {}, got {}", kind.expected, kind.got),
            PackError::Checksum(sum) => {
                write!(f, "the pack is damaged: checksum {:016x} instead of {:016x}", sum.got, sum.expected)
            }
            PackError::Section(name) => write!(f, "the pack's section {name:?} is missing, misplaced or damaged"),
            PackError::UnknownCode(code) => write!(
                f,
                "the pack uses {} codes of the vocabulary {:?}, but the component knows {}",
                code.got, code.vocabulary, code.known
            ),
            PackError::TooManyOverlays(most) => write!(f, "more than {most} overlays"),
            PackError::Other(what) => f.write_str(what),
        }
    }
}
