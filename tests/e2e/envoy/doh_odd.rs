//! Requests that are odd: whatever comes, the filter lives, and what is no question passes or gets HTTP's own error.

use std::fs;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::doh::POLICY;
use crate::http::Http;
use crate::running::{Running, Setup, run};
use phonehome_tests::dns::{padded, query, seen};

fn lives(server: &Running) {
    let blocked = Http::connect(server.port(10080)).post(&query(7, "nxdomain.example", 1));
    assert_eq!((blocked.status, seen(&blocked.body)), (200, (7, 3, 0)), "it still blocks\n{}", server.log());
    assert_eq!(server.counted(&["vm_reload:"]), 0, "it never failed\n{}", server.log());
}

#[test]
fn bodies_in_pieces() {
    let server = Setup::of("doh").policy(&POLICY).start();
    let mut http = Http::connect(server.port(10080));
    for (name, rcode) in [("nxdomain.example", 3), ("www.example.org", 0)] {
        // In one octet each, by length.
        let question = query(1, name, 1);
        let head = format!(
            "POST /dns-query HTTP/1.1\r\nhost: x\r\ncontent-type: application/dns-message\r\ncontent-length: {}\r\n\r\n",
            question.len()
        );
        http.send(&[head.as_bytes(), &question].concat(), 1);
        assert_eq!(seen(&http.response().body).1, rcode, "{name}");
        // In chunks of HTTP, with an end of their own.
        let mut chunked =
            b"POST /dns-query HTTP/1.1\r\nhost: x\r\ncontent-type: application/dns-message\r\ntransfer-encoding: chunked\r\n\r\n"
                .to_vec();
        for piece in question.chunks(3) {
            chunked.extend(format!("{:x}\r\n", piece.len()).as_bytes());
            chunked.extend(piece);
            chunked.extend(b"\r\n");
        }
        chunked.extend(b"0\r\n\r\n");
        http.send(&chunked, 5);
        assert_eq!(seen(&http.response().body).1, rcode, "{name}");
        // The longest message there is: more than is looked at.
        let response = http.post(&padded(question, 65_535));
        let label = response.header("x-phonehome").unwrap_or_default();
        // Unbound takes no question of that size; the label shows that the filter had it pass.
        assert!(label.starts_with(if rcode == 0 { "allow|none|" } else { "block|block|" }), "{name}: {response:?}");
    }
    lives(&server);
}

#[test]
fn a_body_that_trailers_end() {
    let server = Setup::of("doh").policy(&POLICY).start();
    let ask = |name: &str| {
        fs::write(server.folder.path("question"), query(1, name, 1)).unwrap();
        let url = format!("http://127.0.0.1:{}/dns-query", server.port(10080));
        let mut nghttp = Command::new("nghttp");
        nghttp.args(["--data", "question", "--header=content-type: application/dns-message", "--trailer=x-end: yes"]);
        let output = nghttp.arg(url).current_dir(server.folder.path("")).output().unwrap();
        assert!(output.status.success() && output.stdout.len() > 12, "{output:?}");
        seen(&output.stdout)
    };
    assert_eq!(ask("nxdomain.example"), (1, 3, 0));
    assert_eq!(ask("www.example.org"), (1, 0, 1));
    lives(&server);
}

/// Messages that are none, or have no question that can be judged.
fn odd_messages() -> Vec<(&'static str, Vec<u8>)> {
    let good = query(1, "nxdomain.example", 1);
    let with = |at: usize, octets: &[u8]| {
        let mut message = good.clone();
        message.splice(at..at + octets.len(), octets.iter().copied());
        message
    };
    vec![
        ("text", b"this is no DNS message at all, but a text".to_vec()),
        ("short", good[..11].to_vec()),
        ("header alone", good[..12].to_vec()),
        ("cut", good[..good.len() - 3].to_vec()),
        ("a pointer to itself", with(12, &[0xc0, 12])),
        ("a pointer forward", with(12, &[0xc0, 200])),
        ("several questions", [with(4, &[0, 2]), good[12..].to_vec()].concat()),
        ("no question", with(4, &[0, 0])),
        ("an answer", with(2, &[0x81])),
        ("an update", with(2, &[0x29])),
        ("class CH", with(good.len() - 2, &[0, 3])),
        ("65,535 times 0xff", vec![0xff; 65_535]),
        ("counts that lie", with(6, &[0xff; 6])),
    ]
}

#[test]
fn what_is_no_question_passes() {
    let server = Setup::of("doh").policy(&POLICY).start();
    for (what, message) in odd_messages() {
        let mut http = Http::connect(server.port(10080));
        let response = http.post(&message);
        // Blocked is 200 with the filter's header; these go to the resolver, which has its own opinion.
        let label = response.header("x-phonehome").unwrap_or_default();
        let is_judged = what == "counts that lie";
        assert_eq!(label.starts_with("block"), is_judged, "{what}: {response:?}");
    }
    for path in ["/dns-query", "/dns-query?dns=!!", "/dns-query?dns=AAAA", "/dns-query?dns="] {
        let response = Http::connect(server.port(10080)).get(path);
        assert!(response.header("x-phonehome").is_none(), "{path}: {response:?}");
    }
    assert!(server.counted(&["phonehome", "unreadable_total"]) >= 7);
    lives(&server);
}

