//! The recipes of EXPORTS.md: the real programs load them as they stand there, first without blocking.

use phonehome_tests::cli::Folder;
use phonehome_tests::root;

use crate::cases::{self, text};
use crate::dig::{Seen, ask};
use crate::programs;
use crate::server::run;

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

#[test]
fn bind_only_logs_and_then_blocks() {
    let folder = Folder::new();
    cases::export(&folder, "rpz", cases::POLICY, "list.zone", &[]);
    let trial = recipe("named.conf", &folder);
    let server = programs::bind(&folder, &trial);
    assert_eq!(ask(server.port, "x.example.de"), Seen::Truth);
    drop(server);
    let log = std::fs::read_to_string(folder.path("rpz.log")).unwrap();
    assert!(log.contains("disabled rpz QNAME NXDOMAIN rewrite x.example.de"), "{log}");
    let server = programs::bind(&folder, &in_earnest(&trial, " policy disabled"));
    assert_eq!(ask(server.port, "x.example.de"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "x.a.b.example.de"), Seen::Truth);
}

#[test]
fn unbound_only_logs_and_then_blocks() {
    let folder = Folder::new();
    cases::export(&folder, "rpz", cases::POLICY, "list.zone", &[]);
    let trial = recipe("unbound.conf", &folder);
    let server = programs::unbound(&folder, &trial);
    assert_eq!(ask(server.port, "x.example.de"), Seen::Truth);
    drop(server);
    let log = std::fs::read_to_string(folder.path("unbound.log")).unwrap();
    assert!(log.contains("rpz: applied [phonehome]") && log.contains("x.example.de."), "{log}");
    let server = programs::unbound(&folder, &in_earnest(&trial, "rpz-action-override: disabled"));
    assert_eq!(ask(server.port, "x.example.de"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "x.a.b.example.de"), Seen::Truth);
}

#[test]
fn powerdns_recursor_lets_through_and_then_blocks() {
    let folder = Folder::new();
    cases::export(&folder, "rpz", cases::POLICY, "list.zone", &[]);
    let trial = recipe("recursor.lua", &folder);
    let server = programs::recursor(&folder, &trial);
    assert_eq!(ask(server.port, "x.example.de"), Seen::Truth);
    let socket = format!("--socket-dir={}", text(&folder.path("")));
    assert_eq!(run("rec_control", &[&socket, "get", "policy-result-noaction"]).trim(), "1");
    drop(server);
    let server = programs::recursor(&folder, &in_earnest(&trial, ", defpol = Policy.NoAction"));
    assert_eq!(ask(server.port, "x.example.de"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "x.a.b.example.de"), Seen::Truth);
}

#[test]
fn dnsmasq_blocks() {
    let folder = Folder::new();
    cases::export(&folder, "dnsmasq", cases::POLICY, "dnsmasq.conf", &[]);
    let server = programs::dnsmasq(&folder, &recipe("dnsmasq.conf", &folder));
    assert_eq!(ask(server.port, "x.example.de"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "x.a.b.example.de"), Seen::Truth);
}
