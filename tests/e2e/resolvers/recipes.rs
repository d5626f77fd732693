//! The recipes of EXPORTS.md: the real programs load them as they stand there, first without blocking.

use phonehome_tests::cli::Folder;
use phonehome_tests::root;

use crate::cases::{self, text};
use crate::dig::{Seen, ask};
use crate::server::{Server, free_port, run};
use crate::upstream;

/// A block of the document, with its paths in the test's folder.
fn recipe(language: &str, folder: &Folder) -> String {
    let document = std::fs::read_to_string(root("crates/phonehome-export/EXPORTS.md")).unwrap();
    let (_, rest) = document.split_once(&format!("```{language}\n")).expect("a block of this language");
    let (block, _) = rest.split_once("\n```").expect("its end");
    assert!(block.contains("/etc/phonehome/"));
    block.replace("/etc/phonehome", text(&folder.path(""))) + "\n"
}

/// Without the line or words that keep a recipe from blocking.
fn in_earnest(recipe: &str, trial: &str) -> String {
    assert!(recipe.contains(trial), "{recipe}");
    recipe.replace(trial, "")
}

fn bind(folder: &Folder, recipe: &str) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    let own = format!(
        "options {{\n directory \"{}\"; listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};\n\
         forward only; forwarders {{ 127.0.0.1 port {upstream}; }}; dnssec-validation no; pid-file none; session-keyfile none;",
        text(&folder.path(""))
    );
    folder.file("named.conf", recipe.replacen("options {", &own, 1) + "controls {};\n");
    Server::start(&folder.path(""), port, "named", &["-f", "-c", text(&folder.path("named.conf"))])
}

#[test]
fn bind_only_logs_and_then_blocks() {
    let folder = Folder::new();
    cases::export(&folder, "rpz", cases::POLICY, "list.zone", &[]);
    let trial = recipe("named.conf", &folder);
    let server = bind(&folder, &trial);
    assert_eq!(ask(server.port, "x.example.de"), Seen::Truth);
    drop(server);
    let log = std::fs::read_to_string(folder.path("rpz.log")).unwrap();
    assert!(log.contains("disabled rpz QNAME NXDOMAIN rewrite x.example.de"), "{log}");
    let server = bind(&folder, &in_earnest(&trial, " policy disabled"));
    assert_eq!(ask(server.port, "x.example.de"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "x.a.b.example.de"), Seen::Truth);
}

fn unbound(folder: &Folder, recipe: &str) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    let own = format!(
        "server:\n  directory: \"{}\"\n  username: \"\"\n  chroot: \"\"\n  use-syslog: no\n  pidfile: \"\"\n\
         \x20 interface: 127.0.0.1\n  port: {port}\n  do-ip6: no\n  do-not-query-localhost: no\n  num-threads: 1\n{recipe}\
         forward-zone:\n  name: \".\"\n  forward-addr: 127.0.0.1@{upstream}\nremote-control:\n  control-enable: no\n",
        text(&folder.path(""))
    );
    folder.file("unbound.conf", own);
    run("unbound-checkconf", &[text(&folder.path("unbound.conf"))]);
    Server::start(&folder.path(""), port, "unbound", &["-d", "-p", "-c", text(&folder.path("unbound.conf"))])
}

#[test]
fn unbound_only_logs_and_then_blocks() {
    let folder = Folder::new();
    cases::export(&folder, "rpz", cases::POLICY, "list.zone", &[]);
    let trial = recipe("unbound.conf", &folder);
    let server = unbound(&folder, &trial);
    assert_eq!(ask(server.port, "x.example.de"), Seen::Truth);
    drop(server);
    let log = std::fs::read_to_string(folder.path("unbound.log")).unwrap();
    assert!(log.contains("rpz: applied [phonehome]") && log.contains("x.example.de."), "{log}");
    let server = unbound(&folder, &in_earnest(&trial, "rpz-action-override: disabled"));
    assert_eq!(ask(server.port, "x.example.de"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "x.a.b.example.de"), Seen::Truth);
}

fn recursor(folder: &Folder, recipe: &str) -> Server {
    let (port, upstream) = (free_port(), upstream::start());
    folder.file("recursor.lua", recipe);
    let here = folder.path("");
    let own = [
        format!("--local-port={port}"),
        format!("--forward-zones-recurse=.=127.0.0.1:{upstream}"),
        format!("--config-dir={}", text(&here)),
        format!("--socket-dir={}", text(&here)),
        format!("--lua-config-file={}", text(&folder.path("recursor.lua"))),
    ];
    let fixed = ["--daemon=no", "--local-address=127.0.0.1", "--dnssec=off", "--write-pid=no", "--threads=1"];
    let arguments: Vec<&str> = fixed.into_iter().chain(own.iter().map(String::as_str)).collect();
    Server::start(&here, port, "pdns_recursor", &arguments)
}

#[test]
fn powerdns_recursor_lets_through_and_then_blocks() {
    let folder = Folder::new();
    cases::export(&folder, "rpz", cases::POLICY, "list.zone", &[]);
    let trial = recipe("recursor.lua", &folder);
    let server = recursor(&folder, &trial);
    assert_eq!(ask(server.port, "x.example.de"), Seen::Truth);
    drop(server);
    let server = recursor(&folder, &in_earnest(&trial, ", defpol = Policy.NoAction"));
    assert_eq!(ask(server.port, "x.example.de"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "x.a.b.example.de"), Seen::Truth);
}

#[test]
fn dnsmasq_blocks() {
    let folder = Folder::new();
    cases::export(&folder, "dnsmasq", cases::POLICY, "dnsmasq.conf", &[]);
    let (port, upstream) = (free_port(), upstream::start());
    let own = format!(
        "no-resolv\nno-hosts\nlisten-address=127.0.0.1\nbind-interfaces\nport={port}\nserver=127.0.0.1#{upstream}\n{}",
        recipe("dnsmasq.conf", &folder)
    );
    let path = folder.path("main.conf");
    folder.file("main.conf", own);
    run("dnsmasq", &["--test", "-C", text(&path)]);
    let arguments = ["--keep-in-foreground", "--log-facility=-", "--pid-file=", "-C", text(&path)];
    let server = Server::start(&folder.path(""), port, "dnsmasq", &arguments);
    assert_eq!(ask(server.port, "x.example.de"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "x.a.b.example.de"), Seen::Truth);
}
