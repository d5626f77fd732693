//! Reads lists in pieces and hands out their names in order.

use std::fs::File;
use std::io::{ErrorKind, Read, stdin};
use std::path::Path;

use phonehome_logs::lists::{Event, Format, Item, Reader, SNIFF_LEN, SkipReason, name_from_text, sniff};

use super::skips::Skips;
use super::{Input, STDIN};
use crate::args::{ListFormat, ListOptions};
use crate::error::Error;
use crate::progress::Progress;
use crate::refuse;

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// Takes names, one after the other.
pub(crate) trait Names {
    /// The next name, as written.
    fn name(&mut self, name: &[u8]) -> Result<(), Error>;

    /// The next rule of a list, for those who ask which names it covers.
    fn rule(&mut self, rule: &Item<'_>) -> Result<(), Error> {
        self.name(&rule.name)
    }

    /// The input has no more for now: what was answered so far should be on its way.
    fn pause(&mut self) -> Result<(), Error>;
}

/// Where a reader's events go.
struct Sink<'n, N> {
    names: &'n mut N,
    skips: Skips,
    /// Whether a name was found.
    found: bool,
    /// The first failure; what comes after it is not looked at.
    result: Result<(), Error>,
}

impl<N: Names> Sink<'_, N> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Item(item) if self.result.is_ok() => {
                self.found = true;
                self.result = self.names.rule(&item);
            }
            Event::Item(_) => {}
            Event::Skip(skip) => self.skips.take(skip),
        }
    }

    fn pause(&mut self) {
        if self.result.is_ok() {
            self.result = self.names.pause();
        }
    }
}

/// How inputs are read.
#[derive(Debug)]
pub(crate) struct Reading<'o> {
    options: &'o ListOptions,
    /// Whether answers scroll by while reading, so that progress needs no line of its own.
    is_quiet: bool,
}

impl<'o> Reading<'o> {
    /// Checks the options.
    pub(crate) fn new(options: &'o ListOptions, is_quiet: bool) -> Result<Self, Error> {
        match (options.list_format, &options.column) {
            (Some(format), Some(_)) if format != ListFormat::Csv => {
                Err(Error::new("--column belongs to --list-format csv"))
            }
            _ => Ok(Self { options, is_quiet }),
        }
    }

    /// Hands out the names of one input.
    pub(crate) fn read(&self, input: &Input, names: &mut impl Names) -> Result<(), Error> {
        match input {
            Input::Name(text) => names.name(&name_from_text(text.as_encoded_bytes())),
            Input::List(path) if path.as_os_str() == STDIN => self.list(Path::new(STDIN), &mut stdin().lock(), names),
            Input::List(path) => {
                let mut file = File::open(path).map_err(|error| Error::file(path, error))?;
                self.list(path, &mut file, names)
            }
        }
    }

    fn list(&self, path: &Path, source: &mut impl Read, names: &mut impl Names) -> Result<(), Error> {
        // Where the user says what it is, nothing waits for a full 4 KiB: `tail -f list | phonehome classify ...` works.
        let wanted = if self.options.list_format.is_some() { 1 } else { SNIFF_LEN };
        let mut piece = vec![0; PIECE];
        let mut length = fill(path, source, &mut piece, wanted)?;
        let head = piece.get(..length.min(SNIFF_LEN)).unwrap_or_default();
        refuse::binary(path, head)?;
        let mut reader = Reader::new(self.format(path, head)?);
        let mut progress = Progress::new(self.is_quiet);
        let mut sink = Sink { names, skips: Skips::default(), found: false, result: Ok(()) };
        let mut bytes = 0;
        while length > 0 && sink.result.is_ok() {
            reader.feed(piece.get(..length).unwrap_or_default(), &mut |event| sink.take(event));
            bytes += length as u64;
            progress.tick(bytes);
            sink.pause();
            length = fill(path, source, &mut piece, 1).inspect_err(|_| progress.clear())?;
        }
        reader.finish(&mut |event| sink.take(event));
        progress.clear();
        if !matches!(sink.result, Err(Error::ClosedPipe)) {
            sink.skips.report(path);
        }
        if !sink.found && sink.skips.are_all(SkipReason::NoColumn) {
            return Err(Error::file(path, "no such column in the whole file"));
        }
        sink.result
    }

    /// What the list is: what the user says, else what its first bytes look like.
    fn format(&self, path: &Path, head: &[u8]) -> Result<Format, Error> {
        match (self.options.list_format, &self.options.column) {
            (Some(ListFormat::Names), _) => Ok(Format::Names),
            (Some(ListFormat::Domains), _) => Ok(Format::Domains),
            (Some(ListFormat::Hosts), _) => Ok(Format::Hosts),
            (Some(ListFormat::Adguard), _) => Ok(Format::Adguard),
            (Some(ListFormat::Rpz), _) => Ok(Format::Rpz),
            (Some(ListFormat::Dnsmasq), _) => Ok(Format::Dnsmasq),
            (Some(ListFormat::Unbound), _) => Ok(Format::Unbound),
            (Some(ListFormat::PiholeRegex), _) => Ok(Format::PiholeRegex),
            (Some(ListFormat::Mikrotik), _) => Ok(Format::Mikrotik),
            (Some(ListFormat::Rows), _) => Ok(Format::Rows),
            (_, Some(column)) => Ok(Format::Csv { column: column.clone(), delimiter: delimiter(head) }),
            (Some(ListFormat::Csv), None) => match sniff(head) {
                csv @ Format::Csv { .. } => Ok(csv),
                _ => Err(Error::file(path, "which column holds the names? Say --column TITLE or --column N")),
            },
            (None, None) => match sniff(head) {
                Format::Names => refuse::query_log(path, head).map(|()| Format::Names),
                format => refuse::json(path, head).map(|()| format),
            },
        }
    }
}

/// The separator that the first line uses most.
fn delimiter(head: &[u8]) -> u8 {
    if let Format::Csv { delimiter, .. } = sniff(head) {
        return delimiter;
    }
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let uses = |delimiter: &u8| line.iter().filter(|byte| *byte == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(uses).unwrap_or(b',')
}

/// Reads until `wanted` bytes are there or the input ends; returns how many are there.
fn fill(path: &Path, source: &mut impl Read, piece: &mut [u8], wanted: usize) -> Result<usize, Error> {
    let mut length = 0;
    while length < wanted {
        match source.read(piece.get_mut(length..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::file(path, error)),
        }
    }
    Ok(length)
}
