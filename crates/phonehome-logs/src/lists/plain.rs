//! Lists of names alone: the lenient one for questions, the strict one for rules.

use super::bytes::{before_comment, words};
use super::event::Out;
use super::name::{cut, strict};
use super::{Action, Scope, SkipReason};

/// One line of [`Format::Names`](super::Format::Names).
pub(super) fn names_line(line: u64, text: &[u8], out: &mut Out<'_>) {
    let (name, scope) = cut(before_comment(text));
    if !name.is_empty() {
        out.item(line, name, scope, Action::Unstated);
    }
}

/// One line of [`Format::Domains`](super::Format::Domains).
pub(super) fn domains_line(line: u64, text: &[u8], out: &mut Out<'_>) {
    let mut words = words(before_comment(text));
    let Some(name) = words.next() else { return };
    if words.next().is_some() {
        return out.skip(line, SkipReason::NotPlain);
    }
    let name = strict(name).map_err(|reason| match reason {
        SkipReason::BadName if name.iter().any(|byte| b"/:@|^$".contains(byte)) => SkipReason::NotPlain,
        other => other,
    });
    out.put(line, name, Scope::Unstated, Action::Unstated);
}
