//! Cuts a name out of what a person typed, and checks names that must be exact.

use std::borrow::Cow;
use std::net::IpAddr;

use idna::AsciiDenyList;
use memchr::memchr;

use super::bytes::{ends_with_ignore_case, split_once, until};
use super::{Scope, SkipReason};

/// The longest text tried as a name with U-labels, in bytes: a name has at most 253 octets, and a UTF-8 character four.
const MAX_U_NAME: usize = 1024;

/// The name in one piece of text: [`cut`] without the scope.
#[must_use]
pub fn name_from_text(text: &[u8]) -> Cow<'_, [u8]> {
    cut(text).0
}

/// Cuts the name out of a name, URL, `host:port`, `[v6]:port`, `*.name` or `.name`, in quotes or not.
///
/// U-labels become A-labels (UTS 46, non-transitional, as browsers do). What is none of these comes back whole: IP
/// addresses, e-mail addresses, address ranges, escaped names, invalid UTF-8, junk; blanks, quotes and one final comma
/// or semicolon around it are dropped. The result is empty only when `text` is blank.
///
/// The scope is [`Scope::Below`] for `*.name`, [`Scope::Suffix`] for `.name` (as Squid and Surge have it), otherwise
/// unstated.
#[must_use]
pub fn cut(text: &[u8]) -> (Cow<'_, [u8]>, Scope) {
    let whole = text.trim_ascii();
    if !whole.starts_with(b".") && whole.iter().all(is_plain_octet) {
        return (Cow::Borrowed(whole), Scope::Unstated); // most lines: nothing to cut
    }
    let host = host(unquote(whole));
    let (name, scope) = if let Some(name) = host.strip_prefix(b"*.") {
        (name, Scope::Below)
    } else if let Some(name) = host.strip_prefix(b".") {
        (name, Scope::Suffix)
    } else {
        (host, Scope::Unstated)
    };
    if host.is_empty() {
        return (Cow::Borrowed(whole), Scope::Unstated);
    }
    if name.is_empty() || name.starts_with(b".") {
        return (Cow::Borrowed(host), Scope::Unstated);
    }
    (to_ascii(name), scope)
}

/// `text` without quotes around it and one comma or semicolon behind it.
fn unquote(text: &[u8]) -> &[u8] {
    let item = match text {
        [head @ .., b',' | b';'] if memchr(b'\\', head).is_none() => head.trim_ascii_end(),
        _ => text,
    };
    match item {
        [first @ (b'"' | b'\'' | b'`'), inner @ .., last] if first == last => inner.trim_ascii(),
        _ => item,
    }
}

/// The host of a URL or of `host:port/path`; a text with escapes but no scheme is a name already.
fn host(text: &[u8]) -> &[u8] {
    if let Some(rest) = after_scheme(text) {
        let authority = until(rest, |byte| b"/?#\\".contains(byte));
        let host = authority.rsplit(|&byte| byte == b'@').next().unwrap_or(authority);
        return without_port(host.strip_suffix(b":").unwrap_or(host));
    }
    if memchr(b'\\', text).is_some() {
        return text;
    }
    without_port(without_path(text))
}

/// What follows `scheme://` (RFC 3986, 3.1) or `//`.
fn after_scheme(text: &[u8]) -> Option<&[u8]> {
    if let Some(rest) = text.strip_prefix(b"//") {
        return Some(rest);
    }
    let (scheme, rest) = split_once(text, b':')?;
    let (first, others) = scheme.split_first()?;
    let valid = first.is_ascii_alphabetic() && others.iter().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b));
    rest.strip_prefix(b"//").filter(|_| valid)
}

/// `text` up to its path. Address ranges (`10.0.0.0/8`) and reverse zones (`0/25.2.0.192.in-addr.arpa`, RFC 2317) stay.
fn without_path(text: &[u8]) -> &[u8] {
    let head = until(text, |byte| b"/?#".contains(byte));
    let path = text.get(head.len()..).unwrap_or_default();
    let range = path.get(1..).is_some_and(|rest| rest.iter().all(u8::is_ascii_digit)) && is_address(head);
    let reverse = [&b".arpa"[..], b".arpa."].iter().any(|end| ends_with_ignore_case(text, end));
    if head.is_empty() || range || reverse { text } else { head }
}

/// `host` without `:port`, and an IPv6 address without its brackets.
fn without_port(host: &[u8]) -> &[u8] {
    let is_port = |text: &[u8]| matches!(text.len(), 1..=5) && text.iter().all(u8::is_ascii_digit);
    if let Some((address, tail)) = host.strip_prefix(b"[").and_then(|inner| split_once(inner, b']')) {
        let ends = tail.is_empty() || tail.strip_prefix(b":").is_some_and(is_port);
        return if ends && is_address(address) { address } else { host };
    }
    match split_once(host, b':') {
        Some((name, port)) if !name.is_empty() && is_port(port) => name,
        _ => host,
    }
}

/// U-labels turned into A-labels; untouched where nothing is to do or it cannot be done.
fn to_ascii(name: &[u8]) -> Cow<'_, [u8]> {
    if name.is_ascii() || name.len() > MAX_U_NAME {
        return Cow::Borrowed(name);
    }
    match idna::domain_to_ascii_cow(name, AsciiDenyList::URL) {
        Ok(ascii) if !ascii.is_empty() => Cow::Owned(ascii.into_owned().into_bytes()),
        _ => Cow::Borrowed(name),
    }
}

/// The address `text` is, a zone (`fe80::1%lo0`) aside.
pub(super) fn address(text: &[u8]) -> Option<IpAddr> {
    let bare = until(text, |&byte| byte == b'%');
    let likely = matches!(bare.last()?, b'0'..=b'9' | b':') || memchr(b':', bare).is_some();
    std::str::from_utf8(bare).ok().filter(|_| likely)?.parse().ok()
}

/// Whether `text` is an IP address.
pub(super) fn is_address(text: &[u8]) -> bool {
    address(text).is_some()
}

/// A name that must be exact: letters, digits, `-`, `_` in labels of 1 to 63, at most 253 in all, an optional final dot;
/// U-labels become A-labels.
pub(super) fn strict(text: &[u8]) -> Result<Cow<'_, [u8]>, SkipReason> {
    if memchr(b'*', text).is_some() {
        return Err(SkipReason::Wildcard);
    }
    let name = to_ascii(text);
    let bare = name.strip_suffix(b".").unwrap_or(&name);
    if is_address(bare) {
        return Err(SkipReason::Address);
    }
    if is_well_formed(bare) { Ok(name) } else { Err(SkipReason::BadName) }
}

fn is_well_formed(name: &[u8]) -> bool {
    name.len() <= 253
        && name.iter().all(is_plain_octet)
        && name.split(|&byte| byte == b'.').all(|label| matches!(label.len(), 1..=63))
}

fn is_plain_octet(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}
