//! DNS over TCP and TLS: blocked questions among others on one connection, however its octets arrive.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::doh::{POLICY, every_answer};
use crate::running::{Running, Setup};
use phonehome_tests::dns::{padded, query, seen};

#[test]
fn every_answer_over_every_transport() {
    let mut server = Setup::of("dot").policy(&POLICY).start();
    for (way, port) in [("+tcp", 10053), ("+tls", 10853)] {
        every_answer(way, &|words| server.dig(&[way], port, words));
        let dropped = server.dig(&[way], port, &["drop.example", "A", "+time=1"]);
        assert!(!dropped.contains("status:"), "{way}: {dropped}");
        let several =
            server.dig(&[way, "+keepopen", "+noall", "+comments"], port, &["nxdomain.example", "www.example.org"]);
        assert!(several.contains("status: NXDOMAIN") && several.contains("status: NOERROR"), "{way}: {several}");
    }
    let told = server.kdig(&["+tls"], 10853, &["nxdomain.example"]);
    for part in
        ["status: NXDOMAIN", "EDE: 15 (Blocked): 'phonehome: policy line 1 (unknown)'", "PADDING", "Received 468 B"]
    {
        assert!(told.contains(part), "{part:?} is not in\n{told}");
    }
    server.wait("the access log tells the question that mattered", |server| {
        server.log().contains("block|block|unknown|0||||unknown|suffix.unlisted||1|nxdomain.example")
    });
    assert_eq!(server.counted(&["vm_reload:"]), 0);
}

/// A connection of messages behind their lengths.
struct Tcp(TcpStream);

impl Tcp {
    fn connect(server: &Running) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", server.port(10053))).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    fn send(&mut self, messages: &[Vec<u8>], piece: usize) {
        for octets in framed(messages).chunks(piece) {
            self.0.write_all(octets).unwrap();
        }
    }

    /// The next message, `None` at the end.
    fn message(&mut self) -> Option<Vec<u8>> {
        let mut length = [0; 2];
        self.0.read_exact(&mut length).ok()?;
        let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
        self.0.read_exact(&mut message).unwrap();
        Some(message)
    }

    /// What comes of so many questions, by their IDs: a resolver may answer them in any order.
    fn answers(&mut self, count: usize) -> Vec<Seen> {
        let mut all: Vec<_> = (0..count).map(|_| seen(&self.message().expect("an answer"))).collect();
        all.sort_unstable();
        all
    }
}

fn framed(messages: &[Vec<u8>]) -> Vec<u8> {
    let frame = |message: &Vec<u8>| [&u16::try_from(message.len()).unwrap().to_be_bytes(), message.as_slice()].concat();
    messages.iter().flat_map(frame).collect()
}

/// What matters of an answer: ID, rcode, records.
type Seen = (u16, u8, u16);

/// Questions of all kinds, the first with this ID, and what is to come of them.
fn mixture(first: u16) -> (Vec<Vec<u8>>, Vec<Seen>) {
    let kinds = [
        ("www.example.org", Some((0, 1))),
        ("nxdomain.example", Some((3, 0))),
        ("null.example", Some((0, 1))),
        ("drop.example", None),
        ("refused.example", Some((5, 0))),
        ("b.example.org", Some((0, 1))),
        ("nodata.example", Some((0, 0))),
    ];
    let ids = || (first..).zip(kinds);
    let questions = ids().map(|(id, (name, _))| query(id, name, 1)).collect();
    let expected = ids().filter_map(|(id, (_, seen))| seen.map(|(rcode, records)| (id, rcode, records))).collect();
    (questions, expected)
}

