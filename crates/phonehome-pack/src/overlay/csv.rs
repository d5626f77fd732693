//! CSV lists: a header names the columns.

use phonehome::{OverlayKind, Purpose, Verdict};
use phonehome_logs::lists::{self, Scope};

use super::{LabelRow, OverlayError, OverlaySpec, RuleScope, Rules};

/// Reads the whole text into rules.
pub(super) fn read(text: &[u8], spec: &OverlaySpec, rules: &mut Rules) -> Result<(), OverlayError> {
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).trim(::csv::Trim::All).from_reader(text);
    let headers = reader.byte_headers().map_err(|_| OverlayError::NoNameColumn)?.clone();
    let column = |names: &[&str]| {
        headers.iter().position(|header| names.iter().any(|name| header.eq_ignore_ascii_case(name.as_bytes())))
    };
    let columns = Columns {
        name: column(&["name", "domain"]).ok_or(OverlayError::NoNameColumn)?,
        scope: column(&["match"]),
        vendor: column(&["vendor"]),
        purpose: column(&["purpose"]),
        verdict: column(&["verdict"]),
        action: column(&["action"]),
        note: column(&["note"]),
    };
    if columns.scope.is_none() && spec.scope.is_none() {
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
        if let Err(reason) = row(rules, spec, line, &columns, &record) {
            rules.skip(line, reason);
        }
    }
    Ok(())
}

/// Where the columns stand.
struct Columns {
    name: usize,
    scope: Option<usize>,
    vendor: Option<usize>,
    purpose: Option<usize>,
    verdict: Option<usize>,
    action: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    /// Whether a row speaks of this kind at all. Columns that are not there say nothing against it.
    fn concern(&self, kind: OverlayKind, record: &::csv::ByteRecord) -> Result<bool, &'static str> {
        let cell = |column: Option<usize>| column.map(|column| record.get(column).unwrap_or(b""));
        let (action, verdict) = (cell(self.action), cell(self.verdict));
        if !matches!(action, None | Some(b"" | b"allow" | b"block")) {
            return Err("the column \"action\" says neither allow nor block");
        }
        let is_verdict = |text: &[u8]| Verdict::ALL.iter().any(|verdict| verdict.id().as_bytes() == text);
        if verdict.is_some_and(|text| !text.is_empty() && !is_verdict(text)) {
            return Err("the column \"verdict\" holds no verdict that phonehome knows");
        }
        let says_more = action.or(verdict).is_some();
        Ok(match kind {
            OverlayKind::Allow => action.is_none_or(|action| action == b"allow"),
            OverlayKind::Block => action.is_none_or(|action| action == b"block"),
            OverlayKind::Threat => verdict.is_none_or(|verdict| verdict == Verdict::Malicious.id().as_bytes()),
            OverlayKind::Label => {
                let label = [self.vendor, self.purpose, self.note];
                !says_more || label.iter().any(|column| cell(*column).is_some_and(|text| !text.is_empty()))
            }
        })
    }
}

fn row(
    rules: &mut Rules,
    spec: &OverlaySpec,
    line: u64,
    columns: &Columns,
    record: &::csv::ByteRecord,
) -> Result<(), &'static str> {
    if !columns.concern(spec.kind, record)? {
        return Ok(());
    }
    let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or(b"");
    let text = |column| String::from_utf8_lossy(without_guard(cell(column))).into_owned();
    let (scope, purpose) = (text(columns.scope), text(columns.purpose));
    let (name, written) = lists::cut(without_guard(cell(Some(columns.name))));
    let scope = match (scope.as_str(), written) {
        ("exact", _) => RuleScope::Exact,
        ("below", _) | ("", Scope::Below) => RuleScope::Below,
        ("suffix", _) => RuleScope::Suffix,
        ("", _) => spec.scope.ok_or("an empty cell in the column \"match\"")?,
        _ => return Err("the column \"match\" says neither exact, below nor suffix"),
    };
    let purpose = match (purpose.as_str(), Purpose::from_id(&purpose)) {
        ("", _) => 0,
        (_, Some(purpose)) => u32::from(purpose.number()) + 1,
        _ => return Err("the column \"purpose\" holds no purpose that phonehome knows"),
    };
    let label = LabelRow { vendor: text(columns.vendor), purpose, note: text(columns.note) };
    rules.add(line, &name, scope, (spec.kind == OverlayKind::Label).then_some(label));
    Ok(())
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn without_guard(cell: &[u8]) -> &[u8] {
    match cell {
        [b'\'', rest @ ..] if matches!(rest, [b'=' | b'+' | b'-' | b'@', ..]) => rest,
        _ => cell,
    }
}
