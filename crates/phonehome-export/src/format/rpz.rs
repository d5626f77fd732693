//! Response policy zones. Semantics from draft-vixie-dnsop-dns-rpz-00 and the manuals of BIND 9, Unbound and PowerDNS Recursor.
//!
//! Programs differ on names between a wildcard and a rule below it: in a zone of BIND or Unbound such a name exists, so the wildcard
//! above no longer covers what is below it; in PowerDNS it does. Rules of their own for such names make all three agree.

use std::fmt::{self, Write};
use std::net::IpAddr;

use phonehome::AnswerMode;

use crate::act::Act;
use crate::asked::Scope;
use crate::devices::Device;
use crate::document::Context;
use crate::emit::Rules;

/// The answer where RPZ has it: there is no REFUSED, and a name that does not exist is nearest.
pub(super) const fn answer(wanted: AnswerMode) -> AnswerMode {
    match wanted {
        AnswerMode::Refused => AnswerMode::Nxdomain,
        other => other,
    }
}

/// A name whose first label is `*` would be a wildcard, one whose last begins with `rpz-` a trigger of another kind.
pub(super) fn holds(key: &[u8]) -> bool {
    !key.ends_with(b"\0*") && key != b"*" && !key.starts_with(b"rpz-")
}

/// The zone's own records.
pub(crate) fn start_of_zone(context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    let (serial, ttl) = (context.settings.serial, phonehome::BLOCKED_TTL);
    writeln!(out, "$TTL {ttl}")?;
    writeln!(out, "@ IN SOA localhost. hostmaster.localhost. {serial} 3600 600 604800 {ttl}")?;
    writeln!(out, "@ IN NS localhost.")
}

/// A rule for everything that a client asks.
pub(crate) fn client(device: &Device, out: &mut dyn Write) -> fmt::Result {
    let target = if device.is_blocked { "." } else { "rpz-passthru." };
    write!(out, "{}.", device.prefix)?;
    match device.address {
        IpAddr::V4(address) => {
            for octet in address.octets().iter().rev() {
                write!(out, "{octet}.")?;
            }
        }
        // "zz" is what "::" is in text; BIND wants it wherever the text has it.
        IpAddr::V6(address) => {
            let text = address.to_string();
            let (head, tail) = text.split_once("::").map_or((text.as_str(), None), |(head, tail)| (head, Some(tail)));
            let words = |part: &str| {
                part.rsplit(':').filter(|word| !word.is_empty()).map(|word| format!("{word}.")).collect::<String>()
            };
            let tail = tail.map_or(String::new(), |tail| format!("{}zz.", words(tail)));
            write!(out, "{tail}{}", words(head))?;
        }
    }
    writeln!(out, "rpz-client-ip CNAME {target}{}", Comment(&device.note))
}

/// A note behind a record.
struct Comment<'c>(&'c str);

impl fmt::Display for Comment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " ; {}", crate::cell::line(self.0)) }
    }
}

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    let owner = owner(rules);
    for (scope, act, wild) in [(Scope::Exact, rules.exact, ""), (Scope::Below, rules.below, "*.")] {
        // Nothing needs to be lifted where nothing is blocked.
        if !act.is_block() && !rules.cover.is_written {
            continue;
        }
        let ttl = Some(rules.why(scope).ttl()).filter(|ttl| act.is_block() && *ttl != phonehome::BLOCKED_TTL);
        let ttl = ttl.map_or(String::new(), |ttl| format!("{ttl} "));
        let why = context.why(rules, scope);
        let comment = Comment(&why);
        let mut record = |data: &str| writeln!(out, "{wild}{owner} {ttl}{data}{comment}");
        match act {
            Act::Pass => record("CNAME rpz-passthru.")?,
            Act::Block(AnswerMode::Nodata) => record("CNAME *.")?,
            Act::Block(AnswerMode::Drop) => record("CNAME rpz-drop.")?,
            // Questions for other types get an empty answer. A second record for AAAA would keep PowerDNS Recursor 4.8 from
            // loading the zone when its policies are overridden (`defpol`), as they are for a trial.
            Act::Block(AnswerMode::NullIp) => record("A 0.0.0.0")?,
            Act::Block(AnswerMode::Nxdomain | AnswerMode::Refused) => record("CNAME .")?,
        }
    }
    Ok(())
}

/// The owner relative to the zone. What means something in a zone file is escaped.
fn owner(rules: &Rules<'_>) -> String {
    let text = rules.name();
    if rules.is_plain() {
        return text;
    }
    let mut owner = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => owner.extend(['\\'].into_iter().chain(letters.next())),
            '"' | ';' | '(' | ')' | '@' | '$' => owner.extend(['\\', letter]),
            _ => owner.push(letter),
        }
    }
    owner
}
