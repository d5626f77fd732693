//! Public suffixes: where names are handed out to the public, by the rules of publicsuffix.org.
//!
//! ICANN and private section are kept apart: "registrable" always means the ICANN section. The algorithm is the list's own
//! (<https://github.com/publicsuffix/list/wiki/Format>): the longest rule wins, an exception beats every rule.

use crate::hash::Suffixes;
use crate::pack::layout::suffix_rule;
use crate::table::Table;

/// Deepest rule of the list, with room; longer endings are not looked up.
const MAX_RULE_LABELS: usize = 8;

/// The public suffixes of a name, as offsets in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PublicSuffix {
    /// The suffix by the ICANN section; `None`: the top-level domain is not in it.
    pub(crate) icann: Option<usize>,
    /// A longer suffix by the private section.
    pub(crate) private: Option<usize>,
    /// Offset of the registrable name (eTLD+1 by the ICANN section); `None` when the name is itself a suffix.
    pub(crate) registrable: Option<usize>,
}

/// Finds the public suffixes of a name, given the hashes of its suffixes.
pub(crate) fn public_suffix(table: Table<'_>, suffixes: &Suffixes<'_>) -> PublicSuffix {
    // Offset of the suffix with one label more.
    let longer = |start: usize| start.checked_sub(1).map(|end| suffixes.name().label_start_before(end));
    let (mut icann, mut private, mut above) = (None, None, None);
    for suffix in suffixes.shortest_first().take(MAX_RULE_LABELS) {
        // Every name above a rule is in the table too, so below a gap there is none.
        let Some(rule) = table.find(suffix.hash, |_| true) else { break };
        if rule & suffix_rule::EXCEPTION != 0 {
            (icann, private) = (above, None);
            break;
        }
        let own = Some(suffix.start);
        let child = longer(suffix.start);
        extend(&mut icann, own, rule & suffix_rule::ICANN);
        extend(&mut private, own, rule & suffix_rule::PRIVATE);
        extend(&mut icann, child, rule & suffix_rule::ICANN_WILDCARD);
        extend(&mut private, child, rule & suffix_rule::PRIVATE_WILDCARD);
        above = own;
    }
    PublicSuffix {
        icann,
        private: private.filter(|start| icann.is_none_or(|icann| *start < icann)),
        registrable: icann.and_then(longer),
    }
}

/// Takes a suffix where a rule says so and it is longer than what was found before.
#[inline]
fn extend(found: &mut Option<usize>, start: Option<usize>, rule: u32) {
    if rule != 0
        && let Some(start) = start
    {
        *found = Some(found.map_or(start, |found| found.min(start)));
    }
}
