//! TLS connections by the server's name that their first message tells in the clear (RFC 6066, 3).

use crate::host::{Flow, Host};
use crate::plugin::{Plugin, leave};

/// Judges a new connection, whose first message Envoy's TLS inspector has read.
pub(crate) fn new_connection(host: &impl Host, plugin: &mut Plugin) -> Flow {
    let name = host.property(&["connection", "requested_server_name"]).unwrap_or_default();
    if name.is_empty() {
        return if plugin.refuses_unreadable(host) { close(host) } else { Flow::Continue };
    }
    let decision = plugin.judge_text(host, &name);
    leave(host, &decision);
    if decision.blocks.is_none() {
        return Flow::Continue;
    }
    match &plugin.settings.sinkhole {
        Some(cluster) if redirect(host, cluster) => Flow::Continue,
        _ => close(host),
    }
}

fn close(host: &impl Host) -> Flow {
    if host.close() { Flow::Pause } else { Flow::Continue }
}

/// Has Envoy's TCP proxy take another cluster for this connection.
fn redirect(host: &impl Host, cluster: &str) -> bool {
    host.call("set_envoy_filter_state", &filter_state("envoy.tcp_proxy.cluster", cluster))
}

/// The argument of that function, a protobuf message (Envoy, source/extensions/common/wasm/ext/set_envoy_filter_state.proto): path,
/// value, and how long it lasts: 2, as long as the connection.
fn filter_state(path: &str, value: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for (field, text) in [(1, path), (2, value)] {
        out.push(field << 3 | 2);
        let mut length = text.len();
        while length > 0x7f {
            out.push((length & 0x7f) as u8 | 0x80);
            length >>= 7;
        }
        out.push(length as u8);
        out.extend(text.as_bytes());
    }
    out.extend([3 << 3, 2]);
    out
}

#[cfg(test)]
mod tests {
    use super::filter_state;

    #[test]
    fn a_message_of_protobuf() {
        assert_eq!(filter_state("ab", "c"), *b"\x0a\x02ab\x12\x01c\x18\x02");
        assert_eq!(filter_state("", &"x".repeat(300))[..5], *b"\x0a\0\x12\xac\x02");
    }
}
