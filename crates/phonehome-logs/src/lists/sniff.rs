//! Guesses what kind of list a text is.

use super::bytes::{before_comment, split_once, words};
use super::csv::Fields;
use super::name::{is_address, strict};
use super::{Column, Format, adguard, dnsmasq, mikrotik, pihole, rows, rpz, unbound};

/// How many bytes [`sniff`] looks at.
pub const SNIFF_LEN: usize = 4096;

/// Headers of columns that hold names, best first; compared without case, `_`, `-`, `.` and blanks.
const HEADERS: [&str; 13] = [
    "domain",
    "domainname",
    "fqdn",
    "hostname",
    "host",
    "qname",
    "queryname",
    "dnsquery",
    "query",
    "name",
    "indicator",
    "ioc",
    "url",
];

/// Guesses the format from the first [`SNIFF_LEN`] bytes of a list.
///
/// A guess: lines that only one format has decide, in the order RPZ, AdGuard, dnsmasq, Unbound, Pi-hole, RouterOS, hosts (hosts lines
/// mixed with plain names are AdGuard's, which allows both), separated values with a header we know, rows of a query log, separated
/// values with a column of names. All else is [`Format::Names`], never [`Format::Domains`]: whether a plain list is a list of rules
/// is for the caller to say.
#[must_use]
pub fn sniff(head: &[u8]) -> Format {
    let (head, cut) = match head.get(..SNIFF_LEN) {
        Some(start) => (start, true),
        None => (head, false),
    };
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let mut lines: Vec<&[u8]> = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end).collect();
    if cut && lines.len() > 1 {
        lines.pop(); // most likely the first half of a line
    }
    lines.retain(|line| !line.is_empty());

    if lines.iter().any(|line| rpz::is_typical(line)) {
        return Format::Rpz;
    }
    if lines.iter().any(|line| adguard::is_typical(line.trim_ascii())) {
        return Format::Adguard;
    }
    if let Some(format) = lines.iter().find_map(|line| configuration(line.trim_ascii())) {
        return format;
    }
    let rules = || lines.iter().map(|line| before_comment(line).trim_ascii()).filter(|line| !line.is_empty());
    let hosts = rules().filter(|line| is_hosts(line)).count();
    if hosts > 0 {
        let plain = rules().filter(|line| strict(line).is_ok()).count();
        return if plain == 0 { Format::Hosts } else { Format::Adguard };
    }
    let delimiters = || [b',', b';', b'\t'].into_iter();
    let titled = delimiters().find_map(|delimiter| table(&lines, delimiter, with_title));
    let rows = || rows::are_typical(&lines).then_some(Format::Rows);
    let of_names = || delimiters().find_map(|delimiter| table(&lines, delimiter, with_names));
    titled.or_else(rows).or_else(of_names).unwrap_or(Format::Names)
}

/// The program whose configuration a line can only belong to.
fn configuration(line: &[u8]) -> Option<Format> {
    match line {
        line if dnsmasq::is_typical(line) => Some(Format::Dnsmasq),
        line if unbound::is_typical(line) => Some(Format::Unbound),
        line if pihole::is_typical(line) => Some(Format::PiholeRegex),
        line if mikrotik::is_typical(line) => Some(Format::Mikrotik),
        _ => None,
    }
}

fn is_hosts(line: &[u8]) -> bool {
    let mut words = words(line);
    words.next().is_some_and(is_address) && words.next().is_some_and(|name| strict(name).is_ok())
}

/// The table in `lines`, if `delimiter` makes one and its column of names is found.
fn table(lines: &[&[u8]], delimiter: u8, column: fn(&[&[u8]], u8, usize) -> Option<Column>) -> Option<Format> {
    let columns = width(records(lines).next()?, delimiter);
    (columns > 1).then(|| column(lines, delimiter, columns)).flatten().map(|column| Format::Csv { column, delimiter })
}

fn width(line: &[u8], delimiter: u8) -> usize {
    Fields::new(line, delimiter).count()
}

fn records<'l>(lines: &'l [&'l [u8]]) -> impl Iterator<Item = &'l [u8]> {
    lines.iter().copied().filter(|line| !line.starts_with(b"#"))
}

/// The column with a header we know, which may stand in the last comment.
fn with_title(lines: &[&[u8]], delimiter: u8, columns: usize) -> Option<Column> {
    let comment = lines.iter().take_while(|line| line.starts_with(b"#")).last().and_then(|line| line.get(1..));
    let headers = comment.into_iter().chain(records(lines).next());
    let mut tables = headers.filter(|header| width(header, delimiter) == columns);
    tables.find_map(|header| HEADERS.iter().find_map(|known| titled(header, delimiter, known))).map(Column::Named)
}

/// The first column of names, where all records are alike.
fn with_names(lines: &[&[u8]], delimiter: u8, columns: usize) -> Option<Column> {
    if records(lines).any(|line| width(line, delimiter) != columns) {
        return None;
    }
    let is_column = |index: &usize| {
        let is_name = |line| Fields::new(line, delimiter).nth(*index).is_some_and(|field| is_domain(&field.value()));
        records(lines).all(is_name)
    };
    (0..columns).find(is_column).map(|index| Column::Number(index + 1))
}

/// The title in `header` that is `known` but for case and punctuation.
fn titled(header: &[u8], delimiter: u8, known: &str) -> Option<String> {
    Fields::new(header, delimiter).find_map(|field| {
        let value = field.value();
        let title = std::str::from_utf8(&value).ok()?.trim();
        let letters = title.bytes().filter(|byte| !b"_-. ".contains(byte)).map(|byte| byte.to_ascii_lowercase());
        letters.eq(known.bytes()).then(|| title.to_owned())
    })
}

/// A well-formed name of two labels or more whose last one is not a number.
pub(super) fn is_domain(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    let value = value.strip_prefix(b"*.").unwrap_or(value);
    strict(value).is_ok() && split_once(value, b'.').is_some() && !value.ends_with(b".") && !is_number(value)
}

fn is_number(name: &[u8]) -> bool {
    name.rsplit(|&byte| byte == b'.').next().is_some_and(|label| label.iter().all(u8::is_ascii_digit))
}
