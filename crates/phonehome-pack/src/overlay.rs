//! An operator's list to an overlay.
//!
//! A line is kept exactly or counted and shown with its number: never approximated.

mod csv;
mod write;

use std::collections::BTreeMap;
use std::fmt;

use phonehome::{Name, OverlayKind};
use phonehome_logs::lists::{Action, Event, Format, Item, Reader, Scope};

/// Format of an operator's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    /// hosts(5); every name exact.
    Hosts,
    /// One name a line; the operator says how names match.
    Domains,
    /// A response policy zone; `*.` says what is below.
    Rpz,
    /// AdGuard syntax; `||name^` is the name and everything below.
    Adguard,
    /// CSV with a header: `name`, and optionally `match`, `vendor`, `purpose`, `verdict`, `action`, `note`.
    Csv,
}

/// How a list's names match, where the format does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleScope {
    /// The name alone.
    Exact,
    /// What lies below the name, and not the name.
    Below,
    /// The name and what lies below.
    Suffix,
}

/// What to make of which list.
#[derive(Clone, Debug)]
pub struct OverlaySpec {
    /// The list's format.
    pub format: ListFormat,
    /// What the overlay says of the names.
    pub kind: OverlayKind,
    /// The list's name, as answers show it.
    pub name: String,
    /// How names match, where the format does not say.
    pub scope: Option<RuleScope>,
    /// Content date, yyyymmdd; 0: not stated.
    pub date: u32,
}

/// A list that cannot become an overlay at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OverlayError {
    /// A `domains` or CSV list without word on how its names match.
    ScopeNeeded,
    /// A scope given beside a format that says it itself.
    ScopeRefused(ListFormat),
    /// A CSV header without a column `name`.
    NoNameColumn,
    /// Nothing of the list could be kept.
    Empty {
        /// Lines that were not kept.
        skipped: u64,
        /// The first of them.
        first: Option<SkippedLine>,
    },
    /// More different labels than an overlay holds.
    TooManyLabels,
}

impl fmt::Display for OverlayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ScopeNeeded => f.write_str(
                "such a list does not say whether a name covers what is below it: say --match exact or --match suffix",
            ),
            Self::ScopeRefused(_) => {
                f.write_str("hosts, rpz and adguard lists say themselves how their names match: leave --match out")
            }
            Self::NoNameColumn => f.write_str("the CSV header has no column \"name\""),
            Self::Empty { skipped, first } => {
                write!(f, "not one line of the list could be kept; {skipped} were skipped")?;
                match first {
                    Some(SkippedLine { line, reason }) => write!(f, ", the first in line {line}: {reason}"),
                    None => Ok(()),
                }
            }
            Self::TooManyLabels => write!(f, "more than {} different labels", write::MAX_LABELS),
        }
    }
}

impl std::error::Error for OverlayError {}

/// What a `label` list says of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabelRow {
    /// A vendor's slug or name.
    pub vendor: String,
    /// A purpose's number + 1, 0: none.
    pub purpose: u32,
    /// A note.
    pub note: String,
}

/// A line that was not kept, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedLine {
    /// From 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// Most skipped lines that are listed one by one; all are counted.
pub const LISTED_SKIPS: usize = 1000;

/// A finished overlay.
#[derive(Clone, Debug)]
pub struct BuiltOverlay {
    /// The pack.
    pub bytes: Vec<u8>,
    /// Rules in it.
    pub rules: u32,
    /// Lines that said the same again.
    pub repeated: u64,
    /// Lines not kept.
    pub skipped: u64,
    /// The first of them.
    pub skips: Vec<SkippedLine>,
    /// How many lines each reason cost.
    pub skips_by_reason: BTreeMap<String, u64>,
}

/// Builds one overlay from one list, fed in pieces of any size.
#[derive(Debug)]
pub struct OverlayBuilder {
    spec: OverlaySpec,
    input: Input,
    rules: Rules,
}

#[derive(Debug)]
enum Input {
    Lines(Reader),
    /// CSV is read as a whole at the end: a quoted field may span lines.
    Csv(Vec<u8>),
}

/// What was kept and skipped so far.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// Names one after the other, in canonical form.
    names: Vec<u8>,
    /// End of the name in `names`, bits of the rule, number of the label.
    rows: Vec<(u32, u8, u32)>,
    labels: BTreeMap<LabelRow, u32>,
    skipped: u64,
    skips: Vec<SkippedLine>,
    by_reason: BTreeMap<String, u64>,
}

impl OverlayBuilder {
    /// Starts an overlay.
    ///
    /// # Errors
    /// [`OverlayError::ScopeNeeded`] and [`OverlayError::ScopeRefused`].
    pub fn new(spec: OverlaySpec) -> Result<Self, OverlayError> {
        let says_itself = matches!(spec.format, ListFormat::Hosts | ListFormat::Rpz | ListFormat::Adguard);
        match (says_itself, spec.scope) {
            (true, Some(_)) => return Err(OverlayError::ScopeRefused(spec.format)),
            (false, None) if spec.format == ListFormat::Domains => return Err(OverlayError::ScopeNeeded),
            _ => {}
        }
        let input = match spec.format {
            ListFormat::Hosts => Input::Lines(Reader::new(Format::Hosts)),
            ListFormat::Domains => Input::Lines(Reader::new(Format::Domains)),
            ListFormat::Rpz => Input::Lines(Reader::new(Format::Rpz)),
            ListFormat::Adguard => Input::Lines(Reader::new(Format::Adguard)),
            ListFormat::Csv => Input::Csv(Vec::new()),
        };
        Ok(Self { spec, input, rules: Rules::default() })
    }

