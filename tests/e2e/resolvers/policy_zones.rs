//! Response policy zones in BIND, Unbound and PowerDNS Recursor.

use std::fs;
use std::path::PathBuf;

use phonehome_tests::cli::Folder;

use crate::cases::{self, text};
use crate::dig::{Seen, ask_from};
use crate::programs;
use crate::server::{Server, run};

const ZONE: &str = "phonehome.rpz";

/// A zone and its file.
type Zone = (String, PathBuf);

/// The one zone of a list that is not split.
fn single(folder: &Folder) -> Vec<Zone> {
    vec![(ZONE.to_owned(), folder.path("list.zone"))]
}

fn bind(folder: &Folder, zones: &[Zone]) -> Server {
    let policies: String = zones.iter().map(|(zone, _)| format!("zone \"{zone}\"; ")).collect();
    let zone = |(zone, file): &Zone| {
        format!("zone \"{zone}\" {{ type primary; file \"{}\"; allow-query {{ none; }}; }};\n", text(file))
    };
    let files: String = zones.iter().map(zone).collect();
    let options = format!("options {{ response-policy {{ {policies} }} qname-wait-recurse no break-dnssec yes; }};\n");
    programs::bind(folder, &(options + &files))
}

fn unbound(folder: &Folder, zones: &[Zone]) -> Server {
    let zone = |(zone, file): &Zone| format!("rpz:\n  name: \"{zone}.\"\n  zonefile: \"{}\"\n", text(file));
    let zones: String = zones.iter().map(zone).collect();
    programs::unbound(folder, &format!("  module-config: \"respip iterator\"\n{zones}"))
}

fn recursor(folder: &Folder, zones: &[Zone]) -> Server {
    let zone = |(zone, file): &Zone| format!("rpzFile(\"{}\", {{policyName=\"{zone}\"}})\n", text(file));
    programs::recursor(folder, &zones.iter().map(zone).collect::<String>())
}

fn no_difference(_: &str) -> Option<Seen> {
    None
}

/// Another policy, so that a list loaded anew shows.
const LIFTED: &str = "allow suffix=example.de\nblock suffix=nodata.test.de answer=nodata\n";

/// Exports the zone, has it loaded, changes it, and has it loaded anew.
fn load_twice(start: fn(&Folder, &[Zone]) -> Server, reload: fn(&Folder, &Server)) {
    let folder = Folder::new();
    let zone = cases::export(&folder, "rpz", cases::POLICY, "list.zone", &["--zone", ZONE]);
    assert!(run("named-checkzone", &[ZONE, text(&zone)]).ends_with("OK\n"));
    let server = start(&folder, &single(&folder));
    cases::check(server.port, no_difference);
    let serial = |text: &str| -> u32 {
        let soa = text.lines().find(|line| line.contains(" SOA ")).expect("a SOA");
        soa.split_whitespace().nth(5).and_then(|serial| serial.parse().ok()).expect("a serial")
    };
    let before = serial(&fs::read_to_string(&zone).unwrap());
    cases::export(&folder, "rpz", LIFTED, "list.zone", &["--zone", ZONE]);
    assert_eq!(serial(&fs::read_to_string(&zone).unwrap()), before + 1);
    reload(&folder, &server);
    server.wait_for("x.example.de", &Seen::Truth);
    server.wait_for("x.nodata.test.de", &Seen::Nodata);
}

#[test]
fn bind_loads_a_zone_and_loads_it_anew() {
    load_twice(bind, |_, server| server.hang_up());
}

#[test]
fn unbound_loads_a_zone_and_loads_it_anew() {
    load_twice(unbound, |_, server| server.hang_up());
}

#[test]
fn powerdns_recursor_loads_a_zone_and_loads_it_anew() {
    load_twice(recursor, |folder, _| {
        let here = folder.path("");
        run("rec_control", &[&format!("--socket-dir={}", text(&here)), "reload-lua-config"]);
    });
}

#[test]
fn zones_split_by_reason_together_do_what_one_does() {
    let folder = Folder::new();
    folder
        .file("devices", "127.0.0.2 exempt # the nurse's call\n127.0.0.3 block # out of order\n2001:db8::/64 exempt\n");
    cases::export(&folder, "rpz", cases::POLICY, "zones", &["--split", "reason", "--devices", "devices"]);
    let zone = |file: String| (file.trim_end_matches(".zone").to_owned(), folder.path("zones").join(file));
    let files =
        fs::read_dir(folder.path("zones")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut zones: Vec<Zone> = files.map(zone).collect();
    // Devices first: what they are exempt from must not have been decided before.
    zones.sort_by_key(|(zone, _)| (!zone.starts_with("devices."), zone.clone()));
    assert_eq!(zones.len(), 11);
    for (zone, file) in &zones {
        assert!(run("named-checkzone", &[zone, text(file)]).ends_with("OK\n"));
    }
    for start in [bind, unbound, recursor] {
        let server = start(&folder, &zones);
        cases::check(server.port, no_difference);
        assert_eq!(ask_from("127.0.0.2", server.port, "x.example.de"), Seen::Truth);
        assert_eq!(ask_from("127.0.0.3", server.port, "ready.example"), Seen::Nxdomain);
    }
}
