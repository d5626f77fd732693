//! Names of the base that are nearly what somebody typed, for search boxes: a Levenshtein automaton run over the ordered store.
//!
//! Like everything on the ordered store never reached from `classify` or `explain`.

use fst::{Automaton, IntoStreamer, Streamer};

use crate::classifier::Classifier;
use crate::name::Name;
use crate::ordered::OrderedError;

/// The longest text that is looked for, in octets: a label's.
const LONGEST: usize = 63;

/// How many edits (octets put in, left out or replaced) are forgiven in a text, by its length: one in four to six octets, two in
/// longer ones, none in shorter ones, which are near to everything.
fn forgiven(text: &str) -> u8 {
    match text.len() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// Accepts texts of which a word begins with a pattern, give or take some edits. Words end at dots, and at blanks in names of vendors.
#[derive(Debug)]
struct Near<'p> {
    pattern: &'p [u8],
    most: u8,
}

/// How far a text has come.
#[derive(Clone, Debug)]
struct Progress {
    /// Edits between the word so far and each prefix of the pattern.
    edits: Vec<u8>,
    /// The fewest edits of a word that began with the whole pattern.
    found: Option<u8>,
}

impl Near<'_> {
    fn word_start(&self) -> Vec<u8> {
        (0..=self.pattern.len()).map(|edits| u8::try_from(edits).unwrap_or(u8::MAX)).collect()
    }

    /// One row of the table of Wagner and Fischer ("The String-to-String Correction Problem", 1974).
    fn next_row(&self, row: &[u8], octet: u8) -> Vec<u8> {
        let mut next = Vec::with_capacity(row.len());
        let mut left = row.first().copied().unwrap_or(0).saturating_add(1);
        next.push(left);
        for (own, pair) in self.pattern.iter().zip(row.windows(2)) {
            let [diagonal, above] = pair else { continue };
            left = left.min(*above).saturating_add(1).min(diagonal.saturating_add(u8::from(*own != octet)));
            next.push(left);
        }
        next
    }
}

impl Automaton for Near<'_> {
    type State = Progress;

    fn start(&self) -> Progress {
        Progress { edits: self.word_start(), found: None }
    }

    fn is_match(&self, state: &Progress) -> bool {
        state.found.is_some()
    }

    fn accept(&self, state: &Progress, octet: u8) -> Progress {
        if matches!(octet, b'.' | b' ') {
            return Progress { edits: self.word_start(), found: state.found };
        }
        let edits = self.next_row(&state.edits, octet.to_ascii_lowercase());
        let whole = edits.last().copied().filter(|edits| *edits <= self.most);
        Progress { edits, found: state.found.into_iter().chain(whole).min() }
    }
}

/// The fewest edits by which a word of `text` begins with `pattern`; `None` where more would be needed than are forgiven: one in four to
/// six octets, two in longer patterns.
#[must_use]
pub fn edits_to(pattern: &str, text: &str) -> Option<u8> {
    let near = Near { pattern: pattern.as_bytes(), most: forgiven(pattern) };
    text.bytes().fold(near.start(), |state, octet| near.accept(&state, octet)).found
}

impl Classifier<'_> {
    /// Names with an entry of which a label begins with `text`, give or take the edits that [`edits_to`] forgives: each with its edits,
    /// in the store's order. `text` is one label, or the beginning of one, in lower case.
    ///
    /// # Errors
    /// [`OrderedError`] when the store's own checksum does not hold.
    pub fn names_near(&self, text: &str) -> Result<Vec<(u8, Name)>, OrderedError> {
        let map = self.ordered()?;
        if text.len() > LONGEST || text.is_empty() {
            return Ok(Vec::new());
        }
        let near = Near { pattern: text.as_bytes(), most: forgiven(text) };
        let mut stream = map.search_with_state(near).into_stream();
        let mut found = Vec::new();
        while let Some((_, place, state)) = stream.next() {
            let name = u32::try_from(place).ok().and_then(|place| self.base.anchor_name(place));
            found.extend(state.found.zip(name));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_at_the_start_of_words() {
        assert_eq!(edits_to("hikvison", "Hikvision"), Some(1));
        assert_eq!(edits_to("vision", "Big Vision"), Some(0));
        assert_eq!(edits_to("samsng", "api.samsungcloud.com"), Some(1));
        assert_eq!(edits_to("rok", "roku"), Some(0));
        assert_eq!(edits_to("rxk", "roku"), None);
        assert_eq!(edits_to("oku", "roku"), None);
        assert_eq!(edits_to("abcdefgh", "abxxxfgh"), None);
    }
}
