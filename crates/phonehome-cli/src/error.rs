//! Why a command stops early.

use std::fmt::Display;
use std::io;
use std::path::Path;

use crate::text::clean;

/// A command stopped early.
#[derive(Debug)]
pub(crate) enum Error {
    /// The reader of our output has seen enough (`| head`): no failure.
    ClosedPipe,
    /// A message for the user, which names the file, and the line where there is one.
    Message(String),
}

impl Error {
    /// A failure that has no place in a file.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }

    /// A failure of a file as a whole.
    pub(crate) fn file(path: &Path, problem: impl Display) -> Self {
        Self::Message(format!("{}: {problem}", shown(path)))
    }
}

/// A path as messages show it: a file's name may hold control characters too.
pub(crate) fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}

/// Writing the output failed; reading failures are mapped where the file is known.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::Message(format!("cannot write the output: {error}"))
    }
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            other => Self::Message(format!("cannot write the output: {other:?}")),
        }
    }
}
