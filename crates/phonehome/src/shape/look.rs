//! Look-alikes of vendors' brands: one slip away, spelt with other characters, beside a lure word, or in front of a domain that
//! is not the vendor's. Whether a name *is* the vendor's is not decided here: known names are never judged.
//!
//! One slip (an edit of distance 1, swaps of neighbours included) leaves the first or the last half of a brand untouched. So the
//! first and the last letters of a word (three of a short word, four of a long one) find every candidate in two small tables,
//! and the same tables find brands at either end of a token. Three names in four meet empty buckets and are done after a few
//! loads from five kilobytes. Deletion keys, the usual way, would need a key for each letter of each brand and as many look-ups
//! for each name, and find nothing but slips.
//!
//! An ordinary word is no slip. An ordinary brand (Apple, Ring) counts only where nothing but lure words stands beside it. A
//! brand's own name under another suffix is nothing at all: vendors own many, and the base does not know them all.

mod brands;
mod punycode;
mod skeleton;
mod slip;

use super::Subject;
use crate::codes::Reason;
use crate::name::{MAX_LABEL, Name};
use crate::pack::layout::brand::{COINED, LONGEST, SHORTEST, SHORTEST_SLIP, SLIP, TOKEN};

use brands::{Brand, Brands, Parts};
use skeleton::Skeleton;
use slip::Slip;

/// Most tokens of a name that are looked at, so that the time of a search stays bounded; a lure stands in front.
const MAX_TOKENS: usize = 24;

/// What looks like a brand in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    kind: Kind,
    /// The brand's number in the section.
    brand: u16,
    /// The lure word's number.
    lure: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Typo,
    Homograph,
    /// Beside a lure word in the judged label.
    Combo,
    /// In front of the judged label.
    Subdomain,
}

/// The words behind a [`Look`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words<'a> {
    /// The brand, without hyphens.
    pub(crate) brand: &'a str,
    /// The vendor's number in the pack.
    pub(crate) vendor: u16,
    /// The lure word, or nothing.
    pub(crate) lure: &'a str,
}

impl Look {
    /// The words, from the section in which the look-alike was found.
    pub(crate) fn words(self, brands: &[u8]) -> Option<Words<'_>> {
        let parts = Brands::of(brands)?.parts()?;
        let brand = parts.brand(self.brand)?;
        let lure = self.lure.and_then(|number| parts.lure(number)).unwrap_or(&[]);
        let text = |octets| std::str::from_utf8(octets).unwrap_or("");
        Some(Words { brand: text(brand.word), vendor: brand.vendor, lure: text(lure) })
    }

    pub(crate) fn reasons(self) -> impl Iterator<Item = Reason> {
        let (first, second) = match self.kind {
            Kind::Typo => (Reason::LookTypo, None),
            Kind::Homograph => (Reason::LookHomograph, None),
            Kind::Combo => (Reason::LookCombo, None),
            Kind::Subdomain => (Reason::LookBrandInSubdomain, self.lure.map(|_| Reason::LookCombo)),
        };
        std::iter::once(first).chain(second)
    }

    /// A brand in front of someone's domain is no suspicion: many people name their hosts after what they run.
    pub(crate) const fn is_suspicious(self) -> bool {
        !matches!(self.kind, Kind::Subdomain) || self.lure.is_some()
    }

    pub(crate) const fn is_homograph(self) -> bool {
        matches!(self.kind, Kind::Homograph)
    }
}

/// Looks for a brand in the part of a name in front of its suffix. `is_word` tells ordinary words.
#[inline]
pub(crate) fn find(brands: &[u8], name: &Name, subject: Subject, is_word: impl Fn(&[u8]) -> bool) -> Option<Look> {
    let brands = Brands::of(brands)?;
    if !name.is_plain() {
        return None;
    }
    let (start, label) = subject.label(name);
    let own = if label.starts_with(b"xn--") { homograph(brands, label) } else { in_label(brands, label, &is_word) };
    own.or_else(|| in_front(brands, name.as_bytes().get(..start.checked_sub(1)?)?, label))
}

/// Whether a word is one slip away from a brand, or reads like it, for the writer of packs.
pub fn is_slip(word: &[u8], brand: &[u8]) -> bool {
    slip::between(word, brand).is_some()
}

/// Looks at the judged label.
#[inline]
fn in_label(brands: Brands<'_>, label: &[u8], is_word: &impl Fn(&[u8]) -> bool) -> Option<Look> {
    if label.contains(&b'-') {
        return in_parts(brands, label, is_word);
    }
    match whole(brands, label)? {
        Likeness::Same => None,
        Likeness::Near(look) => (!is_word(label)).then_some(look),
        Likeness::Beside(look) => Some(look),
    }
}

/// How a word relates to the brands.
enum Likeness {
    /// It is a brand, or known to be none.
    Same,
    /// It looks like one, unless it is an ordinary word.
    Near(Look),
    /// It consists of one and lure words.
    Beside(Look),
}

/// Compares a word without hyphens with the brands that begin or end alike.
#[inline]
fn whole(brands: Brands<'_>, word: &[u8]) -> Option<Likeness> {
    if word.len() + 1 >= SHORTEST_SLIP && brands.has_any(word) { compare(brands, word) } else { None }
}

