//! Rules to the bytes of an overlay.

use phonehome::Name;
use phonehome::format::{KIND_OVERLAY, checksum, name_hash, rule, section, value_bits};

use super::{BuiltOverlay, LabelRow, OverlayError, OverlaySpec, RuleScope, Rules};
use crate::bytes::{Section, Strings, file, small, words};
use crate::table;

/// Most different labels, so that 48 bits of every hash are left.
pub(super) const MAX_LABELS: usize = 1 << 14;

/// The bits of a scope.
pub(super) const fn bits(scope: RuleScope) -> u8 {
    match scope {
        RuleScope::Exact => rule::APEX as u8,
        RuleScope::Below => rule::BELOW as u8,
        RuleScope::Suffix => (rule::APEX | rule::BELOW) as u8,
    }
}

/// One name's rule, merged.
#[derive(Clone, Copy)]
struct Row {
    hash: u64,
    start: usize,
    end: usize,
    bits: u8,
    label: u32,
}

pub(super) fn overlay(mut rules: Rules, spec: &OverlaySpec) -> Result<BuiltOverlay, OverlayError> {
    if rules.rows.is_empty() {
        return Err(OverlayError::Empty { skipped: rules.skipped, first: rules.skips.into_iter().next() });
    }
    if rules.labels.len() > MAX_LABELS {
        return Err(OverlayError::TooManyLabels);
    }
    let mut seed = checksum(&rules.names);
    let (rows, repeated) = loop {
        match merged(&mut rules, seed) {
            Some(merged) => break merged,
            // Two names with one hash: another seed parts them.
            None => seed = seed.wrapping_mul(3).wrapping_add(1),
        }
    };
    let label_bits = usize::BITS - rules.labels.len().saturating_sub(1).leading_zeros();
    let value_bits = value_bits::RULES + label_bits;
    let pairs: Vec<(u64, u32)> =
        rows.iter().map(|row| (row.hash, row.label << value_bits::RULES | u32::from(row.bits))).collect();
    let mut strings = Strings::new();
    let labels = labels(&rules, &mut strings);
    let mut about = Vec::new();
    let row = [
        u32::from(spec.kind.number()),
        strings.offset(&spec.name),
        small(rows.len()),
        u32::try_from(rules.skipped).unwrap_or(u32::MAX),
    ];
    words(&mut about, &row);
    let table = Section { id: section::TABLE, parameter: value_bits, bytes: table::build(&pairs, value_bits) };
    let sections = [
        table,
        Section::new(section::ABOUT, about),
        Section::new(section::LABELS, labels),
        Section::new(section::STRINGS, strings.into_bytes()),
    ];
    Ok(BuiltOverlay {
        bytes: file(KIND_OVERLAY, spec.date, seed, &sections),
        rules: small(rows.len()),
        repeated,
        skipped: rules.skipped,
        skips: rules.skips,
        skips_by_reason: rules.by_reason,
    })
}

/// Rows sorted by hash, one a name, and how many lines repeated a name; `None` when two names share a hash.
fn merged(rules: &mut Rules, seed: u64) -> Option<(Vec<Row>, u64)> {
    let mut start = 0;
    let mut rows = Vec::with_capacity(rules.rows.len());
    for (end, bits, label) in &rules.rows {
        let end = *end as usize;
        // Written from a name, so it reads back.
        let name = rules.names.get(start..end).and_then(|text| Name::parse(text).ok());
        rows.extend(name.map(|name| Row { hash: name_hash(&name, seed), start, end, bits: *bits, label: *label }));
        start = end;
    }
    let before = rows.len();
    // Stable, so that the first given of two labels stays.
    rows.sort_by_key(|row| row.hash);
    let mut collided = false;
    let names = &rules.names;
    rows.dedup_by(|later, kept| {
        if later.hash != kept.hash {
            return false;
        }
        collided |= names.get(later.start..later.end) != names.get(kept.start..kept.end);
        kept.bits |= later.bits;
        true
    });
    let repeated = (before - rows.len()) as u64;
    (!collided).then_some((rows, repeated))
}

fn labels(rules: &Rules, strings: &mut Strings) -> Vec<u8> {
    let mut by_number: Vec<(&u32, &LabelRow)> = rules.labels.iter().map(|(row, number)| (number, row)).collect();
    by_number.sort();
    let mut out = Vec::new();
    for (_, row) in by_number {
        words(&mut out, &[strings.offset(&row.vendor), row.purpose, strings.offset(&row.note)]);
    }
    out
}
