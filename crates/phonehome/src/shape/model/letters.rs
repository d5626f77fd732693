//! Groups of letters: a label as groups of three and four, and what each group weighs.

/// Octets of a label that are looked at; no family of machine-made names is longer, and the time stays bounded.
pub(crate) const MOST: usize = 40;
/// Letters, digits, the hyphen, everything else, and the boundary before and behind a label.
pub(crate) const ALPHABET: usize = 39;
/// Weights of groups of three.
pub const THREES: usize = ALPHABET * ALPHABET * ALPHABET;
const BOUNDARY: u8 = 38;

/// Places of all octets.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const CODES: [u8; 256] = {
    let mut codes = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        codes[octet] = match octet as u8 {
            letter @ b'a'..=b'z' => letter - b'a' + 1,
            digit @ b'0'..=b'9' => digit - b'0' + 27,
            b'-' => 37,
            _ => 0,
        };
        octet += 1;
    }
    codes
};

/// An octet's place in the alphabet.
#[inline]
pub(crate) fn code(octet: u8) -> usize {
    usize::from(CODES.get(usize::from(octet)).copied().unwrap_or(0))
}

/// The label's first octets, between boundaries: the last code of each group of three, and the two before.
fn codes(label: &[u8]) -> impl Iterator<Item = usize> {
    label.iter().take(MOST).map(|octet| code(*octet)).chain(std::iter::once(usize::from(BOUNDARY)))
}

/// The places of a label's groups of three in their table; there is one for each octet looked at.
#[inline]
pub fn threes(label: &[u8]) -> impl Iterator<Item = usize> {
    let (mut before, mut last) = (usize::from(BOUNDARY), None);
    codes(label).filter_map(move |code| {
        let place = last.map(|last| (before * ALPHABET + last) * ALPHABET + code);
        before = last.unwrap_or(before);
        last = Some(code);
        place
    })
}

/// The places of a label's groups of four in a table of `1 << bits`: one less than groups of three.
///
/// Multiplicative hashing with the golden ratio's word (Knuth, The Art of Computer Programming 3, section 6.4).
#[inline]
pub fn fours(label: &[u8], bits: u32) -> impl Iterator<Item = usize> {
    let mut first = usize::from(BOUNDARY);
    let mut threes = threes(label);
    threes.next();
    let mut inside = label.iter().map(|octet| code(*octet));
    threes.map(move |three| {
        let four = (first * THREES + three) as u32;
        first = inside.next().unwrap_or(0);
        (four.wrapping_mul(0x9e37_79b1) >> (32 - bits)) as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_cover_the_label_and_its_boundaries() {
        let edge = usize::from(BOUNDARY);
        let (a, b) = (1, 2);
        let three = |x: usize, y: usize, z: usize| (x * ALPHABET + y) * ALPHABET + z;
        assert_eq!(threes(b"ab").collect::<Vec<_>>(), [three(edge, a, b), three(a, b, edge)]);
        assert_eq!(threes(b"a").collect::<Vec<_>>(), [three(edge, a, edge)]);
        assert_eq!(threes(b"").count(), 0);
        assert_eq!(threes(&[b'a'; 63]).count(), MOST);
        assert!(threes(&[0xff; 63]).all(|place| place < THREES));
        assert_eq!(fours(b"a", 16).count(), 0);
        assert_eq!(fours(b"ab", 16).count(), 1);
        assert_eq!(fours(&[b'x'; 63], 16).count(), MOST - 1);
        assert!(fours(b"machine-made-9", 10).all(|place| place < 1 << 10));
    }

    #[test]
    fn a_group_of_four_depends_on_all_its_letters() {
        let of = |label: &[u8]| fours(label, 16).collect::<Vec<_>>();
        let base = of(b"abcd");
        assert_ne!(base.first(), of(b"bbcd").first());
        assert_eq!(base.first(), of(b"abce").first());
        assert_ne!(base.get(1), of(b"bbcd").get(1));
        assert_ne!(base.get(2), of(b"abce").get(2));
    }
}
