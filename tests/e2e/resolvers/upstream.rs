//! A name server that knows every name, so that whatever else comes back is the resolver's doing.

use std::net::UdpSocket;
use std::thread;

/// The address of every name.
pub(crate) const ADDRESS: &str = "203.0.113.7";

/// Starts it; it answers until the test's process ends.
pub(crate) fn start() -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let port = socket.local_addr().expect("bound").port();
    thread::spawn(move || {
        let mut question = [0; 4096];
        while let Ok((length, client)) = socket.recv_from(&mut question) {
            if let Some(answer) = answer(&question[..length]) {
                let _ = socket.send_to(&answer, client);
            }
        }
    });
    port
}

/// One A record for questions of type A, no record for others (RFC 1035, 4.1).
fn answer(question: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 12;
    let mut end = HEADER;
    loop {
        let length = usize::from(*question.get(end)?);
        end += 1 + length;
        if length == 0 {
            break;
        }
    }
    let section = question.get(HEADER..end + 4)?;
    let is_a = section.ends_with(&[0, 1, 0, 1]);
    let mut answer = question.get(..2)?.to_vec();
    // A response with authority and recursion, to one question with so many answers.
    answer.extend([0x85, 0x80, 0, 1, 0, u8::from(is_a), 0, 0, 0, 0]);
    answer.extend(section);
    if is_a {
        let address: std::net::Ipv4Addr = ADDRESS.parse().expect("an address");
        answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4]);
        answer.extend(address.octets());
    }
    Some(answer)
}
