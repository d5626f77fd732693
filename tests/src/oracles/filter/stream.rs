//! DNS over TCP beside a model that reads a whole stream at once: however it is cut, the same questions go on, and each answer comes back
//! to the question that it belongs to.

use phonehome::{Action, AnswerMode, Classifier, Name};
use phonehome_filter::Filter;
use phonehome_filter::host::{Buffer, Flow};
use phonehome_filter::mock::Mock;
use phonehome_filter::settings::Embedded;

use super::POLICY;
use super::input::query;
use crate::random::Random;

const PLUGIN: u32 = 1;
const STREAM: u32 = 2;
/// Octets of an unfinished message that is not judged yet.
const MOST_TAIL: usize = 500;
/// Questions that wait for sure find room.
const MOST_BLOCKED: usize = 30;
/// What the name of a stand-in ends in, behind its number, with its type and class.
const STAND_IN: &[u8] = b"\x07blocked\x07invalid\0\0\x01\0\x01";

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
    let open: Vec<&Expected> = expected.iter().filter(|fate| **fate != Expected::Dropped).collect();
    assert_eq!(sent.len(), open.len(), "a message for each question that is not dropped");
    let mut answers: Vec<_> = open.into_iter().zip(sent.into_iter().map(resolved)).collect();
    for (fate, answer) in &answers {
        check_sent(fate, answer);
    }
    // A resolver answers in any order.
    for place in (1..answers.len()).rev() {
        answers.swap(place, random.below(place + 1));
    }
    let octets: Vec<u8> = answers.iter().flat_map(|(_, message)| framed(message)).collect();
    let came =
        through(&host, Buffer::Upstream, &octets, &mut random, |size, ends| filter.upstream(&host, STREAM, size, ends));
    let (came, _) = frames(&came);
    assert_eq!(came.len(), answers.len());
    for ((fate, answer), message) in answers.into_iter().zip(came) {
        check_came(fate, &answer, &message);
    }
}

/// What a resolver makes of a message: an answer with the same question. What has no question is left as something that answers none,
/// for such an error could be meant for any question with its ID.
fn resolved(mut message: Vec<u8>) -> Vec<u8> {
    let has_question = message.get(4..6).is_some_and(|count| count != [0, 0]);
    let is_about_ours = message.windows(STAND_IN.len()).any(|window| window.eq_ignore_ascii_case(STAND_IN));
    if let Some(flags) = message.get_mut(2) {
        *flags = if has_question && (!is_about_ours || *flags & 0x80 == 0) { *flags | 0x80 } else { *flags & 0x7f };
    }
    message
}

/// What went to the resolver, seen by its answer: the question itself, or one that tells nothing.
fn check_sent(fate: &Expected, answer: &[u8]) {
    match fate {
        Expected::Passes(same) => {
            let without_flag = |message: &[u8]| {
                let mut message = message.to_vec();
                if let Some(flags) = message.get_mut(2) {
                    *flags &= 0x7f;
                }
                message
            };
            assert_eq!(without_flag(answer), without_flag(same));
        }
        Expected::Blocked { id, .. } => {
            assert_eq!(&answer[..2], id.to_be_bytes().as_slice());
            assert!(answer.len() == 12 + 9 + STAND_IN.len() && answer.ends_with(STAND_IN), "{answer:?}");
        }
        Expected::Dropped => unreachable!("nothing was sent"),
    }
}

fn check_came(fate: &Expected, answer: &[u8], message: &[u8]) {
    let Expected::Blocked { id, question, mode } = fate else {
        assert_eq!(message, answer);
        return;
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
        let Some(question) = question(&message) else { return Expected::Passes(message) };
        let wire = &question[..question.len() - 4];
        let brief = CLASSIFIER.with(|classifier| match Name::parse_wire(wire) {
            Ok(name) => classifier.classify_name(&name, 0),
            Err(_) => classifier.classify(b"", 0),
        });
        match brief.action() {
            Action::Allow => Expected::Passes(message),
            Action::Block(AnswerMode::Drop) => Expected::Dropped,
            Action::Block(mode) => {
                let id = u16::from_be_bytes([message[0], message[1]]);
                Expected::Blocked { id, question, mode }
            }
        }
    };
    (messages.into_iter().map(judge).collect(), tail)
}

/// The question of a message about one name of class IN or any, its name written out: no answer, and no update.
fn question(message: &[u8]) -> Option<Vec<u8>> {
    let &[_, _, flags, _, 0, 1, ..] = message else { return None };
    let is_update = flags & 0x78 == 5 << 3;
    if message.len() < 12 || flags & 0x80 != 0 || is_update {
        return None;
    }
    let (mut name, mut at, mut end) = (Vec::new(), 12, None);
    loop {
        let length = usize::from(*message.get(at)?);
        if length >= 0xc0 {
            let target = (length & 0x3f) << 8 | usize::from(*message.get(at + 1)?);
            end = end.or(Some(at + 2));
            // A pointer leads to an earlier place.
            if target >= at {
                return None;
            }
            at = target;
            continue;
        }
        if length > 63 {
            return None;
        }
        name.extend(message.get(at..=at + length)?);
        at += 1 + length;
        if length == 0 {
            break;
        }
    }
    let end = end.unwrap_or(at);
    let fixed = message.get(end..end + 4)?;
    if name.len() > 255 || !matches!(fixed[2..], [0, 1 | 255]) {
        return None;
    }
    Some([name.as_slice(), fixed].concat())
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

/// Streams of questions, cut in different ways.
pub(in crate::oracles) fn seeds() -> Vec<Vec<u8>> {
    let names =
        ["www.example.org", "nxdomain.test", "null.test", "drop.test", "refused.test", "nodata.test", "logs.roku.com"];
    let mut stream = Vec::new();
    for (id, name) in (1..).zip(names) {
        stream.extend(framed(&query(id, name, 1, &[])));
        // The same IDs twice: nothing may depend on them.
        stream.extend(framed(&query(id, name, 28, &[0, 12, 0, 3, 0, 0, 0])));
    }
    let long = [query(200, "null.test", 1, &[0, 12, 2, 188]), vec![0; 700]].concat();
    let compressed = [&query(9, "nxdomain", 1, &[])[..21], &[0xc0, 6, 0, 1, 0, 1]].concat();
    let stream = [
        stream,
        framed(&compressed),
        framed(&long),
        framed(&[]),
        framed(&query(201, "a.test", 1, &[])),
        vec![0, 50, 1],
    ]
    .concat();
    (0..4).map(|cut| [&[cut, cut], stream.as_slice()].concat()).collect()
}
