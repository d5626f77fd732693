//! Look-alikes of vendors' brands.

use super::Subject;
use crate::codes::Reason;
use crate::name::Name;

/// What looks like a brand in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {}

impl Look {
    pub(crate) fn reasons(&self) -> impl Iterator<Item = Reason> {
        std::iter::empty()
    }

    pub(crate) const fn is_suspicious(&self) -> bool {
        false
    }

    pub(crate) const fn is_homograph(&self) -> bool {
        false
    }
}

/// Looks for a brand in the part of a name in front of its suffix.
pub(crate) fn find(_brands: &[u8], _name: &Name, _subject: Subject, _is_word: impl Fn(&[u8]) -> bool) -> Option<Look> {
    None
}
