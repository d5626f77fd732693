//! One name a line.

use std::fmt::{self, Write};

use crate::asked::Scope;
use crate::document::Context;
use crate::emit::Rules;

pub(super) fn rules(rules: &Rules<'_>, context: &Context<'_>, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{} # {}", rules.name(), context.why(rules, Scope::Exact))
}
