//! The name model.

use crate::codes::Band;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Model<'a> {
    _bytes: &'a [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) hundredths: i16,
    pub(crate) band: Option<Band>,
}

#[derive(Clone, Debug)]
pub(crate) struct Why {}

impl<'a> Model<'a> {
    pub(crate) const fn of(bytes: &'a [u8]) -> Self {
        Self { _bytes: bytes }
    }

    pub(crate) fn score(&self, _label: &[u8], _top: &[u8]) -> Option<Score> {
        None
    }

    pub(crate) fn is_word(&self, _word: &[u8]) -> bool {
        false
    }
}
