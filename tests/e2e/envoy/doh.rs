//! DNS over HTTPS with real clients.

use std::fs;
use std::process::Command;

use crate::http::Http;
use crate::running::{Running, Setup, run};
use phonehome_tests::dns::{query, seen};

pub(crate) const POLICY: [&str; 5] = [
    "block name=nxdomain.example",
    "block name=null.example answer=null_ip",
    "block name=nodata.example answer=nodata",
    "block name=refused.example answer=refused",
    "block name=drop.example answer=drop",
];

/// Asks in one way for every answer; each text must be in what the client prints.
pub(crate) fn every_answer(way: &str, ask: &dyn Fn(&[&str]) -> String) {
    let has = |words: &[&str], parts: &[&str]| {
        let told = ask(words);
        parts.iter().for_each(|part| assert!(told.contains(part), "{way} {words:?} lacks {part:?}\n{told}"));
    };
    has(&["www.example.org", "A"], &["NOERROR", "127.0.0.1"]);
    has(&["nxdomain.example", "A"], &["NXDOMAIN", "EDE: 15 (Blocked)", "(unknown)", "IN\tSOA"]);
    has(&["nodata.example", "A"], &["NOERROR", "ANSWER: 0", "IN\tSOA"]);
    has(&["null.example", "A"], &["NOERROR", "300\tIN\tA\t0.0.0.0"]);
    has(&["null.example", "AAAA"], &["NOERROR", "300\tIN\tAAAA\t::"]);
    has(&["null.example", "HTTPS"], &["NOERROR", "ANSWER: 0", "IN\tSOA"]);
    has(&["refused.example", "A"], &["REFUSED", "EDE: 15 (Blocked)"]);
    // A mixture of cases comes back as it was.
    has(&["nXdOmAiN.ExAmPlE", "A"], &["NXDOMAIN", "nXdOmAiN.ExAmPlE."]);
    let plain = ask(&["nxdomain.example", "A", "+noedns"]);
    assert!(plain.contains("NXDOMAIN") && !plain.contains("EDE"), "{way}: {plain}");
}

#[test]
fn every_answer_over_every_transport() {
    let server = Setup::of("doh").policy(&POLICY).start();
    let ways: [(&[&str], u16); 4] = [
        (&["+https=/dns-query"], 10443),
        (&["+https-get=/dns-query"], 10443),
        (&["+http-plain=/dns-query"], 10080),
        (&["+http-plain-get=/dns-query"], 10080),
    ];
    for (way, port) in ways {
        every_answer(&format!("{way:?}"), &|words| server.dig(way, port, words));
        let dropped = server.dig(way, port, &["drop.example", "A"]);
        assert!(!dropped.contains("status:"), "{way:?}: {dropped}");
    }
    for way in ["+https", "+https-get"] {
        // The resolver's tool asks for padded answers by itself.
        let told = server.kdig(&[way], 10443, &["nxdomain.example"]);
        for part in
            ["status: NXDOMAIN", "EDE: 15 (Blocked): 'phonehome: policy line 2 (unknown)'", "PADDING", "Received 468 B"]
        {
            assert!(told.contains(part), "{way}: {part:?} is not in\n{told}");
        }
        assert!(server.kdig(&[way], 10443, &["www.example.org"]).contains("127.0.0.1"));
    }
}

fn curl(server: &Running, words: &[&str]) -> String {
    let url = format!("https://127.0.0.1:{}/dns-query", server.port(10443));
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--insecure", "--include", "--max-time", "20", "--output", "-"]).args(words).arg(url);
    run(&mut curl)
}

#[test]
fn clients_of_http_see_what_http_needs() {
    let server = Setup::of("doh").policy(&POLICY).start();
    let file = |name: &str| {
        fs::write(server.folder.path("question"), query(0, name, 1)).unwrap();
        format!("@{}", server.folder.path("question").display())
    };
    for version in ["--http1.1", "--http2"] {
        let ask = |name: &str| {
            let question = file(name);
            let kind = "content-type: application/dns-message";
            curl(&server, &[version, "--header", kind, "--data-binary", &question]).to_ascii_lowercase()
        };
        let has = |name: &str, parts: &[&str]| {
            let told = ask(name);
            parts.iter().for_each(|part| assert!(told.contains(part), "{version} {name} lacks {part:?}\n{told}"));
        };
        let label = "x-phonehome: block|block|unknown|0||||unknown|suffix.unlisted||2|nxdomain.example";
        has(
            "nxdomain.example",
            &[" 200", "content-type: application/dns-message", "cache-control: max-age=300", label],
        );
        has("refused.example", &[" 200", "cache-control: max-age=0"]);
        has("drop.example", &[" 503"]);
        has("www.example.org", &[" 200", "x-phonehome: allow|none|unknown|"]);
    }
}

#[test]
fn a_connection_serves_many_requests() {
    let server = Setup::of("doh").policy(&POLICY).start();
    let mut http = Http::connect(server.port(10080));
    for id in 0..200 {
        let (name, rcode, records) = if id % 2 == 0 { ("www.example.org", 0, 1) } else { ("nxdomain.example", 3, 0) };
        let response = http.post(&query(id, name, 1));
        assert_eq!((response.status, seen(&response.body)), (200, (id, rcode, records)));
    }
    assert_eq!(server.counted(&["phonehome", "requests_total", "applied.block"]), 100);
    assert_eq!(server.counted(&["phonehome", "requests_total", "applied.none"]), 100);
}

#[test]
fn observing_changes_nothing_and_needs_no_switch() {
    let knob = "allow_on_headers_stop_iteration: true ";
    let setup =
        Setup::of("doh").change("\"mode\": \"enforce\",", "").change(knob, "allow_on_headers_stop_iteration: false ");
    let mut server = setup.policy(&POLICY).start();
    for way in ["+https=/dns-query", "+https-get=/dns-query"] {
        for name in ["nxdomain.example", "drop.example", "www.example.org"] {
            assert!(server.dig(&[way], 10443, &[name, "+short"]).contains("127.0.0.1"), "{way} {name}");
        }
    }
    server.wait("the log tells what would be blocked", |server| {
        let log = server.log();
        log.contains("POST 200 block|none|unknown|0||||unknown|suffix.unlisted||2|nxdomain.example")
            && log.contains("GET 200 block|none|")
    });
    assert_eq!(server.counted(&["phonehome", "action.block.applied.none"]), 4);
}

#[test]
fn metrics_have_labels_and_routes_may_do_without() {
    let server = Setup::of("doh").start();
    server.dig(&["+https=/dns-query"], 10443, &["logs.roku.com"]);
    assert_eq!(Http::connect(server.port(10080)).get("/health").status, 200);
    let stats = server.admin("/stats/prometheus");
    let line = "phonehome_requests_total{use=\"doh\",verdict=\"legitimate\",purpose_group=\"tracking\",action=\"block\",applied=\"block\"} 1";
    assert!(stats.contains(line), "{stats}");
    assert!(stats.contains("phonehome_vendor_requests_total{vendor=\"roku\"} 1"), "{stats}");
    assert!(stats.contains("phonehome_pack_timestamp_seconds{} "), "{stats}");
    assert!(!stats.contains("logs.roku"), "no metric holds a name");
}
