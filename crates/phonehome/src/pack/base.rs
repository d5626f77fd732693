//! The base pack: lookup on the hot path, and typed views for explanations and listings.

use std::borrow::Cow;

use super::PackError;
use super::container::{Container, Section, read_u16, read_u32};
use super::detail::Detail;
use super::layout::{KIND_BASE, anchor, entry, section, value_bits};
use super::text::string;
use crate::brief::Brief;
use crate::codes::{self, AnswerMode};
use crate::hash::{self, Chain, Suffixes};
use crate::name::Name;
use crate::pattern;
use crate::region::Region;
use crate::shape;
use crate::table::Table;

/// An opened base pack.
#[derive(Clone, Debug)]
pub(crate) struct Base<'a> {
    container: Container<'a>,
    table: Section,
    anchors: Section,
    entries: Section,
    patterns: Section,
    programs: Section,
    details: Section,
    strings: Section,
    vendors: Section,
    platforms: Section,
    sources: Section,
    suffixes: Section,
    tokens: Section,
    ordered: Section,
    about: Section,
    model: Section,
    model_layout: Option<shape::Layout>,
    brands: Section,
    abused: Section,
}

/// How an entry matched a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MatchKind {
    Exact,
    Pattern,
    Suffix,
}

impl MatchKind {
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Pattern => "pattern",
            Self::Suffix => "suffix",
        }
    }

    pub(crate) const fn from_number(number: u8) -> Self {
        match number {
            entry::EXACT => Self::Exact,
            entry::PATTERN => Self::Pattern,
            _ => Self::Suffix,
        }
    }
}

/// The entry that a lookup found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) entry: u32,
    /// Offset of the anchor in the name.
    pub(crate) anchor: usize,
    /// The region that a pattern read off the name.
    pub(crate) region: Region,
}

/// The entries at an anchor.
#[derive(Clone, Debug, Default)]
pub(crate) struct AtAnchor<'b> {
    pub(crate) exact: Option<u32>,
    pub(crate) suffix: Option<u32>,
    /// Programs of patterns, each with its entry.
    pub(crate) patterns: Vec<(&'b [u8], u32)>,
}

/// An entry's answer as the writer prepared it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prepared {
    pub(crate) brief: Brief,
    pub(crate) region: Region,
    /// The least harmful way to answer when blocked.
    pub(crate) answer: Option<AnswerMode>,
}

/// A vendor or platform of the open pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'p> {
    /// The slug: stable over releases, never reused.
    pub id: &'p str,
    /// The name people know.
    pub name: &'p str,
    /// The parent company's number in this pack.
    pub parent: Option<u16>,
}

/// A source that evidence cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceView<'p> {
    /// The slug that entries cite.
    pub id: &'p str,
    /// Title.
    pub title: &'p str,
    /// Address; empty for general knowledge.
    pub url: &'p str,
    /// The source's own licence.
    pub licence: &'p str,
    /// Date of the version read.
    pub date: &'p str,
}

/// Facts on a pack as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackInfo<'p> {
    /// The knowledge's version.
    pub version: &'p str,
    /// Content date, yyyymmdd.
    pub date: u32,
    /// Version of the public-suffix rules.
    pub suffix_version: &'p str,
    /// Public-suffix rules.
    pub suffix_rules: u32,
    /// Entries.
    pub entries: u32,
    /// Patterns among the entries.
    pub patterns: u32,
    /// Vendors.
    pub vendors: u32,
    /// Platforms.
    pub platforms: u32,
    /// Sources.
    pub sources: u32,
    /// Entries with a sourced impact.
    pub impacts: u32,
    /// Size in bytes.
    pub size: usize,
    /// The checksum in the header.
    pub checksum: u64,
}

/// One entry as listings show it.
#[derive(Clone, Debug)]
pub struct EntryView<'p> {
    pub(crate) brief: Brief,
    pub(crate) region: Region,
    pub(crate) kind: MatchKind,
    pub(crate) detail: Detail<'p>,
}

