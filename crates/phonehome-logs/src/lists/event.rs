//! What a reader reports: names found, lines not kept, and the sums at the end.

use std::borrow::Cow;
use std::fmt;

/// One thing found while reading. Line numbers never decrease from one event to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A name.
    Item(Item<'a>),
    /// A line, or one of several names on it, that was not kept.
    Skip(Skip),
}

/// One name found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// Line in the input, counted from 1; of a record that spans lines, its first.
    pub line: u64,
    /// The name as written, without `*.`, with U-labels turned into A-labels. Bytes, because lenient formats pass on
    /// whatever stood there.
    pub name: Cow<'a, [u8]>,
    /// Which names the rule covers.
    pub scope: Scope,
    /// What the list wants done with them.
    pub action: Action,
}

/// Which names a rule covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The list does not say; whoever loads it must.
    Unstated,
    /// The name alone.
    Exact,
    /// Everything below the name, at any depth, but not the name.
    Below,
    /// The name and everything below it.
    Suffix,
}

/// What a list wants done with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The list only names names.
    Unstated,
    /// Answer something else than the truth.
    Block(Answer),
    /// Leave alone, whatever other rules say (`@@`, `rpz-passthru.`).
    Allow,
    /// Answer truly, but over TCP only (`rpz-tcp-only.`). Not a block.
    TcpOnly,
}

/// What a blocked question gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// The list leaves it to the resolver, or names an answer not listed here (127.0.0.1).
    Unstated,
    /// NXDOMAIN.
    Nxdomain,
    /// NOERROR without records.
    Nodata,
    /// 0.0.0.0 or `::`.
    NullIp,
    /// No answer at all.
    Drop,
}

/// A line, or one of several names on it, that was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skip {
    /// Line in the input, counted from 1; of a record that spans lines, its first.
    pub line: u64,
    /// Why it was not kept.
    pub reason: SkipReason,
}

/// Why something was not kept. `Display` gives a short text for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// Longer than [`MAX_LINE`](super::MAX_LINE).
    TooLong,
    /// Not a well-formed domain name.
    BadName,
    /// An IP address in the place of a name.
    Address,
    /// A `*` anywhere but in front of a whole name.
    Wildcard,
    /// More, or something else, than one plain name.
    NotPlain,
    /// hosts: the line does not begin with an IP address.
    NoAddress,
    /// A record without the fields it needs.
    Incomplete,
    /// hosts: `localhost` and the other entries every such file has.
    Boilerplate,
    /// hosts: points the name to an address of its own.
    Redirect,
    /// AdGuard: carries `$` modifiers.
    Modifier,
    /// AdGuard: a regular expression.
    Regex,
    /// AdGuard: hides elements of pages.
    Cosmetic,
    /// AdGuard: matches a part of a name or an address of a page.
    Pattern,
    /// A line of a configuration that says nothing about a name.
    NoRule,
    /// RPZ: triggered by a client, an answer's address or a name server.
    Trigger,
    /// RPZ: answers with data of its own.
    LocalData,
    /// RPZ: the owner is not below the zone's apex, or the file does not say what that is.
    OutOfZone,
    /// RPZ: `$INCLUDE`, `$GENERATE` or an unknown or broken `$` directive.
    Directive,
    /// RPZ: a parenthesis is never closed.
    OpenParenthesis,
    /// CSV: a quote is never closed.
    OpenQuote,
    /// CSV: the header has no such column, or the record is too short.
    NoColumn,
    /// CSV: the cell is empty.
    EmptyCell,
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "longer than 64 KiB",
            Self::BadName => "not a well-formed domain name",
            Self::Address => "an IP address, not a name",
            Self::Wildcard => "a wildcard inside the name",
            Self::NotPlain => "not one plain domain name",
            Self::NoAddress => "does not begin with an IP address",
            Self::Incomplete => "incomplete",
            Self::Boilerplate => "an entry every hosts file has",
            Self::Redirect => "redirects to another address",
            Self::Modifier => "has $ modifiers",
            Self::Regex => "a regular expression",
            Self::Cosmetic => "a cosmetic rule",
            Self::Pattern => "a pattern that is not a whole name",
            Self::NoRule => "says nothing about a name",
            Self::Trigger => "triggered by an address or a name server, not by a name",
            Self::LocalData => "answers with data of its own",
            Self::OutOfZone => "owner not below the zone's apex, or apex not stated",
            Self::Directive => "a directive that cannot be followed",
            Self::OpenParenthesis => "a parenthesis is never closed",
            Self::OpenQuote => "a quote is never closed",
            Self::NoColumn => "no such column",
            Self::EmptyCell => "the cell is empty",
        })
    }
}

/// Sums over a whole list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines read, the last one counted even without a line feed.
    pub lines: u64,
    /// Names found.
    pub items: u64,
    /// [`Skip`] events.
    pub skipped: u64,
    /// Lines without any event of their own: blank lines, comments, headers, the SOA and NS of a zone, continuation
    /// lines. Equals `lines` minus the number of different line numbers among the events.
    pub ignored: u64,
}

/// The way out for parsers: passes events on and keeps the sums.
pub(super) struct Out<'s> {
    pub(super) sink: &'s mut dyn FnMut(Event<'_>),
    pub(super) tally: &'s mut Tally,
}

/// Running sums.
#[derive(Debug, Default)]
pub(super) struct Tally {
    items: u64,
    skipped: u64,
    /// Different line numbers seen, which never decrease.
    lines: u64,
    last: u64,
}

impl Tally {
    fn touch(&mut self, line: u64) {
        if line != self.last {
            self.last = line;
            self.lines += 1;
        }
    }

    /// The sums, given how many lines there were.
    pub(super) fn summary(&self, lines: u64) -> Summary {
        let ignored = lines.saturating_sub(self.lines);
        Summary { lines, items: self.items, skipped: self.skipped, ignored }
    }
}

impl Out<'_> {
    /// Reports a name.
    pub(super) fn item(&mut self, line: u64, name: Cow<'_, [u8]>, scope: Scope, action: Action) {
        self.tally.touch(line);
        self.tally.items += 1;
        (self.sink)(Event::Item(Item { line, name, scope, action }));
    }

    /// Reports something not kept.
    pub(super) fn skip(&mut self, line: u64, reason: SkipReason) {
        self.tally.touch(line);
        self.tally.skipped += 1;
        (self.sink)(Event::Skip(Skip { line, reason }));
    }

    /// Reports a name that passed or failed a check.
    pub(super) fn put(&mut self, line: u64, name: Result<Cow<'_, [u8]>, SkipReason>, scope: Scope, action: Action) {
        match name {
            Ok(name) => self.item(line, name, scope, action),
            Err(reason) => self.skip(line, reason),
        }
    }
}
