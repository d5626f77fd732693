//! Rows marked and copied from the query-log table of a web interface: Pi-hole's and AdGuard Home's.
//!
//! What a browser copies depends on the table. Pi-hole's rows arrive as lines with a tab between cells
//! (`2026-11-24 10:31:02⇥⇥A⇥logs.roku.com⇥tv.lan⇥…`), AdGuard Home's with a line for each cell (`10:31:02`, `24/11/2026`,
//! `logs.roku.com`, `Type: A, Plain DNS`, …), in the reader's language and with the date as the reader's country writes it. Common to
//! both is a time of day with the name asked for as the first domain name behind it; clients and trackers, which may look like
//! domain names too, come later. A name asked for that has no dot is passed over, and then a client with a dot stands in for it.

use super::event::Out;
use super::name::strict;
use super::sniff::is_domain;
use super::{Action, Scope, SkipReason};

/// The state between lines.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The line of a time whose name has not come yet.
    timed: Option<u64>,
}

impl Rows {
    /// One line of what was copied.
    pub(super) fn line(&mut self, line: u64, text: &[u8], out: &mut Out<'_>) {
        for cell in text.split(|&byte| byte == b'\t').map(<[u8]>::trim_ascii) {
            if has_time(cell) {
                self.abandon(out);
                self.timed = Some(line);
            } else if self.timed.is_some() && is_domain(cell) {
                self.timed = None;
                out.put(line, strict(cell), Scope::Exact, Action::Unstated);
            }
        }
    }

    /// Gives up a row without a name.
    pub(super) fn abandon(&mut self, out: &mut Out<'_>) {
        if let Some(line) = self.timed.take() {
            out.skip(line, SkipReason::Incomplete);
        }
    }
}

/// Whether these lines were copied from such a table: a cell that is a time, then one that is a domain name.
pub(super) fn are_typical(lines: &[&[u8]]) -> bool {
    let mut rest = lines.iter().flat_map(|line| line.split(|&byte| byte == b'\t')).map(<[u8]>::trim_ascii);
    rest.any(has_time) && rest.take(CELLS).any(is_domain)
}

/// Most cells between a time and its name: icons, a date, the type of the query.
const CELLS: usize = 4;

/// Whether a cell is a time of day, with a date or without: digits `10:31:02` or `9:05:07`, and next to no text beside it.
fn has_time(cell: &[u8]) -> bool {
    const LONGEST: usize = 40;
    let two_digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    let at = |start: usize, len: usize| cell.get(start..start + len).unwrap_or_default();
    let is_time = |colon: usize| {
        colon > 0
            && two_digits(at(colon - 1, 1))
            && at(colon + 1, 2).len() == 2
            && two_digits(at(colon + 1, 2))
            && at(colon + 3, 1) == b":"
            && at(colon + 4, 2).len() == 2
            && two_digits(at(colon + 4, 2))
            && at(colon + 6, 1) != b":"
    };
    cell.len() <= LONGEST && memchr::memchr_iter(b':', cell).any(is_time)
}