impl<'a> Base<'a> {
    pub(crate) fn open(bytes: Cow<'a, [u8]>) -> Result<Self, PackError> {
        let container = Container::open(bytes, KIND_BASE)?;
        let section = |id, name| container.section(id, name);
        check_codes(container.bytes_of(&section(section::CODES, "codes")?))?;
        let model = container.optional(section::MODEL);
        let model_layout = shape::Layout::read(container.bytes_of(&model));
        if model_layout.is_none() && !container.bytes_of(&model).is_empty() {
            return Err(PackError::Section("model"));
        }
        Ok(Self {
            table: section(section::TABLE, "table")?,
            anchors: section(section::ANCHORS, "anchors")?,
            entries: section(section::ENTRIES, "entries")?,
            patterns: section(section::PATTERNS, "patterns")?,
            programs: section(section::PROGRAMS, "programs")?,
            details: section(section::DETAILS, "details")?,
            strings: section(section::STRINGS, "strings")?,
            vendors: section(section::VENDORS, "vendors")?,
            platforms: section(section::PLATFORMS, "platforms")?,
            sources: section(section::SOURCES, "sources")?,
            suffixes: section(section::SUFFIXES, "suffixes")?,
            tokens: section(section::TOKENS, "tokens")?,
            ordered: section(section::ORDERED, "ordered")?,
            about: section(section::ABOUT, "about")?,
            model,
            model_layout,
            brands: container.optional(section::BRANDS),
            abused: container.optional(section::ABUSED),
            container,
        })
    }

    /// The suffix hashes that lookups in this pack share.
    #[inline]
    pub(crate) fn hashes<'n>(&self, name: &'n Name, chain: &'n mut Chain) -> Suffixes<'n> {
        Suffixes::new(name, self.container.seed, chain)
    }

    /// The entry that answers for a name: deepest anchor first; there exact, then pattern, then suffix.
    #[inline]
    pub(crate) fn lookup(&self, name: &Name, suffixes: &Suffixes<'_>) -> Option<Hit> {
        let table = Table::new(self.container.bytes_of(&self.table), value_bits::ANCHORS);
        let anchors = self.container.bytes_of(&self.anchors);
        suffixes.longest_first().find_map(|suffix| {
            let wanted = name.as_bytes().get(suffix.start..)?;
            let place = table.find(suffix.hash, |place| anchor_name(anchors, place) == Some(wanted))?;
            self.at_anchor(name, anchors, place, suffix.start)
        })
    }

    #[inline]
    fn at_anchor(&self, name: &Name, anchors: &[u8], place: u32, start: usize) -> Option<Hit> {
        let head = anchors.get(place as usize * 4..)?.first_chunk::<{ anchor::HEADER }>()?;
        let hit = |entry: u32| Hit { entry, anchor: start, region: Region::NONE };
        let exact = read_u32(head, 4);
        if start == 0 && exact != anchor::NONE {
            return Some(hit(exact));
        }
        let patterns = usize::from(read_u16(head, 2)).min(anchor::MAX_PATTERNS);
        if patterns > 0
            && start > 0
            && name.is_plain()
            && let Some(found) = self.pattern(name, read_u32(head, 12) as usize, patterns, start)
        {
            return Some(found);
        }
        let suffix = read_u32(head, 8);
        (suffix != anchor::NONE).then(|| hit(suffix))
    }

    fn pattern(&self, name: &Name, first: usize, count: usize, anchor: usize) -> Option<Hit> {
        let host = name.as_bytes().get(..anchor)?;
        self.programs(first, count).find_map(|(program, entry)| {
            let fit = pattern::matches(program, host)?;
            Some(Hit { entry, anchor, region: fit.region })
        })
    }

    /// The programs of an anchor's patterns, each with its entry.
    #[inline]
    fn programs(&self, first: usize, count: usize) -> impl Iterator<Item = (&[u8], u32)> {
        let rows = self.container.bytes_of(&self.patterns);
        let programs = self.container.bytes_of(&self.programs);
        rows.chunks_exact(12).skip(first).take(count).filter_map(|row| {
            let start = read_u32(row, 0) as usize;
            let program = programs.get(start..start.checked_add(usize::from(read_u16(row, 4)))?)?;
            Some((program, read_u32(row, 8)))
        })
    }

    /// The entries that may answer for names below a name: those of patterns, and the one behind which no other is asked.
    pub(crate) fn answers_below(&self, suffixes: &Suffixes<'_>) -> (Vec<u32>, Option<u32>) {
        let table = Table::new(self.container.bytes_of(&self.table), value_bits::ANCHORS);
        let anchors = self.container.bytes_of(&self.anchors);
        let mut patterns = Vec::new();
        for suffix in suffixes.longest_first() {
            let wanted = suffixes.name().as_bytes().get(suffix.start..);
            let Some(place) = table.find(suffix.hash, |place| anchor_name(anchors, place) == wanted) else { continue };
            let at_anchor = self.entries_of(place);
            let tail = suffixes.name().as_bytes().get(..suffix.start).unwrap_or(&[]);
            let may_match = |(program, _): &&(&[u8], u32)| pattern::may_match_below(program, tail);
            patterns.extend(at_anchor.patterns.iter().filter(may_match).map(|(_, entry)| entry));
            if at_anchor.suffix.is_some() {
                return (patterns, at_anchor.suffix);
            }
        }
        (patterns, None)
    }

