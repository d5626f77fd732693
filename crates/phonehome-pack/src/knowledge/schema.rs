//! The TOML that people edit. DATA.md explains every field.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

/// One source file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) vendor: Vec<Spanned<Vendor>>,
    #[serde(default)]
    pub(super) platform: Vec<Spanned<Platform>>,
    #[serde(default)]
    pub(super) source: Vec<Spanned<Source>>,
    #[serde(default)]
    pub(super) entry: Vec<Spanned<Entry>>,
    #[serde(default)]
    pub(super) token: Vec<Spanned<Token>>,
    #[serde(default)]
    pub(super) brand: Vec<Spanned<BrandWords>>,
    #[serde(default)]
    pub(super) lure: Vec<Spanned<Lure>>,
    #[serde(default)]
    pub(super) exception: Vec<Spanned<Exception>>,
    #[serde(default)]
    pub(super) unimitated: Vec<Spanned<Unimitated>>,
    #[serde(default)]
    pub(super) abused_tld: Vec<Spanned<AbusedTld>>,
}

/// `release.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Release {
    pub(super) version: String,
    pub(super) date: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vendor {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) parent: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Platform {
    pub(super) id: String,
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: String,
    pub(super) licence: String,
    pub(super) date: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Token {
    pub(super) words: Vec<String>,
    pub(super) purpose: String,
}

/// More names of a vendor than its id, its name and its domains.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BrandWords {
    pub(super) vendor: String,
    pub(super) words: Vec<String>,
    pub(super) evidence: Vec<Evidence>,
}

/// Words that make a name beside a brand suspicious.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lure {
    pub(super) words: Vec<String>,
    pub(super) evidence: Vec<Evidence>,
}

/// Words that look like brands, or are some, and count less than others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    pub(super) kind: ExceptionKind,
    pub(super) words: Vec<String>,
    /// Why.
    pub(super) reason: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExceptionKind {
    /// No brand, though derived from an entry or near one.
    NotABrand,
    /// A brand that is an ordinary word: only lure words may stand beside it, and nothing is one slip away.
    OrdinaryBrand,
    /// A brand with honest words one slip away.
    NoSlips,
}

/// Vendors whose names nobody would imitate to deceive.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unimitated {
    pub(super) vendors: Vec<String>,
    /// Why.
    pub(super) reason: String,
}

/// Top-level domains that reports name as much abused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AbusedTld {
    pub(super) tlds: Vec<String>,
    pub(super) evidence: Vec<Evidence>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) id: String,
    #[serde(rename = "match")]
    pub(super) rule: Rule,
    #[serde(default)]
    pub(super) matches: Vec<String>,
    #[serde(default)]
    pub(super) rejects: Vec<String>,
    pub(super) vendor: Option<String>,
    pub(super) platform: Option<String>,
    #[serde(default)]
    pub(super) brands: Vec<String>,
    pub(super) classes: Option<Vec<String>>,
    #[serde(default)]
    pub(super) purposes: Vec<String>,
    pub(super) contacted_by: Option<String>,
    pub(super) party: Option<String>,
    pub(super) region: Option<String>,
    pub(super) shared: Option<bool>,
    pub(super) risk: Option<Vec<RiskRow>>,
    pub(super) breaks: Option<Breaks>,
    pub(super) period_s: Option<u32>,
    pub(super) confidence: String,
    pub(super) evidence: Vec<Evidence>,
    pub(super) first_seen: Option<String>,
    pub(super) last_seen: Option<String>,
    pub(super) status: Option<String>,
    pub(super) below: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) kind: Kind,
    pub(super) value: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Exact,
    Pattern,
    Suffix,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RiskRow {
    pub(super) reason: String,
    pub(super) source: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Breaks {
    pub(super) impact: String,
    #[serde(default)]
    pub(super) function: String,
    #[serde(default)]
    pub(super) devices: String,
    #[serde(default)]
    pub(super) keeps: String,
    #[serde(default)]
    pub(super) answers: Vec<String>,
    #[serde(default)]
    pub(super) when: String,
    pub(super) retry_storm: Option<String>,
    #[serde(default)]
    pub(super) remedy: String,
    pub(super) source: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence {
    pub(super) source: String,
    pub(super) kind: String,
    pub(super) date: String,
}

/// The line, from 1, on which a span of a text begins.
pub(super) fn line_of(text: &str, span: &Range<usize>) -> usize {
    1 + text.get(..span.start).unwrap_or(text).matches('\n').count()
}
