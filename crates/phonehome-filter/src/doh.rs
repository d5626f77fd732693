//! DNS over HTTPS (RFC 8484): the question in a POST's body or a GET's parameter, the answer to what is blocked given at once.

use phonehome::AnswerMode;

use crate::answer;
use crate::decision::{Decision, reason};
use crate::headers::Pairs;
use crate::host::{Buffer, Flow, Host};
use crate::parameter::readings;
use crate::plugin::{Plugin, leave};
use crate::question::{Asked, HEAD, Question, read};
use crate::tell::Tell;

const MEDIA_TYPE: &[u8] = b"application/dns-message";

/// Octets of the longest DNS message.
const MOST_MESSAGE: usize = 65_535;

/// One request.
#[derive(Debug, Default)]
pub(crate) struct Doh {
    /// What came of the body so far, while it is waited for.
    body: Option<Vec<u8>>,
    /// Whether the body says that it is a DNS message.
    is_declared: bool,
    tell: Tell,
}

impl Doh {
    /// Whatever the method and the type: servers differ in what they answer, and a name that is blocked must reach none.
    pub(crate) fn request_headers(&mut self, host: &impl Host, plugin: &mut Plugin, ends: bool) -> Flow {
        let Some(map) = host.request_headers() else { return unreadable(host, plugin) };
        let (mut path, mut kind): (&[u8], &[u8]) = Default::default();
        for (name, value) in Pairs::of(&map) {
            match name {
                b":path" => path = value,
                b"content-type" => kind = value,
                _ => {}
            }
        }
        self.is_declared = is_dns_message(kind);
        let flow = match readings(path) {
            Some(readings) => self.judge_readings(host, plugin, &readings),
            None if ends && self.is_declared => unreadable(host, plugin),
            None => Flow::Continue,
        };
        if ends || flow == Flow::Pause {
            return flow;
        }
        self.body = Some(Vec::new());
        // Nothing may go on before it is known what it is; but who only looks stands in nobody's way.
        if plugin.enforces() { Flow::Pause } else { Flow::Continue }
    }

    /// A piece of the body, or all of it from the start where we pause and the host keeps it.
    pub(crate) fn request_body(&mut self, host: &impl Host, plugin: &mut Plugin, size: usize, ends: bool) -> Flow {
        let Some(mut body) = self.body.take() else { return Flow::Continue };
        if plugin.enforces() {
            // Answered before its end, the request would cost the client its connection.
            if !ends && size <= MOST_MESSAGE {
                self.body = Some(body);
                return Flow::Pause;
            }
            return match host.octets(Buffer::RequestBody, HEAD) {
                Some(octets) => self.judge_body(host, plugin, &octets),
                None => unreadable(host, plugin),
            };
        }
        let missing = HEAD.saturating_sub(body.len());
        body.extend(host.octets(Buffer::RequestBody, missing).unwrap_or_default());
        if ends || body.len() >= HEAD {
            return self.judge_body(host, plugin, &body);
        }
        self.body = Some(body);
        Flow::Continue
    }

    /// Trailers: nothing more of the body comes.
    pub(crate) fn request_trailers(&mut self, host: &impl Host, plugin: &mut Plugin) -> Flow {
        let Some(body) = self.body.take() else { return Flow::Continue };
        let octets = if plugin.enforces() { host.octets(Buffer::RequestBody, HEAD) } else { Some(body) };
        match octets {
            Some(octets) => self.judge_body(host, plugin, &octets),
            None => unreadable(host, plugin),
        }
    }

    fn judge_body(&mut self, host: &impl Host, plugin: &mut Plugin, body: &[u8]) -> Flow {
        match read(body.get(..HEAD).unwrap_or(body)) {
            Asked::One(question) => self.judge(host, plugin, &question),
            Asked::Unreadable if self.is_declared => unreadable(host, plugin),
            Asked::Other | Asked::Unreadable => Flow::Continue,
        }
    }

    /// Of all that a path may be read as, the question that is blocked counts, else the first.
    fn judge_readings(&mut self, host: &impl Host, plugin: &mut Plugin, readings: &[Vec<u8>]) -> Flow {
        let asked = || readings.iter().map(|message| read(message.get(..HEAD).unwrap_or(message)));
        let questions = || {
            asked().filter_map(|asked| match asked {
                Asked::One(question) => Some(question),
                Asked::Other | Asked::Unreadable => None,
            })
        };
        let question =
            questions().find(|question| plugin.would_block(question.name.as_ref())).or_else(|| questions().next());
        match question {
            Some(question) => self.judge(host, plugin, &question),
            None if asked().any(|asked| matches!(asked, Asked::Other)) => Flow::Continue,
            None => unreadable(host, plugin),
        }
    }

    fn judge(&mut self, host: &impl Host, plugin: &mut Plugin, question: &Question<'_>) -> Flow {
        let decision = plugin.judge_name(host, question.name.as_ref(), question.qtype.to_int());
        leave(host, &decision);
        match decision.blocks {
            Some(mode) => respond(host, plugin, question, &decision, mode),
            None => {
                self.tell.keep(plugin, decision);
                Flow::Continue
            }
        }
    }

    pub(crate) fn response_headers(&mut self, host: &impl Host, plugin: &Plugin) {
        self.tell.response_headers(host, plugin);
    }
}

/// Answers a blocked question.
fn respond(host: &impl Host, plugin: &Plugin, question: &Question<'_>, decision: &Decision, mode: AnswerMode) -> Flow {
    let ttl = decision.judgement.brief.blocked_ttl();
    let reason = reason(&plugin.classifier, &decision.judgement);
    let Some(message) = answer::blocked(question, mode, ttl, &reason) else {
        // HTTP cannot be silent: a server that cannot answer now is what comes closest.
        return plugin.stop_if(host.respond(503, &[], &[]));
    };
    // Fresh for as long as the answer's records are (RFC 8484, 5.1); a refusal has none.
    let age = format!("max-age={}", if mode == AnswerMode::Refused { 0 } else { ttl });
    let mut headers = vec![("content-type", "application/dns-message"), ("cache-control", age.as_str())];
    if let Some(name) = &plugin.settings.response_header {
        headers.push((name, &decision.label));
    }
    plugin.stop_if(host.respond(200, &headers, &message))
}

fn unreadable(host: &impl Host, plugin: &mut Plugin) -> Flow {
    if plugin.refuses_unreadable(host) {
        let text = b"no DNS message that can be read\n";
        return plugin.stop_if(host.respond(400, &[("content-type", "text/plain")], text));
    }
    Flow::Continue
}

/// Whether a content type is that of DNS messages, parameters aside.
fn is_dns_message(content_type: &[u8]) -> bool {
    let kind = content_type.split(|&octet| octet == b';').next().unwrap_or_default();
    kind.trim_ascii().eq_ignore_ascii_case(MEDIA_TYPE)
}

#[cfg(test)]
mod tests {
    use super::is_dns_message;

    #[test]
    fn content_types() {
        for good in ["application/dns-message", "Application/DNS-Message ; charset=utf-8"] {
            assert!(is_dns_message(good.as_bytes()), "{good}");
        }
        for bad in ["", "application/dns-messages", "application/dns-json", "text/plain; application/dns-message"] {
            assert!(!is_dns_message(bad.as_bytes()), "{bad}");
        }
    }
}
