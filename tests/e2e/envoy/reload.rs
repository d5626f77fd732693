//! Configurations that change while Envoy runs, configurations that cannot be used, and decisions as events.

use std::fs;

use crate::http::Http;
use crate::running::{Running, Setup};
use phonehome_tests::dns::{query, seen};

fn rcode(server: &Running, name: &str) -> u8 {
    seen(&Http::connect(server.port(10080)).post(&query(1, name, 1)).body).1
}

#[test]
fn a_new_configuration_is_taken_over_and_a_broken_one_is_not() {
    let mut server = Setup::of("ecds-reload").start();
    let file = server.example.join("filter/phonehome.yaml");
    let written = fs::read_to_string(&file).unwrap();
    let put = |text: &str| {
        let beside = file.with_extension("new");
        fs::write(&beside, text).unwrap();
        fs::rename(beside, &file).unwrap();
    };
    let line = "\"block purpose=tracking basis=stated impact!=breaks\"";
    let counter = |server: &Running, name: &str| server.counted(&["extension_config_discovery", name]);
    assert_eq!((rcode(&server, "logs.roku.com"), rcode(&server, "www.example.org")), (3, 0));
    put(&written.replace(line, "\"block name=www.example.org\""));
    server.wait("the new policy holds", |server| rcode(server, "www.example.org") == 3);
    assert_eq!(rcode(&server, "logs.roku.com"), 0);
    put(&written.replace(line, "\"block nonsense\""));
    server.wait("the broken one is refused", |server| counter(server, "update_rejected") == 1);
    assert_eq!((rcode(&server, "logs.roku.com"), rcode(&server, "www.example.org")), (0, 3), "the last good one stays");
    let told = "phonehome: configuration, at policy[0]: line 1, column 7: expected";
    server.wait("the log says what is wrong", |server| server.log().contains(told));
    put(&written.replace("\"mode\"", "\"mod\""));
    server.wait("an unknown key is refused", |server| counter(server, "update_rejected") == 2);
    assert!(server.log().contains("configuration, at mod: unknown field `mod`"), "{}", server.log());
    put(&written);
    server.wait("a good one is taken over again", |server| rcode(server, "logs.roku.com") == 3);
    // Another module under another name: so newer knowledge comes in. This one traps on a name of its own.
    put(&written
        .replace("../phonehome.wasm", "../faults.wasm")
        .replace("vm_id: phonehome-doh", "vm_id: phonehome-newer"));
    server.wait("the new module answers", |server| {
        Http::connect(server.port(10080)).post(&query(1, "trap.fault.test", 1)).status == 503
    });
    server.wait("and lives again", |server| {
        Http::connect(server.port(10080)).post(&query(1, "logs.roku.com", 1)).status == 200
    });
}

#[test]
fn envoy_does_not_start_with_what_cannot_be_used() {
    let told = Setup::of("doh").change("\"use\": \"doh\"", "\"use\": \"dns\"").refused();
    assert!(told.contains("configuration, at use: unknown variant `dns`, expected one of `doh`, `dns_tcp`"), "{told}");
}

#[test]
fn decisions_come_together_from_all_workers() {
    let mut setup = Setup::of("events");
    setup.workers = 2;
    let mut server = setup.start();
    const EACH: u64 = 50;
    for _ in 0..EACH {
        // Each on a connection of its own, so that both workers have some.
        assert_eq!((rcode(&server, "logs.roku.com"), rcode(&server, "www.example.org")), (0, 0));
    }
    server.wait("every decision is counted", |server| {
        server.counted(&["action.block.events_total"]) == EACH && server.counted(&["action.allow.events_total"]) == EACH
    });
    assert_eq!(server.counted(&["events_lost_total"]), 0);
    server.wait("they are logged with clients", |server| server.log().contains("phonehome event: doh\t127.0.0.1:"));
    assert!(server.log().contains("\t1\tblock|none|legitimate|95|roku||telemetry|"), "{}", server.log());
}