/// Ways to ask that some server answers: the resolver's address of a blocked name must come back by none.
#[test]
fn no_odd_way_to_ask_gets_the_truth() {
    let server = Setup::of("doh").policy(&POLICY).start();
    let question = query(1, "nxdomain.example", 1);
    let encoded = URL_SAFE_NO_PAD.encode(&question);
    let (front, back) = encoded.split_at(30);
    let mut asked = 0;
    let mut ask = |method: &str, path: &str, header: &str, body: &[u8]| {
        let mut http = Http::connect(server.port(10080));
        let head = format!("{method} {path} HTTP/1.1\r\nhost: x\r\n{header}content-length: {}\r\n\r\n", body.len());
        http.send(&[head.as_bytes(), body].concat(), usize::MAX);
        let response = http.response();
        let has_truth = response.body.windows(4).any(|window| window == [127, 0, 0, 1]);
        assert!(!has_truth, "{method} {path} {header}: {response:?}");
        // Of the methods that HTTP/1.1 knows, whatever the resolver thinks of them.
        let label = response.header("x-phonehome").unwrap_or_default();
        assert!(label.starts_with("block|block|"), "{method} {path} {header}: {response:?}");
        asked += 1;
    };
    for method in ["GET", "POST", "PUT"] {
        for header in
            ["", "content-type: text/plain\r\n", "content-type: application/dns-json\r\n", "content-type:\r\n"]
        {
            ask(method, "/dns-query", header, &question);
        }
        for query in [
            format!("dns={encoded}"),
            format!("x=1&dns={encoded}&y=2"),
            format!("dns={front}!{back}"),
            format!("dns={front}&{back}"),
            format!("dns={front}%0A{back}"),
            format!("%64ns={encoded}"),
            format!("dns={encoded}&dns={encoded}"),
            format!("dns=AAAA&dns={encoded}"),
        ] {
            ask(method, &format!("/dns-query?{query}"), "", b"");
        }
    }
    assert_eq!(asked, 36);
    // Methods in other letters, which HTTP/2 lets through.
    fs::write(server.folder.path("question"), &question).unwrap();
    for method in ["get", "gEt", "post", "Post"] {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--include", "--max-time", "20", "--http2-prior-knowledge", "--request", method]);
        curl.args(["--header", "content-type: application/dns-message", "--data-binary", "@question"]);
        let url = format!("http://127.0.0.1:{}/dns-query", server.port(10080));
        let told = run(curl.arg(url).current_dir(server.folder.path("")));
        assert!(told.contains("x-phonehome: block|block|"), "{method}: {told}");
    }
    lives(&server);
}

#[test]
fn who_wants_it_refuses_what_cannot_be_read() {
    let server = Setup::of("doh")
        .change("\"mode\": \"enforce\",", "\"mode\": \"enforce\", \"fail\": \"closed\",")
        .policy(&POLICY)
        .start();
    // Envoy ends a connection with a status of 400.
    let http = || Http::connect(server.port(10080));
    assert_eq!(http().post(b"no DNS").status, 400);
    assert_eq!(http().post(b"").status, 400);
    assert_eq!(http().get("/dns-query?dns=!!").status, 400);
    // A content type where there is no body is odd and no reason to refuse.
    let encoded = URL_SAFE_NO_PAD.encode(query(1, "www.example.org", 1));
    let head =
        format!("GET /dns-query?dns={encoded} HTTP/1.1\r\nhost: x\r\ncontent-type: application/dns-message\r\n\r\n");
    let mut get = http();
    get.send(head.as_bytes(), usize::MAX);
    assert_eq!(seen(&get.response().body), (1, 0, 1));
    assert_eq!(seen(&http().post(&query(1, "www.example.org", 1)).body), (1, 0, 1));
    lives(&server);
}

#[test]
fn headers_that_are_large_or_no_text() {
    let server = Setup::of("doh").policy(&POLICY).start();
    let question = query(1, "nxdomain.example", 1);
    let with = |name: &str, value: &[u8]| {
        let head = format!("POST /dns-query HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n{name}: ", question.len());
        let kind = b"\r\ncontent-type: application/dns-message\r\n\r\n";
        let mut http = Http::connect(server.port(10080));
        http.send(&[head.as_bytes(), value, kind, &question].concat(), usize::MAX);
        http.response()
    };
    assert_eq!(seen(&with("x-large", &[b'a'; 50_000]).body).1, 3);
    assert_eq!(with("x-too-large", &[b'a'; 100_000]).status, 431, "Envoy's own limit");
    for value in [b"\xff\xfe\x80".as_slice(), b"\xc3\x28", "ünïcode".as_bytes()] {
        let response = with("x-odd", value);
        assert_eq!((response.status, seen(&response.body).1), (200, 3), "{value:?}");
    }
    // In the header that is looked at, too.
    assert_eq!(
        with("content-type", b"\xff\xfe").header("x-phonehome").map(|label| label.starts_with("block|")),
        Some(true)
    );
    let long = format!("/dns-query?dns={}", "A".repeat(40_000));
    assert_eq!(Http::connect(server.port(10080)).get(&long).header("x-phonehome"), None);
    lives(&server);
}
