//! AdGuard DNS filtering syntax, the part that names whole names.
//!
//! Semantics from "DNS filtering rules syntax" (adguard-dns.io/kb/general/dns-filtering-syntax):
//! - `||example.org^` covers the domain and all its subdomains, `@@` lifts it; `^` marks the end of the name.
//! - `*` stands for any characters, so `||*.example.org^` covers what is below the domain and not the domain.
//! - `|example.org^` is the domain alone: `|` marks the beginning of the name.
//! - a plain `example.org` "blocks example.org but not its subdomains"; the same holds for hosts lines.
//! - "if a string is not a valid domain" it is a pattern, which may match the middle of a name: not kept.
//! - lines that begin with `!` or `#` are comments; a rule with a modifier means something else with than without.

use memchr::{memchr, memmem};

use super::bytes::{before_comment, words};
use super::event::Out;
use super::name::{address, strict};
use super::{Action, Answer, Scope, SkipReason, hosts};

/// What separates domains from the body of a cosmetic rule, in AdGuard, Adblock Plus and uBlock Origin.
const COSMETIC: [&[u8]; 10] = [b"##", b"#@#", b"#?#", b"#@?#", b"#$#", b"#@$#", b"#%#", b"#@%#", b"#$?#", b"#@$?#"];

/// One line of a filter list.
pub(super) fn line(line: u64, text: &[u8], out: &mut Out<'_>) {
    let text = text.trim_ascii();
    if text.is_empty() || text.starts_with(b"!") || is_header(text) {
        return;
    }
    match hash(text) {
        Hash::Comment => return,
        Hash::Cosmetic => return out.skip(line, SkipReason::Cosmetic),
        Hash::None => {}
    }
    let (rule, action) = match text.strip_prefix(b"@@") {
        Some(rule) => (rule, Action::Allow),
        None => (text, Action::Block(Answer::Unstated)),
    };
    if let Some(rest) = rule.strip_prefix(b"/")
        && (rest.ends_with(b"/") || memmem::find(rest, b"/$").is_some())
    {
        return out.skip(line, SkipReason::Regex);
    }
    if memchr(b'$', before_comment(rule)).is_some() {
        return out.skip(line, SkipReason::Modifier);
    }
    if let Some(anchored) = rule.strip_prefix(b"||") {
        match anchored_name(anchored) {
            Some((name, scope)) => out.put(line, strict(name), scope, action),
            None => out.skip(line, SkipReason::Pattern),
        }
    } else if let Some(anchored) = rule.strip_prefix(b"|") {
        match anchored_name(anchored) {
            Some((name, Scope::Suffix)) => out.put(line, strict(name), Scope::Exact, action),
            _ => out.skip(line, SkipReason::Pattern),
        }
    } else if action == Action::Allow {
        out.skip(line, SkipReason::Pattern);
    } else {
        unanchored(line, rule, out);
    }
}

/// The name in what follows `||`. It must end in `^`: without it the rule also matches longer names. A `|` behind it
/// changes nothing, since nothing follows a host name.
fn anchored_name(rule: &[u8]) -> Option<(&[u8], Scope)> {
    let name = rule.strip_suffix(b"|").unwrap_or(rule).strip_suffix(b"^")?;
    if name.ends_with(b".") || name.iter().any(|byte| b"/:^|".contains(byte) || byte.is_ascii_whitespace()) {
        return None;
    }
    Some(match name.strip_prefix(b"*.") {
        Some(name) => (name, Scope::Below),
        None => (name, Scope::Suffix),
    })
}

/// A hosts line or a plain name, perhaps with a comment behind it.
fn unanchored(line: u64, text: &[u8], out: &mut Out<'_>) {
    let mut words = words(before_comment(text));
    let Some(first) = words.next() else { return };
    if words.next().is_some() {
        return match address(first) {
            Some(_) => hosts::line(line, text, out),
            None => out.skip(line, SkipReason::Pattern),
        };
    }
    match strict(first) {
        Ok(name) if is_domain(&name) => out.item(line, name, Scope::Exact, Action::Block(Answer::Unstated)),
        Err(reason @ (SkipReason::Wildcard | SkipReason::Address)) => out.skip(line, reason),
        _ => out.skip(line, SkipReason::Pattern),
    }
}

/// Whether AdGuard takes a well-formed name as a domain and not as a pattern: at least two labels of letters, digits and
/// inner hyphens, the last one `xn--` or of two letters or more (rule of AdguardTeam/urlfilter, `IsDomainName`).
fn is_domain(name: &[u8]) -> bool {
    let mut labels = name.rsplit(|&byte| byte == b'.');
    let Some(last) = labels.next() else { return false };
    let alphabetic = last.len() >= 2 && last.iter().all(u8::is_ascii_alphabetic);
    let punycode = last.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"xn--"));
    let edge = |label: &[u8]| label.starts_with(b"-") || label.ends_with(b"-");
    (alphabetic || punycode)
        && labels.next().is_some()
        && memchr(b'_', name).is_none()
        && !name.split(|&byte| byte == b'.').any(edge)
}

/// `[Adblock Plus 2.0]` and the like. `[$path=..]` begins a cosmetic rule.
fn is_header(text: &[u8]) -> bool {
    text.starts_with(b"[") && text.ends_with(b"]") && !text.starts_with(b"[$")
}

/// What the first `#` of a line means.
enum Hash {
    None,
    Comment,
    Cosmetic,
}

fn hash(text: &[u8]) -> Hash {
    let Some((before, rest)) = memchr(b'#', text).and_then(|at| text.split_at_checked(at)) else { return Hash::None };
    let marker = COSMETIC.iter().find_map(|marker| rest.strip_prefix(*marker));
    match (before.last(), marker) {
        (None, Some(body)) if is_selector(body) => Hash::Cosmetic,
        (None, _) => Hash::Comment,
        (Some(byte), Some(_)) if !byte.is_ascii_whitespace() => Hash::Cosmetic,
        _ => Hash::None,
    }
}

/// Whether a body behind `##` at the start of a line is a selector (`.ad`, `#ad`, `div`), not a banner such as `#### A`.
fn is_selector(body: &[u8]) -> bool {
    let first = body.strip_prefix(b"#").unwrap_or(body).first();
    first.is_some_and(|byte| byte.is_ascii_alphanumeric() || b".[*:_^+/".contains(byte))
}

/// Whether a line can only belong to a list of this kind.
pub(super) fn is_typical(text: &[u8]) -> bool {
    text.starts_with(b"||")
        || text.starts_with(b"@@")
        || text.starts_with(b"!")
        || (text.starts_with(b"[Ad") && is_header(text))
        || matches!(hash(text), Hash::Cosmetic)
}
