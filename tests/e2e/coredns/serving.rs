//! The server as its operator sees it: `dig` over every transport, files that change, metrics.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::ops::Deref;
use std::process::Command;
use std::time::{Duration, Instant};

use phonehome_tests::cli::Folder;
use phonehome_tests::ports::free_port;
use phonehome_tests::root;

use crate::dig::{Seen, ask};
use crate::programs;
use crate::server::{Server, run};

/// What a server is started with.
#[derive(Default)]
pub(crate) struct Setup<'s> {
    /// Lines before the plugin's.
    pub(crate) before: &'s str,
    /// Lines inside the plugin's block.
    pub(crate) inside: &'s str,
    /// The policy, in a file that may change.
    pub(crate) policy: &'s str,
}

/// CoreDNS with Unbound behind it.
pub(crate) struct CoreDns {
    server: Server,
    /// Ends with it.
    _upstream: Server,
    log: std::path::PathBuf,
    tls: u16,
    https: u16,
    metrics: u16,
}

impl Deref for CoreDns {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

impl CoreDns {
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    pub(crate) fn wait_for_line(&self, part: &str) {
        let start = Instant::now();
        while !self.log().contains(part) {
            assert!(start.elapsed() < Duration::from_secs(60), "no line with {part:?} in\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn metrics(&self) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.metrics)).unwrap();
        stream.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }
}

pub(crate) fn start(folder: &Folder, setup: &Setup<'_>) -> CoreDns {
    let upstream = programs::unbound(folder, "");
    folder.file("my.policy", setup.policy);
    certificate(folder);
    let [port, tls, https, metrics] = std::array::from_fn(|_| free_port());
    let Setup { before, inside, .. } = setup;
    let block = |secure: &str| {
        format!(
            " {{\n bind 127.0.0.1\n errors\n{secure} {before} phonehome {{\n mode enforce\n policy my.policy\n reload 100ms\n{inside}\n }}\n \
             cache\n forward . 127.0.0.1:{}\n}}\n",
            upstream.port
        )
    };
    let secure = " tls tls.crt tls.key\n";
    let mut corefile = format!(".:{port}{}", block(&format!(" prometheus 127.0.0.1:{metrics}\n")));
    let _ = write!(corefile, "tls://.:{tls}{}https://.:{https}{}", block(secure), block(secure));
    folder.file("Corefile", corefile);
    let program = root("target/coredns");
    let program = program.to_str().expect("a path in UTF-8");
    let log = folder.path("coredns.log");
    let server = Server::start_as(&folder.path(""), port, program, &["-conf", "Corefile"], &log);
    CoreDns { server, _upstream: upstream, log, tls, https, metrics }
}

/// A certificate for the secure transports.
fn certificate(folder: &Folder) {
    let path = |name: &str| folder.path(name).to_str().expect("a path in UTF-8").to_owned();
    let key = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    let files = ["-subj", "/CN=localhost", "-keyout", &path("tls.key"), "-out", &path("tls.crt")];
    run("openssl", &[key.as_slice(), files.as_slice()].concat());
}

const POLICY: &str = "block name=nxdomain.example\nblock name=null.example answer=null_ip\nblock name=nodata.example answer=nodata\n\
                      block name=refused.example answer=refused\nblock name=drop.example answer=drop\n";

#[test]
fn every_answer_over_every_transport() {
    let folder = Folder::new();
    let server = start(&folder, &Setup { policy: POLICY, ..Setup::default() });
    let dig = |transport: &str, port: u16, words: &[&str]| {
        let mut command = Command::new("dig");
        command.args(["+tries=1", "+time=3", transport, "-p", &port.to_string(), "@127.0.0.1"]).args(words);
        String::from_utf8_lossy(&command.output().expect("dig runs").stdout).into_owned()
    };
    let ways = [("+notcp", server.port), ("+tcp", server.port), ("+tls", server.tls), ("+https", server.https)];
    for (way, port) in ways {
        let has = |words: &[&str], parts: &[&str]| {
            let told = dig(way, port, words);
            parts.iter().for_each(|part| assert!(told.contains(part), "{way} {words:?} lacks {part:?}\n{told}"));
        };
        has(&["www.example.org", "A"], &["NOERROR", "203.0.113.7"]);
        has(&["nxdomain.example", "A"], &["NXDOMAIN", "EDE: 15 (Blocked): (phonehome: unknown)", "IN\tSOA"]);
        has(&["nodata.example", "A"], &["NOERROR", "ANSWER: 0", "IN\tSOA"]);
        has(&["null.example", "A"], &["NOERROR", "300\tIN\tA\t0.0.0.0"]);
        has(&["null.example", "AAAA"], &["NOERROR", "300\tIN\tAAAA\t::"]);
        has(&["null.example", "HTTPS"], &["NOERROR", "ANSWER: 0", "IN\tSOA"]);
        has(&["refused.example", "A"], &["REFUSED"]);
        let plain = dig(way, port, &["nxdomain.example", "A", "+noedns"]);
        assert!(plain.contains("NXDOMAIN") && !plain.contains("EDE"), "{way}: {plain}");
        let dropped = dig(way, port, &["drop.example", "A", "+time=1"]);
        assert!(!dropped.contains("status:"), "{way}: {dropped}");
    }
}

#[test]
fn files_that_change_are_taken_over_and_broken_ones_are_not() {
    let folder = Folder::new();
    let before = "metadata\n log . \"label {name} {/phonehome/applied}\"\n";
    let server = start(&folder, &Setup { policy: "block name=a.example\n", before, ..Setup::default() });
    let write = |text: &str| {
        folder.file("my.policy.new", text);
        fs::rename(folder.path("my.policy.new"), folder.path("my.policy")).unwrap();
    };
    assert_eq!(ask(server.port, "a.example"), Seen::Nxdomain);
    assert_eq!(ask(server.port, "b.example"), Seen::Truth);
    // From the cache, and told of all the same.
    assert_eq!(ask(server.port, "b.example"), Seen::Truth);
    write("block name=b.example\n# longer\n");
    // Blocked at once although its answer is cached, and what was blocked is not: no cache ever saw that.
    server.wait_for("b.example", &Seen::Nxdomain);
    assert_eq!(ask(server.port, "a.example"), Seen::Truth);
    write("block nonsense\n");
    server.wait_for_line("the last good ones stay");
    assert_eq!(ask(server.port, "b.example"), Seen::Nxdomain);
    assert!(server.log().matches("label b.example. none").count() >= 2, "{}", server.log());
    let metrics = server.metrics();
    for line in [
        "coredns_phonehome_reloads_total{result=\"success\"}",
        "coredns_phonehome_requests_total{action=\"block\",applied=\"block\",purpose_group=\"none\",server=\"dns://127.0.0.1:",
        "coredns_phonehome_pack_timestamp_seconds",
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
    assert!(!metrics.contains("example"), "no metric holds a name");
}

#[test]
fn a_broken_corefile_does_not_start() {
    let folder = Folder::new();
    folder.file("Corefile", ".:0 {\n phonehome {\n  policy {\n   block purpos=tracking\n  }\n }\n}\n");
    let output = Command::new(root("target/coredns")).args(["-conf", "Corefile"]).current_dir(folder.path("")).output();
    let output = output.expect("CoreDNS runs");
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(!output.status.success() && told.contains("line 4, column 7: expected"), "{told}");
}

/// Labels decide between server blocks, and stand in answers that *template* makes.
#[test]
fn labels_work_in_views_and_templates() {
    let folder = Folder::new();
    let port = free_port();
    let block = |view: &str, text: &str| {
        format!(
            ".:{port} {{\n bind 127.0.0.1\n metadata\n{view} phonehome\n template IN TXT {{\n  answer \"{{{{ .Name }}}} 60 IN TXT {text}\"\n }}\n \
             template IN A {{\n  answer \"{{{{ .Name }}}} 60 IN A 203.0.113.7\"\n }}\n}}\n"
        )
    };
    let view = " view unknown {\n  expr metadata('phonehome/verdict') == 'unknown'\n }\n";
    let corefile = block(view, "unknown") + &block("", r#"of-{{ .Meta \"phonehome/vendor\" }}"#);
    folder.file("Corefile", corefile);
    let program = root("target/coredns");
    let program = program.to_str().expect("a path in UTF-8");
    let arguments = ["-conf", "Corefile"];
    let server = Server::start_as(&folder.path(""), port, program, &arguments, &folder.path("coredns.log"));
    let text = |name: &str| {
        let port = server.port.to_string();
        run("dig", &["+short", "+tries=1", "-p", &port, "@127.0.0.1", name, "TXT"])
    };
    assert_eq!(text("www.example.org").trim(), "\"unknown\"");
    assert_eq!(text("logs.roku.com").trim(), "\"of-roku\"");
}
