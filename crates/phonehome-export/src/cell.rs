//! Texts inside other texts.

use std::borrow::Cow;
use std::fmt::{self, Write};

/// A cell, with an apostrophe in front where a spreadsheet would take it for a formula.
pub fn defused(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

/// A cell of comma-separated values: quoted where needed (RFC 4180), and defused.
pub(crate) fn csv(out: &mut dyn Write, text: &str) -> fmt::Result {
    let text = defused(text);
    if text.contains([',', '"', '\n', '\r']) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_str(&text)
    }
}

/// A string of JSON.
pub(crate) fn json(out: &mut dyn Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for letter in text.chars() {
        match letter {
            '"' | '\\' => write!(out, "\\{letter}")?,
            '\0'..='\x1f' => write!(out, "\\u{:04x}", u32::from(letter))?,
            _ => out.write_char(letter)?,
        }
    }
    out.write_char('"')
}

/// A line of a comment: what would end the line becomes a blank.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}

/// A cell of a Markdown table.
pub(crate) fn markdown(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' | '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '#' => cell.extend(['\\', letter]),
            letter if letter.is_control() => cell.push(' '),
            letter => cell.push(letter),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(write: fn(&mut dyn Write, &str) -> fmt::Result, text: &str) -> String {
        let mut out = String::new();
        write(&mut out, text).unwrap();
        out
    }

    #[test]
    fn formulas_become_text_and_separators_are_quoted() {
        let cells = ["=1+1", "-a.com", "@x", "a,b", "a\"b", "\r=1", "plain"].map(|text| with(csv, text));
        assert_eq!(cells, ["'=1+1", "'-a.com", "'@x", "\"a,b\"", "\"a\"\"b\"", "\"'\r=1\"", "plain"]);
    }

    #[test]
    fn nothing_leaves_its_place() {
        assert_eq!(with(json, "a\"\\\n"), r#""a\"\\\u000a""#);
        assert_eq!(line("a\nb\r\x1b"), "a b  ");
        assert_eq!(markdown("a|b_c\n"), "a\\|b\\_c ");
    }
}
