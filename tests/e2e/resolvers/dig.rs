//! What `dig` sees.

use std::process::Command;

use crate::upstream::ADDRESS;

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// The upstream's address: not touched.
    Truth,
    Nxdomain,
    Nodata,
    NullIp,
    Refused,
    /// No answer in time.
    Silence,
    Other(String),
}

/// Asks for the address of a name, from one of the loopback addresses.
pub(crate) fn ask_from(client: &str, port: u16, name: &str) -> Seen {
    let output = Command::new("dig")
        .args(["+tries=1", "+time=2", "+noall", "+comments", "+answer", "-b", client, "-p", &port.to_string()])
        .args(["@127.0.0.1", name, "A"])
        .output()
        .expect("dig runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let Some(status) = text.split("status: ").nth(1).and_then(|rest| rest.split(',').next()) else {
        return Seen::Silence;
    };
    let address = text.lines().filter(|line| !line.starts_with(';')).find_map(|line| line.split_whitespace().nth(4));
    match (status, address) {
        ("NOERROR", Some(ADDRESS)) => Seen::Truth,
        ("NOERROR", Some("0.0.0.0")) => Seen::NullIp,
        ("NOERROR", None) => Seen::Nodata,
        ("NXDOMAIN", _) => Seen::Nxdomain,
        ("REFUSED", _) => Seen::Refused,
        _ => Seen::Other(text),
    }
}

/// Asks for the address of a name.
pub(crate) fn ask(port: u16, name: &str) -> Seen {
    ask_from("127.0.0.1", port, name)
}
