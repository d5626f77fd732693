//! Unbound's configuration: local zones and the data in them (unbound.conf(5)).
//!
//! A zone covers its name and everything below; the closest one decides. Data belongs to one name alone.

use super::bytes::{until, words};
use super::event::Out;
use super::name::strict;
use super::{Action, Answer, Scope, SkipReason};

/// One line of a configuration file. Everything but zones and their data is passed over.
pub(super) fn line(line: u64, text: &[u8], out: &mut Out<'_>) {
    let text = text.trim_ascii();
    if let Some(value) = option(text, b"local-zone:") {
        zone(line, value, out);
    } else if let Some(value) = option(text, b"local-data:") {
        data(line, value, out);
    }
}

/// The value of an option.
fn option<'t>(text: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    text.strip_prefix(name).map(<[u8]>::trim_ascii)
}

fn zone(line: u64, value: &[u8], out: &mut Out<'_>) {
    let mut words = words(value);
    let (Some(name), Some(kind)) = (words.next(), words.next()) else { return out.skip(line, SkipReason::Incomplete) };
    let action = match kind {
        b"always_nxdomain" => Action::Block(Answer::Nxdomain),
        b"always_nodata" => Action::Block(Answer::Nodata),
        b"always_null" => Action::Block(Answer::NullIp),
        b"always_refuse" => Action::Block(Answer::Unstated),
        b"always_deny" => Action::Block(Answer::Drop),
        b"always_transparent" | b"transparent" => Action::Allow,
        _ => return out.skip(line, SkipReason::LocalData),
    };
    out.put(line, strict(unquoted(name)), Scope::Suffix, action);
}

/// `"name TTL IN A 0.0.0.0"`; TTL and class may be left out.
fn data(line: u64, value: &[u8], out: &mut Out<'_>) {
    let record = until(value.strip_prefix(b"\"").unwrap_or(value), |byte| *byte == b'"');
    let mut words = words(record);
    let Some(name) = words.next() else { return out.skip(line, SkipReason::Incomplete) };
    let is_meta = |word: &&[u8]| word.eq_ignore_ascii_case(b"IN") || word.iter().all(u8::is_ascii_digit);
    let mut data = words.skip_while(is_meta);
    match (data.next(), data.next()) {
        (Some(b"A"), Some(b"0.0.0.0")) | (Some(b"AAAA"), Some(b"::")) => {
            out.put(line, strict(name), Scope::Exact, Action::Block(Answer::NullIp));
        }
        (Some(_), Some(_)) => out.skip(line, SkipReason::LocalData),
        _ => out.skip(line, SkipReason::Incomplete),
    }
}

fn unquoted(word: &[u8]) -> &[u8] {
    word.strip_prefix(b"\"").and_then(|word| word.strip_suffix(b"\"")).unwrap_or(word)
}

/// Whether a line can only belong to a file of this kind.
pub(super) fn is_typical(text: &[u8]) -> bool {
    text.starts_with(b"local-zone:") || text.starts_with(b"local-data:")
}
