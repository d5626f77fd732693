//! Separated values (RFC 4180), one column of them: quoted fields, doubled quotes, line feeds inside quotes.
//!
//! A quote opens a field only as its first byte; anywhere else it is a character. Lines that begin with `#` are comments.

use std::borrow::Cow;

use memchr::memchr;

use super::event::Out;
use super::lines::MAX_LINE;
use super::name::cut;
use super::{Action, Column, SkipReason};

/// The state of a file being read.
#[derive(Debug)]
pub(super) struct Table {
    delimiter: u8,
    place: Place,
    /// The lines so far of a record with an open quote, and its first line number.
    pending: Vec<u8>,
    first: u64,
    open: bool,
}

/// Where the column is.
#[derive(Debug)]
enum Place {
    /// Its name; the header has not been seen.
    Named(String),
    /// Its index from 0.
    Index(usize),
    /// Nowhere.
    Missing,
}

impl Table {
    pub(super) fn new(column: Column, delimiter: u8) -> Self {
        let place = match column {
            Column::Named(name) => Place::Named(name),
            Column::Number(number) => number.checked_sub(1).map_or(Place::Missing, Place::Index),
        };
        Self { delimiter, place, pending: Vec::new(), first: 0, open: false }
    }

    /// One line of the file.
    pub(super) fn line(&mut self, line: u64, text: &[u8], out: &mut Out<'_>) {
        if !self.open {
            if text.trim_ascii().is_empty() {
                return;
            }
            if let Some(comment) = text.strip_prefix(b"#") {
                return self.find_column(comment);
            }
            if memchr(b'"', text).is_none() {
                return self.record(line, text, out);
            }
            self.first = line;
        }
        if self.pending.len() + text.len() > MAX_LINE {
            return self.abandon(out);
        }
        self.open = Fields { rest: Some(text), delimiter: self.delimiter, inside: self.open }.any(|field| field.open);
        self.pending.extend_from_slice(text);
        let mut record = std::mem::take(&mut self.pending);
        if self.open {
            record.push(b'\n');
        } else {
            self.record(self.first, &record, out);
            record.clear();
        }
        self.pending = record;
    }

    /// Gives up a record whose quote is open: at the end, and where a line is missing.
    pub(super) fn abandon(&mut self, out: &mut Out<'_>) {
        if self.open {
            out.skip(self.first, SkipReason::OpenQuote);
        }
        self.pending.clear();
        self.open = false;
    }

    fn record(&mut self, line: u64, text: &[u8], out: &mut Out<'_>) {
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if matches!(self.place, Place::Named(_)) {
            self.find_column(text);
            if matches!(self.place, Place::Named(_)) {
                self.place = Place::Missing;
                out.skip(line, SkipReason::NoColumn);
            }
            return;
        }
        let Place::Index(index) = self.place else {
            return out.skip(line, SkipReason::NoColumn);
        };
        let Some(field) = Fields::new(text, self.delimiter).nth(index) else {
            return out.skip(line, SkipReason::NoColumn);
        };
        let value = field.value();
        let (name, scope) = cut(&value);
        if name.is_empty() {
            out.skip(line, SkipReason::EmptyCell);
        } else {
            out.item(line, name, scope, Action::Unstated);
        }
    }

    /// Looks for a column still sought by name.
    fn find_column(&mut self, header: &[u8]) {
        if let Place::Named(name) = &self.place {
            let wanted = name.trim_ascii().as_bytes();
            let found = Fields::new(header, self.delimiter)
                .position(|field| field.value().trim_ascii().eq_ignore_ascii_case(wanted));
            if let Some(index) = found {
                self.place = Place::Index(index);
            }
        }
    }
}

/// The fields of a record.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    rest: Option<&'a [u8]>,
    delimiter: u8,
    /// Whether `rest` begins inside a quoted field.
    inside: bool,
}

/// A field as written.
#[derive(Debug)]
pub(super) struct Field<'a> {
    /// Between the quotes, if it has any.
    raw: &'a [u8],
    quoted: bool,
    /// Whether its quote is never closed.
    pub(super) open: bool,
}

impl<'a> Fields<'a> {
    pub(super) fn new(record: &'a [u8], delimiter: u8) -> Self {
        Self { rest: Some(record), delimiter, inside: false }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        let text = self.rest?;
        let inner = if std::mem::take(&mut self.inside) { Some(text) } else { text.strip_prefix(b"\"") };
        let Some(inner) = inner else {
            let end = memchr(self.delimiter, text).unwrap_or(text.len());
            let (raw, tail) = text.split_at_checked(end)?;
            self.rest = tail.get(1..);
            return Some(Field { raw, quoted: false, open: false });
        };
        let mut end = 0;
        let closed = loop {
            let Some(at) = inner.get(end..).and_then(|tail| memchr(b'"', tail)) else { break false };
            end += at;
            if inner.get(end + 1) != Some(&b'"') {
                break true;
            }
            end += 2;
        };
        let raw = if closed { inner.get(..end)? } else { inner };
        // What stands between the closing quote and the delimiter belongs to no value.
        let tail = if closed { inner.get(end + 1..)? } else { &[] };
        self.rest = memchr(self.delimiter, tail).and_then(|at| tail.get(at + 1..));
        Some(Field { raw, quoted: true, open: !closed })
    }
}

impl<'a> Field<'a> {
    /// The value, doubled quotes undone.
    pub(super) fn value(&self) -> Cow<'a, [u8]> {
        if !self.quoted || memchr(b'"', self.raw).is_none() {
            return Cow::Borrowed(self.raw);
        }
        let mut value = Vec::with_capacity(self.raw.len());
        let mut pieces = self.raw.split(|&byte| byte == b'"');
        value.extend_from_slice(pieces.next().unwrap_or_default());
        // "a""b" splits into a, nothing, b: every second piece follows the pair.
        while let Some(piece) = pieces.next() {
            value.extend_from_slice(piece);
            if let Some(piece) = pieces.next() {
                value.push(b'"');
                value.extend_from_slice(piece);
            }
        }
        Cow::Owned(value)
    }
}
