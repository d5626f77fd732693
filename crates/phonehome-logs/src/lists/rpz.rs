//! Response policy zones: a master file whose owner names are triggers and whose records are policies.
//!
//! Semantics from draft-vixie-dnsop-dns-rpz-00 and the BIND 9 manual ("Response Policy Zone (RPZ) Rewriting"): a trigger is
//! the owner relative to the zone's apex, `*.name` covers what is below the name and not the name, and records at the
//! apex are no rules. The apex is the owner of the SOA, else the first `$ORIGIN`; a file with neither is read as relative
//! to an unknown apex, and its absolute owners cannot be kept.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use memchr::{memchr, memchr2};

use super::bytes::ends_with_ignore_case;
use super::event::Out;
use super::lines::MAX_LINE;
use super::name::strict;
use super::zone::{Name, Words, depth_after};
use super::{Action, Answer, Scope, SkipReason};

/// Last labels of triggers that are not names of questions.
const TRIGGERS: [&[u8]; 4] = [b".rpz-client-ip", b".rpz-ip", b".rpz-nsdname", b".rpz-nsip"];

/// The state of a zone being read.
#[derive(Debug)]
pub(super) struct Zone {
    apex: Option<Name>,
    /// The apex at first; none behind a `$ORIGIN` that could not be read.
    origin: Option<Name>,
    /// The owner that records beginning with a blank share; none before the first and behind a bad one.
    owner: Name,
    has_owner: bool,
    /// The lines so far of a record inside parentheses, their first line number and their depth.
    pending: Vec<u8>,
    first: u64,
    depth: u32,
}

impl Zone {
    pub(super) fn new() -> Self {
        Self {
            apex: None,
            origin: Some(Name::default()),
            owner: Name::default(),
            has_owner: false,
            pending: Vec::new(),
            first: 0,
            depth: 0,
        }
    }

    /// One line of the file.
    pub(super) fn line(&mut self, line: u64, text: &[u8], out: &mut Out<'_>) {
        if self.depth == 0 {
            self.depth = if memchr(b'(', text).is_some() { depth_after(text, 0) } else { 0 };
            if self.depth == 0 {
                return self.record(line, text, out);
            }
            self.first = line;
        } else {
            self.depth = depth_after(text, self.depth);
        }
        if self.pending.len() + text.len() > MAX_LINE {
            return self.abandon(out);
        }
        self.pending.extend_from_slice(text);
        self.pending.push(b'\n');
        if self.depth == 0 {
            let mut record = std::mem::take(&mut self.pending);
            self.record(self.first, &record, out);
            record.clear();
            self.pending = record;
        }
    }

    /// Gives up a record whose parentheses are open: at the end, and where a line is missing.
    pub(super) fn abandon(&mut self, out: &mut Out<'_>) {
        if !self.pending.is_empty() || self.depth > 0 {
            out.skip(self.first, SkipReason::OpenParenthesis);
        }
        self.pending.clear();
        self.depth = 0;
    }

    fn record(&mut self, line: u64, text: &[u8], out: &mut Out<'_>) {
        let inherits = text.first().is_some_and(u8::is_ascii_whitespace);
        let mut words = Words(text);
        let Some(first) = words.clone().next() else { return };
        if !inherits {
            words.next();
            if first.starts_with(b"$") {
                return self.directive(line, first, words, out);
            }
            let resolved = self.owner.resolve(first, self.origin.as_ref());
            self.has_owner = resolved.is_ok();
            if let Err(reason) = resolved {
                return out.skip(line, reason);
            }
        }
        let Some(kind) = words.find(|word| !is_ttl(word) && !is_class(word)).filter(|_| self.has_owner) else {
            return out.skip(line, SkipReason::Incomplete);
        };
        if kind.eq_ignore_ascii_case(b"SOA") {
            if self.owner.absolute {
                self.apex = Some(self.owner.clone());
            }
            return;
        }
        match self.owner.below(self.apex.as_ref()) {
            None => out.skip(line, SkipReason::OutOfZone),
            Some(b"") => {}
            Some(trigger) => match policy(trigger, kind, words) {
                Ok((name, scope, action)) => out.item(line, name, scope, action),
                Err(reason) => out.skip(line, reason),
            },
        }
    }

