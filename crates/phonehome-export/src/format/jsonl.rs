//! One JSON object a rule.

use std::fmt::{self, Write};

use crate::act::Act;
use crate::cell;
use crate::document::Context;
use crate::emit::Rules;

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    let name = rules.name();
    for (scope, act) in rules.each() {
        let why = rules.why(scope);
        out.write_str("{\"name\":")?;
        cell::json(out, &name)?;
        let (action, answer) = match act {
            Act::Pass => ("allow", None),
            Act::Block(answer) => ("block", Some(answer.id())),
        };
        let fields = [
            ("match", Some(scope.id())),
            ("action", Some(action)),
            ("answer", answer),
            ("vendor", Some(context.vendor_id(why)).filter(|id| !id.is_empty())),
            ("purpose", why.purpose().map(|purpose| purpose.id())),
            ("verdict", Some(why.verdict().id())),
            ("impact", Some(why.impact().id())),
        ];
        for (field, value) in fields {
            match value {
                Some(value) => write!(out, ",\"{field}\":\"{value}\"")?,
                None => write!(out, ",\"{field}\":null")?,
            }
        }
        match act {
            Act::Block(_) => write!(out, ",\"ttl\":{}", why.ttl())?,
            Act::Pass => out.write_str(",\"ttl\":null")?,
        }
        match why.line() {
            Some(line) => write!(out, ",\"line\":{line}")?,
            None => out.write_str(",\"line\":null")?,
        }
        out.write_str(",\"why\":")?;
        cell::json(out, &context.why(rules, scope))?;
        out.write_str("}\n")?;
    }
    Ok(())
}
