//! RouterOS 7: static entries of the DNS ("DNS", help.mikrotik.com).

use std::fmt::{self, Write};

use phonehome::AnswerMode;

use crate::act::Act;
use crate::asked::Scope;
use crate::document::Context;
use crate::emit::Rules;

/// The answer where RouterOS has it.
pub(super) const fn answer(wanted: AnswerMode) -> AnswerMode {
    match wanted {
        AnswerMode::NullIp | AnswerMode::Nodata => AnswerMode::NullIp,
        AnswerMode::Nxdomain | AnswerMode::Refused | AnswerMode::Drop => AnswerMode::Nxdomain,
    }
}

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    for (scope, act) in rules.each() {
        let why = context.why(rules, scope).replace(['"', '\\', '$'], " ");
        let below = if scope == Scope::Suffix { " match-subdomain=yes" } else { "" };
        let kinds: &[&str] = match act {
            Act::Block(AnswerMode::NullIp) => &["type=A address=0.0.0.0", "type=AAAA address=::"],
            _ => &["type=NXDOMAIN"],
        };
        for kind in kinds {
            writeln!(out, "add name=\"{}\" {kind}{below} comment=\"{why}\"", rules.name())?;
        }
    }
    Ok(())
}
