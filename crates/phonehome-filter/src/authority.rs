//! Requests to a forward proxy: the host that they name, by CONNECT or in absolute form.

use crate::doh::stop_if;
use crate::headers::Pairs;
use crate::host::{Flow, Headers, Host};
use crate::plugin::{Plugin, leave};

/// One request.
#[derive(Debug, Default)]
pub(crate) struct Authority {
    /// What the answer's header will tell.
    tell: Option<String>,
}

impl Authority {
    pub(crate) fn request_headers(&mut self, host: &impl Host, plugin: &mut Plugin) -> Flow {
        let map = host.headers(Headers::Request).unwrap_or_default();
        let authority = Pairs::of(&map).find(|(name, _)| *name == b":authority").map(|(_, value)| value);
        let Some(name) = authority.map(without_port).filter(|name| !name.is_empty()) else {
            return if plugin.refuses_unreadable(host) { refuse(host, "no host\n", &[]) } else { Flow::Continue };
        };
        let decision = plugin.judge_text(host, name);
        leave(host, &decision);
        let header = plugin.settings.response_header.as_deref();
        if decision.blocks.is_some() {
            let text = format!("Blocked by {}\n", decision.reason);
            let headers: Vec<_> = header.map(|name| (name, decision.label.as_str())).into_iter().collect();
            return refuse(host, &text, &headers);
        }
        self.tell = header.is_some().then_some(decision.label);
        Flow::Continue
    }

    pub(crate) fn response_headers(&mut self, host: &impl Host, plugin: &Plugin) {
        if let (Some(name), Some(label)) = (&plugin.settings.response_header, self.tell.take()) {
            host.add_header(Headers::Response, name, &label);
        }
    }
}

fn refuse(host: &impl Host, text: &str, headers: &[(&str, &str)]) -> Flow {
    let headers = [&[("content-type", "text/plain")], headers].concat();
    stop_if(host.respond(403, &headers, text.as_bytes()))
}

/// The host of `host`, `host:port` or `[address]:port`, without user information (RFC 3986, 3.2).
fn without_port(authority: &[u8]) -> &[u8] {
    let host = authority.rsplit(|&octet| octet == b'@').next().unwrap_or_default();
    if let Some(address) = host.strip_prefix(b"[") {
        return address.split(|&octet| octet == b']').next().unwrap_or_default();
    }
    host.split(|&octet| octet == b':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn hosts() {
        let cases = [
            ("example.com", "example.com"),
            ("example.com:443", "example.com"),
            ("user:word@example.com:80", "example.com"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1", "2001:db8::1"),
            (":80", ""),
            ("", ""),
        ];
        for (authority, host) in cases {
            assert_eq!(without_port(authority.as_bytes()), host.as_bytes(), "{authority}");
        }
    }
}
