//! Policies, the knowledge, completions.

use phonehome_tests::cli::Folder;
use phonehome_tests::small;
use serde_json::Value;

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/phonehome-data/phonehome.pack");

#[test]
fn a_policys_mistake_is_named_by_file_line_and_column() {
    let folder = Folder::new();
    folder.file("home.policy", "# mine\nblock purpose=tracking\nblock verdict=dangerous\n");
    for arguments in [&["policy", "check", "home.policy"][..], &["--policy", "home.policy", "classify", "a.com"]] {
        let run = folder.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains("home.policy:3:15: expected one of unknown"), "{run:?}");
        assert!(run.err.contains("got \"dangerous\""), "{run:?}");
    }
    assert_eq!(folder.run(["policy", "check", "nosuch"]).code, 2);
}

#[test]
fn rules_that_cannot_decide_are_warned_of() {
    let folder = Folder::new();
    folder.file("home.policy", "allow vendor=roku\nblock listed=threat\nblock vendor=roku purpose=tracking\n");
    let out = folder.run(["policy", "check", "home.policy"]).ok(0);
    assert!(out.contains("3 rules, 2 warnings"), "{out}");
    assert!(out.contains("home.policy:2: warning: ") && out.contains("home.policy:3: warning: never reached"), "{out}");
    for preset in ["observe", "gentle", "things"] {
        folder.run(["policy", "check", preset]).ok(0);
    }
}

#[test]
fn a_policy_tried_on_a_list() {
    let folder = Folder::new();
    folder.file("home.policy", "allow vendor=tuya\n\nblock  verdict=legitimate,risky answer=refused\n");
    folder.file("list.txt", "logs.roku.com\na1.tuyaeu.com\nlogs.roku.com\nevil.ddns.net\n");
    let out = folder.run(["policy", "check", "home.policy", "--names", "list.txt"]).ok(0);
    assert!(out.contains("Line 3: block verdict=legitimate,risky answer=refused"), "{out}");
    assert!(out.contains("Of 3 different names it would block 2 and let 1 through."), "{out}");
    assert!(!out.contains("a1.tuyaeu.com"), "{out}");
    let jsonl = folder.run(["policy", "check", "home.policy", "--names", "list.txt", "--format", "jsonl"]).ok(0);
    let lines: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["name"], "logs.roku.com");
    let decision = ["line", "action", "answer", "ttl"].map(|field| lines[0][field].clone());
    assert_eq!(decision, [Value::from(3), "block".into(), "refused".into(), 3600.into()]);
}

#[test]
fn the_knowledge_says_its_version_and_licences() {
    let out = Folder::new().run(["kb", "info"]).ok(0);
    let classifier = phonehome::Classifier::builtin();
    let info = classifier.info();
    for said in [info.version, "CC0-1.0", "MPL-2.0", "publicsuffix.org", "MIT OR Apache-2.0"] {
        assert!(out.contains(said), "{said}: {out}");
    }
    assert!(out.contains(&format!("{:016x}", info.checksum)), "{out}");
}

#[test]
fn every_entry_is_exported() {
    let folder = Folder::new();
    let classifier = phonehome::Classifier::builtin();
    let jsonl = folder.run(["kb", "export"]).ok(0);
    let expected: String = classifier.entries().map(|entry| classifier.entry_json(&entry) + "\n").collect();
    assert!(jsonl == expected, "the export differs from the library's entries");
    let csv = folder.run(["kb", "export", "--format", "csv"]).ok(0);
    assert!(csv.starts_with("id,match_kind,match,verdict"));
    assert!(csv.lines().count() > classifier.entries().count());
    let under = folder.run(["kb", "export", "--under", "roku.com"]).ok(0);
    assert!(under.lines().count() > 2);
    for line in under.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        assert!(entry["match"]["value"].as_str().unwrap().ends_with("roku.com"), "{line}");
    }
    assert_eq!(folder.run(["kb", "export", "--under", "a..b"]).code, 2);
}

#[test]
fn a_pack_differs_from_another_by_its_entries() {
    let folder = Folder::new();
    let same = folder.run(["kb", "diff", PACK, PACK]).ok(0);
    assert!(same.contains("0 entries gained, 0 lost, 0 owners changed, 0 purposes changed"), "{same}");
    folder.file("older.pack", small_pack("acme", "telemetry"));
    folder.file("newer.pack", small_pack("other", "push"));
    let out = folder.run(["kb", "diff", "older.pack", "newer.pack"]).ok(0);
    for said in [
        "~ shared.com (suffix): owner acme -> other",
        "~ shared.com (suffix): purpose telemetry -> push",
        "- acme.com (suffix): acme",
        "+ other.com (suffix): other",
        "1 entry gained, 1 lost, 1 owner changed, 1 purpose changed",
    ] {
        assert!(out.contains(said), "{said}: {out}");
    }
    folder.file(
        "tested.pack",
        small_pack_with("acme", "telemetry", "[entry.breaks]\nimpact = \"none\"\nsource = \"general-knowledge\"\n"),
    );
    let out = folder.run(["kb", "diff", "older.pack", "tested.pack"]).ok(0);
    assert!(out.contains("~ shared.com (suffix): impact unknown -> none"), "{out}");
    assert!(out.contains("0 purposes changed, 1 other fact changed"), "{out}");
    let run = folder.run(["kb", "diff", PACK, "nosuch.pack"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nosuch.pack: "), "{run:?}");
}

/// A base pack of two entries from an old day.
fn small_pack(vendor: &str, purpose: &str) -> Vec<u8> {
    small_pack_with(vendor, purpose, "")
}

/// The same with more fields of the first entry.
fn small_pack_with(vendor: &str, purpose: &str, fields: &str) -> Vec<u8> {
    let entry = |value: &str, purposes: &str| {
        format!(
            "[[entry]]\nid = \"{}\"\nmatch = {{ kind = \"suffix\", value = \"{value}\" }}\nvendor = \"{vendor}\"\n\
             purposes = [{purposes}]\nconfidence = \"low\"\n\
             evidence = [{{ source = \"general-knowledge\", kind = \"knowledge\", date = \"2020-01-01\" }}]\n",
            value.replace('.', "-")
        )
    };
    let entries = entry("shared.com", &format!("\"{purpose}\"")) + fields + &entry(&format!("{vendor}.com"), "");
    let release = "version = \"0.0.1\"\ndate = \"2020-01-01\"\n";
    small::with(&[("release.toml", release), ("owners.toml", small::OWNERS), ("test.toml", &entries)])
        .expect("a sound base")
        .to_pack()
}

#[test]
fn old_knowledge_is_said_to_be_old() {
    let folder = Folder::new();
    folder.file("old.pack", small_pack("acme", "telemetry"));
    let run = folder.run(["classify", "--pack", "old.pack", "x.acme.com"]);
    assert!(run.out.contains("\"id\":\"acme\""), "{run:?}");
    assert!(run.err.contains("2020-01-01") && run.err.contains("more than a year"), "{run:?}");
}

#[test]
fn options_without_use_are_refused() {
    let folder = Folder::new();
    for arguments in [&["kb", "info", "--policy", "gentle"][..], &["policy", "check", "gentle", "--policy", "things"]] {
        let run = folder.run(arguments);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("no use for --policy"), "{run:?}");
    }
}

#[test]
fn shells_complete_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let out = Folder::new().run(["completions", shell]).ok(0);
        assert!(out.contains("classify") && out.contains("overlay"), "{shell}");
    }
}
