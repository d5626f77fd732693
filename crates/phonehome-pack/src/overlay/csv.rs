//! CSV lists: a header names the columns.

use phonehome::Purpose;
use phonehome_logs::lists::{self, Scope};

use super::{LabelRow, OverlayError, OverlaySpec, RuleScope, Rules};

/// Reads the whole text into rules.
pub(super) fn read(text: &[u8], spec: &OverlaySpec, rules: &mut Rules) -> Result<(), OverlayError> {
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).trim(::csv::Trim::All).from_reader(text);
    let headers = reader.byte_headers().map_err(|_| OverlayError::NoNameColumn)?.clone();
    let column = |names: &[&str]| {
        headers.iter().position(|header| names.iter().any(|name| header.eq_ignore_ascii_case(name.as_bytes())))
    };
    let name = column(&["name", "domain"]).ok_or(OverlayError::NoNameColumn)?;
    let (scope, vendor) = (column(&["match"]), column(&["vendor"]));
    let (purpose, note) = (column(&["purpose"]), column(&["note"]));
    if scope.is_none() && spec.scope.is_none() {
        return Err(OverlayError::ScopeNeeded);
    }
    for record in reader.byte_records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                rules.skip(error.position().map_or(0, ::csv::Position::line), "not readable as CSV");
                continue;
            }
        };
        let line = record.position().map_or(0, ::csv::Position::line);
        let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or(b"");
        let text = |column| String::from_utf8_lossy(cell(column)).into_owned();
        let label = LabelRow { vendor: text(vendor), purpose: 0, note: text(note) };
        row(rules, spec, line, cell(Some(name)), &text(scope), &text(purpose), label);
    }
    Ok(())
}

fn row(rules: &mut Rules, spec: &OverlaySpec, line: u64, name: &[u8], scope: &str, purpose: &str, label: LabelRow) {
    let (name, written) = lists::cut(name);
    let scope = match (scope, written) {
        ("exact", _) => RuleScope::Exact,
        ("below", _) => RuleScope::Below,
        ("suffix", _) => RuleScope::Suffix,
        ("", Scope::Below) => RuleScope::Below,
        ("", _) => match spec.scope {
            Some(scope) => scope,
            None => return rules.skip(line, "an empty cell in the column \"match\""),
        },
        _ => return rules.skip(line, "the column \"match\" says neither exact, below nor suffix"),
    };
    let purpose = match (purpose, Purpose::from_id(purpose)) {
        ("", _) => 0,
        (_, Some(purpose)) => u32::from(purpose.number()) + 1,
        _ => return rules.skip(line, "the column \"purpose\" holds no purpose that phonehome knows"),
    };
    let is_label = spec.kind == phonehome::OverlayKind::Label;
    rules.add(line, &name, scope, is_label.then_some(LabelRow { purpose, ..label }));
}
