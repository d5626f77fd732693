//! DNS over HTTPS (RFC 8484): the question in a POST's body or a GET's parameter, the answer to what is blocked given at once.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use phonehome::AnswerMode;

use crate::answer;
use crate::decision::Decision;
use crate::headers::Pairs;
use crate::host::{Buffer, Flow, Headers, Host};
use crate::plugin::{Plugin, leave};
use crate::question::{Asked, HEAD, Question, read};

const MEDIA_TYPE: &[u8] = b"application/dns-message";

/// Octets of the longest DNS message.
const MOST_MESSAGE: usize = 65_535;

/// base64url; clients should leave out padding, and some do not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// One request.
#[derive(Debug, Default)]
pub(crate) struct Doh {
    /// What came of the body so far, while it is waited for.
    body: Option<Vec<u8>>,
    /// What the answer's header will tell.
    tell: Option<String>,
}

impl Doh {
    pub(crate) fn request_headers(&mut self, host: &impl Host, plugin: &mut Plugin, ends: bool) -> Flow {
        let Some(map) = host.headers(Headers::Request) else { return Flow::Continue };
        let (mut method, mut path, mut kind): (&[u8], &[u8], &[u8]) = Default::default();
        for (name, value) in Pairs::of(&map) {
            match name {
                b":method" => method = value,
                b":path" => path = value,
                b"content-type" => kind = value,
                _ => {}
            }
        }
        match method {
            b"GET" => match parameter(path) {
                Parameter::None => Flow::Continue,
                Parameter::Message(message) => self.judge(host, plugin, &message),
                Parameter::Unreadable => unreadable(host, plugin),
            },
            b"POST" if is_dns_message(kind) && ends => unreadable(host, plugin),
            b"POST" if is_dns_message(kind) => {
                self.body = Some(Vec::new());
                // Nothing may go on before it is known what it is; but who only looks stands in nobody's way.
                if plugin.enforces() { Flow::Pause } else { Flow::Continue }
            }
            _ => Flow::Continue,
        }
    }

    /// A piece of the body, or all of it from the start where we pause and the host keeps it.
    pub(crate) fn request_body(&mut self, host: &impl Host, plugin: &mut Plugin, size: usize, ends: bool) -> Flow {
        let Some(body) = &mut self.body else { return Flow::Continue };
        if !plugin.enforces() {
            let missing = HEAD.saturating_sub(body.len());
            body.extend(host.octets(Buffer::RequestBody, 0, missing).unwrap_or_default());
            return if ends || body.len() >= HEAD { self.body_is_there(host, plugin) } else { Flow::Continue };
        }
        // Answered before its end, the request would cost the client its connection.
        if !ends && size <= MOST_MESSAGE {
            return Flow::Pause;
        }
        *body = host.octets(Buffer::RequestBody, 0, HEAD).unwrap_or_default();
        self.body_is_there(host, plugin)
    }

    /// Trailers: nothing more of the body comes.
    pub(crate) fn request_trailers(&mut self, host: &impl Host, plugin: &mut Plugin) -> Flow {
        let Some(body) = &mut self.body else { return Flow::Continue };
        if plugin.enforces()
            && let Some(octets) = host.octets(Buffer::RequestBody, 0, HEAD)
        {
            *body = octets;
        }
        self.body_is_there(host, plugin)
    }

    fn body_is_there(&mut self, host: &impl Host, plugin: &mut Plugin) -> Flow {
        let mut body = self.body.take().unwrap_or_default();
        body.truncate(HEAD);
        self.judge(host, plugin, &body)
    }

    fn judge(&mut self, host: &impl Host, plugin: &mut Plugin, message: &[u8]) -> Flow {
        match read(message.get(..HEAD).unwrap_or(message)) {
            Asked::One(question) => {
                let decision = plugin.judge_name(host, question.name.as_ref(), question.qtype.to_int());
                leave(host, &decision);
                match decision.blocks {
                    Some(mode) => respond(host, plugin, &question, &decision, mode),
                    None => {
                        self.tell = plugin.settings.response_header.is_some().then_some(decision.label);
                        Flow::Continue
                    }
                }
            }
            Asked::Other => Flow::Continue,
            Asked::Unreadable => unreadable(host, plugin),
        }
    }

