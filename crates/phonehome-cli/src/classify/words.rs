//! An answer in the few words that a table's cell holds: those of the library, fit for a terminal.

use phonehome::Explanation;

use crate::text::clean;

/// What the name is for, or what kind of name it is: from the fullest wording to the shortest, never empty.
pub(crate) fn what(answer: &Explanation<'_>) -> Vec<String> {
    answer.what().iter().map(|text| clean(text)).collect()
}

/// Whose the name is, and where.
pub(crate) fn whose(answer: &Explanation<'_>) -> String {
    clean(&answer.whose())
}

/// What blocking costs, as far as anybody knows or the purpose lets guess.
pub(crate) fn then(answer: &Explanation<'_>) -> String {
    clean(&answer.then())
}
