//! How a word differs from a brand: one slip of the finger, or characters that read alike.

/// A difference that a reader overlooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// A letter more, less or other, or two neighbours swapped.
    Typo,
    /// Only characters that read alike: `0` for `o`, `rn` for `m`.
    Alike,
}

/// How `word` differs from `brand`; `None` when it does not, or by more.
pub(super) fn between(word: &[u8], brand: &[u8]) -> Option<Slip> {
    // Each `rn` for an `m` makes a word one letter longer; more than three are nobody's look-alike.
    if word.len() + 1 < brand.len() || word.len() > brand.len() + 3 || word == brand {
        return None;
    }
    let head = word.iter().zip(brand).take_while(|(a, b)| a == b).count();
    let (word, brand) = (word.get(head..)?, brand.get(head..)?);
    let tail = word.iter().rev().zip(brand.iter().rev()).take_while(|(a, b)| a == b).count();
    match (word.get(..word.len() - tail)?, brand.get(..brand.len() - tail)?) {
        ([_], [_]) | ([_], []) | ([], [_]) => Some(Slip::Typo),
        ([a, b], [c, d]) if a == d && b == c => Some(Slip::Typo),
        (word, brand) => reads_alike(word, brand).then_some(Slip::Alike),
    }
}

/// Whether a word reads as another one: the same letters, but for digits and pairs that look like one letter.
pub(super) fn reads_alike(mut word: &[u8], mut other: &[u8]) -> bool {
    loop {
        (word, other) = match (word, other) {
            ([], []) => return true,
            ([a, rest @ ..], [b, others @ ..]) if a == b || single(*a) == *b => (rest, others),
            ([b'r', b'n', rest @ ..], [b'm', others @ ..])
            | ([b'v', b'v', rest @ ..], [b'w', others @ ..])
            | ([b'c', b'l', rest @ ..], [b'd', others @ ..]) => (rest, others),
            _ => return false,
        };
    }
}

/// The letter that a digit reads as.
const fn single(octet: u8) -> u8 {
    match octet {
        b'0' => b'o',
        b'1' => b'l',
        b'3' => b'e',
        b'5' => b's',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between_texts(word: &str, brand: &str) -> Option<Slip> {
        between(word.as_bytes(), brand.as_bytes())
    }

    #[test]
    fn one_slip() {
        for word in ["samsng", "samsuung", "samsumg", "smasung", "samsugn", "amsung", "samsungg"] {
            assert_eq!(between_texts(word, "samsung"), Some(Slip::Typo), "{word}");
        }
        for word in ["samsung", "smsng", "gnusmas", "", "samsungelectronics", "msasnug"] {
            assert_eq!(between_texts(word, "samsung"), None, "{word}");
        }
        assert_eq!(between_texts("samsungc1oudsolution", "samsungcloudsolution"), Some(Slip::Typo));
    }

    #[test]
    fn characters_that_read_alike() {
        assert_eq!(between_texts("g00gle", "google"), Some(Slip::Alike));
        assert_eq!(between_texts("arnazon", "amazon"), Some(Slip::Alike));
        assert_eq!(between_texts("rnicr0s0ft", "microsoft"), Some(Slip::Alike));
        assert_eq!(between_texts("tvvitch", "twitch"), Some(Slip::Alike));
        assert_eq!(between_texts("arnbzon", "amazon"), None);
    }

    /// The textbook's distance with swaps of neighbours (optimal string alignment).
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                rows[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let best = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                    let is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if is_swap { best.min(rows[i - 2][j - 2] + 1) } else { best }
                };
            }
        }
        rows[a.len()][b.len()]
    }

    #[test]
    fn a_typo_is_the_textbooks_distance_of_one() {
        // Short words over two letters meet every way to differ.
        let words: Vec<Vec<u8>> = (1_u32..7)
            .flat_map(|length| {
                (0..1 << length).map(move |bits: u32| (0..length).map(|at| b'a' + (bits >> at & 1) as u8).collect())
            })
            .collect();
        for a in &words {
            for b in &words {
                assert_eq!(between(a, b) == Some(Slip::Typo), distance(a, b) == 1, "{a:?} {b:?}");
            }
        }
    }
}
