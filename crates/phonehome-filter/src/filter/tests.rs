//! Streams under the mock host, from the first callback to the last.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::filter::Filter;
use crate::host::{Buffer, Flow, Level};
use crate::made::{query, with_opt};
use crate::mock::Mock;
use crate::settings::Embedded;

const PLUGIN: u32 = 1;
const STREAM: u32 = 2;
const BLOCKS: &str =
    r#""mode": "enforce", "policy": ["block suffix=blocked.test", "block suffix=drop.test answer=drop"]"#;
const MESSAGE: &str = "application/dns-message";

/// A host and a filter with one configured plugin and one stream.
fn start(settings: &str) -> (Mock, Filter) {
    let host = Mock::new(&format!("{{{settings}}}"));
    let mut filter = Filter::new(Embedded::default());
    filter.create(PLUGIN, 0);
    assert!(filter.configure(&host, PLUGIN), "{:?}", host.log.borrow());
    filter.create(STREAM, PLUGIN);
    (host, filter)
}

fn post(host: &Mock, filter: &mut Filter, body: &[u8]) -> Flow {
    host.set_request(&[(":method", "POST"), (":path", "/dns-query"), ("content-type", MESSAGE)]);
    match filter.request_headers(host, STREAM, false) {
        Flow::Pause => {
            host.with_buffer(Buffer::RequestBody, body, || filter.request_body(host, STREAM, body.len(), true)).0
        }
        flow => flow,
    }
}

fn framed(message: &[u8]) -> Vec<u8> {
    [&u16::try_from(message.len()).unwrap().to_be_bytes(), message].concat()
}