    /// The name of the anchor at a place of the ordered store.
    pub(crate) fn anchor_name(&self, place: u32) -> Option<Name> {
        Name::parse(anchor_name(self.container.bytes_of(&self.anchors), place)?).ok()
    }

    /// An entry's prepared answer.
    #[inline]
    pub(crate) fn entry(&self, number: u32) -> Option<Prepared> {
        let row = self.entry_row(number)?;
        Some(Prepared {
            brief: Brief::from_bytes(row.first_chunk()?),
            region: Region::from_bytes([*row.get(36)?, *row.get(37)?]),
            answer: AnswerMode::from_number(row.get(39)?.wrapping_sub(1)),
        })
    }

    #[inline]
    fn entry_row(&self, number: u32) -> Option<&[u8]> {
        let start = (number as usize).checked_mul(entry::SIZE)?;
        self.container.bytes_of(&self.entries).get(start..start.checked_add(entry::SIZE)?)
    }

    /// The long part of an entry, with how it matches.
    pub(crate) fn detail(&self, number: u32) -> Option<(MatchKind, Detail<'_>)> {
        let row = self.entry_row(number)?;
        let detail = Detail::read(self.container.bytes_of(&self.details), self.strings(), read_u32(row, 32));
        Some((MatchKind::from_number(*row.get(38)?), detail))
    }

