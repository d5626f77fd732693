//! AdGuard Home's engine reads the list (github.com/AdguardTeam/urlfilter).

use std::io::Write;
use std::process::{Command, Stdio};

use phonehome_tests::cli::Folder;
use phonehome_tests::root;

use crate::cases::{self, EXPECTED};
use crate::dig::Seen;

/// What the engine says of each name, and how many rules it took.
fn answers(list: &std::path::Path, names: &[&str]) -> (Vec<String>, u64) {
    let mut engine = Command::new("go")
        .args(["run", "."])
        .arg(list)
        .current_dir(root("tests/e2e/adguard"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Go runs");
    // A few names: they fit into the pipe whatever the engine does.
    engine.stdin.take().unwrap().write_all(names.join("\n").as_bytes()).unwrap();
    let output = engine.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    let rules = said.lines().last().and_then(|line| line.parse().ok()).expect("a number of rules");
    (String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect(), rules)
}

#[test]
fn adguards_engine_takes_every_rule_and_blocks_the_same() {
    let folder = Folder::new();
    let list = cases::export(&folder, "adguard", cases::POLICY, "list.txt", &[]);
    let names: Vec<&str> = EXPECTED.iter().map(|(name, _)| *name).collect();
    let (answers, rules) = answers(&list, &names);
    let text = std::fs::read_to_string(&list).unwrap();
    assert_eq!(rules, text.lines().filter(|line| !line.starts_with('!')).count() as u64);
    for ((name, seen), answer) in EXPECTED.iter().zip(&answers) {
        assert_eq!(answer == "block", *seen != Seen::Truth, "{name}: {answer}\n{text}");
    }
    assert_eq!(answers.len(), EXPECTED.len());
}

#[test]
fn adguards_engine_takes_the_whole_base() {
    let folder = Folder::new();
    let run = folder.run(["export", "--format", "adguard", "--policy", "things", "--output", "list.txt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let (answers, rules) = answers(&folder.path("list.txt"), &["x.duckdns.org", "www.weebly.com", "example.com"]);
    assert!(rules > 400, "{rules}");
    assert_eq!(answers, ["block", "allow", "none"]);
}
