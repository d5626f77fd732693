//! dnsmasq's configuration: the lines that say what happens to a domain (dnsmasq(8), `--address`, `--local`, `--server`).
//!
//! `/name/` covers the name and everything below; with a `*.` in front, which dnsmasq knows since 2.86, what is below alone. The
//! longest one decides, so the more exact rule wins.

use memchr::memchr;

use super::bytes::{before_comment, split_once};
use super::event::Out;
use super::name::strict;
use super::{Action, Answer, Scope, SkipReason};

/// One line of a configuration file.
pub(super) fn line(line: u64, text: &[u8], out: &mut Out<'_>) {
    let text = before_comment(text).trim_ascii();
    if text.is_empty() {
        return;
    }
    let Some((option, rest)) = split_once(text, b'=')
        .and_then(|(option, value)| Some((option.trim_ascii(), value.trim_ascii().strip_prefix(b"/")?)))
    else {
        return out.skip(line, SkipReason::NoRule);
    };
    let Some(end) = rest.iter().rposition(|byte| *byte == b'/') else { return out.skip(line, SkipReason::NoRule) };
    let (domains, value) = (rest.get(..end).unwrap_or_default(), rest.get(end + 1..).unwrap_or_default());
    let action = match (option, value) {
        (b"local" | b"server" | b"address", b"") => Action::Block(Answer::Nxdomain),
        (b"server", b"#") => Action::Allow,
        (b"address", b"#" | b"0.0.0.0" | b"::") => Action::Block(Answer::NullIp),
        (b"local" | b"server" | b"address", _) => return out.skip(line, SkipReason::Redirect),
        _ => return out.skip(line, SkipReason::NoRule),
    };
    for domain in domains.split(|byte| *byte == b'/') {
        let (name, scope) = match domain.strip_prefix(b"*.") {
            Some(name) => (name, Scope::Below),
            None => (domain, Scope::Suffix),
        };
        out.put(line, strict(name), scope, action);
    }
}

/// Whether a line can only belong to a file of this kind.
pub(super) fn is_typical(text: &[u8]) -> bool {
    let starts = [&b"local=/"[..], b"server=/", b"address=/"];
    starts.iter().any(|start| text.strip_prefix(*start).is_some_and(|rest| memchr(b'/', rest).is_some()))
}
