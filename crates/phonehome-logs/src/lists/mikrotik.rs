//! RouterOS scripts: static entries of the DNS ("DNS", help.mikrotik.com).

use super::event::Out;
use super::name::strict;
use super::{Action, Answer, Scope, SkipReason};

/// One line: `add name="x" type=NXDOMAIN match-subdomain=yes`. The menu's line and comments are passed over.
pub(super) fn line(line: u64, text: &[u8], out: &mut Out<'_>) {
    let text = text.trim_ascii();
    if text.is_empty() || text.starts_with(b"#") || text == b"/ip dns static" {
        return;
    }
    let command = text.strip_prefix(b"/ip dns static ").unwrap_or(text);
    let Some(settings) = command.strip_prefix(b"add ") else { return out.skip(line, SkipReason::NoRule) };
    let (mut name, mut kind, mut address, mut below) = (None, &b"A"[..], &b""[..], false);
    for (key, value) in Settings(settings) {
        match key {
            b"name" => name = Some(value),
            b"type" => kind = value,
            b"address" => address = value,
            b"match-subdomain" => below = value == b"yes",
            b"comment" | b"ttl" | b"disabled" => {}
            _ => return out.skip(line, SkipReason::LocalData),
        }
    }
    let Some(name) = name else { return out.skip(line, SkipReason::Incomplete) };
    let action = match (kind, address) {
        (b"NXDOMAIN", b"") => Action::Block(Answer::Nxdomain),
        (b"A", b"0.0.0.0") | (b"AAAA", b"::") => Action::Block(Answer::NullIp),
        _ => return out.skip(line, SkipReason::Redirect),
    };
    out.put(line, strict(name), if below { Scope::Suffix } else { Scope::Exact }, action);
}

/// The pairs `key=value` and `key="value"` of a command.
struct Settings<'t>(&'t [u8]);

impl<'t> Iterator for Settings<'t> {
    type Item = (&'t [u8], &'t [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, rest) = super::bytes::split_once(self.0.trim_ascii_start(), b'=')?;
        let (value, rest) = match rest.strip_prefix(b"\"") {
            Some(quoted) => super::bytes::split_once(quoted, b'"')?,
            None => super::bytes::split_once(rest, b' ').unwrap_or((rest, b"")),
        };
        self.0 = rest;
        Some((key, value))
    }
}

/// Whether a line can only belong to a script of this kind.
pub(super) fn is_typical(text: &[u8]) -> bool {
    text.starts_with(b"/ip dns static")
}
