//! From the command line's options to an open classifier; failures name the file at fault.

use std::fs;
use std::path::{Path, PathBuf};

use phonehome::format::MAGIC;
use phonehome::{Classifier, NamedPack, OpenError, PackError, PolicyError};
use phonehome_logs::lists::SNIFF_LEN;

use crate::args::OpenOptions;
use crate::date::Date;
use crate::engine::Engine;
use crate::error::{Error, shown};
use crate::say;
use crate::text::clean;
use crate::values::OverlayFile;

/// Policies that come with the program. A preset's name wins over a file's: write ./observe for a file.
const PRESETS: [(&str, &str); 3] = [
    ("observe", include_str!("../presets/observe.policy")),
    ("gentle", include_str!("../presets/gentle.policy")),
    ("things", include_str!("../presets/things.policy")),
];

/// Rows of corrections that are shown when they could not be kept.
const SHOWN: usize = 10;

/// A policy's text, and where it comes from.
#[derive(Debug)]
pub(crate) struct PolicyText {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl PolicyText {
    /// Reads a preset or a file.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        if let Some((_, text)) = PRESETS.iter().find(|(name, _)| path == Path::new(name)) {
            return Ok(Self { path: path.to_owned(), text: (*text).to_owned() });
        }
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self { path: path.to_owned(), text }),
            Err(error) => {
                let presets = PRESETS.map(|(name, _)| name).join(", ");
                Err(Error::file(path, format_args!("cannot read this policy: {error} (presets: {presets})")))
            }
        }
    }

    /// A mistake in the policy.
    pub(crate) fn error(&self, error: &PolicyError) -> Error {
        let PolicyError { line, column, expected, got } = error;
        Error::new(format!("{}:{line}:{column}: expected {expected}, got {got:?}", shown(&self.path)))
    }
}

/// Opens what answers as the options ask, and says so if its knowledge is old.
pub(crate) fn engine(options: &OpenOptions) -> Result<Engine, Error> {
    let policy = options.policy.as_deref().map(PolicyText::read).transpose()?;
    #[cfg(feature = "component")]
    if let Some(path) = options.component() {
        let component = crate::engine::Component::open(path, options, policy.as_ref())?;
        say_if_old(component.info().date);
        return Ok(Engine::Component(Box::new(component)));
    }
    Ok(Engine::Library(Box::new(classifier(options, policy.as_ref())?)))
}

/// Opens the library with this policy.
pub(crate) fn classifier(options: &OpenOptions, policy: Option<&PolicyText>) -> Result<Classifier<'static>, Error> {
    let policies: Vec<&str> = policy.iter().map(|policy| policy.text.as_str()).collect();
    let (files, overlays) = overlays(options)?.into_iter().unzip::<usize, _, Vec<usize>, Vec<_>>();
    let opened = match base(options)? {
        Some(bytes) => Classifier::open(bytes.into(), overlays, &policies),
        None => Classifier::builtin_with(overlays, &policies),
    };
    let classifier = opened.map_err(|error| located(error, options, &files, policy))?;
    say_if_old(classifier.info().date);
    Ok(classifier)
}

/// The bytes of `--pack`.
pub(crate) fn base(options: &OpenOptions) -> Result<Option<Vec<u8>>, Error> {
    options.pack.as_deref().map(read).transpose()
}

/// The lists of `--overlay`, each with the number of its file: a CSV of corrections makes several.
pub(crate) fn overlays(options: &OpenOptions) -> Result<Vec<(usize, NamedPack<'static>)>, Error> {
    let mut packs = Vec::new();
    for (number, OverlayFile { name, path }) in options.overlay.iter().enumerate() {
        let bytes = read(path)?;
        let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        // A pack is a pack, whatever it is called.
        if is_csv && !bytes.starts_with(&MAGIC) {
            for bytes in corrections(path, name.as_deref(), &bytes)? {
                packs.push((number, NamedPack { name: None, bytes: bytes.into() }));
            }
        } else {
            packs.push((number, NamedPack { name: name.clone(), bytes: bytes.into() }));
        }
    }
    Ok(packs)
}

/// The overlays of a CSV of corrections; what of it could not be kept is said.
fn corrections(path: &Path, name: Option<&str>, text: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    crate::refuse::binary(path, text.get(..text.len().min(SNIFF_LEN)).unwrap_or_default())?;
    let stem = path.file_stem().map_or_else(|| shown(path), |stem| clean(&stem.to_string_lossy()));
    let built = phonehome_pack::corrections(text, name.unwrap_or(&stem)).map_err(|error| Error::file(path, error))?;
    // Every kind goes through the whole list, and tells the same of rows that nobody can read.
    if let Some(overlay) = built.iter().max_by_key(|overlay| overlay.skipped) {
        for skip in overlay.skips.iter().take(SHOWN) {
            say(&format!("{}:{}: {}", shown(path), skip.line, clean(&skip.reason)));
        }
    }
    Ok(built.into_iter().map(|overlay| overlay.bytes).collect())
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|error| Error::file(path, error))
}

/// Refuses options that a command has no use for: to ignore them in silence would mislead.
pub(crate) fn refuse(options: &OpenOptions, command: &str, useless: &[&str]) -> Result<(), Error> {
    let given = [
        ("--pack", options.pack.is_some()),
        ("--overlay", !options.overlay.is_empty()),
        ("--policy", options.policy.is_some()),
        ("--component", options.component().is_some()),
    ];
    match given.iter().find(|(option, is_given)| *is_given && useless.contains(option)) {
        Some((option, _)) => Err(Error::new(format!("`phonehome {command}` has no use for {option}"))),
        None => Ok(()),
    }
}

/// Opens a base pack alone.
pub(crate) fn pack(path: &Path) -> Result<Classifier<'static>, Error> {
    Classifier::open(read(path)?.into(), Vec::new(), &[]).map_err(|error| match error {
        OpenError::Base(error) => Error::file(path, error),
        other => Error::file(path, other),
    })
}

/// The error with the file that it is about.
fn located(error: OpenError, options: &OpenOptions, files: &[usize], policy: Option<&PolicyText>) -> Error {
    match (&error, policy) {
        (OpenError::Base(error), _) => match &options.pack {
            Some(path) => Error::file(path, error),
            None => Error::new(format!("the built-in knowledge: {error}")),
        },
        (OpenError::Overlay(number, error), _) => {
            let file = files.get(*number).copied().unwrap_or(*number);
            overlay_error(options, file, *error == PackError::Magic, &error.to_string())
        }
        (OpenError::Policy(_, error), Some(policy)) => policy.error(error),
        _ => Error::new(error.to_string()),
    }
}

/// An overlay does not open; who gave a plain list is told what makes an overlay of it.
pub(crate) fn overlay_error(options: &OpenOptions, number: usize, is_no_pack: bool, problem: &str) -> Error {
    let hint = if is_no_pack { "; `phonehome overlay build` turns a list into an overlay" } else { "" };
    match options.overlay.get(number) {
        Some(overlay) => Error::file(&overlay.path, format_args!("{problem}{hint}")),
        None => Error::new(problem),
    }
}

fn say_if_old(date: u32) {
    let Some(date) = Date::from_number(date) else { return };
    if date.is_over_a_year_old(Date::today()) {
        say(&format!(
            "the knowledge is of {date}, more than a year ago: names may have changed hands since; --pack takes a newer one"
        ));
    }
}
