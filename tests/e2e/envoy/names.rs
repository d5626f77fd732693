//! Names that are no DNS questions: of TLS connections, and of requests to a forward proxy.

use std::process::Command;

use crate::http::Http;
use crate::running::{Running, Setup, run};

/// A request over TLS for a name, to a port of the examples.
fn over_tls(server: &Running, port: u16, name: &str) -> String {
    let to = format!("::127.0.0.1:{}", server.port(port));
    let mut curl = Command::new("curl");
    run(curl
        .args(["--silent", "--show-error", "--insecure", "--max-time", "20", "--connect-to", &to])
        .arg(format!("https://{name}/")))
}

#[test]
fn three_ways_to_block_by_sni() {
    let mut server = Setup::of("sni").start();
    for (port, blocked) in [(10445, "curl: (35)"), (10446, "blocked here"), (10447, "curl: (35)")] {
        assert_eq!(over_tls(&server, port, "www.example.org"), "origin\n", "{port}");
        assert_eq!(over_tls(&server, port, "WWW.Example.ORG"), "origin\n", "{port}");
        let told = over_tls(&server, port, "logs.roku.com");
        assert!(told.starts_with(blocked), "{port}: {told}");
        // Without a name there is nothing to judge.
        assert_eq!(over_tls(&server, port, "127.0.0.1"), "origin\n", "{port}");
    }
    assert_eq!(server.counted(&["sni.rbac.denied"]), 1, "Envoy's access control did the third");
    assert_eq!(server.counted(&["phonehome", "use.sni", "action.block.applied.block"]), 2);
    assert_eq!(server.counted(&["phonehome", "use.sni", "action.block.applied.none"]), 1);
    server.wait("the access log tells", |server| {
        server.log().contains("logs.roku.com sinkhole block|block|legitimate|95|roku||telemetry|")
    });
}

#[test]
fn observing_leaves_connections_alone() {
    let server = Setup::of("sni").change("\"mode\": \"enforce\",", "").start();
    for port in [10445, 10446] {
        assert_eq!(over_tls(&server, port, "logs.roku.com"), "origin\n", "{port}");
    }
    assert_eq!(server.counted(&["phonehome", "use.sni", "action.block.applied.none"]), 2);
}

#[test]
fn connections_without_a_name_are_refused_by_who_wants_it() {
    let closed = "\"mode\": \"enforce\", \"fail\": \"closed\",";
    let server = Setup::of("sni").change("\"mode\": \"enforce\",", closed).start();
    assert!(over_tls(&server, 10445, "127.0.0.1").starts_with("curl: (35)"));
    assert_eq!(over_tls(&server, 10445, "www.example.org"), "origin\n");
}

fn through_proxy(server: &Running, url: &str) -> String {
    let proxy = format!("http://127.0.0.1:{}", server.port(10128));
    let mut curl = Command::new("curl");
    run(curl.args(["--silent", "--show-error", "--include", "--max-time", "20", "--proxy", &proxy]).arg(url))
}

#[test]
fn a_forward_proxy_judges_hosts() {
    let mut server = Setup::of("forward-proxy").start();
    let origin = server.port(10129);
    let passes = through_proxy(&server, &format!("http://www.example.org:{origin}/"));
    assert!(passes.contains("200 OK") && passes.ends_with("origin\n"), "{passes}");
    assert!(passes.contains("x-phonehome: allow|none|unknown|"), "{passes}");
    let blocked = through_proxy(&server, "http://logs.roku.com/");
    assert!(
        blocked.contains("403 Forbidden") && blocked.contains("x-phonehome: block|block|legitimate|95|roku|"),
        "{blocked}"
    );
    assert!(blocked.ends_with("Blocked by phonehome: policy line 1 (legitimate, telemetry, roku)\n"), "{blocked}");
    // CONNECT, as clients of TLS use it: here to a server without TLS, which curl is told by --proxytunnel.
    let tunnel = |host: &str| {
        let proxy = format!("http://127.0.0.1:{}", server.port(10128));
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--max-time", "20", "--proxytunnel", "--proxy", &proxy]);
        run(curl.arg(format!("http://{host}:{origin}/")))
    };
    assert_eq!(tunnel("www.example.org"), "origin\n");
    let refused = tunnel("logs.roku.com");
    assert!(refused.contains("CONNECT tunnel failed, response 403"), "{refused}");
    server.wait("the access log tells", |server| server.log().contains("CONNECT logs.roku.com:"));
    assert_eq!(server.counted(&["phonehome", "use.authority", "applied.block"]), 2);
}

#[test]
fn odd_hosts_are_judged_as_what_they_are() {
    let server = Setup::of("forward-proxy").start();
    for (host, label) in [
        ("127.0.0.1:1", Some("allow|none|unknown|0||||unknown|name.ip|||127.0.0.1")),
        ("[::1]:1", Some("allow|none|unknown|0||||unknown|name.ip|||::1")),
        ("a..b", Some("allow|none|unknown|0||||unknown|name.invalid|||a..b")),
        ("printer", Some("allow|none|unknown|0||||unknown|name.single_label|||printer")),
        ("LOGS.roku.com.", Some("block|block|legitimate|95|roku||telemetry|unknown|kb.suffix||1|logs.roku.com")),
        ("x@logs.roku.com", Some("block|block|legitimate|95|roku||telemetry|unknown|kb.suffix||1|logs.roku.com")),
    ] {
        let mut http = Http::connect(server.port(10128));
        http.send(format!("GET http://{host}/ HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes(), usize::MAX);
        assert_eq!(http.response().header("x-phonehome"), label, "{host}");
    }
    assert_eq!(server.counted(&["vm_reload:"]), 0, "{}", server.log());
}
