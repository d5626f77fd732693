//! Compiling a family's template into the program that the library matches.

use phonehome::format::op;

/// A compiled template.
#[derive(Debug)]
pub(super) struct Compiled {
    /// The fixed ending below which the pattern hangs.
    pub(super) anchor: String,
    /// What matches the part before the anchor, the dot between them included.
    pub(super) program: Vec<u8>,
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Text(&'t str),
    Part(&'t str),
}

/// Compiles a template such as `a{number}.tuyaeu.com`.
pub(super) fn compile(template: &str) -> Result<Compiled, String> {
    let last = template.rfind('}').ok_or("a pattern has at least one {part}; without one use kind = \"exact\"")?;
    let dot = template.get(last..).and_then(|rest| rest.find('.')).ok_or("a pattern ends in a fixed domain")? + last;
    let (host, anchor) = template.split_at_checked(dot + 1).ok_or("a pattern ends in a fixed domain")?;
    let mut program = Vec::new();
    let host = match host.strip_prefix("{below}.") {
        Some(rest) => {
            let labels = u8::try_from(rest.matches('.').count()).map_err(|_| "more labels than a name has")?;
            program.extend_from_slice(&[op::BELOW, labels]);
            rest
        }
        None => host,
    };
    let pieces = pieces(host)?;
    for (n, piece) in pieces.iter().enumerate() {
        let rest = pieces.get(n + 1..).unwrap_or(&[]);
        match piece {
            Piece::Text(text) => {
                let length = u8::try_from(text.len()).map_err(|_| "a fixed text longer than 255 octets")?;
                program.extend_from_slice(&[op::LITERAL, length]);
                program.extend_from_slice(text.as_bytes());
            }
            Piece::Part(part) => self::part(part, rest, &mut program)?,
        }
    }
    Ok(Compiled { anchor: anchor.to_owned(), program })
}

fn pieces(host: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = host;
    while !rest.is_empty() {
        let (text, after) = match rest.find('{') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        rest = after;
        if let Some(inner) = rest.strip_prefix('{') {
            let (part, after) = inner.split_once('}').ok_or("a { without its }")?;
            pieces.push(Piece::Part(part));
            rest = after;
        }
    }
    Ok(pieces)
}

/// Appends a variable part, and refuses it where what follows could be eaten by it.
fn part(name: &str, rest: &[Piece<'_>], program: &mut Vec<u8>) -> Result<(), String> {
    let next = match rest.first() {
        Some(Piece::Text(text)) => text.bytes().next().unwrap_or(b'.'),
        Some(Piece::Part(other)) if ends_itself(name, other) => return push_simple(name, program),
        Some(Piece::Part(other)) => return Err(format!("{{{name}}} and {{{other}}} need a fixed text between them")),
        None => b'.',
    };
    match name {
        "number" if next.is_ascii_digit() => return Err("a digit cannot follow {number}".to_owned()),
        "hex" if next.is_ascii_hexdigit() => return Err("0-9 a-f cannot follow {hex}".to_owned()),
        "tenant" => {
            let label: usize = match rest.first() {
                Some(Piece::Text(text)) => text.find('.').ok_or("only fixed text may follow {tenant} in its label")?,
                _ => 0,
            };
            program.extend_from_slice(&[op::TENANT, u8::try_from(label).unwrap_or(u8::MAX)]);
        }
        "below" => return Err("{below} is the first part, and a dot follows it".to_owned()),
        _ => return push_simple(name, program),
    }
    Ok(())
}

/// Whether a part stops of itself where the next one begins.
fn ends_itself(name: &str, next: &str) -> bool {
    matches!((name, next), ("letter" | "year", _) | ("number", "letter" | "region") | ("region", "number"))
}

/// Appends a part without operand.
fn push_simple(name: &str, program: &mut Vec<u8>) -> Result<(), String> {
    program.push(match name {
        "number" => op::NUMBER,
        "year" => op::YEAR,
        "letter" => op::LETTER,
        "hex" => op::HEX,
        "region" => op::REGION,
        _ => return Err(format!("{{{name}}} is none of number, year, letter, hex, region, tenant, below")),
    });
    Ok(())
}
