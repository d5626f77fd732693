//! DNS over TCP beside a model that reads a whole stream at once: however it is cut, the same questions go on, and each answer comes back
//! to the question that it belongs to.

use phonehome::{Action, AnswerMode, Classifier, Name};
use phonehome_filter::Filter;
use phonehome_filter::host::{Buffer, Flow};
use phonehome_filter::mock::Mock;
use phonehome_filter::settings::Embedded;

use super::POLICY;
use super::input::{answer, query};
use crate::random::Random;

const PLUGIN: u32 = 1;
const STREAM: u32 = 2;
/// Octets of an unfinished message that is not judged yet.
const MOST_TAIL: usize = 500;
/// Answers that wait for sure find room.
const MOST_BLOCKED: usize = 30;

/// What becomes of a message from the client.
#[derive(Debug, PartialEq)]
enum Expected {
    Passes(Vec<u8>),
    Dropped,
    Blocked { id: u16, question: Vec<u8>, mode: AnswerMode },
}

/// Two octets choose how the stream is cut, the rest is the stream.
pub fn dns_tcp(data: &[u8]) {
    let Some((cut, stream)) = data.split_first_chunk::<2>() else { return };
    let (_, tail) = frames(stream);
    // Of a longer one the front is judged before the rest is there.
    let stream = if tail.len() > MOST_TAIL { &stream[..stream.len() - tail.len()] } else { stream };
    let (expected, tail) = model(stream);
    if expected.iter().filter(|fate| matches!(fate, Expected::Blocked { .. })).count() > MOST_BLOCKED {
        return;
    }
    let mut random = Random::new(u64::from(u16::from_be_bytes(*cut)));
    let host = Mock::new(&format!(r#"{{"use": "dns_tcp", "mode": "enforce", {POLICY}}}"#));
    let mut filter = Filter::new(Embedded::default());
    filter.create(PLUGIN, 0);
    assert!(filter.configure(&host, PLUGIN));
    filter.create(STREAM, PLUGIN);
    let sent = through(&host, Buffer::Downstream, stream, &mut random, |size, ends| {
        filter.downstream(&host, STREAM, size, ends)
    });
    let (sent, sent_tail) = frames(&sent);
    assert_eq!(sent_tail, tail, "what is unfinished goes on at the end");
    let mut going = sent.into_iter();
    let mut answers = Vec::new();
    for fate in expected.iter().filter(|fate| **fate != Expected::Dropped) {
        let message = going.next().expect("a message for each question that is not dropped");
        match fate {
            Expected::Passes(same) => {
                assert_eq!(&message, same);
                answers.push(no_answer(message));
            }
            Expected::Blocked { id, .. } => {
                assert_eq!((&message[..2], &message[12..]), (id.to_be_bytes().as_slice(), &answer(*id)[12..]));
                answers.push(answer(*id));
            }
            Expected::Dropped => {}
        }
    }
    assert_eq!(going.next(), None);
    let octets: Vec<u8> = answers.iter().flat_map(|message| framed(message)).collect();
    let came =
        through(&host, Buffer::Upstream, &octets, &mut random, |size, ends| filter.upstream(&host, STREAM, size, ends));
    check_answers(&expected, &answers, frames(&came).0);
}

fn check_answers(expected: &[Expected], answers: &[Vec<u8>], came: Vec<Vec<u8>>) {
    assert_eq!(came.len(), answers.len());
    // Of two blocked questions with the same ID the first answered is the first asked.
    let open = expected.iter().filter(|fate| **fate != Expected::Dropped);
    for ((fate, answer), message) in open.zip(answers).zip(came) {
        let Expected::Blocked { id, question, mode } = fate else {
            assert_eq!(&message, answer);
            continue;
        };
        assert_eq!(message[..2], id.to_be_bytes());
        assert!(message[2] & 0x80 != 0, "an answer");
        assert_eq!(&message[12..12 + question.len()], question, "the question comes back as it was");
        let rcode = match mode {
            AnswerMode::Nxdomain => 3,
            AnswerMode::Refused => 5,
            _ => 0,
        };
        assert_eq!(message[3] & 0x0f, rcode);
    }
}

/// Feeds octets in pieces; what goes on of them.
fn through(
    host: &Mock,
    buffer: Buffer,
    octets: &[u8],
    random: &mut Random,
    mut callback: impl FnMut(usize, bool) -> Flow,
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = octets;
    loop {
        let most = *random.pick(&[1, 2, 7, 60, 700, 70_000]);
        let (piece, behind) = rest.split_at((1 + random.below(most)).min(rest.len()));
        rest = behind;
        let (flow, left) = host.with_buffer(buffer, piece, || callback(piece.len(), rest.is_empty()));
        assert_eq!(flow, Flow::Continue);
        out.extend(left);
        if rest.is_empty() {
            return out;
        }
    }
}

/// What is to become of each message of a stream, and what is left at its end.
fn model(stream: &[u8]) -> (Vec<Expected>, Vec<u8>) {
    thread_local! {
        static CLASSIFIER: Classifier<'static> = {
            let policy = serde_json::from_str::<serde_json::Value>(&format!("{{{POLICY}}}")).expect("a policy");
            let lines = policy["policy"].as_array().expect("lines").iter().filter_map(|line| line.as_str());
            Classifier::builtin_with(Vec::new(), &[&lines.collect::<Vec<_>>().join("\n")]).expect("it opens")
        };
    }
    let (messages, tail) = frames(stream);
    let judge = |message: Vec<u8>| {
        let Some((name, end)) = question(&message) else { return Expected::Passes(message) };
        match CLASSIFIER.with(|classifier| classifier.classify_name(&name, 0).action()) {
            Action::Allow => Expected::Passes(message),
            Action::Block(AnswerMode::Drop) => Expected::Dropped,
            Action::Block(mode) => {
                let id = u16::from_be_bytes([message[0], message[1]]);
                Expected::Blocked { id, question: message[12..end].to_vec(), mode }
            }
        }
    };
    (messages.into_iter().map(judge).collect(), tail)
}

/// The name of a query about one name of class IN or any, and where its question ends.
fn question(message: &[u8]) -> Option<(Name, usize)> {
    let &[_, _, flags, _, 0, 1, ..] = message else { return None };
    // Neither an answer nor another opcode.
    if message.len() < 12 || flags & 0xf8 != 0 {
        return None;
    }
    let mut end = 12;
    loop {
        let length = usize::from(*message.get(end)?);
        end += 1 + length;
        if length == 0 {
            break;
        }
        if length > 63 || end > 12 + 254 {
            return None;
        }
    }
    let fixed = message.get(end..end + 4)?;
    let name = Name::parse_wire(&message[12..end]).ok()?;
    matches!(fixed[2..], [0, 1 | 255]).then_some((name, end + 4))
}

/// The messages of a stream and what is left at its end.
fn frames(mut stream: &[u8]) -> (Vec<Vec<u8>>, Vec<u8>) {
    let mut messages = Vec::new();
    while let Some((length, rest)) = stream.split_first_chunk::<2>() {
        let Some((message, behind)) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))) else { break };
        messages.push(message.to_vec());
        stream = behind;
    }
    (messages, stream.to_vec())
}

fn framed(message: &[u8]) -> Vec<u8> {
    [&(message.len() as u16).to_be_bytes(), message].concat()
}

/// The same octets as something that answers no question.
fn no_answer(mut message: Vec<u8>) -> Vec<u8> {
    if let Some(flags) = message.get_mut(2) {
        *flags &= 0x7f;
    }
    message
}

/// Streams of questions, cut in different ways.
pub(in crate::oracles) fn seeds() -> Vec<Vec<u8>> {
    let names =
        ["www.example.org", "nxdomain.test", "null.test", "drop.test", "refused.test", "nodata.test", "logs.roku.com"];
    let mut stream = Vec::new();
    for (id, name) in (1..).zip(names) {
        stream.extend(framed(&query(id, name, 1, &[])));
        stream.extend(framed(&query(id + 100, name, 28, &[0, 12, 0, 3, 0, 0, 0])));
    }
    let long = [query(200, "null.test", 1, &[0, 12, 2, 188]), vec![0; 700]].concat();
    let stream = [stream, framed(&long), framed(&[]), framed(&query(201, "a.test", 1, &[])), vec![0, 50, 1]].concat();
    (0..4).map(|cut| [&[cut, cut], stream.as_slice()].concat()).collect()
}