#[inline(never)]
fn compare(brands: Brands<'_>, word: &[u8]) -> Option<Likeness> {
    let parts = brands.parts()?;
    let mut found = None;
    for brand in parts.like(word) {
        if brand.word == word {
            return Some(Likeness::Same);
        }
        found = found.or_else(|| near(word, brand)).or_else(|| beside(parts, word, brand));
    }
    found
}

fn near(word: &[u8], brand: Brand<'_>) -> Option<Likeness> {
    if brand.flags & SLIP == 0 {
        return None;
    }
    let kind = match slip::between(word, brand.word)? {
        Slip::Typo => Kind::Typo,
        Slip::Alike => Kind::Homograph,
    };
    Some(Likeness::Near(Look { kind, brand: brand.number, lure: None }))
}

fn beside(parts: Parts<'_>, word: &[u8], brand: Brand<'_>) -> Option<Likeness> {
    if brand.flags & TOKEN == 0 {
        return None;
    }
    let rest = word.strip_prefix(brand.word).or_else(|| word.strip_suffix(brand.word))?;
    let lure = parts.lures_in(rest)?;
    Some(Likeness::Beside(Look { kind: Kind::Combo, brand: brand.number, lure: Some(lure) }))
}

/// Looks at a label with hyphens: first as if they were not there, then part by part.
#[inline(never)]
fn in_parts(brands: Brands<'_>, label: &[u8], is_word: &impl Fn(&[u8]) -> bool) -> Option<Look> {
    let mut joined = [0; MAX_LABEL];
    let letters = label.iter().filter(|octet| **octet != b'-');
    let length = joined.iter_mut().zip(letters).map(|(to, from)| *to = *from).count();
    let joined = joined.get(..length)?;
    match whole(brands, joined) {
        Some(Likeness::Same) => return None,
        Some(Likeness::Near(look)) if !is_word(joined) => return Some(look),
        Some(Likeness::Beside(look)) => return Some(look),
        _ => {}
    }
    let (brand, lure) = tokens(brands, label)?;
    let parts = brands.parts()?;
    let is_enough = brand.flags & COINED != 0
        || label.split(is_separator).all(|part| part == brand.word || parts.lure_of(part).is_some());
    let lure = lure.or_else(|| lure_token(parts, label)).filter(|_| is_enough)?;
    Some(Look { kind: Kind::Combo, brand: brand.number, lure: Some(lure) })
}

/// Looks at the labels in front of the judged one.
#[inline]
fn in_front(brands: Brands<'_>, front: &[u8], label: &[u8]) -> Option<Look> {
    // "www" and its like hold no brand.
    if front.len() < SHORTEST {
        return None;
    }
    let (brand, lure) = tokens(brands, front)?;
    let parts = brands.parts()?;
    let lure = lure.or_else(|| lure_token(parts, front)).or_else(|| lure_token(parts, label));
    Some(Look { kind: Kind::Subdomain, brand: brand.number, lure })
}

/// The first brand that is a token, alone or joined with lure words, of which it then gives the first.
#[inline]
fn tokens<'a>(brands: Brands<'a>, text: &[u8]) -> Option<(Brand<'a>, Option<u8>)> {
    text.split(is_separator)
        .take(MAX_TOKENS)
        .filter(|token| token.len() >= SHORTEST && brands.has_any(token))
        .find_map(|token| in_token(brands, token))
}

#[inline(never)]
fn in_token<'a>(brands: Brands<'a>, token: &[u8]) -> Option<(Brand<'a>, Option<u8>)> {
    let parts = brands.parts()?;
    parts.like(token).find_map(|brand| {
        if token == brand.word && brand.flags & TOKEN != 0 {
            return Some((brand, None));
        }
        match beside(parts, token, brand)? {
            Likeness::Beside(look) => Some((brand, look.lure)),
            Likeness::Same | Likeness::Near(_) => None,
        }
    })
}

/// The first token that is a lure word.
fn lure_token(parts: Parts<'_>, text: &[u8]) -> Option<u8> {
    text.split(is_separator).take(MAX_TOKENS).find_map(|token| parts.lure_of(token))
}

const fn is_separator(octet: &u8) -> bool {
    matches!(*octet, b'.' | b'-' | b'_')
}

/// Looks at an internationalised label.
#[cold]
fn homograph(brands: Brands<'_>, label: &[u8]) -> Option<Look> {
    let decoded = punycode::decode(label.strip_prefix(b"xn--")?)?;
    let skeleton = Skeleton::of(decoded.chars())?;
    let word = skeleton.letters();
    if word.len() > LONGEST {
        return None;
    }
    // A mark alone makes another language's word of an ordinary one (Swedish for apple is "äpple").
    let needed = if skeleton.is_foreign { 0 } else { COINED };
    let brand = brands.parts()?.like(word).find(|brand| {
        brand.flags & TOKEN != 0 && brand.flags & needed == needed && slip::reads_alike(word, brand.word)
    })?;
    Some(Look { kind: Kind::Homograph, brand: brand.number, lure: None })
}
