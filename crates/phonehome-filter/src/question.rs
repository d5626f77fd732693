//! The question of a DNS message, read with the crate `domain` from the message's first octets.
//!
//! The question and what matters of EDNS stand in front: a message's first [`HEAD`] octets are enough, so that nothing has to be kept
//! of a long one.

use domain::base::iana::{Class, Opcode, Rtype};
use domain::base::record::RecordHeader;
use domain::base::{Message, ToName};
use domain::dep::octseq::Parser;
use domain::dep::octseq::array::Array;
use phonehome::Name;

/// Octets of a message that are looked at: the header, the longest question, and an OPT record with the usual padding.
pub(crate) const HEAD: usize = 512;
/// The EDNS option by which a client asks for padded answers (RFC 7830).
const PADDING: u16 = 12;

/// Most octets of a name in wire form (RFC 1035, 3.1).
const MOST_WIRE: usize = 255;

/// What a message is to the filter.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "looked at where it is made, and a box would cost every question")]
pub(crate) enum Asked<'m> {
    /// A query about one name on the Internet.
    One(Question<'m>),
    /// DNS, and nothing to judge: an answer, an update, another class, not exactly one question.
    Other,
    /// No DNS message, or a question that cannot be read.
    Unreadable,
}

/// A query about one name.
#[derive(Debug)]
pub(crate) struct Question<'m> {
    /// The message's first octets, at least to the end of its question.
    pub(crate) message: &'m Message<[u8]>,
    /// The name, `None` for the root.
    pub(crate) name: Option<Name>,
    pub(crate) qtype: Rtype,
    /// What the client says by EDNS, if it uses it.
    pub(crate) edns: Option<Edns>,
}

/// What matters of a query's OPT record (RFC 6891).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edns {
    /// Whether the client can read DNSSEC records, which an answer tells back.
    pub(crate) dnssec_ok: bool,
    /// Whether the client wants padding.
    pub(crate) padding: bool,
}

/// Reads the first octets of a message.
pub(crate) fn read(head: &[u8]) -> Asked<'_> {
    let Ok(message) = Message::from_slice(head) else { return Asked::Unreadable };
    let counts = message.header_counts();
    // There are resolvers that answer whatever the opcode; of an update the first section is a zone (RFC 2136, 2.3).
    if message.header().qr() || message.header().opcode() == Opcode::UPDATE || counts.qdcount() != 1 {
        return Asked::Other;
    }
    let mut questions = message.question();
    let Some(Ok(question)) = questions.next() else { return Asked::Unreadable };
    // Nobody needs to compress it, but there are resolvers that follow a pointer into the header.
    let mut wire = Array::<MOST_WIRE>::default();
    if question.qname().compose(&mut wire).is_err() {
        return Asked::Unreadable;
    }
    // There are resolvers that answer "any class" with what they know of the Internet.
    if !matches!(question.qclass(), Class::IN | Class::ANY) {
        return Asked::Other;
    }
    let has_only_additional = counts.ancount() == 0 && counts.nscount() == 0;
    let edns = if has_only_additional { edns(head, questions.pos(), counts.arcount()) } else { None };
    Asked::One(Question { message, name: Name::parse_wire(wire.as_slice()).ok(), qtype: question.qtype(), edns })
}

/// Looks for the OPT record among so many records from a position on.
fn edns(head: &[u8], position: usize, records: u16) -> Option<Edns> {
    let mut parser = Parser::from_ref(head);
    parser.advance(position).ok()?;
    for _ in 0..records {
        let record = RecordHeader::parse_ref(&mut parser).ok()?;
        if record.rtype() == Rtype::OPT {
            let options = head.get(parser.pos()..).unwrap_or_default();
            let length = usize::from(record.rdlen());
            return Some(Edns {
                dnssec_ok: record.ttl().as_secs() & 0x8000 != 0,
                // What goes on behind the head is long because of padding.
                padding: options.get(..length).is_none_or(has_padding),
            });
        }
        parser.advance(usize::from(record.rdlen())).ok()?;
    }
    None
}

/// Whether the option is among options: code, length, value (RFC 6891, 6.1.2).
fn has_padding(mut options: &[u8]) -> bool {
    while let Some(&[code, kind, length, more]) = options.first_chunk::<4>() {
        if u16::from_be_bytes([code, kind]) == PADDING {
            return true;
        }
        let length = usize::from(u16::from_be_bytes([length, more]));
        options = options.get(4 + length..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made::{query, with_opt};

    fn one(message: &[u8]) -> Question<'_> {
        match read(message) {
            Asked::One(question) => question,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_plain_question() {
        let message = query(7, "Logs.Roku.com", 28);
        let question = one(&message);
        assert_eq!(question.name.unwrap().to_string(), "logs.roku.com");
        assert_eq!((question.qtype, question.edns), (Rtype::AAAA, None));
    }

    #[test]
    fn what_edns_says() {
        let edns = |message: &[u8]| one(message).edns.unwrap();
        let plain = query(7, "example.com", 1);
        assert_eq!(edns(&with_opt(&plain, false, &[])), Edns { dnssec_ok: false, padding: false });
        let cookie = [0, 10, 0, 2, 1, 1];
        let padding = [0, 12, 0, 3, 0, 0, 0];
        assert_eq!(edns(&with_opt(&plain, true, &cookie)), Edns { dnssec_ok: true, padding: false });
        let both = with_opt(&plain, true, &[cookie.as_slice(), &padding].concat());
        assert_eq!(edns(&both), Edns { dnssec_ok: true, padding: true });
        let long = with_opt(&plain, false, &[[0, 12, 4, 0].as_slice(), &[0; 1024]].concat());
        assert!(edns(&long[..HEAD]).padding);
    }

    #[test]
    fn what_is_not_ours() {
        let good = query(7, "example.com", 1);
        let with = |at: usize, octet: u8| {
            let mut message = good.clone();
            message[at] = octet;
            message
        };
        // An answer, an update, two questions, none.
        for message in [with(2, 0x81), with(2, 0x29), with(5, 2), with(5, 0), with(good.len() - 1, 3)] {
            assert!(matches!(read(&message), Asked::Other), "{message:?}");
        }
        // A pointer into the header, whose zero octet is a root.
        let compressed = [&good[..20], &[0xc0, 6, 0, 1, 0, 1]].concat();
        assert_eq!(one(&compressed).name.unwrap().to_string(), "example");
        // A notification is a question to some.
        assert_eq!(one(&with(2, 0x21)).name.unwrap().to_string(), "example.com");
        // A pointer to itself, a label that goes beyond the end, a reserved kind of label.
        for message in [[&good[..12], &[0xc0, 12, 0, 1, 0, 1]].concat(), with(12, 60), with(12, 0x80)] {
            assert!(matches!(read(&message), Asked::Unreadable), "{message:?}");
        }
        for end in 0..good.len() {
            assert!(matches!(read(&good[..end]), Asked::Unreadable), "{end}");
        }
    }

    #[test]
    fn any_class_is_the_internet_too() {
        let mut message = query(7, "example.com", 1);
        message.truncate(message.len() - 2);
        message.extend([0, 255]);
        assert_eq!(one(&message).qtype, Rtype::A);
    }

    #[test]
    fn the_root_has_no_name_to_judge() {
        assert!(one(&query(7, "", 2)).name.is_none());
    }
}
