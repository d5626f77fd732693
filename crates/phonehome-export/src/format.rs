//! The formats, what each can say, and how it says it.

mod adguard;
mod csv;
mod dnsmasq;
mod domains;
mod hosts;
mod jsonl;
mod markdown;
mod mikrotik;
mod pihole;
mod rpz;
mod unbound;

use std::fmt::{self, Write};

use phonehome::AnswerMode;

use crate::document::Context;
use crate::emit::{Able, Exceptions, Rules};
use crate::key;

pub(crate) use markdown::Report;
pub(crate) use rpz::{client, start_of_zone};

/// What a list is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A response policy zone: BIND, Unbound, PowerDNS Recursor, Knot Resolver.
    Rpz,
    /// AdGuard Home and others that read its syntax.
    Adguard,
    /// hosts(5).
    Hosts,
    /// One name a line: Pi-hole and many others.
    Domains,
    /// A configuration file of dnsmasq, from 2.86.
    Dnsmasq,
    /// A configuration file of Unbound.
    Unbound,
    /// Regular expressions for Pi-hole.
    PiholeRegex,
    /// A script for RouterOS, from 7.
    Mikrotik,
    /// Comma-separated values.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// A report for people.
    Markdown,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[
        Self::Rpz,
        Self::Adguard,
        Self::Hosts,
        Self::Domains,
        Self::Dnsmasq,
        Self::Unbound,
        Self::PiholeRegex,
        Self::Mikrotik,
        Self::Csv,
        Self::Jsonl,
        Self::Markdown,
    ];

    /// The name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Rpz => "rpz",
            Self::Adguard => "adguard",
            Self::Hosts => "hosts",
            Self::Domains => "domains",
            Self::Dnsmasq => "dnsmasq",
            Self::Unbound => "unbound",
            Self::PiholeRegex => "pihole-regex",
            Self::Mikrotik => "mikrotik",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Markdown => "markdown",
        }
    }

    /// Who reads it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Rpz => "a response policy zone: BIND, Unbound, PowerDNS Recursor, Knot Resolver",
            Self::Adguard => "AdGuard Home and others that read its syntax",
            Self::Hosts => "hosts(5)",
            Self::Domains => "one name a line: Pi-hole and many others",
            Self::Dnsmasq => "a configuration file of dnsmasq, from 2.86",
            Self::Unbound => "a configuration file of Unbound",
            Self::PiholeRegex => "regular expressions for Pi-hole",
            Self::Mikrotik => "a script for RouterOS, from 7",
            Self::Csv => "comma-separated values, safe in a spreadsheet",
            Self::Jsonl => "one JSON object a line",
            Self::Markdown => "a report for people",
        }
    }

    /// The format with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.id() == id)
    }

    /// How a rule of this format matches, in the words of its head.
    pub(crate) const fn semantics(self) -> &'static str {
        match self {
            Self::Rpz => "name is the name alone, *.name what is below it; rpz-passthru. lets through",
            Self::Adguard => {
                "||name^ is the name and all below, |name^ the name alone, ||*.name^ what is below; @@ lets through"
            }
            Self::Hosts => "each name alone, nothing below it",
            Self::Domains => {
                "each name alone; a program that also blocks what is below (AdGuard Home, Technitium) blocks more"
            }
            Self::Dnsmasq => "/name/ is the name and all below, /*.name/ what is below; server=/name/# lets through",
            Self::Unbound => {
                "a zone is the name and all below; always_transparent lets through, transparent with data is the name alone"
            }
            Self::PiholeRegex => {
                "(^|\\.)name$ is the name and all below, ^name$ the name alone, \\.name$ what is below"
            }
            Self::Mikrotik => "match-subdomain=yes is the name and all below, else the name alone",
            Self::Csv | Self::Jsonl | Self::Markdown => "exact, below or suffix, as said",
        }
    }

    /// What begins a line of comment; none where the format has no comments.
    pub(crate) const fn comment(self) -> Option<&'static str> {
        match self {
            Self::Rpz => Some(";"),
            Self::Adguard => Some("!"),
            Self::Hosts | Self::Domains | Self::Dnsmasq | Self::Unbound | Self::PiholeRegex | Self::Mikrotik => {
                Some("#")
            }
            Self::Csv | Self::Jsonl | Self::Markdown => None,
        }
    }

    /// What the format can say. `zone` is the length of a zone's name in wire form.
    pub(crate) fn able(self, zone: usize) -> Able {
        let all = Able {
            families: true,
            exact: true,
            below: true,
            exact_exceptions: true,
            exact_answers: true,
            exceptions: Exceptions::Nested,
            answer: |wanted| wanted,
            fillers: false,
            holds: |_| true,
            longest: MAX_WIRE,
        };
        let single = Able { families: false, below: false, exceptions: Exceptions::None, holds: key::is_plain, ..all };
        match self {
            // The owner is the name and then the zone, which brings the root's octet.
            Self::Rpz => Able {
                answer: rpz::answer,
                fillers: true,
                longest: (MAX_WIRE + 1).saturating_sub(zone + WILD),
                holds: rpz::holds,
                ..all
            },
            Self::Adguard => Able { exceptions: Exceptions::Once, answer: any, holds: key::is_plain, ..all },
            Self::Hosts => Able { answer: |_| AnswerMode::NullIp, ..single },
            Self::Domains => Able { answer: any, ..single },
            Self::Dnsmasq => Able { answer: dnsmasq::answer, holds: key::is_plain, ..all },
            Self::Unbound => {
                Able { below: false, exact_exceptions: false, exact_answers: false, holds: key::is_plain, ..all }
            }
            Self::PiholeRegex => Able { exceptions: Exceptions::None, answer: any, holds: key::is_plain, ..all },
            Self::Mikrotik => Able {
                below: false,
                exact_answers: false,
                exceptions: Exceptions::None,
                answer: mikrotik::answer,
                holds: key::is_plain,
                ..all
            },
            Self::Csv | Self::Jsonl | Self::Markdown => all,
        }
    }

    /// Writes the rules at one node.
    pub(crate) fn rules(self, rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
        match self {
            Self::Rpz => rpz::rules(rules, context, out),
            Self::Adguard => adguard::rules(rules, context, out),
            Self::Hosts => hosts::rules(rules, context, out),
            Self::Domains => domains::rules(rules, context, out),
            Self::Dnsmasq => dnsmasq::rules(rules, context, out),
            Self::Unbound => unbound::rules(rules, context, out),
            Self::PiholeRegex => pihole::rules(rules, context, out),
            Self::Mikrotik => mikrotik::rules(rules, context, out),
            Self::Csv => csv::rules(rules, context, out),
            Self::Jsonl => jsonl::rules(rules, context, out),
            Self::Markdown => Ok(()),
        }
    }

    /// What stands between the head and the first rule.
    pub(crate) fn start(self, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
        match self {
            Self::Rpz => start_of_zone(context, out),
            Self::Unbound => out.write_str("server:\n"),
            Self::Mikrotik => out.write_str("/ip dns static\n"),
            Self::Csv => csv::header(out),
            _ => Ok(()),
        }
    }
}

/// Octets of the label `*` in wire form.
const WILD: usize = 2;

/// Octets of the longest name in wire form (RFC 1035, 2.3.4).
const MAX_WIRE: usize = 255;

/// The answer where the program that reads the list decides on it.
const fn any(_: AnswerMode) -> AnswerMode {
    AnswerMode::Nxdomain
}
