//! What an internationalised label reads as: its characters replaced by the ASCII letters that they look like.
//!
//! A reduced table of the confusable characters of Unicode UTS #39 (<https://www.unicode.org/reports/tr39/>): lower-case letters
//! that look like the letters of brands, and those that tell a word from a brand by a mark alone. What is not in it, such as
//! nearly all of the world's writing, reads as no brand.

use crate::name::MAX_LABEL;

/// What a label reads as.
#[derive(Clone, Debug)]
pub(super) struct Skeleton {
    letters: [u8; MAX_LABEL],
    len: usize,
    /// Whether a letter comes from another alphabet or is a phonetic one, instead of having a mark only.
    pub(super) is_foreign: bool,
}

impl Skeleton {
    /// The letters and digits; hyphens and combining marks are left out.
    pub(super) fn letters(&self) -> &[u8] {
        self.letters.get(..self.len).unwrap_or(&[])
    }

    /// What characters read as; `None` when one of them looks like no letter of a brand.
    pub(super) fn of(chars: &[char]) -> Option<Self> {
        let mut skeleton = Self { letters: [0; MAX_LABEL], len: 0, is_foreign: false };
        for char in chars {
            let letter = match *char {
                '-' | '\u{300}'..='\u{36f}' => continue,
                char if char.is_ascii_alphanumeric() => char as u8,
                char => unmarked(char).or_else(|| {
                    skeleton.is_foreign = true;
                    foreign(char)
                })?,
            };
            *skeleton.letters.get_mut(skeleton.len)? = letter;
            skeleton.len += 1;
        }
        Some(skeleton)
    }
}

/// The letter below a Latin letter's marks.
#[rustfmt::skip]
const fn unmarked(char: char) -> Option<u8> {
    Some(match char {
        'à'..='å' | 'ā'..='ą' | 'ǎ' | 'ǟ' | 'ǡ' | 'ǻ' | 'ȁ' | 'ȃ' | 'ȧ' | 'ḁ' | 'ạ'..='ặ' => b'a',
        'ƀ' | 'ḃ'..='ḇ' => b'b',
        'ç' | 'ć'..='č' | 'ḉ' => b'c',
        'ď' | 'đ' | 'ḋ'..='ḓ' => b'd',
        'è'..='ë' | 'ē'..='ě' | 'ȅ' | 'ȇ' | 'ȩ' | 'ḕ'..='ḝ' | 'ẹ'..='ệ' => b'e',
        'ḟ' => b'f',
        'ĝ'..='ģ' | 'ǥ' | 'ǧ' | 'ǵ' | 'ḡ' => b'g',
        'ĥ' | 'ħ' | 'ȟ' | 'ḣ'..='ḫ' | 'ẖ' => b'h',
        'ì'..='ï' | 'ĩ'..='į' | 'ǐ' | 'ȉ' | 'ȋ' | 'ḭ' | 'ḯ' | 'ỉ' | 'ị' => b'i',
        'ĵ' | 'ǰ' => b'j',
        'ķ' | 'ǩ' | 'ḱ'..='ḵ' => b'k',
        'ĺ'..='ľ' | 'ŀ' | 'ł' | 'ƚ' | 'ḷ'..='ḽ' => b'l',
        'ḿ'..='ṃ' => b'm',
        'ñ' | 'ń'..='ň' | 'ǹ' | 'ṅ'..='ṋ' => b'n',
        'ò'..='ö' | 'ø' | 'ō'..='ő' | 'ơ' | 'ǒ' | 'ǫ' | 'ǭ' | 'ǿ' | 'ȍ' | 'ȏ' | 'ȫ'..='ȱ' | 'ṍ'..='ṓ' | 'ọ'..='ợ' => b'o',
        'ṕ' | 'ṗ' => b'p',
        'ŕ'..='ř' | 'ȑ' | 'ȓ' | 'ṙ'..='ṟ' => b'r',
        'ś'..='š' | 'ș' | 'ṡ'..='ṩ' => b's',
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṫ'..='ṱ' | 'ẗ' => b't',
        'ù'..='ü' | 'ũ'..='ų' | 'ư' | 'ǔ'..='ǜ' | 'ȕ' | 'ȗ' | 'ṳ'..='ṻ' | 'ụ'..='ự' => b'u',
        'ṽ' | 'ṿ' => b'v',
        'ŵ' | 'ẁ'..='ẉ' | 'ẘ' => b'w',
        'ẋ' | 'ẍ' => b'x',
        'ý' | 'ÿ' | 'ŷ' | 'ȳ' | 'ẏ' | 'ẙ' | 'ỳ'..='ỹ' => b'y',
        'ź'..='ž' | 'ƶ' | 'ẑ'..='ẕ' => b'z',
        _ => return None,
    })
}

