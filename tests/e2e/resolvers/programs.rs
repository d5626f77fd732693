//! Each program started with a part of its configuration; the rest keeps it on loopback and points it at the upstream.

use phonehome_tests::cli::Folder;
use phonehome_tests::ports::free_port;

use crate::cases::text;
use crate::server::{Server, run};
use crate::upstream;

/// BIND; the configuration has a block of options.
pub(crate) fn bind(folder: &Folder, configuration: &str) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    let here = folder.path("");
    let own = format!(
        "options {{\n directory \"{}\"; listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};\n\
         forward only; forwarders {{ 127.0.0.1 port {upstream}; }}; dnssec-validation no;\n\
         pid-file none; session-keyfile none;\n",
        text(&here)
    );
    assert!(configuration.contains("options {"), "{configuration}");
    folder.file("named.conf", configuration.replacen("options {", &own, 1) + "\ncontrols {};\n");
    Server::start(&here, port, "named", &["-f", "-c", text(&folder.path("named.conf"))])
}

/// Unbound; the configuration's clauses stand beside its own.
pub(crate) fn unbound(folder: &Folder, configuration: &str) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    let (here, path) = (folder.path(""), folder.path("unbound.conf"));
    let own = format!(
        "server:\n  directory: \"{}\"\n  username: \"\"\n  chroot: \"\"\n  use-syslog: no\n  pidfile: \"\"\n\
         \x20 interface: 127.0.0.1\n  port: {port}\n  do-ip6: no\n  do-not-query-localhost: no\n  num-threads: 1\n\
         \x20 access-control: 127.0.0.0/8 allow\n{configuration}\
         forward-zone:\n  name: \".\"\n  forward-addr: 127.0.0.1@{upstream}\nremote-control:\n  control-enable: no\n",
        text(&here)
    );
    folder.file("unbound.conf", own);
    run("unbound-checkconf", &[text(&path)]);
    Server::start(&here, port, "unbound", &["-d", "-p", "-c", text(&path)])
}

/// PowerDNS Recursor with a Lua configuration.
pub(crate) fn recursor(folder: &Folder, lua: &str) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    folder.file("recursor.lua", lua);
    let here = folder.path("");
    let own = [
        format!("--local-port={port}"),
        format!("--forward-zones-recurse=.=127.0.0.1:{upstream}"),
        format!("--config-dir={}", text(&here)),
        format!("--socket-dir={}", text(&here)),
        format!("--lua-config-file={}", text(&folder.path("recursor.lua"))),
    ];
    let fixed = ["--daemon=no", "--local-address=127.0.0.1", "--dnssec=off", "--write-pid=no", "--threads=1"];
    // The cache of packets does not ask who the client is.
    let fixed = fixed.into_iter().chain(["--disable-packetcache=yes"]);
    let arguments: Vec<&str> = fixed.chain(own.iter().map(String::as_str)).collect();
    Server::start(&here, port, "pdns_recursor", &arguments)
}

/// dnsmasq with further lines.
pub(crate) fn dnsmasq(folder: &Folder, lines: &str) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    let own = format!(
        "no-resolv\nno-hosts\nlisten-address=127.0.0.1\nbind-interfaces\nport={port}\nserver=127.0.0.1#{upstream}\n{lines}\n"
    );
    let path = folder.path("main.conf");
    folder.file("main.conf", own);
    run("dnsmasq", &["--test", "-C", text(&path)]);
    let arguments = ["--keep-in-foreground", "--log-facility=-", "--pid-file=", "-C", text(&path)];
    Server::start(&folder.path(""), port, "dnsmasq", &arguments)
}
