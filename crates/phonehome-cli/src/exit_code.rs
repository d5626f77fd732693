//! How the command ends, as scripts see it.

use std::process::ExitCode;

/// The exit code; documented in `phonehome --help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, and nothing that `--fail-on` asks about.
    Done,
    /// Done, and `--fail-on` found something.
    Findings,
    /// Bad use or bad input; a message says which file and line.
    Failed,
}

impl Exit {
    /// The number.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Failed => 2,
        }
    }

    /// Findings when there are any.
    pub(crate) const fn found(any: bool) -> Self {
        if any { Self::Findings } else { Self::Done }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_that_scripts_rely_on() {
        assert_eq!([Exit::Done, Exit::Findings, Exit::Failed].map(Exit::code), [0, 1, 2]);
        assert_eq!([Exit::found(false), Exit::found(true)], [Exit::Done, Exit::Findings]);
    }
}
