//! Reading all source files into one list, each item with its place.

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::schema::{
    AbusedTld, BrandWords, Entry, Exception, File, Lure, Platform, Release, Source, Token, Unimitated, Vendor, line_of,
};
use super::{Problem, SourceText, date, suffixes};

/// An item and where it stands.
#[derive(Debug)]
pub(super) struct Placed<T> {
    pub(super) it: T,
    pub(super) path: String,
    pub(super) line: usize,
}

impl<T> Placed<T> {
    pub(super) fn problem(&self, text: impl Into<String>) -> Problem {
        Problem { path: self.path.clone(), line: self.line, text: text.into() }
    }
}

/// Everything that the files say.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) version: String,
    /// Content date, yyyymmdd.
    pub(super) date: u32,
    pub(super) vendors: Vec<Placed<Vendor>>,
    pub(super) platforms: Vec<Placed<Platform>>,
    pub(super) sources: Vec<Placed<Source>>,
    pub(super) entries: Vec<Placed<Entry>>,
    pub(super) tokens: Vec<Placed<Token>>,
    pub(super) brands: Vec<Placed<BrandWords>>,
    pub(super) lures: Vec<Placed<Lure>>,
    pub(super) exceptions: Vec<Placed<Exception>>,
    pub(super) unimitated: Vec<Placed<Unimitated>>,
    pub(super) abused_tlds: Vec<Placed<AbusedTld>>,
    pub(super) suffix_version: String,
    pub(super) suffixes: Vec<suffixes::SuffixRule>,
}

/// Reads the files; those that do not parse give a problem each.
pub(super) fn files(files: &[SourceText]) -> (Read, Vec<Problem>) {
    let mut read = Read::default();
    let mut problems = Vec::new();
    for file in files {
        let result = match file.path.as_str() {
            "release.toml" => release(file, &mut read),
            "public_suffix_list.dat" => suffixes::read(file, &mut read),
            _ => knowledge(file, &mut read),
        };
        problems.extend(result.err());
    }
    for (missing, name) in
        [(read.version.is_empty(), "release.toml"), (read.suffixes.is_empty(), "public_suffix_list.dat")]
    {
        if missing && problems.iter().all(|problem| problem.path != name) {
            problems.push(Problem { path: name.to_owned(), line: 1, text: "the file is missing or empty".to_owned() });
        }
    }
    (read, problems)
}

fn release(file: &SourceText, read: &mut Read) -> Result<(), Problem> {
    let release: Release = parse(file)?;
    let date = date::number(&release.date);
    read.date = date.ok_or_else(|| Problem {
        path: file.path.clone(),
        line: 1,
        text: format!("date {:?} is not of the form 2026-11-24", release.date),
    })?;
    read.version = release.version;
    Ok(())
}

fn knowledge(file: &SourceText, read: &mut Read) -> Result<(), Problem> {
    let parsed: File = parse(file)?;
    place(parsed.vendor, file, &mut read.vendors);
    place(parsed.platform, file, &mut read.platforms);
    place(parsed.source, file, &mut read.sources);
    place(parsed.entry, file, &mut read.entries);
    place(parsed.token, file, &mut read.tokens);
    place(parsed.brand, file, &mut read.brands);
    place(parsed.lure, file, &mut read.lures);
    place(parsed.exception, file, &mut read.exceptions);
    place(parsed.unimitated, file, &mut read.unimitated);
    place(parsed.abused_tld, file, &mut read.abused_tlds);
    Ok(())
}

fn parse<T: DeserializeOwned>(file: &SourceText) -> Result<T, Problem> {
    toml::from_str(&file.text).map_err(|error| Problem {
        path: file.path.clone(),
        line: error.span().map_or(1, |span| line_of(&file.text, &span)),
        text: error.message().to_owned(),
    })
}

fn place<T>(items: Vec<Spanned<T>>, file: &SourceText, into: &mut Vec<Placed<T>>) {
    into.extend(items.into_iter().map(|item| {
        let line = line_of(&file.text, &item.span());
        Placed { it: item.into_inner(), path: file.path.clone(), line }
    }));
}