#[test]
fn many_questions_in_any_pieces() {
    let server = Setup::of("dot").policy(&POLICY).start();
    for piece in [usize::MAX, 1, 2, 3, 7, 40, 100] {
        let mut tcp = Tcp::connect(&server);
        let (mut questions, mut expected) = mixture(1);
        let (more, more_expected) = mixture(100);
        questions.extend(more);
        expected.extend(more_expected);
        tcp.send(&questions, piece);
        assert_eq!(tcp.answers(expected.len()), expected, "pieces of {piece}");
        // The connection is good for more.
        let (questions, expected) = mixture(1000);
        tcp.send(&questions, piece);
        assert_eq!(tcp.answers(expected.len()), expected, "pieces of {piece}, again");
    }
    assert_eq!(server.counted(&["vm_reload:"]), 0);
}

#[test]
fn answers_come_after_the_client_has_said_all() {
    let server = Setup::of("dot").policy(&POLICY).start();
    let mut tcp = Tcp::connect(&server);
    let (questions, expected) = mixture(1);
    tcp.send(&questions, usize::MAX);
    tcp.0.shutdown(Shutdown::Write).unwrap();
    assert_eq!(tcp.answers(expected.len()), expected);
    assert!(tcp.message().is_none(), "and then the connection ends");
}

#[test]
fn the_longest_messages() {
    let server = Setup::of("dot").policy(&POLICY).start();
    let mut tcp = Tcp::connect(&server);
    let long = |id, name| padded(query(id, name, 1), 65_535);
    tcp.send(&[long(1, "nxdomain.example"), query(2, "nxdomain.example", 1), long(3, "null.example")], usize::MAX);
    assert_eq!(tcp.answers(3), [(1, 3, 0), (2, 3, 0), (3, 0, 1)]);
}

#[test]
fn what_is_no_question_passes_as_it_is() {
    let server = Setup::of("dot").policy(&POLICY).start();
    let chaos = {
        let mut question = query(9, "version.server", 16);
        let end = question.len();
        question[end - 1] = 3;
        question
    };
    let mut tcp = Tcp::connect(&server);
    tcp.send(&[chaos, query(10, "nxdomain.example", 1)], 1);
    assert_eq!(tcp.answers(2).iter().map(|answer| answer.0).collect::<Vec<_>>(), [9, 10]);
    for junk in [vec![0xff; 3000], vec![0; 1], vec![0; 100], framed(&[vec![0xff; 600]])] {
        let mut tcp = Tcp::connect(&server);
        tcp.0.write_all(&junk).unwrap();
        tcp.0.shutdown(Shutdown::Write).unwrap();
        while tcp.message().is_some() {}
    }
    let mut tcp = Tcp::connect(&server);
    tcp.send(&[query(11, "nxdomain.example", 1)], usize::MAX);
    assert_eq!(tcp.answers(1), [(11, 3, 0)]);
    assert_eq!(server.counted(&["vm_reload:"]), 0);
}

#[test]
fn who_wants_it_closes_on_what_cannot_be_read() {
    let closed = "\"mode\": \"enforce\", \"fail\": \"closed\",";
    let server = Setup::of("dot").change("\"mode\": \"enforce\",", closed).policy(&POLICY).start();
    let mut tcp = Tcp::connect(&server);
    tcp.send(&[b"no DNS".to_vec()], usize::MAX);
    assert!(tcp.message().is_none());
    let (questions, expected) = mixture(1);
    let mut tcp = Tcp::connect(&server);
    tcp.send(&questions, usize::MAX);
    assert_eq!(tcp.answers(expected.len()), expected);
}

#[test]
fn observing_changes_nothing() {
    let server = Setup::of("dot").change("\"mode\": \"enforce\",", "").policy(&POLICY).start();
    let mut tcp = Tcp::connect(&server);
    let (questions, _) = mixture(1);
    tcp.send(&questions, 1);
    let expected: Vec<Seen> = (1..).take(questions.len()).map(|id| (id, 0, 1)).collect();
    assert_eq!(tcp.answers(expected.len()), expected);
    assert_eq!(server.counted(&["phonehome", "use.dns_tcp", "action.block.applied.none"]), 5);
}
