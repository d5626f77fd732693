//! dnsmasq, and Unbound with local zones.

use phonehome_tests::cli::Folder;

use crate::cases::{self, text};
use crate::dig::{Seen, ask};
use crate::server::{Server, free_port, run};
use crate::upstream;

fn dnsmasq(folder: &Folder) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    let configuration = format!(
        "no-resolv\nno-hosts\nlisten-address=127.0.0.1\nbind-interfaces\nport={port}\nserver=127.0.0.1#{upstream}\n\
         conf-file={}\n",
        text(&folder.path("list.conf"))
    );
    folder.file("dnsmasq.conf", &configuration);
    let path = folder.path("dnsmasq.conf");
    run("dnsmasq", &["--test", "-C", text(&path)]);
    let arguments = ["--keep-in-foreground", "--log-facility=-", "--pid-file=", "-C", text(&path)];
    Server::start(&folder.path(""), port, "dnsmasq", &arguments)
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
    let (port, upstream) = (free_port(), upstream::start());
    let configuration = format!(
        "no-resolv\nno-hosts\nlisten-address=127.0.0.1\nbind-interfaces\nport={port}\nserver=127.0.0.1#{upstream}\n\
         addn-hosts={}\n",
        text(&folder.path("list.hosts"))
    );
    folder.file("dnsmasq.conf", &configuration);
    let path = folder.path("dnsmasq.conf");
    let arguments = ["--keep-in-foreground", "--log-facility=-", "--pid-file=", "-C", text(&path)];
    let server = Server::start(&folder.path(""), port, "dnsmasq", &arguments);
    // Single names with the null address; nothing below them.
    let single = ["example.de", "exact.test.de", "nodata.test.de", "null.test.de"];
    cases::check(server.port, |name| Some(if single.contains(&name) { Seen::NullIp } else { Seen::Truth }));
}

fn unbound(folder: &Folder) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    let configuration = format!(
        "server:\n  directory: \"{}\"\n  username: \"\"\n  chroot: \"\"\n  use-syslog: no\n  pidfile: \"\"\n\
         \x20 interface: 127.0.0.1\n  port: {port}\n  do-ip6: no\n  do-not-query-localhost: no\n  num-threads: 1\n\
         \x20 module-config: \"iterator\"\ninclude: \"list.conf\"\n\
         forward-zone:\n  name: \".\"\n  forward-addr: 127.0.0.1@{upstream}\nremote-control:\n  control-enable: no\n",
        text(&folder.path(""))
    );
    folder.file("unbound.conf", &configuration);
    run("unbound-checkconf", &[text(&folder.path("unbound.conf"))]);
    Server::start(&folder.path(""), port, "unbound", &["-d", "-p", "-c", text(&folder.path("unbound.conf"))])
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
