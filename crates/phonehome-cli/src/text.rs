//! Text for a terminal: width, wrapping, shortening, and nothing that a terminal would obey.

use unicode_width::UnicodeWidthStr;

/// What stands for text that was cut out.
const GAP: &str = "...";

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text without control and bidirectional characters: a foreign pack, list or file name may hold some.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|letter| if is_hostile(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}

fn is_hostile(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text in lines of at most `most` columns; a longer word gets a line of its own.
pub(crate) fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Columns that are given up so that a cut falls between two words.
const RAGGED: usize = 10;

/// The text, its end cut off where it is wider than `most` columns.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let head = start(text, most.saturating_sub(GAP.len()));
    let is_between = text.get(head.len()..).is_some_and(|rest| rest.starts_with(' '));
    let whole_words = head.rsplit_once(' ').filter(|(_, part)| !is_between && width(part) <= RAGGED);
    let head = whole_words.map_or(head, |(words, _)| words);
    format!("{}{GAP}", head.trim_end_matches([' ', ',', ':', ';', '.']))
}

/// The text, its middle cut out where it is wider than `most` columns: both ends of a name tell something.
pub(crate) fn shorten_middle(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(GAP.len());
    let head = start(text, room / 3);
    let reversed: String = text.chars().rev().collect();
    let tail: String = start(&reversed, room - width(head)).chars().rev().collect();
    format!("{head}{GAP}{tail}")
}

/// The first columns of a text.
fn start(text: &str, most: usize) -> &str {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.filter_map(|end| text.get(..end)).take_while(|head| width(head) <= most).last().unwrap_or("")
}

/// The text, filled with blanks to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `1 name`, `2 names`, `12 000 names`.
pub(crate) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number with its thousands set apart.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_lose_nothing() {
        let text = "Block it? Better not: nobody has tested it, and you may lose the right time.";
        for most in 9..90 {
            let lines = wrap(text, most);
            assert!(lines.iter().all(|line| width(line) <= most), "{most}: {lines:?}");
            assert_eq!(lines.join(" "), text);
        }
        assert_eq!(wrap("a-word-wider-than-the-line b", 5), ["a-word-wider-than-the-line", "b"]);
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn shortened_texts_fit() {
        let name = "a1b2c3d4e5f6.device-metrics-us-2.example.com";
        for most in 3..60 {
            assert!(width(&shorten_middle(name, most)) <= most);
            assert!(width(&shorten(name, most)) <= most);
        }
        assert_eq!(shorten_middle(name, 24), "a1b2c3d...-2.example.com");
        assert_eq!(shorten("crash reports, usage", 17), "crash reports...");
        assert_eq!(shorten("a name of your own network", 24), "a name of your own...");
        assert_eq!(shorten("one-very-long-word-alone", 12), "one-very-...");
        assert_eq!(shorten_middle("\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}", 7), "...\u{5b57}\u{6f22}");
    }

    #[test]
    fn a_terminal_obeys_nothing() {
        assert_eq!(clean("a\x1b[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([1, 999, 1000, 1_234_567].map(grouped), ["1", "999", "1 000", "1 234 567"]);
    }
}
