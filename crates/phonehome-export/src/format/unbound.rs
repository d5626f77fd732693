//! Unbound: local zones. The closest one decides. A name alone is a transparent zone with data, whose data only the name itself has.

use std::fmt::{self, Write};

use phonehome::AnswerMode;

use crate::act::Act;
use crate::asked::Scope;
use crate::document::Context;
use crate::emit::Rules;

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    let name = rules.name();
    writeln!(out, "  # {}", context.why(rules, Scope::Suffix))?;
    if rules.exact.is_block() && !rules.below.is_block() {
        let ttl = rules.why_exact.ttl();
        writeln!(out, "  local-zone: \"{name}.\" transparent")?;
        writeln!(out, "  local-data: \"{name}. {ttl} IN A 0.0.0.0\"")?;
        return writeln!(out, "  local-data: \"{name}. {ttl} IN AAAA ::\"");
    }
    let kind = match rules.below {
        Act::Pass => "always_transparent",
        Act::Block(AnswerMode::Nxdomain) => "always_nxdomain",
        Act::Block(AnswerMode::Nodata) => "always_nodata",
        Act::Block(AnswerMode::NullIp) => "always_null",
        Act::Block(AnswerMode::Refused) => "always_refuse",
        Act::Block(AnswerMode::Drop) => "always_deny",
    };
    writeln!(out, "  local-zone: \"{name}.\" {kind}")
}
