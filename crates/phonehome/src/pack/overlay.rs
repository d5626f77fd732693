//! Overlays: an operator's list as a table of hashes, 12 bytes a name at most.
//!
//! Names are not stored: a rule is 62 bits of its name's hash (in a list with labels fewer, but never less than 48) beside its
//! bucket, under a seed made from the list's content. One probe hits by accident with a chance of about 2^-60.

use std::borrow::Cow;

use super::PackError;
use super::container::{Container, Section, read_u32};
use super::layout::{KIND_OVERLAY, rule, section, value_bits};
use super::text::string;
use crate::codes::{OverlayKind, Purpose, Reason};
use crate::hash::{Chain, Suffixes};
use crate::name::Name;
use crate::table::Table;

/// An opened overlay.
#[derive(Clone, Debug)]
pub(crate) struct Overlay<'a> {
    container: Container<'a>,
    table: Section,
    strings: Section,
    labels: Section,
    kind: OverlayKind,
    /// Rows of `ABOUT`: kind, name, rules, skipped lines.
    about: Section,
    /// The name the operator gave when loading it, if any.
    name: Option<String>,
}

impl OverlayKind {
    /// The reason that a hit adds.
    pub(crate) const fn reason(self) -> Reason {
        match self {
            Self::Threat => Reason::OverlayThreat,
            Self::Block => Reason::OverlayBlock,
            Self::Allow => Reason::OverlayAllow,
            Self::Label => Reason::OverlayLabel,
        }
    }
}

/// Facts on a loaded overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayInfo {
    /// The list's name.
    pub name: String,
    /// What the list says of its names.
    pub kind: OverlayKind,
    /// Rules.
    pub rules: u32,
    /// Lines of the list that could not be kept exactly.
    pub skipped: u32,
    /// Content date, yyyymmdd, 0 when the list has none.
    pub date: u32,
    /// Size in bytes.
    pub size: usize,
}

/// What a `label` overlay says of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label<'p> {
    pub(crate) vendor: &'p str,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) note: &'p str,
}

/// The rule that hit a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleHit {
    value: u32,
}

impl<'a> Overlay<'a> {
    pub(crate) fn open(bytes: Cow<'a, [u8]>, name: Option<String>) -> Result<Self, PackError> {
        let container = Container::open(bytes, KIND_OVERLAY)?;
        let about = container.section(section::ABOUT, "about")?;
        let number = container.bytes_of(&about).first().copied().unwrap_or(0);
        let known = u8::try_from(OverlayKind::ALL.len()).unwrap_or(u8::MAX);
        let kind = OverlayKind::from_number(number).ok_or(PackError::UnknownCode {
            vocabulary: "overlay",
            known,
            got: number.saturating_add(1),
        })?;
        Ok(Self {
            table: container.section(section::TABLE, "table")?,
            strings: container.section(section::STRINGS, "strings")?,
            labels: container.section(section::LABELS, "labels")?,
            about,
            kind,
            name,
            container,
        })
    }

    pub(crate) fn kind(&self) -> OverlayKind {
        self.kind
    }

    /// The name the operator gave, else the one in the file.
    pub(crate) fn name(&self) -> &str {
        match &self.name {
            Some(name) => name,
            None => string(self.container.bytes_of(&self.strings), read_u32(self.container.bytes_of(&self.about), 4)),
        }
    }

    /// The longest rule that covers a name.
    #[inline]
    pub(crate) fn find(&self, name: &Name) -> Option<RuleHit> {
        self.find_in(name, &mut Chain::new())
    }

    /// The same, in the room of a caller who has many names.
    #[inline]
    pub(crate) fn find_in(&self, name: &Name, chain: &mut Chain) -> Option<RuleHit> {
        let table = Table::new(self.container.bytes_of(&self.table), self.table.parameter);
        Suffixes::new(name, self.container.seed, chain).longest_first().find_map(|suffix| {
            let wanted = if suffix.start == 0 { rule::APEX } else { rule::BELOW };
            table.find(suffix.hash, |value| value & wanted != 0).map(|value| RuleHit { value })
        })
    }

    /// Whether one rule covers everything below a name.
    pub(crate) fn covers_below(&self, name: &Name) -> bool {
        let table = Table::new(self.container.bytes_of(&self.table), self.table.parameter);
        Suffixes::new(name, self.container.seed, &mut Chain::new())
            .longest_first()
            .any(|suffix| table.find(suffix.hash, |value| value & rule::BELOW != 0).is_some())
    }

    /// The label that a hit's rule carries.
    pub(crate) fn label(&self, hit: RuleHit) -> Option<Label<'_>> {
        let number = hit.value.checked_shr(value_bits::RULES)?;
        let row = self.container.bytes_of(&self.labels).chunks_exact(12).nth(number as usize)?;
        let strings = self.container.bytes_of(&self.strings);
        Some(Label {
            vendor: string(strings, read_u32(row, 0)),
            purpose: read_u32(row, 4)
                .checked_sub(1)
                .and_then(|number| Purpose::from_number(u8::try_from(number).ok()?)),
            note: string(strings, read_u32(row, 8)),
        })
    }

    pub(crate) fn info(&self) -> OverlayInfo {
        let about = self.container.bytes_of(&self.about);
        OverlayInfo {
            name: self.name().to_owned(),
            kind: self.kind,
            rules: read_u32(about, 8),
            skipped: read_u32(about, 12),
            date: self.container.date,
            size: self.container.size(),
        }
    }
}
