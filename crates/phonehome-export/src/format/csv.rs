//! Comma-separated values, with the columns that corrections have: what comes out can be edited and loaded.

use std::fmt::{self, Write};

use crate::act::Act;
use crate::cell;
use crate::document::Context;
use crate::emit::Rules;

const COLUMNS: &str = "name,match,vendor,purpose,verdict,action,answer,impact,line,note";

pub(super) fn header(out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{COLUMNS}")
}

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    let name = rules.name();
    for (scope, act) in rules.each() {
        let why = rules.why(scope);
        let (action, answer) = match act {
            Act::Pass => ("allow", ""),
            Act::Block(answer) => ("block", answer.id()),
        };
        cell::csv(out, &name)?;
        let line = why.line().map_or(String::new(), |line| line.to_string());
        let cells = [
            scope.id(),
            context.vendor_id(why),
            why.purpose().map_or("", |purpose| purpose.id()),
            why.verdict().id(),
            action,
            answer,
            why.impact().id(),
            &line,
            &context.why(rules, scope),
        ];
        for text in cells {
            out.write_char(',')?;
            cell::csv(out, text)?;
        }
        out.write_char('\n')?;
    }
    Ok(())
}
