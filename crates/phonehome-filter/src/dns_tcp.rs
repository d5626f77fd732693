//! DNS over TCP and TLS, question by question.
//!
//! proxy-wasm cannot send to the client from a callback about the client's data. So a blocked question is rewritten on its way to the
//! resolver (`crate::stand_in`), and the answer to that is replaced by ours on its way back. Other questions of the connection go on as
//! they came.

use phonehome::AnswerMode;

use crate::answer;
use crate::decision::{Wish, reason};
use crate::frames::{Fate, Frames};
use crate::host::{Buffer, Flow, Host, Level};
use crate::plugin::{Plugin, leave};
use crate::question::{Asked, HEAD, read};
use crate::stand_in::{ANSWER_HEAD, Waiting};

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
        if self.is_lost {
            return Flow::Continue;
        }
        let Self { questions, waiting, strongest, .. } = self;
        let mut closes = false;
        let piece = Piece { buffer: Buffer::Downstream, changes: plugin.enforces(), size, ends };
        let done = piece.through(host, questions, &mut |head| {
            let fate = judge(host, plugin, head, strongest, waiting);
            closes |= fate.is_none();
            fate.unwrap_or(Fate::Drop)
        });
        if closes && host.close() {
            return Flow::Pause;
        }
        done.map_or_else(|refusal| self.lose(host, plugin, refusal), |()| Flow::Continue)
    }

    /// Answers on their way to the client.
    pub(crate) fn upstream(&mut self, host: &impl Host, plugin: &mut Plugin, size: usize, ends: bool) -> Flow {
        if self.is_lost || !plugin.enforces() {
            return Flow::Continue;
        }
        let Self { answers, waiting, .. } = self;
        let piece = Piece { buffer: Buffer::Upstream, changes: true, size, ends };
        let done = piece.through(host, answers, &mut |head| exchange(plugin, waiting, head));
        done.map_or_else(|refusal| self.lose(host, plugin, refusal), |()| Flow::Continue)
    }

    /// The host refused something, and what comes later passes unseen. But what is held can no longer go on, and what was to be blocked
    /// would: better no connection than one in disorder.
    fn lose(&mut self, host: &impl Host, plugin: &mut Plugin, refusal: Refusal) -> Flow {
        self.is_lost = true;
        host.log(Level::Warn, "phonehome: the host refuses octets of a connection, which passes unseen or is closed");
        let is_closed = plugin.refuses_unreadable(host);
        let is_owed = self.questions.holds() || self.answers.holds() || !self.waiting.is_empty();
        let must_close = is_closed || is_owed || refusal == Refusal::Change;
        if plugin.enforces() && must_close && host.close() { Flow::Pause } else { Flow::Continue }
    }
}

/// What a host refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// To show what came; it goes on as it is.
    Sight,
    /// To send on something else.
    Change,
}

/// What came in one direction.
struct Piece {
    buffer: Buffer,
    /// Whether something else may go on than what came.
    changes: bool,
    size: usize,
    ends: bool,
}

impl Piece {
    /// Takes it through the judge, and has the host send on what is left of it.
    fn through(
        &self,
        host: &impl Host,
        frames: &mut Frames,
        judge: &mut impl FnMut(&[u8]) -> Fate,
    ) -> Result<(), Refusal> {
        let data = if self.size == 0 { Some(Vec::new()) } else { host.octets(self.buffer, self.size) };
        let data = data.filter(|data| data.len() == self.size).ok_or(Refusal::Sight)?;
        let mut out = frames.feed(&data, judge);
        if self.ends {
            frames.end(&mut out);
        }
        let is_done = !self.changes || out == data || host.replace(self.buffer, self.size, &out);
        if is_done { Ok(()) } else { Err(Refusal::Change) }
    }
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
    match decision.blocks {
        None => Some(Fate::Pass),
        Some(AnswerMode::Drop) => Some(Fate::Drop),
        Some(mode) => {
            let (stand_in, forgotten) = waiting.add(&question, mode, decision.judgement);
            (0..forgotten).for_each(|_| plugin.counters.over_limit(host));
            Some(Fate::Replace(stand_in))
        }
    }
}

/// Puts our answer in the place of the one to a stand-in.
fn exchange(plugin: &Plugin, waiting: &mut Waiting, head: &[u8]) -> Fate {
    let blocked = match waiting.belongs_to(head) {
        Ok(blocked) => blocked,
        Err(fate) => return fate,
    };
    let Asked::One(question) = read(&blocked.head) else { return Fate::Drop };
    let reason = reason(&plugin.classifier, &blocked.judgement);
    let ttl = blocked.judgement.brief.blocked_ttl();
    answer::blocked(&question, blocked.mode, ttl, &reason).map_or(Fate::Drop, Fate::Replace)
}
