//! dnsmasq, and Unbound with local zones.

use phonehome_tests::cli::Folder;

use crate::cases::{self, text};
use crate::dig::{Seen, ask};
use crate::programs;
use crate::server::Server;

fn dnsmasq(folder: &Folder) -> Server {
    programs::dnsmasq(folder, &format!("conf-file={}", text(&folder.path("list.conf"))))
}

#[test]
fn dnsmasq_loads_its_list() {
    let folder = Folder::new();
    cases::export(&folder, "dnsmasq", cases::POLICY, "list.conf", &[]);
    let server = dnsmasq(&folder);
    // It has no empty answer for a name: the null address is nearest.
    cases::check(server.port, |name| name.ends_with("nodata.test.de").then_some(Seen::NullIp));
    drop(server);
    // It reads its configuration only when it starts.
    cases::export(&folder, "dnsmasq", "allow suffix=example.de\nblock suffix=null.test.de", "list.conf", &[]);
    let server = dnsmasq(&folder);
    assert_eq!(ask(server.port, "x.example.de"), Seen::Truth);
    assert_eq!(ask(server.port, "x.null.test.de"), Seen::Nxdomain);
}

#[test]
fn dnsmasq_loads_a_hosts_file() {
    let folder = Folder::new();
    cases::export(&folder, "hosts", cases::POLICY, "list.hosts", &[]);
    let server = programs::dnsmasq(&folder, &format!("addn-hosts={}", text(&folder.path("list.hosts"))));
    // Single names with the null address; nothing below them.
    let single = ["example.de", "exact.test.de", "nodata.test.de", "null.test.de"];
    cases::check(server.port, |name| Some(if single.contains(&name) { Seen::NullIp } else { Seen::Truth }));
}

fn unbound(folder: &Folder) -> Server {
    let list = folder.path("list.conf");
    programs::unbound(folder, &format!("  module-config: \"iterator\"\ninclude: \"{}\"\n", text(&list)))
}

#[test]
fn unbound_loads_its_local_zones_and_loads_them_anew() {
    let folder = Folder::new();
    cases::export(&folder, "unbound", cases::POLICY, "list.conf", &[]);
    let server = unbound(&folder);
    cases::check(server.port, |name| match name {
        // A name alone has the null address: a zone cannot deny one name and hold others.
        "exact.test.de" => Some(Seen::NullIp),
        // What lies below a name cannot be blocked without the name; the head of the list says so.
        "x.below.test.de" => Some(Seen::Truth),
        _ => None,
    });
    cases::export(&folder, "unbound", "allow suffix=example.de\nblock suffix=null.test.de", "list.conf", &[]);
    server.hang_up();
    server.wait_for("x.example.de", &Seen::Truth);
    server.wait_for("x.null.test.de", &Seen::Nxdomain);
}
