//! Input that is not read, recognised from its first 4 KiB: binary files and query logs. Better no answer than wrong ones.

use std::path::Path;

use crate::error::{Error, shown};

/// What each kind of binary file starts with.
const MAGICS: [(&[u8], &str); 12] = [
    (b"PHONEHOM", "a phonehome pack: give it by --pack or --overlay"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x1f\x8b", "compressed by gzip: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd: unpack it first"),
    (b"\xfd7zXZ\0", "compressed by xz: unpack it first"),
    (b"BZh", "compressed by bzip2: unpack it first"),
    (b"PK\x03\x04", "a ZIP archive: unpack it first"),
    (b"\xd4\xc3\xb2\xa1", "a packet capture"),
    (b"\xa1\xb2\xc3\xd4", "a packet capture"),
    (b"\x0a\x0d\x0d\x0a", "a packet capture"),
    (b"\xff\xfe", "UTF-16 text: save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text: save it as UTF-8"),
];

/// Lines of the first 4 KiB that are looked at.
const LOOKED_AT: usize = 20;

const ONLY_LISTS: &str = "only lists of names are read today, no query logs and no captures";

/// Refuses what is no text.
pub(crate) fn binary(path: &Path, head: &[u8]) -> Result<(), Error> {
    let known = MAGICS.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what);
    let nul = head.iter().position(|byte| *byte == 0);
    let (at, what) = match (known, nul) {
        (Some(what), _) => (0, what),
        (None, Some(at)) => (at, "binary data (a NUL byte)"),
        (None, None) => return Ok(()),
    };
    let line = 1 + head.iter().take(at).filter(|byte| **byte == b'\n').count();
    Err(Error::new(format!("{}:{line}: {what}; {ONLY_LISTS}", shown(path))))
}

/// Refuses lines that look like a log's, unless the user says that it is a list.
pub(crate) fn query_log(path: &Path, head: &[u8]) -> Result<(), Error> {
    json(path, head)?;
    refuse_lines(path, head, "looks like a query log", is_log_line)
}

/// Refuses JSON, unless the user says that it is a list.
pub(crate) fn json(path: &Path, head: &[u8]) -> Result<(), Error> {
    refuse_lines(path, head, "looks like JSON", |line| line.starts_with(b"{\"") || line.starts_with(b"[{"))
}

fn refuse_lines(path: &Path, head: &[u8], what: &str, is_refused: fn(&[u8]) -> bool) -> Result<(), Error> {
    let mut lines = head.split(|byte| *byte == b'\n').zip(1..).take(LOOKED_AT);
    match lines.find(|(line, _)| is_refused(line.trim_ascii())) {
        None => Ok(()),
        Some((_, number)) => Err(Error::new(format!(
            "{}:{number}: {what}; {ONLY_LISTS} (if it is a list, say which by --list-format)",
            shown(path)
        ))),
    }
}

/// Whether a line starts with a time, or says that it is a query.
fn is_log_line(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let dated = is_date(first) || is_epoch(first) || (is_month(first) && is_number(second));
    dated || [&b" query["[..], b" query: ", b"CLIENT_QUERY"].iter().any(|mark| holds(line, mark))
}

fn holds(line: &[u8], part: &[u8]) -> bool {
    line.windows(part.len()).any(|window| window == part)
}

/// `2026-11-23`, `2026-11-23T08:02:48`, `2026/11/23`, `23-Nov-2026`.
fn is_date(word: &[u8]) -> bool {
    let day = word.split(|byte| *byte == b'T').next().unwrap_or_default();
    let mut parts = day.split(|byte| matches!(byte, b'-' | b'/'));
    let (Some(first), Some(month), Some(last), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let lengths = (first.len(), last.len());
    is_number(first) && is_number(last) && (is_number(month) || is_month(month)) && matches!(lengths, (4, 2) | (2, 4))
}

/// `1795420915`, `1795420934.17975967`, in brackets or not.
fn is_epoch(word: &[u8]) -> bool {
    let word = word.strip_prefix(b"[").and_then(|word| word.strip_suffix(b"]")).unwrap_or(word);
    let mut parts = word.splitn(2, |byte| *byte == b'.');
    parts.next().is_some_and(|seconds| is_number(seconds) && seconds.len() >= 9) && parts.next().is_none_or(is_number)
}

fn is_number(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(u8::is_ascii_digit)
}

fn is_month(word: &[u8]) -> bool {
    const MONTHS: [&[u8]; 12] =
        [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    MONTHS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_logs_are_told_from_names() {
        let logs = [
            "Nov 23 08:01:14 dnsmasq[2811]: query[A] a1.tuyaeu.com from 127.0.0.1",
            "23-Nov-2026 08:02:48.193 queries: info: client @0x7f0d 127.0.0.1#37843 (a.com): query: a.com IN A",
            "2026-11-23T08:02:48.825 rpz: info: client",
            "2026/11/23 08:02:48 a.com",
            "[1795420915] unbound[4039:0] info: 127.0.0.1 a.com. A IN",
            "[1795420934.17975967] Packet from 127.0.0.1:49241 for a.com. A with id 49318",
            "1795420934.179    12 192.0.2.1 TCP_MISS/200",
            "{\"T\":\"2026-11-23T08:02:48Z\",\"QH\":\"a.com\"}",
        ];
        let names =
            ["a.com", "2026-11-23.example.com", "nov.example.com", "# Nov 23 2026", "0.0.0.0 a.com", "may 1.com"];
        for line in logs {
            assert!(query_log(Path::new("-"), line.as_bytes()).is_err(), "{line}");
        }
        for line in names {
            assert!(query_log(Path::new("-"), line.as_bytes()).is_ok(), "{line}");
        }
    }
}
