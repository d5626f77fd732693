//! The corpus through the plugin: its classify path gives the library's octets, and the running server its labels and actions.

use std::collections::BTreeMap;
use std::net::UdpSocket;
use std::process::Command;
use std::time::Duration;

use phonehome::{Action, AnswerMode, Classifier, Explanation, Name};
use phonehome_tests::cli::Folder;
use phonehome_tests::dns::query_name;
use phonehome_tests::{corpus, root};

use crate::serving::{Setup, start};

const GENTLE: &str = include_str!("../../../crates/phonehome-cli/presets/gentle.policy");

#[test]
fn the_plugin_gives_the_librarys_octets() {
    let classifier = Classifier::builtin_with(Vec::new(), &[GENTLE]).unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    let line = |case: corpus::Case| {
        let name = case.name.as_bytes();
        let (brief, long) = (classifier.classify(name, 0).to_bytes(), classifier.explain(name, 0).to_json());
        format!("{}\t{}\t{long}\n", hex(name), hex(&brief))
    };
    let folder = Folder::new();
    folder.file("corpus.tsv", corpus::cases().into_iter().map(line).collect::<String>());
    let output = Command::new("go")
        .args(["test", "-count=1", "-run", "^TestCorpus$", "-v", "./phonehome"])
        .env("PHONEHOME_CORPUS", folder.path("corpus.tsv"))
        .current_dir(root("host-harness/coredns"))
        .output()
        .expect("Go runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && told.contains("--- PASS: TestCorpus"), "{told}");
}

/// What the server is to say of a name: its labels as the log prints them, and of what is blocked the answer's code; what passes has that
/// of the resolver behind.
fn expected(answer: &Explanation<'_>) -> String {
    let id = |id: Option<&str>| id.unwrap_or_default().to_owned();
    let (action, applied, rcode) = match answer.action() {
        Action::Block(mode) => ("block", "block", rcode(mode)),
        Action::Allow if answer.brief.logged() => ("note", "none", ""),
        Action::Allow => ("allow", "none", ""),
    };
    let reasons: Vec<&str> = answer.brief.reasons().map(|reason| reason.id()).collect();
    let labels = [
        id(answer.vendor.map(|vendor| vendor.id)),
        id(answer.platform.map(|platform| platform.id)),
        answer.verdict().id().to_owned(),
        id(answer.brief.first_purpose().map(|purpose| purpose.id())),
        answer.brief.impact().id().to_owned(),
        answer.brief.confidence().to_string(),
        answer.advice.id().to_owned(),
        action.to_owned(),
        applied.to_owned(),
        reasons.join(","),
        rcode.to_owned(),
    ];
    labels.join("|")
}

fn rcode(mode: AnswerMode) -> &'static str {
    match mode {
        AnswerMode::Nxdomain => "NXDOMAIN",
        AnswerMode::Refused => "REFUSED",
        AnswerMode::NullIp | AnswerMode::Nodata => "NOERROR",
        AnswerMode::Drop => "-",
    }
}

#[test]
fn the_server_tells_and_does_what_the_library_says() {
    const LABELS: [&str; 10] =
        ["vendor", "platform", "verdict", "purpose", "impact", "confidence", "advice", "action", "applied", "reasons"];
    let labels = LABELS.map(|label| format!("{{/phonehome/{label}}}")).join("|");
    let folder = Folder::new();
    let setup = Setup {
        before: &format!("metadata\n log . \"answer {{>id}}|{labels}|{{rcode}}\"\n"),
        policy: GENTLE,
        ..Setup::default()
    };
    let server = start(&folder, &setup);
    let classifier = Classifier::builtin_with(Vec::new(), &[GENTLE]).unwrap();
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.connect(("127.0.0.1", server.port)).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut asked = BTreeMap::new();
    let names = corpus::cases().into_iter().filter_map(|case| Name::parse(case.name.as_bytes()).ok());
    for (id, name) in (1_u16..).zip(names) {
        // What CoreDNS reads back is the presentation form of these octets.
        asked.insert(id, expected(&classifier.explain(name.to_string().as_bytes(), 0)));
        socket.send(&query_name(id, &name)).unwrap();
        let mut response = [0; 4096];
        let length = socket.recv(&mut response).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(length > 12 && response[..2] == id.to_be_bytes(), "{name}");
    }
    assert!(asked.len() > 700, "{}", asked.len());
    // The log is written behind the answer.
    server.wait_for_line(&format!("answer {}|", asked.len()));
    let log = server.log();
    let told: BTreeMap<u16, &str> = log.lines().filter_map(told).collect();
    for (id, expected) in &asked {
        let told = told.get(id).unwrap_or_else(|| panic!("question {id} is not in the log"));
        assert!(told.starts_with(expected), "question {id}: {told}, not {expected}");
    }
}

/// Number and labels of a line of the log.
fn told(line: &str) -> Option<(u16, &str)> {
    let (id, labels) = line.split_once("answer ")?.1.split_once('|')?;
    Some((id.parse().ok()?, labels))
}
