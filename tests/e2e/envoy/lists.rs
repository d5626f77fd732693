//! Lists and policies of the operator: in the configuration, and inside the module.

use std::fs;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use phonehome_tests::cli::Folder;
use phonehome_tests::{overlays, root};

use crate::http::Http;
use crate::running::{Running, Setup, run};
use phonehome_tests::dns::{query, seen};

/// A name on the threat list, and one that is on none.
const LISTED: &str = "bad.example.net";

/// What the answer's header says and its rcode.
fn ask(server: &Running, name: &str) -> (String, u8) {
    let response = Http::connect(server.port(10080)).post(&query(1, name, 1));
    let label = response.header("x-phonehome").expect("a label").to_owned();
    (label, seen(&response.body).1)
}

fn blocks_what_is_listed(server: &Running) {
    let (label, rcode) = ask(server, LISTED);
    assert!(
        label.starts_with("block|block|malicious|") && label.contains("overlay.threat|mine|") && rcode == 5,
        "{label} {rcode}"
    );
    let (label, rcode) = ask(server, "www.example.org");
    assert!(label.starts_with("allow|none|unknown|") && rcode == 0, "{label} {rcode}");
}

#[test]
fn a_list_in_the_configuration() {
    let list = STANDARD.encode(overlays::file("threat.hosts").bytes);
    let lists = format!("\"mode\": \"enforce\", \"overlays\": [{{\"name\": \"mine\", \"base64\": \"{list}\"}}],");
    let setup = Setup::of("doh").change("\"mode\": \"enforce\",", &lists);
    blocks_what_is_listed(&setup.policy(&["block listed=threat answer=refused"]).start());
}

#[test]
fn a_list_and_a_policy_inside_the_module() {
    let own = Folder::new();
    own.file("mine.policy", "block listed=threat answer=refused\n");
    own.file("threats.pack", overlays::file("threat.hosts").bytes);
    let module = own.path("own.wasm");
    let mut build = Command::new(env!("CARGO"));
    build.args(["run", "--quiet", "--package", "phonehome-dev", "--", "envoy", "--embed"]).arg(own.path(""));
    let told = run(build.arg("--out").arg(&module).current_dir(root("")));
    assert!(module.exists(), "{told}");
    let example = fs::read_to_string(root("host-harness/envoy/doh/envoy.yaml")).unwrap();
    let from = example.find("\"policy\": [").unwrap();
    let to = from + example[from..].find("],").unwrap() + 2;
    let lists = "\"policy\": \"mine\", \"overlays\": [{\"name\": \"mine\", \"embedded\": \"threats\"}],";
    let setup = Setup::of("doh").change(&example[from..to], lists);
    blocks_what_is_listed(&setup.change("../phonehome.wasm", module.to_str().unwrap()).start());
}
