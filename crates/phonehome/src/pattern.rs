//! Families of host names: templates of fixed text and six kinds of variable part, matched in one pass without backtracking.
//!
//! A pattern hangs below an anchor (its fixed ending), and matches what stands before it. The writer compiles a template into
//! a program of the operations below and refuses templates in which a greedy part could eat what follows it.

use crate::codes::REGION_WORDS;
use crate::region::Region;

/// Operations of a compiled pattern. Operands follow the octet of the operation.
pub mod op {
    /// Fixed text: its length as one octet, then the octets.
    pub const LITERAL: u8 = 1;
    /// One or more digits.
    pub const NUMBER: u8 = 2;
    /// Four digits from 1990 to 2099.
    pub const YEAR: u8 = 3;
    /// One letter.
    pub const LETTER: u8 = 4;
    /// Four or more of `0-9 a-f`.
    pub const HEX: u8 = 5;
    /// A region word, the longest that fits; sets the region.
    pub const REGION: u8 = 6;
    /// One or more of `a-z 0-9 - _` up to the label's end, less the octets that the operand counts.
    pub const TENANT: u8 = 7;
    /// One or more whole labels; the operand counts the labels that follow.
    pub const BELOW: u8 = 8;
}

/// What a pattern says of a name that it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The region that a `{region}` part names.
    pub region: Region,
}

/// Whether a compiled pattern matches the part of a name before its anchor, the dot between them included.
///
/// Damaged programs match nothing; the time is bounded by the two lengths.
pub fn matches(program: &[u8], host: &[u8]) -> Option<Fit> {
    let mut fit = Fit { region: Region::NONE };
    let (mut program, mut host) = (program, host);
    while let Some((&operation, after)) = program.split_first() {
        program = after;
        let eaten = match operation {
            op::LITERAL => {
                let (&length, after) = program.split_first()?;
                let (text, after) = after.split_at_checked(usize::from(length))?;
                program = after;
                if !host.starts_with(text) {
                    return None;
                }
                text.len()
            }
            op::NUMBER => run(host, u8::is_ascii_digit, 1)?,
            op::YEAR => year(host)?,
            op::LETTER => run(host.get(..1)?, u8::is_ascii_lowercase, 1)?,
            op::HEX => run(host, |octet| matches!(octet, b'0'..=b'9' | b'a'..=b'f'), 4)?,
            op::REGION => {
                let (length, region) = region_word(host)?;
                fit.region = region;
                length
            }
            op::TENANT => {
                let (&kept, after) = program.split_first()?;
                program = after;
                run(host, |octet| *octet != b'.', 1)?.checked_sub(usize::from(kept)).filter(|eaten| *eaten > 0)?
            }
            op::BELOW => {
                let (&following, after) = program.split_first()?;
                program = after;
                whole_labels(host, usize::from(following))?
            }
            _ => return None,
        };
        host = host.get(eaten..)?;
    }
    host.is_empty().then_some(fit)
}

/// Whether a compiled pattern might match a name below one whose part before the anchor, the dot between them included, is `tail`.
/// Never false where some name matches; a damaged program may match nothing and still be told so.
pub(crate) fn may_match_below(program: &[u8], tail: &[u8]) -> bool {
    let (mut rest, mut last, mut dots, mut is_deep) = (program, [].as_slice(), 0, false);
    while let Some((&operation, after)) = rest.split_first() {
        rest = after;
        last = &[];
        match operation {
            op::LITERAL => {
                let Some((text, after)) =
                    rest.split_first().and_then(|(length, after)| after.split_at_checked(usize::from(*length)))
                else {
                    return true;
                };
                (last, rest) = (text, after);
                dots += text.iter().filter(|octet| **octet == b'.').count();
            }
            op::TENANT => rest = rest.get(1..).unwrap_or(&[]),
            op::BELOW => {
                is_deep = true;
                rest = rest.get(1..).unwrap_or(&[]);
            }
            _ => {}
        }
    }
    let labels = tail.iter().filter(|octet| **octet == b'.').count();
    let ends_alike = last.iter().rev().zip(tail.iter().rev()).all(|(own, other)| own == other);
    ends_alike && (is_deep || dots > labels)
}

/// Length of the leading run of octets of a kind, at least `least`.
fn run(host: &[u8], kind: impl Fn(&u8) -> bool, least: usize) -> Option<usize> {
    let length = host.iter().take_while(|octet| kind(octet)).count();
    (length >= least).then_some(length)
}

fn year(host: &[u8]) -> Option<usize> {
    match host {
        [b'1', b'9', b'9', b'0'..=b'9', ..] | [b'2', b'0', b'0'..=b'9', b'0'..=b'9', ..] => Some(4),
        _ => None,
    }
}

/// The longest region word at the start, and its region. [`REGION_WORDS`] is sorted by first octet, then longest first.
pub(crate) fn region_word(host: &[u8]) -> Option<(usize, Region)> {
    let first = *host.first()?;
    let from = REGION_WORDS.partition_point(|(word, _)| word.as_bytes().first() < Some(&first));
    REGION_WORDS
        .iter()
        .skip(from)
        .take_while(|(word, _)| word.as_bytes().first() == Some(&first))
        .find(|(word, _)| host.starts_with(word.as_bytes()))
        .and_then(|(word, region)| Some((word.len(), Region::from_id(region)?)))
}

/// Length of the leading labels with their dots, when exactly `following` labels are to be left and at least one goes.
fn whole_labels(host: &[u8], following: usize) -> Option<usize> {
    let dots = host.iter().filter(|octet| **octet == b'.').count();
    let eaten = dots.checked_sub(following).filter(|eaten| *eaten > 0)?;
    host.iter().enumerate().filter(|(_, octet)| **octet == b'.').nth(eaten - 1).map(|(at, _)| at + 1)
}
