//! Knowledge sources to a base pack: read, check, resolve, write.

mod brands;
mod check;
mod date;
mod read;
mod resolve;
mod schema;
mod suffixes;
mod template;
mod write;

use std::fmt;

use phonehome::format::model::NameModel;

/// A source file: its path as messages show it, and its text.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// Path below `sources/`, with `/`.
    pub path: String,
    /// The file's content.
    pub text: String,
}

/// Something wrong in a source file. Building stops after all problems are collected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and how to mend it.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.text)
    }
}

/// Knowledge that was read and checked.
#[derive(Debug)]
pub struct Knowledge {
    read: read::Read,
    resolved: Vec<resolve::Resolved>,
    /// The MODEL section; empty without one.
    model: Vec<u8>,
}

impl Knowledge {
    /// Reads and checks source files; their order does not matter.
    ///
    /// # Errors
    /// Every problem found, with file, line and the fix.
    pub fn read(mut files: Vec<SourceText>) -> Result<Self, Vec<Problem>> {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let (read, mut problems) = read::files(&files);
        problems.extend(check::all(&read));
        if problems.is_empty() {
            let resolved = resolve::all(&read, &mut problems);
            if problems.is_empty() {
                return Ok(Self { read, resolved, model: Vec::new() });
            }
        }
        problems.sort();
        problems.dedup();
        Err(problems)
    }

    /// Adds the name model that the pack shall carry. Without one no name gets a band.
    #[must_use]
    pub fn with_model(mut self, model: &NameModel) -> Self {
        self.model = model.section().to_vec();
        self
    }

    /// The base pack. The same sources and the same model give the same bytes.
    pub fn to_pack(&self) -> Vec<u8> {
        write::pack(&self.read, &self.resolved, &self.model)
    }

    /// The names that patterns must and must not match, with the pattern's value: input for a test of the finished pack.
    pub fn pattern_examples(&self) -> impl Iterator<Item = (&str, &[String], &[String])> {
        self.read
            .entries
            .iter()
            .map(|entry| (entry.it.rule.value.as_str(), entry.it.matches.as_slice(), entry.it.rejects.as_slice()))
    }
}