    pub(crate) fn response_headers(&mut self, host: &impl Host, plugin: &Plugin) {
        if let (Some(name), Some(label)) = (&plugin.settings.response_header, self.tell.take()) {
            host.add_header(Headers::Response, name, &label);
        }
    }
}

/// Answers a blocked question. A host that refuses to has the request pass.
fn respond(host: &impl Host, plugin: &Plugin, question: &Question<'_>, decision: &Decision, mode: AnswerMode) -> Flow {
    let ttl = decision.brief.blocked_ttl();
    let Some(message) = answer::blocked(question, mode, ttl, &decision.reason) else {
        // HTTP cannot be silent: a server that cannot answer now is what comes closest.
        return stop_if(host.respond(503, &[], &[]));
    };
    // Fresh for as long as the answer's records are (RFC 8484, 5.1); a refusal has none.
    let age = format!("max-age={}", if mode == AnswerMode::Refused { 0 } else { ttl });
    let mut headers = vec![("content-type", "application/dns-message"), ("cache-control", age.as_str())];
    if let Some(name) = &plugin.settings.response_header {
        headers.push((name, &decision.label));
    }
    stop_if(host.respond(200, &headers, &message))
}

fn unreadable(host: &impl Host, plugin: &mut Plugin) -> Flow {
    if plugin.refuses_unreadable(host) {
        return stop_if(host.respond(400, &[("content-type", "text/plain")], b"no DNS message that can be read\n"));
    }
    Flow::Continue
}

pub(crate) const fn stop_if(is_answered: bool) -> Flow {
    if is_answered { Flow::Pause } else { Flow::Continue }
}

/// Whether a content type is that of DNS messages, parameters aside.
fn is_dns_message(content_type: &[u8]) -> bool {
    let kind = content_type.split(|&octet| octet == b';').next().unwrap_or_default();
    kind.trim_ascii().eq_ignore_ascii_case(MEDIA_TYPE)
}

/// What a path's parameter `dns` holds.
#[derive(Debug, PartialEq, Eq)]
enum Parameter {
    /// There is none.
    None,
    /// A message.
    Message(Vec<u8>),
    /// No message, or several, of which servers choose differently.
    Unreadable,
}

fn parameter(path: &[u8]) -> Parameter {
    let Some(start) = path.iter().position(|&octet| octet == b'?') else { return Parameter::None };
    let query = path.get(start + 1..).unwrap_or_default();
    let query = query.split(|&octet| octet == b'#').next().unwrap_or_default();
    let mut values = form_urlencoded::parse(query).filter(|(name, _)| name == "dns").map(|(_, value)| value);
    match (values.next(), values.next()) {
        (None, _) => Parameter::None,
        (Some(value), None) => BASE64.decode(value.as_bytes()).map_or(Parameter::Unreadable, Parameter::Message),
        _ => Parameter::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types() {
        for good in ["application/dns-message", "Application/DNS-Message ; charset=utf-8"] {
            assert!(is_dns_message(good.as_bytes()), "{good}");
        }
        for bad in ["", "application/dns-messages", "application/dns-json", "text/plain; application/dns-message"] {
            assert!(!is_dns_message(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn parameters() {
        let message = || Parameter::Message(b"\xff\xef\x01".to_vec());
        for good in ["/dns-query?dns=_-8B", "/x?ct=1&dns=_-8B&y", "/?dns=%5F-8B#x", "/?%64ns=_-8B"] {
            assert_eq!(parameter(good.as_bytes()), message(), "{good}");
        }
        assert_eq!(parameter(b"/?dns=_-8="), Parameter::Message(b"\xff\xef".to_vec()));
        for none in ["/dns-query", "/dns=_-8B", "/?name=example.com&type=A", "/?x#dns=_-8B", "/#?"] {
            assert_eq!(parameter(none.as_bytes()), Parameter::None, "{none}");
        }
        for bad in ["/?dns=+/8B", "/?dns=_-8B&dns=_-8B", "/?dns=a"] {
            assert_eq!(parameter(bad.as_bytes()), Parameter::Unreadable, "{bad}");
        }
    }
}
