//! The Envoy filter under the mock host: any callbacks in any order with anything in them, and whatever the host refuses. Nothing
//! panics; who only observes changes nothing.

mod input;
mod stream;

use phonehome_filter::Filter;
use phonehome_filter::host::{Buffer, Flow};
use phonehome_filter::mock::Mock;
use phonehome_filter::settings::Embedded;

use input::Input;
pub use stream::dns_tcp;
pub(super) use stream::seeds as dns_tcp_seeds;

/// What is blocked, in every way that there is.
pub(super) const POLICY: &str = r#""policy": ["block suffix=nxdomain.test answer=nxdomain", "block suffix=null.test answer=null_ip",
    "block suffix=nodata.test answer=nodata", "block suffix=refused.test answer=refused", "block suffix=drop.test answer=drop",
    "block purpose=tracking", "log verdict=unknown"]"#;

const USES: [&str; 5] = ["doh", "dns_tcp", "sni", "authority", "events"];
/// The plugin's context, and how many others there are.
const PLUGIN: u32 = 1;
const CONTEXTS: u8 = 6;

/// Plays callbacks.
pub fn filter(data: &[u8]) {
    let mut input = Input::new(data);
    let (usage, flags) = (USES[usize::from(input.octet()) % USES.len()], input.octet());
    let enforces = flags & 1 != 0;
    let host = Mock::new(&settings(usage, flags));
    let refuses = flags & 2 != 0;
    if refuses {
        host.refusals.set(u64::from_le_bytes(std::array::from_fn(|_| input.octet())));
    }
    let mut filter = Filter::new(Embedded::default());
    filter.create(PLUGIN, 0);
    let is_configured = filter.configure(&host, PLUGIN);
    assert!(is_configured || refuses, "{:?}", host.log.borrow());
    while !input.is_empty() {
        step(&mut filter, &host, &mut input, enforces);
    }
}

fn settings(usage: &str, flags: u8) -> String {
    let mode = if flags & 1 == 0 { "observe" } else { "enforce" };
    let fail = if flags & 4 == 0 { "open" } else { "closed" };
    let mut text = format!(r#"{{"use": "{usage}", "mode": "{mode}", "fail": "{fail}", {POLICY}"#);
    if flags & 8 != 0 && matches!(usage, "doh" | "authority") {
        text.push_str(r#", "response_header": "x-phonehome""#);
    }
    if flags & 16 != 0 && usage == "sni" {
        text.push_str(r#", "sinkhole": "elsewhere""#);
    }
    if flags & 32 != 0 || usage == "events" {
        text.push_str(r#", "events": {"queue": "q", "vm_id": "v", "clients": true}"#);
    }
    text + "}"
}

fn step(filter: &mut Filter, host: &Mock, input: &mut Input<'_>, enforces: bool) {
    let call = input.octet();
    let context = u32::from(input.octet() % CONTEXTS);
    let ends = call & 0x80 != 0;
    let mut flow = Flow::Continue;
    match call & 0x0f {
        0 | 1 => filter.create(context, PLUGIN),
        2 => filter.delete(context),
        3 => {
            // A configuration that is none leaves the one that is there.
            let good = host.configuration.replace(input.piece());
            filter.configure(host, PLUGIN);
            host.configuration.replace(good);
            filter.configure(host, PLUGIN);
        }
        4 | 5 => {
            *host.request.borrow_mut() = request(input);
            flow = filter.request_headers(host, context, ends);
        }
        6 | 7 => {
            let size = usize::from(input.octet()) << (call >> 4 & 7);
            flow = with(host, Buffer::RequestBody, input.piece(), enforces, |_| {
                filter.request_body(host, context, size, ends)
            });
        }
        8 => {
            flow = with(host, Buffer::RequestBody, input.piece(), enforces, |_| filter.request_trailers(host, context))
        }
        9 => filter.response_headers(host, context),
        10 => {
            host.properties.borrow_mut().insert("connection.requested_server_name".to_owned(), input.piece());
            host.properties.borrow_mut().insert("source.address".to_owned(), input.piece());
            flow = filter.new_connection(host, context);
        }
        11 | 12 => {
            let lie = call & 0x40 != 0;
            flow = with(host, Buffer::Downstream, input.piece(), enforces, |size| {
                filter.downstream(host, context, size + usize::from(lie), ends)
            });
        }
        13 | 14 => {
            flow = with(host, Buffer::Upstream, input.piece(), enforces, |size| {
                filter.upstream(host, context, size, ends)
            });
        }
        _ => filter.queue_ready(host, context, u32::from(input.octet())),
    }
    let called = !host.calls.take().is_empty();
    let acted = flow == Flow::Pause || called || host.response.take().is_some() || host.is_closed.replace(false);
    assert!(enforces || !acted, "who only observes acts");
}

/// Runs a callback with octets in the buffer; who only observes leaves them alone.
fn with(host: &Mock, buffer: Buffer, octets: Vec<u8>, enforces: bool, callback: impl FnOnce(usize) -> Flow) -> Flow {
    let (flow, left) = host.with_buffer(buffer, &octets, || callback(octets.len()));
    assert!(enforces || left == octets, "who only observes changes octets");
    flow
}

/// The headers of a request.
fn request(input: &mut Input<'_>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let shape = input.octet();
    let method = match shape & 3 {
        0 => b"GET".to_vec(),
        1 => b"CONNECT".to_vec(),
        _ => b"POST".to_vec(),
    };
    let kind = if shape & 4 == 0 { b"application/dns-message".to_vec() } else { input.piece() };
    let path = if shape & 8 == 0 { [b"/?dns=".to_vec(), input.piece()].concat() } else { input.piece() };
    let mut headers = vec![(b":method".to_vec(), method), (b":path".to_vec(), path), (b"content-type".to_vec(), kind)];
    headers.push((b":authority".to_vec(), input.piece()));
    headers
}

/// A play of each use.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (usage, flags) in (0..USES.len() as u8).flat_map(|usage| [0x38, 0x3d, 0x3f].map(|flags| (usage, flags))) {
        let mut seed = vec![usage, flags];
        if flags & 2 != 0 {
            seed.extend([0x10, 0, 0, 0x20, 0, 4, 0, 0x40]);
        }
        for message in 0..input::READY as u8 {
            // A stream is made, its headers come, then its octets, then its answer's, then it goes.
            seed.extend([0, 2, 4, 2, 2, message, message, 0x86, 2, 40, message, 10, 2, message, message]);
            seed.extend([11, 2, message, 0x8b, 2, message, 13, 2, message, 9, 2, 15, 1, 0, 2, 2]);
        }
        seeds.push(seed);
    }
    seeds
}
