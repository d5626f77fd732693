//! Pi-hole: POSIX extended regular expressions, each against the whole name in lower case ("Regex blocking", docs.pi-hole.net).

use std::fmt::{self, Write};

use crate::asked::Scope;
use crate::document::Context;
use crate::emit::Rules;

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    let name = rules.name().replace('.', "\\.");
    for (scope, _) in rules.each() {
        writeln!(out, "# {}", context.why(rules, scope))?;
        let start = match scope {
            Scope::Exact => "^",
            Scope::Below => "\\.",
            Scope::Suffix => "(^|\\.)",
        };
        writeln!(out, "{start}{name}$")?;
    }
    Ok(())
}
