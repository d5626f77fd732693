//! Overlays: from a list to answers that name it, and what `--fail-on` makes of them.

use phonehome_tests::cli::Folder;

fn with_threats() -> Folder {
    let folder = Folder::new();
    folder.file("bad.txt", "evil.example\nnot one name\nevil.example\n*.wild.example\nlogs.roku.com\n");
    folder
}

const BUILD: [&str; 10] =
    ["overlay", "build", "--from", "domains", "--as", "threat", "--match", "suffix", "--name", "My threats"];

#[test]
fn a_list_becomes_an_overlay_and_says_what_it_left_out() {
    let folder = with_threats();
    let out = folder.run(BUILD.iter().chain(&["--date", "2026-11-01", "bad.txt", "-o", "t.pack"])).ok(0);
    for said in ["2 rules", "1 line said again", "2 entries not kept", "bad.txt:2: ", "bad.txt:4: ", "bytes"] {
        assert!(out.contains(said), "{said}: {out}");
    }
    let bytes = std::fs::read(folder.path("t.pack")).unwrap();
    let pack = phonehome::NamedPack { name: None, bytes: bytes.into() };
    let classifier = phonehome::Classifier::builtin_with(vec![pack], &[]).unwrap();
    let info = classifier.overlay_infos().remove(0);
    assert_eq!((info.name.as_str(), info.rules, info.skipped, info.date), ("My threats", 2, 2, 20_261_101));
    let left: Vec<_> = std::fs::read_dir(folder.path("")).unwrap().collect();
    assert_eq!(left.len(), 2, "a temporary file stays: {left:?}");
}

#[test]
fn skipped_lines_beyond_the_first_are_shown_on_request() {
    let folder = Folder::new();
    let lines: String = (0..30).map(|number| format!("a b {number}\n")).collect();
    folder.file("bad.txt", lines + "evil.example\n");
    let shown = |more: &[&str]| {
        let out = folder.run(BUILD.iter().chain(&["bad.txt", "-o", "t.pack"]).chain(more)).ok(0);
        (out.matches("bad.txt:").count(), out.contains("and 20 more"))
    };
    assert_eq!(shown(&[]), (10, true));
    assert_eq!(shown(&["--show-skipped"]), (30, false));
}

#[test]
fn a_threat_makes_a_name_malicious_and_a_finding() {
    let folder = with_threats();
    folder.run(BUILD.iter().chain(&["bad.txt", "-o", "t.pack"])).ok(0);
    let run = folder.run(["classify", "--overlay", "t.pack", "a.evil.example", "logs.roku.com", "a.com"]);
    let verdicts: Vec<bool> = run.out.lines().map(|line| line.contains("\"verdict\":\"malicious\"")).collect();
    assert_eq!(verdicts, [true, true, false], "{run:?}");
    assert!(run.out.contains("My threats") && run.out.contains("\"id\":\"roku\""), "{run:?}");
    let named = folder.run(["--overlay", "Other=t.pack", "explain", "evil.example"]).ok(0);
    assert!(named.contains("Block it? Yes: it is on the threat list Other."), "{named}");
    let code = |arguments: &[&str]| folder.run(arguments).code;
    assert_eq!(code(&["--overlay", "t.pack", "classify", "a.com", "--fail-on", "malicious"]), 0);
    assert_eq!(code(&["--overlay", "t.pack", "classify", "evil.example", "--fail-on", "risky,malicious"]), 1);
    assert_eq!(code(&["--overlay", "t.pack", "explain", "evil.example", "--fail-on", "malicious"]), 1);
}

#[test]
fn findings_by_verdict_and_policy() {
    let folder = Folder::new();
    let code = |arguments: &[&str]| folder.run(arguments).code;
    assert_eq!(code(&["classify", "evil.ddns.net", "--fail-on", "risky"]), 1);
    assert_eq!(code(&["classify", "logs.roku.com", "--fail-on", "risky,suspicious,unknown"]), 0);
    assert_eq!(code(&["classify", "samsungc1oudsolution.com", "--fail-on", "suspicious"]), 1);
    assert_eq!(code(&["classify", "evil.ddns.net", "--policy", "things", "--fail-on", "blocked"]), 1);
    assert_eq!(code(&["classify", "logs.roku.com", "--policy", "observe", "--fail-on", "blocked"]), 0);
    // A gate that can never close is refused.
    assert_eq!(code(&["classify", "evil.ddns.net", "--fail-on", "blocked"]), 2);
    assert_eq!(code(&["classify", "evil.ddns.net", "--fail-on", "malicious"]), 2);
}

#[test]
fn bad_use_names_the_file() {
    let folder = with_threats();
    let build = |more: &[&str]| folder.run(BUILD[..6].iter().chain(&["--name", "x"]).chain(more));
    let unscoped = build(&["bad.txt", "-o", "t.pack"]);
    assert_eq!(unscoped.code, 2);
    assert!(unscoped.err.contains("bad.txt: ") && unscoped.err.contains("--match"), "{unscoped:?}");
    let onto_itself = build(&["--match", "exact", "bad.txt", "-o", "bad.txt"]);
    assert_eq!(onto_itself.code, 2);
    assert!(std::fs::read_to_string(folder.path("bad.txt")).unwrap().starts_with("evil.example"));
    let as_overlay = folder.run(["classify", "a.com", "--overlay", "bad.txt"]);
    assert_eq!(as_overlay.code, 2);
    assert!(as_overlay.err.contains("bad.txt: not a phonehome pack"), "{as_overlay:?}");
    let as_pack = folder.run(["classify", "a.com", "--pack", "nosuch.pack"]);
    assert_eq!(as_pack.code, 2);
    assert!(as_pack.err.contains("nosuch.pack: "), "{as_pack:?}");
}
