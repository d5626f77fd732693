//! A component inside wasmtime as what answers. Its records become the library's types (`answer.rs`); its failures name its file.

mod answer;

use std::fmt::Display;
use std::path::{Path, PathBuf};

use phonehome::{Explanation, NamedPack, OverlayInfo, PackInfo, PolicyError};
use phonehome_host::{Host, HostError, Options, Setup, contract};

use crate::args::OpenOptions;
use crate::error::Error;
use crate::open::{self, PolicyText};
use crate::text::clean;

/// Ticks of 10 ms that an answer may take. It takes microseconds, so even a machine that is out of breath keeps within.
const DEADLINE: u64 = 100;

/// An open component.
#[derive(Debug)]
pub(crate) struct Component {
    path: PathBuf,
    host: Host,
    info: contract::Info,
    overlays: Vec<OverlayInfo>,
    vendors: Vec<contract::Owner>,
}

impl Component {
    /// Opens a component with the pack, the lists and the policy that the options name.
    pub(crate) fn open(path: &Path, options: &OpenOptions, policy: Option<&PolicyText>) -> Result<Self, Error> {
        let fails = |problem: &dyn Display| Error::file(path, printable(problem));
        let bytes = std::fs::read(path).map_err(|error| fails(&error))?;
        let limits = Options { deadline: DEADLINE, instances: 1, ..Options::default() };
        let (files, overlays) = open::overlays(options)?.into_iter().unzip::<usize, _, Vec<usize>, Vec<_>>();
        let host = Host::new(&bytes, setup(options, overlays, policy)?, limits)
            .map_err(|error| located(&error, path, options, &files, policy))?;
        let info = host.info().map_err(|error| fails(&error))?;
        let vendors = host.vendors().map_err(|error| fails(&error))?;
        let overlays = info.overlays.iter().map(answer::overlay).collect::<Result<_, _>>();
        Ok(Self { path: path.to_owned(), host, overlays: overlays.map_err(|error| fails(&error))?, info, vendors })
    }

    /// Hands on the answer for a name.
    pub(super) fn explain(
        &self,
        name: &[u8],
        take: impl FnOnce(&Explanation<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let fails = |problem: &dyn Display| {
            let name = String::from_utf8_lossy(name);
            Error::file(&self.path, printable(format_args!("no answer for {name}: {problem}")))
        };
        let record = self.host.explain(name, 0).map_err(|error| fails(&error))?;
        take(&answer::explanation(&record).map_err(|error| fails(&error))?)
    }

    /// Facts on the base pack.
    pub(crate) fn info(&self) -> PackInfo<'_> {
        answer::info(&self.info)
    }

    pub(super) fn overlays(&self) -> &[OverlayInfo] {
        &self.overlays
    }

    pub(super) fn has_policy(&self) -> bool {
        self.info.policies > 0
    }

    pub(super) fn vendor_name(&self, id: &str) -> Option<&str> {
        self.vendors.iter().find(|vendor| vendor.id == id).map(|vendor| vendor.name.as_str())
    }

    pub(super) fn release(&self) -> &str {
        &self.info.release
    }
}

/// A message fit for a terminal: a component's own words are foreign text.
fn printable(problem: impl Display) -> String {
    clean(&problem.to_string())
}

/// What is handed into the component.
fn setup(
    options: &OpenOptions,
    overlays: Vec<NamedPack<'static>>,
    policy: Option<&PolicyText>,
) -> Result<Setup, Error> {
    let overlays = overlays.into_iter();
    Ok(Setup {
        base: open::base(options)?,
        overlays: overlays
            .map(|pack| contract::NamedPack { name: pack.name, bytes: pack.bytes.into_owned() })
            .collect(),
        policies: policy.iter().map(|policy| policy.text.clone()).collect(),
    })
}

/// The error with the file that it is about.
fn located(
    error: &HostError,
    path: &Path,
    options: &OpenOptions,
    files: &[usize],
    policy: Option<&PolicyText>,
) -> Error {
    let problem = printable(error);
    match (error, policy) {
        (HostError::Open(contract::OpenError::Base(_)), _) => {
            Error::file(options.pack.as_deref().unwrap_or(path), problem)
        }
        (HostError::Open(contract::OpenError::Overlay(at)), _) => {
            let is_magic = matches!(at.error, contract::PackError::Magic);
            let number = usize::try_from(at.number).unwrap_or(usize::MAX);
            let file = files.get(number).copied().unwrap_or(number);
            open::overlay_error(options, file, is_magic, &problem)
        }
        (HostError::Open(contract::OpenError::Policy(at)), Some(policy)) => {
            let contract::PolicyError { line, column, expected, got } = at.error.clone();
            policy.error(&PolicyError { line, column, expected: clean(&expected), got })
        }
        _ => Error::file(path, problem),
    }
}
