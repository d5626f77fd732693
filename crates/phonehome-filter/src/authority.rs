//! Requests to a forward proxy: the host that they name, by CONNECT or in absolute form.

use crate::decision::reason;
use crate::headers::Pairs;
use crate::host::{Flow, Host};
use crate::plugin::{Plugin, leave};
use crate::tell::Tell;

/// One request.
#[derive(Debug, Default)]
pub(crate) struct Authority(Tell);

impl Authority {
    pub(crate) fn request_headers(&mut self, host: &impl Host, plugin: &mut Plugin) -> Flow {
        let map = host.request_headers().unwrap_or_default();
        let authority = Pairs::of(&map).find(|(name, _)| *name == b":authority").map(|(_, value)| value);
        let Some(name) = authority.map(without_port).filter(|name| !name.is_empty()) else {
            let refuses = plugin.refuses_unreadable(host);
            return if refuses { refuse(host, plugin, "no host\n", &[]) } else { Flow::Continue };
        };
        let decision = plugin.judge_text(host, name);
        leave(host, &decision);
        if decision.blocks.is_none() {
            self.0.keep(plugin, decision);
            return Flow::Continue;
        }
        let text = format!("Blocked by {}\n", reason(&plugin.classifier, &decision.judgement));
        let header = plugin.settings.response_header.as_deref();
        let headers: Vec<_> = header.map(|name| (name, decision.label.as_str())).into_iter().collect();
        refuse(host, plugin, &text, &headers)
    }

    pub(crate) fn response_headers(&mut self, host: &impl Host, plugin: &Plugin) {
        self.0.response_headers(host, plugin);
    }
}

fn refuse(host: &impl Host, plugin: &Plugin, text: &str, headers: &[(&str, &str)]) -> Flow {
    let headers = [&[("content-type", "text/plain")], headers].concat();
    plugin.stop_if(host.respond(403, &headers, text.as_bytes()))
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