    /// Everything of an entry.
    pub(crate) fn entry_view(&self, number: u32) -> Option<EntryView<'_>> {
        let Prepared { brief, region, .. } = self.entry(number)?;
        let (kind, detail) = self.detail(number)?;
        Some(EntryView { brief, region, kind, detail })
    }

    /// Entries of the pack.
    pub(crate) fn entry_count(&self) -> u32 {
        u32::try_from(self.container.bytes_of(&self.entries).len() / entry::SIZE).unwrap_or(u32::MAX)
    }

    /// The public-suffix table.
    #[inline]
    pub(crate) fn suffix_table(&self) -> Table<'_> {
        Table::new(self.container.bytes_of(&self.suffixes), value_bits::SUFFIXES)
    }

    /// The purpose that a host token suggests, by its number.
    pub(crate) fn token(&self, token: &[u8]) -> Option<u8> {
        let table = Table::new(self.container.bytes_of(&self.tokens), value_bits::TOKENS);
        table.find(hash::word_hash(token, self.container.seed), |_| true).and_then(|value| u8::try_from(value).ok())
    }

    /// The name model, when the pack has one.
    #[inline]
    pub(crate) fn model(&self) -> Option<shape::Model<'_>> {
        let layout = self.model_layout.as_ref()?;
        Some(shape::Model::new(self.container.bytes_of(&self.model), layout))
    }

    /// The bytes of the brands that look-alikes are measured against; empty in a pack without them.
    #[inline]
    pub(crate) fn brands(&self) -> &[u8] {
        self.container.bytes_of(&self.brands)
    }

    /// Whether a top-level domain, given by its hash, is on the list of much abused ones.
    #[inline]
    pub(crate) fn is_abused(&self, top: u64) -> bool {
        Table::new(self.container.bytes_of(&self.abused), value_bits::ABUSED).find(top, |_| true).is_some()
    }

    fn strings(&self) -> &[u8] {
        self.container.bytes_of(&self.strings)
    }

    /// The vendor with a number.
    pub(crate) fn vendor(&self, number: u16) -> Option<Owner<'_>> {
        let row = self.container.bytes_of(&self.vendors).chunks_exact(12).nth(usize::from(number))?;
        Some(Owner {
            id: string(self.strings(), read_u32(row, 0)),
            name: string(self.strings(), read_u32(row, 4)),
            parent: u16::try_from(read_u32(row, 8)).ok(),
        })
    }

    /// The platform with a number.
    pub(crate) fn platform(&self, number: u16) -> Option<Owner<'_>> {
        let row = self.container.bytes_of(&self.platforms).chunks_exact(8).nth(usize::from(number))?;
        Some(Owner {
            id: string(self.strings(), read_u32(row, 0)),
            name: string(self.strings(), read_u32(row, 4)),
            parent: None,
        })
    }

    /// Vendors in the order of their numbers.
    pub(crate) fn vendors(&self) -> impl Iterator<Item = Owner<'_>> {
        (0..u16::MAX).map_while(|number| self.vendor(number))
    }

    /// Platforms in the order of their numbers.
    pub(crate) fn platforms(&self) -> impl Iterator<Item = Owner<'_>> {
        (0..u16::MAX).map_while(|number| self.platform(number))
    }

    /// The source with a number.
    pub(crate) fn source(&self, number: u32) -> Option<SourceView<'_>> {
        let row = self.container.bytes_of(&self.sources).chunks_exact(20).nth(number as usize)?;
        let text = |at| string(self.strings(), read_u32(row, at));
        Some(SourceView { id: text(0), title: text(4), url: text(8), licence: text(12), date: text(16) })
    }

    /// The bytes of the ordered store, an fst.
    pub(crate) fn ordered(&self) -> &[u8] {
        self.container.bytes_of(&self.ordered)
    }

    /// The exact and suffix entries at an anchor's place, and the entries of its patterns.
    pub(crate) fn entries_at(&self, place: u64) -> Vec<u32> {
        let AtAnchor { exact, suffix, patterns } =
            u32::try_from(place).map(|place| self.entries_of(place)).unwrap_or_default();
        exact.into_iter().chain(suffix).chain(patterns.into_iter().map(|(_, entry)| entry)).collect()
    }

    /// The entries at an anchor's place.
    pub(crate) fn entries_of(&self, place: u32) -> AtAnchor<'_> {
        let anchors = self.container.bytes_of(&self.anchors);
        let Some(head) = anchors.get(place as usize * 4..).and_then(|head| head.get(..anchor::HEADER)) else {
            return AtAnchor::default();
        };
        let count = usize::from(read_u16(head, 2)).min(anchor::MAX_PATTERNS);
        let patterns = self.programs(read_u32(head, 12) as usize, count).collect();
        let entry = |at| Some(read_u32(head, at)).filter(|entry| *entry != anchor::NONE);
        AtAnchor { exact: entry(4), suffix: entry(8), patterns }
    }

    /// Facts on the pack.
    pub(crate) fn info(&self) -> PackInfo<'_> {
        let about = self.container.bytes_of(&self.about);
        let rows = |section: &Section, size: usize| {
            u32::try_from(self.container.bytes_of(section).len() / size).unwrap_or(u32::MAX)
        };
        PackInfo {
            version: string(self.strings(), read_u32(about, 0)),
            date: self.container.date,
            suffix_version: string(self.strings(), read_u32(about, 4)),
            suffix_rules: read_u32(about, 8),
            entries: self.entry_count(),
            patterns: rows(&self.patterns, 12),
            vendors: rows(&self.vendors, 12),
            platforms: rows(&self.platforms, 8),
            sources: rows(&self.sources, 20),
            impacts: read_u32(about, 12),
            size: self.container.size(),
            checksum: self.container.checksum,
        }
    }
}

/// The name stored with an anchor.
#[inline]
fn anchor_name(anchors: &[u8], place: u32) -> Option<&[u8]> {
    let start = place as usize * 4;
    let length = usize::from(*anchors.get(start)?);
    anchors.get(start + anchor::HEADER..start + anchor::HEADER + length)
}

/// Refuses packs that use codes this release does not know.
fn check_codes(used: &[u8]) -> Result<(), PackError> {
    let known = [
        ("verdict", codes::Verdict::ALL.len()),
        ("purpose", codes::Purpose::ALL.len()),
        ("class", codes::Class::ALL.len()),
        ("impact", codes::Impact::ALL.len()),
        ("storm", codes::Storm::ALL.len()),
        ("answer", codes::AnswerMode::ALL.len()),
        ("risk", codes::Risk::ALL.len()),
        ("evidence", codes::EvidenceKind::ALL.len()),
        ("reason", codes::Reason::ALL.len()),
    ];
    for (n, (vocabulary, known)) in known.into_iter().enumerate() {
        let got = used.get(n).copied().ok_or(PackError::Section("codes"))?;
        if usize::from(got) > known {
            return Err(PackError::UnknownCode { vocabulary, known: u8::try_from(known).unwrap_or(u8::MAX), got });
        }
    }
    Ok(())
}
