//! The section `BRANDS` of a pack, read in place: which brands begin or end as a word does, and the lure words.

use crate::pack::layout::brand::{COUNTS, MAX_IN_BUCKET, MAX_LURES, ROW, SHORTEST, WORD, WORDS, bucket, key};

/// The section. Only the maps are looked at for nearly every name, so all else is cut out when a map has a hit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brands<'a> {
    counts: &'a [u8; COUNTS],
    heads: &'a [[u8; WORD]],
    tails: &'a [[u8; WORD]],
    rest: &'a [u8],
}

/// What stands behind the maps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    heads: Index<'a>,
    tails: Index<'a>,
    brands: &'a [[u8; ROW]],
    lures: &'a [[u8; ROW]],
    text: &'a [u8],
}

/// Brands' numbers by bucket.
#[derive(Clone, Copy, Debug)]
struct Index<'a> {
    map: &'a [[u8; WORD]],
    starts: &'a [[u8; 2]],
    numbers: &'a [[u8; 2]],
}

/// One brand, or a word that only looks like one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brand<'a> {
    pub(super) number: u16,
    /// Its letters and digits, without hyphens.
    pub(super) word: &'a [u8],
    pub(super) flags: u8,
    /// The vendor's number in the pack.
    pub(super) vendor: u16,
}

impl<'a> Brands<'a> {
    /// `None` for bytes that are no such section.
    #[inline]
    pub(super) fn of(section: &'a [u8]) -> Option<Self> {
        let (counts, rest) = section.split_first_chunk()?;
        let (heads, rest) = rest.split_at_checked(WORDS * WORD)?;
        let (tails, rest) = rest.split_at_checked(WORDS * WORD)?;
        Some(Self { counts, heads: heads.as_chunks().0, tails: tails.as_chunks().0, rest })
    }

    /// Whether any brand begins or ends as a word does, or its letters hash as a brand's do.
    #[inline]
    pub(super) fn has_any(self, word: &[u8]) -> bool {
        let is_in = |map, letters: Option<&[u8]>| letters.is_some_and(|letters| order(map, bucket(letters)).is_some());
        is_in(self.heads, head(word)) || is_in(self.tails, tail(word))
    }

    /// Cuts out the rest.
    pub(super) fn parts(self) -> Option<Parts<'a>> {
        let (counts, _) = self.counts.as_chunks();
        let [brands, lures, heads, tails, by_head, by_tail] = counts.first_chunk()?.map(number);
        let (heads, rest) = self.rest.split_at_checked(2 * heads)?;
        let (tails, rest) = rest.split_at_checked(2 * tails)?;
        let (by_head, rest) = rest.split_at_checked(2 * by_head)?;
        let (by_tail, rest) = rest.split_at_checked(2 * by_tail)?;
        let (brands, rest) = rest.split_at_checked(ROW * brands)?;
        let (lures, text) = rest.split_at_checked(ROW * lures.min(MAX_LURES))?;
        Some(Parts {
            heads: Index { map: self.heads, starts: heads.as_chunks().0, numbers: by_head.as_chunks().0 },
            tails: Index { map: self.tails, starts: tails.as_chunks().0, numbers: by_tail.as_chunks().0 },
            brands: brands.as_chunks().0,
            lures: lures.as_chunks().0,
            text,
        })
    }
}

#[inline]
fn head(word: &[u8]) -> Option<&[u8]> {
    word.get(..key(word.len()))
}

#[inline]
fn tail(word: &[u8]) -> Option<&[u8]> {
    word.get(word.len().checked_sub(key(word.len()))?..)
}

impl<'a> Index<'a> {
    /// The numbers in the bucket of some letters.
    fn numbers(self, letters: Option<&[u8]>) -> impl Iterator<Item = u16> + use<'a> {
        let found = || {
            let order = order(self.map, bucket(letters?))?;
            let [start, end] = self.starts.get(order..order + 2)?.first_chunk()?.map(number);
            self.numbers.get(start..end.min(start + MAX_IN_BUCKET))
        };
        found().unwrap_or(&[]).iter().map(|octets| u16::from_le_bytes(*octets))
    }
}

