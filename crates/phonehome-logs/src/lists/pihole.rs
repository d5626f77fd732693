//! Pi-hole's regular expressions, those that say a whole name ("Regex blocking", docs.pi-hole.net).

use memchr::memmem;

use super::bytes::before_comment;
use super::event::Out;
use super::name::strict;
use super::{Action, Answer, Scope, SkipReason};

const BLOCK: Action = Action::Block(Answer::Unstated);

/// One line: `(^|\.)name$` covers the name and everything below, `^name$` the name, `\.name$` what is below.
pub(super) fn line(line: u64, text: &[u8], out: &mut Out<'_>) {
    let text = before_comment(text).trim_ascii();
    if text.is_empty() {
        return;
    }
    match name(text) {
        Some((name, scope)) => match strict(&name) {
            Ok(name) => out.item(line, name, scope, BLOCK),
            Err(reason) => out.skip(line, reason),
        },
        None => out.skip(line, SkipReason::Regex),
    }
}

/// The name that an expression says, if it says one and no more.
fn name(text: &[u8]) -> Option<(Vec<u8>, Scope)> {
    let text = text.strip_suffix(b"$")?;
    let (name, scope) = if let Some(name) = text.strip_prefix(br"(^|\.)").or_else(|| text.strip_prefix(br"(\.|^)")) {
        (name, Scope::Suffix)
    } else if let Some(name) = text.strip_prefix(b"^") {
        (name, Scope::Exact)
    } else {
        (text.strip_prefix(br"\.")?, Scope::Below)
    };
    // A dot without a backslash is any letter, and a backslash in front of anything else means something else.
    let mut plain = Vec::with_capacity(name.len());
    let mut octets = name.iter();
    while let Some(&octet) = octets.next() {
        match octet {
            b'\\' => {
                let dot = octets.next().filter(|octet| **octet == b'.')?;
                plain.push(*dot);
            }
            octet if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_') => plain.push(octet),
            _ => return None,
        }
    }
    Some((plain, scope))
}

/// Whether a line can only belong to a list of this kind.
pub(super) fn is_typical(text: &[u8]) -> bool {
    text.ends_with(b"$") && (text.starts_with(b"(^|") || text.starts_with(b"^")) && memmem::find(text, br"\.").is_some()
}