    /// Takes the next piece of the list.
    pub fn feed(&mut self, chunk: &[u8]) {
        let (spec, rules) = (&self.spec, &mut self.rules);
        match &mut self.input {
            Input::Lines(reader) => reader.feed(chunk, &mut |event| rules.take(event, spec)),
            Input::Csv(text) => text.extend_from_slice(chunk),
        }
    }

    /// Ends the list and writes the overlay.
    ///
    /// # Errors
    /// [`OverlayError::Empty`] when nothing was kept, and what a CSV header lacks.
    pub fn finish(mut self) -> Result<BuiltOverlay, OverlayError> {
        let (spec, rules) = (&self.spec, &mut self.rules);
        match self.input {
            Input::Lines(reader) => {
                reader.finish(&mut |event| rules.take(event, spec));
            }
            Input::Csv(text) => csv::read(&text, spec, rules)?,
        }
        write::overlay(self.rules, &self.spec)
    }
}

/// Builds the overlays that a CSV of corrections holds: one for each kind of which a row speaks, exceptions first.
///
/// The columns are those of `phonehome export --format csv`: `name`, `match`, `vendor`, `purpose`, `verdict`, `action`, `note`. An
/// `action` makes a row an exception or a block, a `verdict` of `malicious` a threat, the others label it.
///
/// # Errors
/// [`OverlayError::Empty`] when no row could be kept, and what the header lacks.
pub fn corrections(text: &[u8], name: &str) -> Result<Vec<BuiltOverlay>, OverlayError> {
    let mut built = Vec::new();
    let mut failure = OverlayError::Empty { skipped: 0, first: None };
    for kind in [OverlayKind::Allow, OverlayKind::Block, OverlayKind::Threat, OverlayKind::Label] {
        let spec = OverlaySpec { format: ListFormat::Csv, kind, name: name.to_owned(), scope: None, date: 0 };
        let mut builder = OverlayBuilder::new(spec)?;
        builder.feed(text);
        match builder.finish() {
            Ok(overlay) => built.push(overlay),
            Err(error @ OverlayError::Empty { .. }) => failure = error,
            Err(error) => return Err(error),
        }
    }
    if built.is_empty() { Err(failure) } else { Ok(built) }
}

impl Rules {
    fn take(&mut self, event: Event<'_>, spec: &OverlaySpec) {
        match event {
            Event::Item(item) => self.take_item(&item, spec),
            Event::Skip(skip) => self.skip(skip.line, skip.reason.to_string()),
        }
    }

    fn take_item(&mut self, item: &Item<'_>, spec: &OverlaySpec) {
        let is_allow_list = spec.kind == OverlayKind::Allow;
        match item.action {
            Action::Allow if !is_allow_list => return self.skip(item.line, "an exception; build it with --as allow"),
            Action::Block(_) if is_allow_list => return self.skip(item.line, "a blocking rule in an allow list"),
            Action::TcpOnly => return self.skip(item.line, "neither allows nor blocks"),
            Action::Allow | Action::Block(_) | Action::Unstated => {}
        }
        let scope = match item.scope {
            Scope::Exact => Some(RuleScope::Exact),
            Scope::Below => Some(RuleScope::Below),
            Scope::Suffix => Some(RuleScope::Suffix),
            Scope::Unstated => spec.scope,
        };
        match scope {
            Some(scope) => self.add(item.line, &item.name, scope, None),
            None => self.skip(item.line, "does not say whether it covers what is below the name"),
        }
    }

    /// Adds a rule.
    pub(crate) fn add(&mut self, line: u64, name: &[u8], scope: RuleScope, label: Option<LabelRow>) {
        let name = match Name::parse(name) {
            Ok(name) => name,
            Err(error) => return self.skip(line, format!("not a domain name: {error}")),
        };
        let text = name.to_string();
        let number = label.map_or(0, |label| {
            let next = crate::bytes::small(self.labels.len());
            *self.labels.entry(label).or_insert(next)
        });
        self.names.extend_from_slice(text.as_bytes());
        self.rows.push((crate::bytes::small(self.names.len()), write::bits(scope), number));
    }

    /// Counts a line that is not kept.
    pub(crate) fn skip(&mut self, line: u64, reason: impl Into<String>) {
        let reason = reason.into();
        self.skipped += 1;
        *self.by_reason.entry(reason.clone()).or_default() += 1;
        if self.skips.len() < LISTED_SKIPS {
            self.skips.push(SkippedLine { line, reason });
        }
    }
}