#[test]
fn a_blocked_request_is_answered_with_headers_to_match() {
    let (host, mut filter) = start(&format!(r#""use": "doh", "response_header": "x-why", {BLOCKS}"#));
    assert_eq!(post(&host, &mut filter, &query(9, "a.blocked.test", 1)), Flow::Pause);
    let (status, headers, body) = host.response.take().unwrap();
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).unwrap().1.clone();
    assert_eq!((status, header("content-type"), header("cache-control")), (200, MESSAGE.into(), "max-age=300".into()));
    let label = "block|block|unknown|0||||unknown|name.local||1|a.blocked.test";
    assert_eq!(header("x-why"), label);
    assert_eq!(host.properties.borrow()["phonehome"], label.as_bytes());
    assert_eq!((&body[..2], body[3] & 15), ([0, 9].as_slice(), 3));
    // Envoy shows us our own answer's headers, too.
    filter.response_headers(&host, STREAM);
    assert!(host.added.borrow().is_empty(), "told once");
}

#[test]
fn a_request_that_passes_is_told_of_in_the_answer() {
    let (host, mut filter) = start(&format!(r#""use": "doh", "response_header": "x-why", {BLOCKS}"#));
    assert_eq!(post(&host, &mut filter, &query(9, "b.test", 1)), Flow::Continue);
    filter.response_headers(&host, STREAM);
    let told = host.added.borrow().clone();
    assert_eq!(told, [("x-why".to_owned(), "allow|none|unknown|0||||unknown|name.local|||b.test".to_owned())]);
}

#[test]
fn where_the_host_takes_no_answer_the_request_passes_if_it_may() {
    for (fail, expected) in [("open", Flow::Continue), ("closed", Flow::Pause)] {
        let (host, mut filter) = start(&format!(r#""use": "doh", "fail": "{fail}", {BLOCKS}"#));
        host.set_request(&[(":method", "POST"), (":path", "/"), ("content-type", MESSAGE)]);
        assert_eq!(filter.request_headers(&host, STREAM, false), Flow::Pause);
        let body = query(9, "a.blocked.test", 1);
        // Everything is refused but the octets.
        host.refusals.set(!1);
        let ask = || filter.request_body(&host, STREAM, body.len(), true);
        let flow = host.with_buffer(Buffer::RequestBody, &body, ask).0;
        assert_eq!((flow, host.response.take()), (expected, None), "{fail}");
    }
}

/// Everything that some server answers although it is odd.
#[test]
fn no_odd_way_to_ask_slips_through() {
    let message = query(9, "a.blocked.test", 1);
    let encoded = STANDARD_NO_PAD.encode(&message).replace('+', "-").replace('/', "_");
    let (front, back) = encoded.split_at(30);
    let escaped: String = encoded.bytes().map(|letter| format!("%{letter:02x}")).collect();
    let paths = [
        format!("/?dns={encoded}"),
        format!("/?dns={front}!{back}"),
        format!("/?dns={front}.{back}&x=y"),
        format!("/?dns={front}&{back}"),
        format!("/?dns={front}%0A{back}"),
        format!("/?dns=AAAA&dns={encoded}"),
        format!("/?dns={encoded}&dns=AAAA"),
        format!("/?%64%6e%73={escaped}"),
    ];
    let ask = |method: &str, path: &str, kind: &str, body: &[u8]| {
        let (host, mut filter) = start(&format!(r#""use": "doh", {BLOCKS}"#));
        host.set_request(&[(":method", method), (":path", path), ("content-type", kind)]);
        let flow = filter.request_headers(&host, STREAM, body.is_empty());
        if host.response.borrow().is_none() && flow == Flow::Pause {
            host.with_buffer(Buffer::RequestBody, body, || filter.request_body(&host, STREAM, body.len(), true));
        }
        host.response.take().is_some()
    };
    for method in ["GET", "get", "gEt", "POST", "HEAD"] {
        for path in &paths {
            assert!(ask(method, path, "", b""), "{method} {path}");
            assert!(ask(method, path, MESSAGE, &query(1, "b.test", 1)), "{method} {path} with a body that may pass");
        }
        for kind in ["", "text/plain", "application/dns-json", MESSAGE] {
            assert!(ask(method, "/dns-query", kind, &message), "{method} {kind}");
        }
        assert!(!ask(method, "/dns-query", "text/plain", b"a text that is no DNS message"), "{method}");
    }
    // What passes passes, whatever header comes with it.
    assert!(!ask("GET", &format!("/?dns={}", STANDARD_NO_PAD.encode(query(1, "b.test", 1))), MESSAGE, b""));
    // A name that ends in a pointer to the header's zero octet, an opcode that is no query, any class.
    let compressed = [&message[..27], &[0xc0, 6, 0, 1, 0, 1]].concat();
    let with = |at: usize, octet: u8| {
        let mut message = message.clone();
        message[at] = octet;
        message
    };
    for odd in [compressed, with(2, 0x21), with(message.len() - 1, 255)] {
        assert!(ask("POST", "/dns-query", MESSAGE, &odd), "{}", odd.escape_ascii());
    }
}

#[test]
fn padded_questions_get_padded_answers() {
    let (host, mut filter) = start(&format!(r#""use": "doh", {BLOCKS}"#));
    let padding = [[0, 12, 0, 60].as_slice(), &[0; 60]].concat();
    for (options, is_padded) in [(padding.as_slice(), true), (&[][..], false)] {
        filter.create(STREAM, PLUGIN);
        let long = format!("{}.{}.{}.blocked.test", "a".repeat(63), "b".repeat(63), "c".repeat(63));
        for name in ["a.blocked.test", &long] {
            assert_eq!(post(&host, &mut filter, &with_opt(&query(9, name, 1), true, options)), Flow::Pause);
            let (_, _, body) = host.response.take().unwrap();
            assert_eq!(body.len().is_multiple_of(468), is_padded, "{name}: {}", body.len());
        }
    }
}

#[test]
fn metrics_are_bounded_and_named_after_what_they_count() {
    let (host, mut filter) = start(&format!(r#""use": "doh", {BLOCKS}"#));
    for number in 0..500 {
        post(&host, &mut filter, &query(9, &format!("n{number}.test"), 1));
    }
    post(&host, &mut filter, &query(9, "a.blocked.test", 1));
    post(&host, &mut filter, &query(9, "logs.roku.com", 1));
    post(&host, &mut filter, b"?");
    let name = "phonehome.use.doh.verdict.unknown.purpose_group.none.action.block.applied.block.requests_total";
    assert_eq!(host.counted(&[name]), 1);
    assert_eq!(host.counted(&["requests_total", "use.doh"]), 502);
    assert_eq!(host.counted(&["phonehome.vendor.roku.vendor_requests_total"]), 1);
    assert_eq!(host.counted(&["phonehome.use.doh.unreadable_total"]), 1);
    assert!(host.metrics.borrow().len() < 10, "{:?}", host.metrics.borrow());
}

/// A resolver's answer to a stand-in, and with how many digits its number is written.
fn stand_in_answer(id: u16, number: u32) -> Vec<u8> {
    let mut answer = query(id, &format!("{number:08X}.BLOCKED.invalid"), 1);
    answer[2] = 0x81;
    framed(&answer)
}

#[test]
fn a_flood_of_blocked_questions_is_bounded() {
    let (host, mut filter) = start(&format!(r#""use": "dns_tcp", {BLOCKS}"#));
    let flood: Vec<u8> = (0..2000).flat_map(|id| framed(&query(id, "a.blocked.test", 1))).collect();
    host.with_buffer(Buffer::Downstream, &flood, || filter.downstream(&host, STREAM, flood.len(), false));
    let forgotten = u32::try_from(host.counted(&["phonehome.over_limit_total"])).unwrap();
    assert!((1500..2000).contains(&forgotten), "{forgotten}");
    let mut answer = |id: u16, number| {
        let answer = stand_in_answer(id, number);
        let (_, left) =
            host.with_buffer(Buffer::Upstream, &answer, || filter.upstream(&host, STREAM, answer.len(), false));
        left
    };
    assert!(answer(0, 0).is_empty(), "the answer to a stand-in whose question was forgotten is nobody's");
    let last = answer(1999, 1999);
    assert_eq!((&last[2..4], last[5] & 15), ([0x07, 0xcf].as_slice(), 3), "the newest are kept");
}

#[test]
fn answers_belong_to_their_own_question_whatever_the_ids() {
    let (host, mut filter) = start(&format!(r#""use": "dns_tcp", {BLOCKS}"#));
    let questions: Vec<u8> = ["first.blocked.test", "pass.test", "second.blocked.test"]
        .into_iter()
        .flat_map(|name| framed(&query(7, name, 1)))
        .collect();
    host.with_buffer(Buffer::Downstream, &questions, || filter.downstream(&host, STREAM, questions.len(), false));
    let mut passing = query(7, "pass.test", 1);
    passing[2] = 0x81;
    let passing = framed(&passing);
    // The first is never answered; what passes is, with the same ID.
    let octets = [passing.clone(), stand_in_answer(7, 1)].concat();
    let (_, left) = host.with_buffer(Buffer::Upstream, &octets, || filter.upstream(&host, STREAM, octets.len(), false));
    let ours = left.strip_prefix(passing.as_slice()).expect("what passes comes as it is");
    assert!(ours.windows(7).any(|window| window == b"\x06second"), "{}", ours.escape_ascii());
    // An error without its question tells the ID alone.
    let error = framed(&[0, 7, 0x81, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    let (_, left) = host.with_buffer(Buffer::Upstream, &error, || filter.upstream(&host, STREAM, error.len(), false));
    assert!(left.windows(6).any(|window| window == b"\x05first"), "{}", left.escape_ascii());
}

#[test]
fn a_stream_in_disorder_is_closed() {
    let (host, mut filter) = start(&format!(r#""use": "dns_tcp", {BLOCKS}"#));
    let frame = framed(&query(7, "b.test", 1));
    let mut feed = |octets: &[u8]| {
        host.with_buffer(Buffer::Downstream, octets, || filter.downstream(&host, STREAM, octets.len(), false))
    };
    let (front, back) = frame.split_at(9);
    assert_eq!(feed(front), (Flow::Continue, Vec::new()), "held until it is judged");
    // The host shows us nothing: what is held can never go on.
    host.refusals.set(1);
    assert_eq!(feed(back).0, Flow::Pause);
    assert!(host.is_closed.get());
    assert_eq!(feed(b"more"), (Flow::Continue, b"more".to_vec()), "nothing is touched afterwards");
}

#[test]
fn events_are_sent_when_there_is_who_reads_them() {
    let events = r#""events": {"queue": "q", "vm_id": "v", "clients": true}"#;
    let (host, mut filter) = start(&format!(r#""use": "doh", {BLOCKS}, {events}"#));
    host.properties.borrow_mut().insert("source.address".to_owned(), b"192.0.2.1:5".to_vec());
    post(&host, &mut filter, &query(9, "a.test", 28));
    assert_eq!(host.counted(&["phonehome.events_lost_total"]), 1);
    let reader = 10;
    host.configuration.replace(br#"{"use": "events", "events": {"queue": "q"}}"#.to_vec());
    filter.create(reader, 0);
    assert!(filter.configure(&host, reader));
    post(&host, &mut filter, &query(9, "a.blocked.test", 28));
    filter.queue_ready(&host, reader, 0);
    assert_eq!(host.counted(&["phonehome.action.block.events_total"]), 1);
    let line = "phonehome event: doh\t192.0.2.1:5\t28\tblock|block|unknown|0||||unknown|name.local||1|a.blocked.test";
    assert!(host.log.borrow().iter().any(|(_, told)| told == line), "{:?}", host.log.borrow());
}

#[test]
fn sni_goes_to_the_sinkhole_or_is_closed() {
    for (sinkhole, refusals, calls, is_closed) in
        [("", 0, 0, true), (r#""sinkhole": "hole","#, 0, 1, false), (r#""sinkhole": "hole","#, u64::MAX >> 1, 0, false)]
    {
        let (host, mut filter) = start(&format!(r#""use": "sni", {sinkhole} {BLOCKS}"#));
        let name = "connection.requested_server_name".to_owned();
        host.properties.borrow_mut().insert(name, b"A.blocked.test".to_vec());
        // The name is given, everything after it is refused.
        host.refusals.set(refusals << 1);
        filter.new_connection(&host, STREAM);
        assert_eq!((host.calls.borrow().len(), host.is_closed.get()), (calls, is_closed), "{sinkhole} {refusals:x}");
    }
}

#[test]
fn old_knowledge_is_told_of() {
    const YEAR: u64 = 366 * 24 * 60 * 60;
    let (host, mut filter) = start(&format!(r#""use": "doh", {BLOCKS}"#));
    let dated = host.counted(&["phonehome.pack_timestamp_seconds"]);
    for (years, warnings) in [(0, 0), (1, 1)] {
        host.now.set(Some((dated + years * YEAR) * 1_000_000_000));
        assert!(filter.configure(&host, PLUGIN));
        let log = host.log.borrow();
        assert_eq!(log.iter().filter(|(_, line)| line.ends_with("is older than a year")).count(), warnings);
    }
}

#[test]
fn the_log_says_what_is_in_force() {
    let (host, _) = start(&format!(r#""use": "doh", {BLOCKS}"#));
    let told = host.log.borrow()[0].1.clone();
    assert!(told.starts_with("phonehome doh, enforce, policy of 2 lines: knowledge "), "{told}");
    let (host, _) = start(r#""use": "doh", "mode": "enforce""#);
    let told = host.log.borrow()[1].clone();
    assert_eq!(told, (Level::Warn, "phonehome doh: there is no policy, so that \"enforce\" blocks nothing".to_owned()));
}

#[test]
fn a_plugin_in_the_wrong_place_says_so_once() {
    let (host, mut filter) = start(&format!(r#""use": "sni", {BLOCKS}"#));
    for _ in 0..3 {
        assert_eq!(filter.request_headers(&host, STREAM, true), Flow::Continue);
    }
    let log = host.log.borrow();
    let warnings: Vec<&str> =
        log.iter().filter(|(level, _)| *level == Level::Warn).map(|(_, line)| line.as_str()).collect();
    assert_eq!(warnings, ["phonehome: \"use\": \"sni\" has no effect in an HTTP filter: everything passes"]);
}

#[test]
fn a_broken_configuration_is_told_and_the_last_one_stays() {
    let (host, mut filter) = start(&format!(r#""use": "doh", {BLOCKS}"#));
    host.configuration.replace(b"{\"use\": 1}".to_vec());
    assert!(!filter.configure(&host, PLUGIN));
    let told = host.log.borrow().last().unwrap().clone();
    assert!(told.0 == Level::Error && told.1.starts_with("phonehome: configuration, at use: "), "{told:?}");
    assert_eq!(post(&host, &mut filter, &query(9, "a.blocked.test", 1)), Flow::Pause);
}
