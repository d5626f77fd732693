//! Values of options, read and checked while the command line is parsed.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use phonehome::{Action, Brief, Verdict};
use phonehome_export::Format;
use phonehome_logs::lists::Column;

use crate::date::Date;

/// `[NAME=]FILE` of `--overlay`.
#[derive(Clone, Debug)]
pub(crate) struct OverlayFile {
    /// What answers call the list; `None`: the name in the file.
    pub(crate) name: Option<String>,
    /// The overlay.
    pub(crate) path: PathBuf,
}

impl FromStr for OverlayFile {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.split_once('=') {
            // A file's name may hold a `=` itself.
            Some((name, path)) if !name.is_empty() && !Path::new(text).exists() => {
                Self { name: Some(name.to_owned()), path: path.into() }
            }
            _ => Self { name: None, path: text.into() },
        })
    }
}

/// The formats of rules and reports.
pub(crate) fn rule_format() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.iter().map(|format| PossibleValue::new(format.id()).help(format.text()));
    PossibleValuesParser::new(values).try_map(|id| Format::from_id(&id).ok_or("no such format"))
}

/// What `--fail-on` looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailOn {
    /// A verdict.
    Verdict(Verdict),
    /// A name that the policy would block.
    Blocked,
}

impl FailOn {
    /// The values to choose from: the verdicts.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Self> {
        let values = Verdict::ALL.iter().map(|verdict| PossibleValue::new(verdict.id()).help(verdict.text()));
        let blocked = PossibleValue::new("blocked").help("the policy would block it");
        PossibleValuesParser::new(values.chain([blocked]))
            .map(|id| Verdict::from_id(&id).map_or(Self::Blocked, Self::Verdict))
    }

    /// Whether an answer is a finding.
    pub(crate) fn holds(self, brief: &Brief) -> bool {
        match self {
            Self::Verdict(verdict) => brief.verdict() == verdict,
            Self::Blocked => brief.action() != Action::Allow,
        }
    }
}

/// A column's title, or its number from 1.
pub(crate) fn parse_column(text: &str) -> Result<Column, String> {
    match text.parse() {
        Ok(0) => Err("columns are counted from 1".to_owned()),
        Ok(number) => Ok(Column::Number(number)),
        Err(_) if text.is_empty() => Err("a title, or a number from 1".to_owned()),
        Err(_) => Ok(Column::Named(text.to_owned())),
    }
}

/// `YYYY-MM-DD`.
pub(crate) fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day as YYYY-MM-DD".to_owned())
}
