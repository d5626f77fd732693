//! hosts(5) lines: an address, then names.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::bytes::{until, words};
use super::event::Out;
use super::name::{address, strict};
use super::{Action, Answer, Scope, SkipReason};

/// Names that systems and list makers put into every file (Debian, macOS, StevenBlack/hosts).
const BOILERPLATE: [&[u8]; 13] = [
    b"localhost",
    b"localhost.localdomain",
    b"localhost4",
    b"localhost6",
    b"local",
    b"broadcasthost",
    b"ip6-localhost",
    b"ip6-loopback",
    b"ip6-localnet",
    b"ip6-mcastprefix",
    b"ip6-allnodes",
    b"ip6-allrouters",
    b"ip6-allhosts",
];

/// One line of a hosts file. A rule covers the name alone, never what is below it.
pub(super) fn line(line: u64, text: &[u8], out: &mut Out<'_>) {
    let mut words = words(until(text, |&byte| byte == b'#'));
    let Some(first) = words.next() else { return };
    let Some(address) = address(first) else {
        return out.skip(line, SkipReason::NoAddress);
    };
    let action = sink(address);
    let mut names = words.peekable();
    if names.peek().is_none() {
        return out.skip(line, SkipReason::Incomplete);
    }
    for name in names {
        if BOILERPLATE.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            out.skip(line, SkipReason::Boilerplate);
        } else if let Some(answer) = action {
            out.put(line, strict(name), Scope::Exact, Action::Block(answer));
        } else {
            out.skip(line, SkipReason::Redirect);
        }
    }
}

/// What an address that blocks answers. 127.0.1.1 does not block: Debian gives it to the machine's own name.
fn sink(address: IpAddr) -> Option<Answer> {
    match address {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) | IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Some(Answer::NullIp),
        IpAddr::V4(Ipv4Addr::LOCALHOST) | IpAddr::V6(Ipv6Addr::LOCALHOST) => Some(Answer::Unstated),
        _ => None,
    }
}
