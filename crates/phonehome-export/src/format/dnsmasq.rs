//! dnsmasq: the longest `/name/` decides, and `/*.name/` is longer than `/name/` for what is below (tried with 2.90).
//!
//! `local=` answers NXDOMAIN, `address=/name/#` the null address, `server=/name/#` asks the usual servers.

use std::fmt::{self, Write};

use phonehome::AnswerMode;

use crate::act::Act;
use crate::asked::Scope;
use crate::document::Context;
use crate::emit::Rules;

/// The answer where dnsmasq has it. A null address is nearest to an empty answer: the name exists.
pub(super) const fn answer(wanted: AnswerMode) -> AnswerMode {
    match wanted {
        AnswerMode::NullIp | AnswerMode::Nodata => AnswerMode::NullIp,
        AnswerMode::Nxdomain | AnswerMode::Refused | AnswerMode::Drop => AnswerMode::Nxdomain,
    }
}

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    let is_whole = rules.exact == rules.below;
    if is_whole || rules.exact.is_block() || rules.cover.is_written {
        line(out, rules.exact, Scope::Exact, rules, context)?;
    }
    // A rule for the name alone also holds below it, unless something is said of that.
    if !is_whole {
        line(out, rules.below, Scope::Below, rules, context)?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, act: Act, scope: Scope, rules: &Rules<'_>, context: &Context<'_>) -> fmt::Result {
    let (name, wild) = (rules.name(), if scope == Scope::Below { "*." } else { "" });
    writeln!(out, "# {}", context.why(rules, scope))?;
    match act {
        Act::Pass => writeln!(out, "server=/{wild}{name}/#"),
        // The second line keeps questions for other types from being forwarded.
        Act::Block(AnswerMode::NullIp) => writeln!(out, "address=/{wild}{name}/#\nlocal=/{wild}{name}/"),
        Act::Block(_) => writeln!(out, "local=/{wild}{name}/"),
    }
}
