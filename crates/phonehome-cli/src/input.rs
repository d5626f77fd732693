//! What to classify, name by name: arguments, files, standard input. Lists are read in pieces; nothing is lost in silence.

mod read;
mod skips;

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};

pub(crate) use read::{Names, Reading};

use crate::error::Error;
use crate::targets::Target;

/// Standard input, as an argument and in messages.
pub(crate) const STDIN: &str = "-";

/// Endings of lists, logs and captures: with one of these an argument was meant as a file.
const ENDINGS: [&str; 26] = [
    "txt", "csv", "tsv", "json", "jsonl", "ndjson", "log", "list", "lst", "hosts", "zone", "rpz", "gz", "bz2", "xz",
    "zst", "zip", "db", "sqlite", "pcap", "pcapng", "dnstap", "pack", "conf", "md", "yaml",
];

/// One source of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// A name from the command line.
    Name(OsString),
    /// A list; `-` is standard input.
    List(PathBuf),
}

/// Decides what each argument is. Mistyped files are found before the first answer.
pub(crate) fn resolve(targets: &[Target]) -> Result<Vec<Input>, Error> {
    if targets.is_empty() {
        if stdin().is_terminal() {
            return Err(Error::new("nothing to classify: give names or lists, or pipe a list in"));
        }
        return Ok(vec![Input::List(STDIN.into())]);
    }
    targets.iter().map(input).collect()
}

fn input(target: &Target) -> Result<Input, Error> {
    match target {
        Target::Name(name) => Ok(Input::Name(name.clone())),
        Target::File(path) => Ok(Input::List(path.clone())),
        Target::Either(text) if Path::new(text).is_dir() => {
            Err(Error::file(Path::new(text), "a folder, not a list (for a name of this spelling use -n)"))
        }
        Target::Either(text) if text == STDIN || Path::new(text).exists() => Ok(Input::List(text.into())),
        Target::Either(text) if is_meant_as_file(text) => {
            let text = Path::new(text);
            Err(Error::file(text, "no such file (for a name of this spelling use -n)"))
        }
        Target::Either(text) => Ok(Input::Name(text.clone())),
    }
}

/// Whether an argument can only have been meant as a file. A URL has slashes, and is a name.
fn is_meant_as_file(text: &OsStr) -> bool {
    let bytes = text.as_encoded_bytes();
    let is_url = bytes.windows(3).any(|window| window == b"://");
    let has_slash = bytes.contains(&b'/') || (cfg!(windows) && bytes.contains(&b'\\'));
    let ending = Path::new(text).extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    !is_url && (has_slash || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_file_is_never_a_name() {
        for text in ["nosuch.json", "no/such", "./nosuch", "NOSUCH.TXT", "query.log", "dump.pcap", "10.0.0.0/8"] {
            assert!(input(&Target::Either(text.into())).is_err(), "{text}");
        }
        for text in ["example.com", "https://example.com/a.json", "localhost", "", "com."] {
            assert_eq!(input(&Target::Either(text.into())).ok(), Some(Input::Name(text.into())), "{text}");
        }
        assert_eq!(input(&Target::Name("a.json".into())).ok(), Some(Input::Name("a.json".into())));
        assert_eq!(input(&Target::Either("Cargo.toml".into())).ok(), Some(Input::List("Cargo.toml".into())));
        assert!(input(&Target::Either("src".into())).is_err());
    }
}
