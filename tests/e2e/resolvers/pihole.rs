//! Pi-hole's regular expressions in an engine for POSIX extended ones, as Pi-hole has it: each against the whole name.

use std::io::Write;
use std::process::{Command, Stdio};

use phonehome_tests::cli::Folder;

use crate::cases::{self, EXPECTED};
use crate::dig::Seen;

#[test]
fn expressions_match_what_is_blocked() {
    let folder = Folder::new();
    let list = cases::export(&folder, "pihole-regex", cases::POLICY, "regex", &[]);
    let expressions: String = std::fs::read_to_string(list)
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#'))
        .fold(String::new(), |all, line| all + line + "\n");
    folder.file("expressions", &expressions);
    let mut grep = Command::new("grep")
        .args(["-E", "-f", "expressions"])
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("grep runs");
    let names: String = EXPECTED.iter().map(|(name, _)| format!("{name}\n")).collect();
    grep.stdin.take().unwrap().write_all(names.as_bytes()).unwrap();
    let matched = String::from_utf8(grep.wait_with_output().unwrap().stdout).unwrap();
    for (name, seen) in EXPECTED {
        // A list of expressions has no exceptions: where one is needed the name alone is blocked.
        let is_excepted = name.ends_with(".example.de") || name.ends_with(".crashlytics.com");
        let is_blocked = *seen != Seen::Truth && !is_excepted;
        assert_eq!(matched.lines().any(|line| line == *name), is_blocked, "{name}\n{expressions}");
    }
}