    fn directive(&mut self, line: u64, name: &[u8], mut words: Words<'_>, out: &mut Out<'_>) {
        let value = words.next();
        if name.eq_ignore_ascii_case(b"$TTL") && value.is_some_and(is_ttl) {
            return;
        }
        if name.eq_ignore_ascii_case(b"$ORIGIN") {
            let mut origin = Name::default();
            let known = value.is_some_and(|value| origin.resolve(value, self.origin.as_ref()).is_ok());
            self.origin = known.then_some(origin);
        }
        match &self.origin {
            Some(origin) if name.eq_ignore_ascii_case(b"$ORIGIN") => {
                if self.apex.is_none() && origin.absolute && !origin.text.is_empty() {
                    self.apex = Some(origin.clone());
                }
            }
            _ => out.skip(line, SkipReason::Directive),
        }
    }
}

type Rule<'a> = (Cow<'a, [u8]>, Scope, Action);

/// The rule that a record of type `kind` at `trigger` makes.
fn policy<'a>(trigger: &'a [u8], kind: &[u8], mut data: Words<'_>) -> Result<Rule<'a>, SkipReason> {
    if TRIGGERS.iter().any(|end| ends_with_ignore_case(trigger, end)) {
        return Err(SkipReason::Trigger);
    }
    let (name, scope) = match trigger.strip_prefix(b"*.") {
        Some(name) => (name, Scope::Below),
        None => (trigger, Scope::Exact),
    };
    let value = data.next().ok_or(SkipReason::Incomplete)?;
    let action = if kind.eq_ignore_ascii_case(b"CNAME") {
        cname(value, trigger)
    } else if kind.eq_ignore_ascii_case(b"A") {
        (parse(value) == Some(Ipv4Addr::UNSPECIFIED)).then_some(Action::Block(Answer::NullIp))
    } else if kind.eq_ignore_ascii_case(b"AAAA") {
        (parse(value) == Some(Ipv6Addr::UNSPECIFIED)).then_some(Action::Block(Answer::NullIp))
    } else {
        None
    };
    let action = action.ok_or(SkipReason::LocalData)?;
    // An escaped name is left to whoever decodes names: only its shape in the file is known here.
    let name = if memchr2(b'\\', b'"', name).is_some() { Cow::Borrowed(name) } else { strict(name)? };
    Ok((name, scope, action))
}

/// What the target of a CNAME orders. A CNAME of a name to itself is the oldest form of passthru.
fn cname(target: &[u8], trigger: &[u8]) -> Option<Action> {
    let itself = || target.strip_suffix(b".").is_some_and(|name| name.eq_ignore_ascii_case(trigger));
    Some(match target.to_ascii_lowercase().as_slice() {
        b"." => Action::Block(Answer::Nxdomain),
        b"*." => Action::Block(Answer::Nodata),
        b"rpz-drop." => Action::Block(Answer::Drop),
        b"rpz-passthru." => Action::Allow,
        b"rpz-tcp-only." => Action::TcpOnly,
        _ if itself() && !trigger.starts_with(b"*") => Action::Allow,
        _ => return None,
    })
}

fn parse<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// A TTL: digits, or BIND's `1h30m`.
fn is_ttl(word: &[u8]) -> bool {
    word.first().is_some_and(u8::is_ascii_digit)
        && word.iter().all(|byte| byte.is_ascii_digit() || b"smhdw".contains(&byte.to_ascii_lowercase()))
}

fn is_class(word: &[u8]) -> bool {
    [&b"IN"[..], b"CH", b"HS"].iter().any(|class| class.eq_ignore_ascii_case(word))
}

/// Whether a line can only belong to a master file.
pub(super) fn is_typical(text: &[u8]) -> bool {
    let mut words = Words(text);
    match words.next() {
        Some(b"$TTL" | b"$ORIGIN") => true,
        Some(_) => words
            .find(|word| !is_ttl(word) && !is_class(word))
            .is_some_and(|kind| [&b"SOA"[..], b"CNAME"].iter().any(|known| known.eq_ignore_ascii_case(kind))),
        None => false,
    }
}
