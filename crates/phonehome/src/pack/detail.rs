//! What only `explain` needs of an entry.

use super::text::{Reader, string};
use crate::codes::{AnswerMode, EvidenceKind, Purpose, Risk};

/// The long part of an entry, decoded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Detail<'p> {
    pub(crate) id: &'p str,
    /// The match value: a name or a template.
    pub(crate) value: &'p str,
    pub(crate) brands: Vec<&'p str>,
    pub(crate) purposes: Vec<Purpose>,
    pub(crate) contacted_by: &'p str,
    pub(crate) party: &'p str,
    pub(crate) first_seen: &'p str,
    pub(crate) last_seen: &'p str,
    pub(crate) status: &'p str,
    /// Seconds, 0: not stated.
    pub(crate) period: u32,
    pub(crate) breaks: Breaks<'p>,
    /// Risks with the number of their source.
    pub(crate) risks: Vec<(Risk, u32)>,
    pub(crate) evidence: Vec<Evidence<'p>>,
}

/// What blocking costs, in words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Breaks<'p> {
    pub(crate) function: &'p str,
    pub(crate) devices: &'p str,
    pub(crate) keeps: &'p str,
    pub(crate) when: &'p str,
    pub(crate) remedy: &'p str,
    pub(crate) answers: Vec<AnswerMode>,
    /// Number of the source + 1, 0: none.
    pub(crate) source: u32,
}

/// One piece of evidence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence<'p> {
    /// Number of the source.
    pub(crate) source: u32,
    pub(crate) kind: EvidenceKind,
    pub(crate) date: &'p str,
}

impl<'p> Detail<'p> {
    /// Decodes the detail at an offset; damaged bytes give empty fields.
    pub(crate) fn read(details: &[u8], strings: &'p [u8], offset: u32) -> Self {
        let mut reader = Reader::new(details, offset as usize);
        let text = |reader: &mut Reader<'_>| string(strings, reader.number());
        let mut detail = Self { id: text(&mut reader), value: text(&mut reader), ..Self::default() };
        detail.brands = (0..reader.count()).map(|_| text(&mut reader)).collect();
        detail.purposes = (0..reader.count()).filter_map(|_| Purpose::from_number(reader.byte())).collect();
        detail.contacted_by = text(&mut reader);
        detail.party = text(&mut reader);
        detail.first_seen = text(&mut reader);
        detail.last_seen = text(&mut reader);
        detail.status = text(&mut reader);
        detail.period = reader.number();
        detail.breaks.function = text(&mut reader);
        detail.breaks.devices = text(&mut reader);
        detail.breaks.keeps = text(&mut reader);
        detail.breaks.when = text(&mut reader);
        detail.breaks.remedy = text(&mut reader);
        detail.breaks.answers = (0..reader.count()).filter_map(|_| AnswerMode::from_number(reader.byte())).collect();
        detail.breaks.source = reader.number();
        detail.risks = (0..reader.count())
            .filter_map(|_| {
                let risk = Risk::from_number(reader.byte());
                let source = reader.number();
                Some((risk?, source))
            })
            .collect();
        detail.evidence = (0..reader.count())
            .filter_map(|_| {
                let source = reader.number();
                let kind = EvidenceKind::from_number(reader.byte());
                let date = text(&mut reader);
                Some(Evidence { source, kind: kind?, date })
            })
            .collect();
        detail
    }
}
