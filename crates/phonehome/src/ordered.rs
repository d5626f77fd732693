//! The ordered store: an fst over the anchors' names with their labels reversed, for listing and completion.
//!
//! Never reached from `classify` or `explain`: the `fst` crate may panic on a damaged body behind a repaired checksum, so its
//! own checksum is verified first, and only tools call in here.

use fst::{IntoStreamer, Map, Streamer};

use crate::classifier::Classifier;
use crate::name::Name;
use crate::pack::EntryView;

/// The ordered store of this pack is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderedError;

impl std::fmt::Display for OrderedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the pack's ordered store is damaged: build or fetch the pack again")
    }
}

impl std::error::Error for OrderedError {}

impl Classifier<'_> {
    /// The entries at a name and below it, in the order of their reversed labels; the first `limit` of them.
    ///
    /// # Errors
    /// [`OrderedError`] when the store's own checksum does not hold.
    pub fn entries_under(&self, name: &Name, limit: usize) -> Result<Vec<EntryView<'_>>, OrderedError> {
        let map = self.ordered()?;
        let key = reversed(name);
        let mut stream = map.range().ge(&key).into_stream();
        let mut entries = Vec::new();
        while let Some((found, place)) = stream.next() {
            let is_below =
                found.strip_prefix(key.as_slice()).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"."));
            if !found.starts_with(&key) || entries.len() >= limit {
                break;
            }
            if is_below {
                entries.extend(self.base.entries_at(place).into_iter().filter_map(|entry| self.base.entry_view(entry)));
            }
        }
        entries.truncate(limit);
        Ok(entries)
    }
}

impl Classifier<'_> {
    /// The names that have an entry of their own, each with whether one covers what is below too. Patterns are not among them: they
    /// have no name.
    ///
    /// # Errors
    /// [`OrderedError`] when the store's own checksum does not hold.
    pub fn entry_names(&self) -> Result<Vec<(Name, bool)>, OrderedError> {
        let of = |place| {
            let at = self.base.entries_of(place);
            let is_own = at.exact.is_some() || at.suffix.is_some();
            is_own.then(|| Some((self.base.anchor_name(place)?, at.suffix.is_some()))).flatten()
        };
        Ok(self.places()?.into_iter().filter_map(of).collect())
    }

    /// The names of the anchors.
    pub(crate) fn anchors(&self) -> Result<Vec<Name>, OrderedError> {
        Ok(self.places()?.into_iter().filter_map(|place| self.base.anchor_name(place)).collect())
    }

    /// The ordered store, its own checksum verified.
    pub(crate) fn ordered(&self) -> Result<Map<&[u8]>, OrderedError> {
        let map = Map::new(self.base.ordered()).map_err(|_| OrderedError)?;
        map.as_fst().verify().map_err(|_| OrderedError)?;
        Ok(map)
    }

    /// The places of the anchors, in the order of their names' reversed labels.
    fn places(&self) -> Result<Vec<u32>, OrderedError> {
        let map = self.ordered()?;
        let mut stream = map.stream();
        let mut places = Vec::with_capacity(map.len());
        while let Some((_, place)) = stream.next() {
            places.extend(u32::try_from(place));
        }
        Ok(places)
    }
}

/// The key of a name: its labels from the last to the first, with dots between them.
pub(crate) fn reversed(name: &Name) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.as_bytes().len());
    for label in name.labels_from_right() {
        if !key.is_empty() {
            key.push(b'.');
        }
        key.extend_from_slice(label.bytes);
    }
    key
}
