//! What takes the place of blocked questions on their way to a resolver, and the answers that wait for it to come back.
//!
//! A stand-in asks for a name that nobody can have, `NUMBER.blocked.invalid` (RFC 6761, 6.4), with the ID of the question that it
//! stands for. The number tells stand-ins apart, whatever IDs a client uses and whatever a resolver leaves unanswered.

use std::collections::VecDeque;

use phonehome::{AnswerMode, Judgement};

use crate::frames::Fate;
use crate::question::Question;

/// Octets of a header (RFC 1035, 4.1.1).
const HEADER: usize = 12;
/// Hexadecimal digits of a number.
const DIGITS: usize = 8;
/// What stands behind the number: the rest of the name, type A, class IN.
const REST: &[u8] = b"\x07blocked\x07invalid\0\0\x01\0\x01";
/// Octets of an answer by which the one to a stand-in is known.
pub(crate) const ANSWER_HEAD: usize = HEADER + 1 + DIGITS + REST.len();
/// Most octets of questions that wait on one connection.
const MOST_WAITING: usize = 32 * 1024;

/// A blocked question that waits for its stand-in.
#[derive(Debug)]
pub(crate) struct Blocked {
    pub(crate) id: u16,
    number: u32,
    /// The message's first octets, from which the answer is made.
    pub(crate) head: Vec<u8>,
    pub(crate) mode: AnswerMode,
    pub(crate) judgement: Judgement,
}

impl Blocked {
    fn size(&self) -> usize {
        size_of::<Self>() + self.head.len()
    }
}

/// Blocked questions of one connection.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    questions: VecDeque<Blocked>,
    octets: usize,
    /// Of the next stand-in.
    number: u32,
}

impl Waiting {
    pub(crate) fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// Keeps a blocked question and gives its stand-in, and how many older ones were forgotten for want of room.
    pub(crate) fn add(&mut self, question: &Question<'_>, mode: AnswerMode, judgement: Judgement) -> (Vec<u8>, usize) {
        let header = question.message.header();
        let number = self.number;
        self.number = number.wrapping_add(1);
        let head = question.message.as_slice().to_vec();
        let blocked = Blocked { id: header.id(), number, head, mode, judgement };
        self.octets += blocked.size();
        self.questions.push_back(blocked);
        let mut forgotten = 0;
        while self.octets > MOST_WAITING && self.questions.len() > 1 {
            self.take(0);
            forgotten += 1;
        }
        // A query with one question, recursion as the client wants it.
        let mut stand_in = header.id().to_be_bytes().to_vec();
        stand_in.extend([u8::from(header.rd()), 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        stand_in.push(DIGITS as u8);
        stand_in.extend(format!("{number:08x}").as_bytes());
        stand_in.extend(REST);
        (stand_in, forgotten)
    }

    /// Takes the question that a message from the resolver belongs to. The answer to a stand-in whose question was forgotten is
    /// nobody's, and is dropped.
    pub(crate) fn belongs_to(&mut self, head: &[u8]) -> Result<Blocked, Fate> {
        let Some(&[id, id_low, flags, _, questions, questions_low, ..]) = head.first_chunk::<HEADER>() else {
            return Err(Fate::Pass);
        };
        if flags & 0x80 == 0 {
            return Err(Fate::Pass);
        }
        let id = u16::from_be_bytes([id, id_low]);
        let place = match (u16::from_be_bytes([questions, questions_low]), number(head)) {
            (1, Some(number)) => {
                let place = self.questions.iter().position(|blocked| (blocked.id, blocked.number) == (id, number));
                place.ok_or(Fate::Drop)?
            }
            // An error without a question tells only the ID. A client that has two questions with one ID under way may get this one's
            // answer to the other.
            (0, _) => self.questions.iter().position(|blocked| blocked.id == id).ok_or(Fate::Pass)?,
            _ => return Err(Fate::Pass),
        };
        self.take(place).ok_or(Fate::Pass)
    }

    fn take(&mut self, place: usize) -> Option<Blocked> {
        let blocked = self.questions.remove(place)?;
        self.octets -= blocked.size();
        Some(blocked)
    }
}

/// The number of the stand-in that a message is about. Resolvers may change the case of what they were asked.
fn number(head: &[u8]) -> Option<u32> {
    let (&length, question) = head.get(HEADER..)?.split_first()?;
    let (digits, rest) = question.split_at_checked(DIGITS)?;
    let is_ours = usize::from(length) == DIGITS && rest.get(..REST.len())?.eq_ignore_ascii_case(REST);
    let digits =
        std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    u32::from_str_radix(digits.filter(|_| is_ours)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::number;
    use crate::made::query;

    #[test]
    fn stand_ins_are_known_by_their_numbers() {
        let number = |name: &str, qtype| number(&query(1, name, qtype));
        assert_eq!(number("0000002a.blocked.invalid", 1), Some(42));
        assert_eq!(number("DEADBEEF.Blocked.INVALID", 1), Some(0xdead_beef));
        for other in
            ["blocked.invalid", "000000-1.blocked.invalid", "+0000001.blocked.invalid", "00000001.blocked.test", ""]
        {
            assert_eq!(number(other, 1), None, "{other}");
        }
        assert_eq!(number("0000002a.blocked.invalid", 28), None);
    }
}