/// The letter that one of another alphabet, or a phonetic one, looks like. Written as code points, since nobody could tell them
/// apart; in each row Latin (phonetic and small capitals) comes first, then Greek, Cyrillic, Armenian and others.
#[rustfmt::skip]
const fn foreign(char: char) -> Option<u8> {
    Some(match char {
        '\u{251}' | '\u{1d00}' | '\u{3b1}' | '\u{3ac}' | '\u{430}' | '\u{4d1}' | '\u{4d3}' => b'a',
        '\u{253}' | '\u{299}' | '\u{184}' | '\u{432}' | '\u{44c}' | '\u{44a}' => b'b',
        '\u{188}' | '\u{1d04}' | '\u{3f2}' | '\u{441}' | '\u{4ab}' => b'c',
        '\u{256}' | '\u{257}' | '\u{1d05}' | '\u{501}' => b'd',
        '\u{1d07}' | '\u{3b5}' | '\u{3ad}' | '\u{435}' | '\u{450}' | '\u{451}' | '\u{4bd}' | '\u{4d7}' => b'e',
        '\u{17f}' | '\u{192}' | '\u{584}' => b'f',
        '\u{260}' | '\u{261}' | '\u{581}' | '\u{50d}' => b'g',
        '\u{266}' | '\u{29c}' | '\u{4bb}' | '\u{570}' => b'h',
        '\u{131}' | '\u{268}' | '\u{269}' | '\u{26a}' | '\u{3b9}' | '\u{3af}' | '\u{3ca}' | '\u{456}' | '\u{457}' => b'i',
        '\u{1d0a}' | '\u{3f3}' | '\u{458}' | '\u{575}' => b'j',
        '\u{199}' | '\u{138}' | '\u{1d0b}' | '\u{3ba}' | '\u{43a}' | '\u{45c}' => b'k',
        '\u{26b}' | '\u{26c}' | '\u{26d}' | '\u{29f}' | '\u{4cf}' | '\u{5d5}' | '\u{56c}' => b'l',
        '\u{271}' | '\u{1d0d}' | '\u{43c}' => b'm',
        '\u{19e}' | '\u{272}' | '\u{273}' | '\u{274}' | '\u{3b7}' | '\u{3ae}' | '\u{43f}' | '\u{578}' | '\u{57c}' => b'n',
        '\u{275}' | '\u{1d0f}' | '\u{3bf}' | '\u{3cc}' | '\u{3c3}' | '\u{43e}' | '\u{4e7}' | '\u{4e9}' | '\u{585}' | '\u{5e1}' | '\u{647}' | '\u{665}' | '\u{6f5}' | '\u{966}' | '\u{e50}' | '\u{101d}' | '\u{10ff}' => b'o',
        '\u{1a5}' | '\u{1d18}' | '\u{3c1}' | '\u{3f1}' | '\u{440}' => b'p',
        '\u{24b}' | '\u{51b}' | '\u{566}' => b'q',
        '\u{24d}' | '\u{27c}' | '\u{27d}' | '\u{27e}' | '\u{280}' | '\u{433}' => b'r',
        '\u{282}' | '\u{a731}' | '\u{455}' => b's',
        '\u{1ab}' | '\u{1ad}' | '\u{288}' | '\u{1d1b}' | '\u{3c4}' | '\u{442}' => b't',
        '\u{289}' | '\u{28b}' | '\u{1d1c}' | '\u{3c5}' | '\u{3cd}' | '\u{3cb}' | '\u{57d}' => b'u',
        '\u{1d20}' | '\u{3bd}' | '\u{475}' => b'v',
        '\u{1d21}' | '\u{3c9}' | '\u{461}' | '\u{51d}' | '\u{561}' => b'w',
        '\u{3c7}' | '\u{445}' | '\u{4b3}' => b'x',
        '\u{1b4}' | '\u{24f}' | '\u{263}' | '\u{28f}' | '\u{3b3}' | '\u{443}' | '\u{45e}' | '\u{4af}' | '\u{4ef}' | '\u{4f1}' | '\u{4f3}' | '\u{10e7}' => b'y',
        '\u{225}' | '\u{290}' | '\u{1d22}' => b'z',
        // Full width.
        '\u{ff41}'..='\u{ff5a}' => b'a' + (char as u32 - 0xff41) as u8,
        '\u{ff10}'..='\u{ff19}' => b'0' + (char as u32 - 0xff10) as u8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> Option<(String, bool)> {
        let chars: Vec<char> = text.chars().collect();
        Skeleton::of(&chars).map(|it| (String::from_utf8(it.letters().to_vec()).unwrap(), it.is_foreign))
    }

    #[test]
    fn letters_of_other_alphabets() {
        assert_eq!(reads("s\u{430}msung"), Some(("samsung".to_owned(), true)));
        assert_eq!(reads("\u{455}\u{430}m\u{455}ung"), Some(("samsung".to_owned(), true)));
        assert_eq!(reads("\u{3c1}\u{ff4c}ex"), Some(("plex".to_owned(), true)));
        assert_eq!(reads("r\u{585}ku"), Some(("roku".to_owned(), true)));
    }

    #[test]
    fn marks_alone() {
        assert_eq!(reads("nétflîx"), Some(("netflix".to_owned(), false)));
        assert_eq!(reads("ro\u{301}ku"), Some(("roku".to_owned(), false)));
        assert_eq!(reads("tp-l\u{131}nk"), Some(("tplink".to_owned(), true)));
    }

    #[test]
    fn other_writing_reads_as_nothing() {
        assert_eq!(reads("他们"), None);
        assert_eq!(reads("почему"), None);
        assert_eq!(reads("straße"), None);
    }
}
