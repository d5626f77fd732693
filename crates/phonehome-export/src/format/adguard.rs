//! AdGuard DNS filtering syntax ("DNS filtering rules syntax", adguard-dns.io/kb/general/dns-filtering-syntax). An exception
//! beats every rule, however deep, so nothing is blocked again below one.

use std::fmt::{self, Write};

use crate::asked::Scope;
use crate::document::Context;
use crate::emit::Rules;

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    for (scope, act) in rules.each() {
        writeln!(out, "! {}", context.why(rules, scope))?;
        let lift = if act.is_block() { "" } else { "@@" };
        let anchor = match scope {
            Scope::Exact => "|",
            Scope::Below => "||*.",
            Scope::Suffix => "||",
        };
        writeln!(out, "{lift}{anchor}{}^", rules.name())?;
    }
    Ok(())
}
