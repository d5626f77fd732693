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
    // Numbers of labels.
    let (mut icann, mut private) = (0, 0);
    for (above, suffix) in suffixes.shortest_first().take(MAX_RULE_LABELS).enumerate() {
        let labels = above + 1;
        // Every name above a rule is in the table too, so below a gap there is none.
        let Some(rule) = table.find(suffix.hash, |_| true) else { break };
        if rule & suffix_rule::EXCEPTION != 0 {
            icann = above;
            private = 0;
            break;
        }
        if rule & suffix_rule::ICANN != 0 {
            icann = icann.max(labels);
        }
        if rule & suffix_rule::PRIVATE != 0 {
            private = private.max(labels);
        }
        let has_child = suffix.start > 0;
        if has_child && rule & suffix_rule::ICANN_WILDCARD != 0 {
            icann = icann.max(labels + 1);
        }
        if has_child && rule & suffix_rule::PRIVATE_WILDCARD != 0 {
            private = private.max(labels + 1);
        }
    }
    let start = |labels: usize| {
        labels.checked_sub(1).and_then(|above| suffixes.name().labels_from_right().nth(above)).map(|label| label.start)
    };
    PublicSuffix {
        icann: start(icann),
        private: if private > icann { start(private) } else { None },
        registrable: if icann == 0 { None } else { start(icann + 1) },
    }
}