impl<'a> Parts<'a> {
    /// The brands that begin or end as a word does, or ended so before the two middle letters of six were swapped; now and then
    /// others, whose letters hash alike. A brand may come twice.
    pub(super) fn like(self, word: &[u8]) -> impl Iterator<Item = Brand<'a>> + use<'a> {
        let numbers = self.heads.numbers(head(word)).chain(self.tails.numbers(tail(word)));
        numbers.filter_map(move |number| self.brand(number))
    }

    /// The brand with a number.
    pub(super) fn brand(self, number: u16) -> Option<Brand<'a>> {
        let row = self.brands.get(usize::from(number))?;
        let [_, _, _, flags, low, high, _, _] = *row;
        Some(Brand { number, word: self.word(*row)?, flags, vendor: u16::from_le_bytes([low, high]) })
    }

    /// The lure word with a number.
    pub(super) fn lure(self, number: u8) -> Option<&'a [u8]> {
        self.lures.get(usize::from(number)).and_then(|row| self.word(*row))
    }

    /// The lure word that a token is, by its number.
    pub(super) fn lure_of(self, token: &[u8]) -> Option<u8> {
        self.longest_lure(token).filter(|(_, length)| *length == token.len()).map(|(number, _)| number)
    }

    /// The first of the lure words that letters consist of, and of nothing else.
    pub(super) fn lures_in(self, letters: &[u8]) -> Option<u8> {
        let (first, length) = self.longest_lure(letters)?;
        let mut rest = letters.get(length..)?;
        while !rest.is_empty() {
            let (_, length) = self.longest_lure(rest)?;
            rest = rest.get(length..)?;
        }
        Some(first)
    }

    /// The longest lure word with which letters begin, and its length, which is never 0.
    fn longest_lure(self, letters: &[u8]) -> Option<(u8, usize)> {
        let lures = self.lures.iter().zip(0..);
        lures
            .filter_map(|(row, number)| Some((number, self.word(*row)?)))
            .filter(|(_, word)| letters.starts_with(word))
            .map(|(number, word)| (number, word.len()))
            .max_by_key(|(_, length)| *length)
    }

    fn word(self, row: [u8; ROW]) -> Option<&'a [u8]> {
        let [low, high, length, ..] = row;
        let start = usize::from(u16::from_le_bytes([low, high]));
        self.text.get(start..start + usize::from(length)).filter(|word| word.len() >= SHORTEST)
    }
}

/// How many buckets in use stand before one that is in use itself.
#[inline]
fn order(map: &[[u8; WORD]], bucket: usize) -> Option<usize> {
    let (bits, before) = map.get(bucket / 64)?.split_first_chunk()?;
    let (bits, bit) = (u64::from_le_bytes(*bits), 1 << (bucket % 64));
    (bits & bit != 0)
        .then(|| number(*before.first_chunk().unwrap_or(&[0; 2])) + (bits & (bit - 1)).count_ones() as usize)
}

fn number(octets: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(octets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_octets_are_safe() {
        // A linear congruential generator stands in for damage; high bits clear, so that counts and places often fit.
        let mut state = 1_u32;
        for length in (0..9_000).step_by(37) {
            let octets: Vec<u8> = (0..length)
                .map(|at| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let is_high = at % 2 == 1 && !(COUNTS..=COUNTS + 2 * WORDS * WORD).contains(&at);
                    if is_high { 0 } else { (state >> 24) as u8 }
                })
                .collect();
            let Some(brands) = Brands::of(&octets) else { continue };
            let Some(parts) = brands.parts() else { continue };
            for word in ["samsung", "samsungelectronics", "tuya", "lure", "ab", ""] {
                let word = word.as_bytes();
                let found = parts.like(word).count();
                assert!(found == 0 || brands.has_any(word));
                assert!(found <= 2 * MAX_IN_BUCKET);
                let _ = (parts.lures_in(word), parts.lure_of(word));
            }
        }
    }
}
