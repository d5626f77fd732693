//! DNS over TCP and TLS, question by question.
//!
//! proxy-wasm cannot send to the client from a callback about the client's data. So a blocked question is rewritten on its way to the
//! resolver, to one with the same ID about a name that nobody can have (`blocked.invalid`, RFC 6761, 6.4), and the answer to that is
//! replaced by ours on its way back. Other questions of the connection go on as they came.

use std::collections::VecDeque;

use phonehome::AnswerMode;

use crate::answer;
use crate::decision::{Decision, Wish};
use crate::frames::{Fate, Frames};
use crate::host::{Buffer, Flow, Host};
use crate::plugin::{Plugin, leave};
use crate::question::{Asked, HEAD, Question, read};

/// The question that takes a blocked one's place: name, type A, class IN.
const STAND_IN: &[u8] = b"\x07blocked\x07invalid\0\0\x01\0\x01";
/// Octets of an answer by which the one to that question is known.
const ANSWER_HEAD: usize = 12 + STAND_IN.len();
/// Most octets of answers that wait on one connection.
const MOST_WAITING: usize = 32 * 1024;

/// One connection.
#[derive(Debug)]
pub(crate) struct DnsTcp {
    questions: Frames,
    answers: Frames,
    waiting: Waiting,
    /// The strongest wish about a question so far: the label of that question is left for the access log.
    strongest: Option<Wish>,
    /// Whether the host refused something, so that we no longer know where messages begin.
    is_lost: bool,
}

/// Answers that wait for their stand-in to come back, by the questions' IDs.
#[derive(Debug, Default)]
struct Waiting {
    answers: VecDeque<(u16, Vec<u8>)>,
    octets: usize,
}

impl DnsTcp {
    pub(crate) fn new() -> Self {
        Self {
            questions: Frames::judged_by(HEAD),
            answers: Frames::judged_by(ANSWER_HEAD),
            waiting: Waiting::default(),
            strongest: None,
            is_lost: false,
        }
    }

    /// Questions on their way to the resolver.
    pub(crate) fn downstream(&mut self, host: &impl Host, plugin: &mut Plugin, size: usize, ends: bool) -> Flow {
        let Self { questions, waiting, strongest, is_lost, .. } = self;
        let mut closes = false;
        let flow = through(host, Buffer::Downstream, questions, is_lost, plugin.enforces(), size, ends, &mut |head| {
            let fate = judge(host, plugin, head, strongest, waiting);
            closes |= fate.is_none();
            fate.unwrap_or(Fate::Drop)
        });
        if closes && host.close() { Flow::Pause } else { flow }
    }

    /// Answers on their way to the client.
    pub(crate) fn upstream(&mut self, host: &impl Host, plugin: &Plugin, size: usize, ends: bool) -> Flow {
        if !plugin.enforces() {
            return Flow::Continue;
        }
        let Self { answers, waiting, is_lost, .. } = self;
        through(host, Buffer::Upstream, answers, is_lost, true, size, ends, &mut |head| waiting.exchange(head))
    }
}

/// Takes what came through the judge, and has the host send on what is left of it.
#[expect(clippy::too_many_arguments, reason = "one direction of one connection")]
fn through(
    host: &impl Host,
    buffer: Buffer,
    frames: &mut Frames,
    is_lost: &mut bool,
    changes: bool,
    size: usize,
    ends: bool,
    judge: &mut impl FnMut(&[u8]) -> Fate,
) -> Flow {
    if *is_lost {
        return Flow::Continue;
    }
    let was_holding = frames.holds();
    let data = if size == 0 { Some(Vec::new()) } else { host.octets(buffer, 0, size) };
    let is_whole = data.as_ref().is_some_and(|data| data.len() == size);
    let data = data.filter(|_| is_whole).unwrap_or_default();
    let mut out = frames.feed(&data, judge);
    if ends {
        frames.end(&mut out);
    }
    let is_done = is_whole && (!changes || out == data || host.replace(buffer, size, &out));
    if !is_done {
        *is_lost = true;
        // What was held is gone: better no connection than one in disorder.
        if changes && was_holding && host.close() {
            return Flow::Pause;
        }
    }
    Flow::Continue
}

/// What becomes of a message from the client; `None` closes the connection.
fn judge(
    host: &impl Host,
    plugin: &mut Plugin,
    head: &[u8],
    strongest: &mut Option<Wish>,
    waiting: &mut Waiting,
) -> Option<Fate> {
    let question = match read(head) {
        Asked::One(question) => question,
        Asked::Other => return Some(Fate::Pass),
        Asked::Unreadable => return (!plugin.refuses_unreadable(host)).then_some(Fate::Pass),
    };
    let decision = plugin.judge_name(host, question.name.as_ref(), question.qtype.to_int());
    if strongest.is_none_or(|strongest| decision.wish > strongest) {
        *strongest = Some(decision.wish);
        leave(host, &decision);
    }
    let Some(mode) = decision.blocks else { return Some(Fate::Pass) };
    Some(block(host, plugin, &question, &decision, mode, waiting))
}

fn block(
    host: &impl Host,
    plugin: &mut Plugin,
    question: &Question<'_>,
    decision: &Decision,
    mode: AnswerMode,
    waiting: &mut Waiting,
) -> Fate {
    let ttl = decision.brief.blocked_ttl();
    let Some(answer) = answer::blocked(question, mode, ttl, &decision.reason) else { return Fate::Drop };
    let header = question.message.header();
    if !waiting.add(header.id(), answer) {
        plugin.counters.over_limit(host);
        return Fate::Drop;
    }
    // A query with one question, recursion as the client wants it (RFC 1035, 4.1.1).
    let mut stand_in = header.id().to_be_bytes().to_vec();
    stand_in.extend([u8::from(header.rd()), 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    stand_in.extend(STAND_IN);
    Fate::Replace(stand_in)
}

impl Waiting {
    /// Keeps an answer; whether there is room for it.
    fn add(&mut self, id: u16, answer: Vec<u8>) -> bool {
        let has_room = self.octets + answer.len() <= MOST_WAITING;
        if has_room {
            self.octets += answer.len();
            self.answers.push_back((id, answer));
        }
        has_room
    }

    /// Puts ours in the place of an answer to a stand-in.
    fn exchange(&mut self, head: &[u8]) -> Fate {
        let id = head.first_chunk::<2>().map(|id| u16::from_be_bytes(*id));
        let place = self.answers.iter().position(|(waiting, _)| Some(*waiting) == id);
        let place = place.filter(|_| answer::answers(head, STAND_IN));
        let Some((_, answer)) = place.and_then(|place| self.answers.remove(place)) else { return Fate::Pass };
        self.octets -= answer.len();
        Fate::Replace(answer)
    }
}
