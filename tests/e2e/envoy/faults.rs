//! A filter that traps: what that costs, that it comes back, and that others live on.

use crate::http::{Http, Response};
use crate::running::{Running, Setup};
use phonehome_tests::dns::{query, seen};

/// The plain listener with the module that traps, the TLS one with the release's, each in a virtual machine of its own.
fn start() -> Running {
    let text = std::fs::read_to_string(phonehome_tests::root("host-harness/envoy/doh/envoy.yaml")).unwrap();
    let from = text.find("      filters: &doh").unwrap();
    let to = text.find("  - name: doh_plain").unwrap();
    let filters = &text[from..to];
    let mut other = filters.to_owned();
    for (from, to) in [
        ("      filters: &doh", "    - filters:"),
        ("../phonehome.wasm", "../faults.wasm"),
        ("vm_id: phonehome-doh", "vm_id: phonehome-faults"),
        ("- name: phonehome\n", "- name: faulty\n"),
        // The route that goes without the filter names it.
        ("phonehome:\n", "faulty:\n"),
    ] {
        assert!(other.contains(from), "{from}");
        other = other.replace(from, to);
    }
    let plain = "    - filters: *doh\n";
    Setup::of("doh").change(plain, &other).start()
}

fn post(server: &Running, name: &str) -> Response {
    Http::connect(server.port(10080)).post(&query(1, name, 1))
}

#[test]
fn a_trap_costs_a_moment_and_nobody_else() {
    let mut server = start();
    assert_eq!(seen(&post(&server, "logs.roku.com").body).1, 3, "it blocks");
    assert_eq!(post(&server, "trap.fault.test").status, 503, "the request that traps fails");
    server.wait("it filters again", |server| {
        let response = post(server, "logs.roku.com");
        // Until a new virtual machine is there requests fail; none passes unseen.
        assert!(response.status == 503 || seen(&response.body).1 == 3, "{response:?}");
        let other = server.dig(&["+https=/dns-query"], 10443, &["logs.roku.com"]);
        assert!(other.contains("status: NXDOMAIN"), "the plugin beside it is not touched\n{other}");
        response.status == 200
    });
    assert_eq!(server.counted(&["vm_reload_success:"]), 1, "{}", server.admin("/stats?filter=vm_reload"));
    assert!(server.log().contains("in-VM backtrace"), "the log tells where\n{}", server.log());
}
