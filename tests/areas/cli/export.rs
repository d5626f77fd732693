//! `phonehome export` as people and scripts run it.

use std::fs;
use std::io::Read;

use phonehome_tests::cli::Folder;

const TRACKING: &str = "block purpose=tracking basis=stated\n";

/// The files of a folder.
fn files(folder: &Folder, path: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.path(path)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn without_a_policy_the_gentle_one_decides_on_the_whole_base() {
    let folder = Folder::new();
    let run = folder.run(["export", "--format", "hosts"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("# Title: phonehome, policy gentle\n"), "{}", run.out);
    assert!(run.out.contains("\n0.0.0.0 lgsmartad.com # LG: advertising"), "{}", run.out);
    assert!(run.err.starts_with("phonehome: standard output: ") && run.err.contains("left out"), "{}", run.err);
}

#[test]
fn names_lists_and_standard_input_are_asked_alike() {
    let folder = Folder::new();
    folder.file("p", TRACKING).file("list.txt", "logs.roku.com\nexample.com\nnot a name\n");
    let format = ["export", "--format", "domains", "--policy", "p"];
    let rules = |out: &str| out.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    let of_names = folder.run([&format[..], &["logs.roku.com", "example.com"]].concat());
    let of_list = folder.run([&format[..], &["list.txt"]].concat());
    let of_pipe = folder.pipe([&format[..], &["-"]].concat(), b"logs.roku.com\nexample.com\n");
    assert_eq!(rules(&of_names.out), ["logs.roku.com # Roku: usage and health reports; untested; policy line 1"]);
    assert_eq!(rules(&of_names.out), rules(&of_list.out));
    assert_eq!(rules(&of_names.out), rules(&of_pipe.out));
    assert!(of_list.err.contains("not a domain name"), "{}", of_list.err);
}

#[test]
fn options_that_do_not_fit_together_are_refused() {
    let folder = Folder::new();
    folder.file("devices", "192.0.2.1 exempt\n").file("bad", "# head\n192.0.2.1 sometimes\n");
    for (arguments, expected) in [
        (&["--format", "hosts", "--serial", "7"][..], "--serial belongs to --format rpz"),
        (&["--format", "rpz", "--split", "reason"], "say in which folder by --output"),
        (&["--format", "rpz", "--devices", "devices", "-o", "zone"], "add --split reason"),
        (&["--format", "rpz", "--zone", "a..b"], "--zone a..b: not a domain name"),
        (
            &["--format", "rpz", "--split", "reason", "-o", "d", "--devices", "bad"],
            "bad:2: expected `exempt` or `block`",
        ),
        (&["--format", "hosts", "--policy", "nosuch"], "nosuch: cannot read this policy"),
        (&["--format", "hosts", "nosuch.txt"], "nosuch.txt: no such file"),
        (&["--format", "bind"], "invalid value 'bind'"),
    ] {
        let run = folder.run([&["export"][..], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains(expected) && run.out.is_empty(), "{arguments:?}: {}", run.err);
    }
    assert_eq!(files(&folder, ""), ["bad", "devices"]);
}

#[test]
fn a_file_is_whole_or_as_it_was() {
    let folder = Folder::new();
    folder.file("p", TRACKING).file("list", "what was there");
    fs::create_dir(folder.path("folder")).unwrap();
    let export = |to: &str| folder.run(["export", "--format", "hosts", "--policy", "p", "-o", to]);
    for place in ["folder", "nosuch/list"] {
        let run = export(place);
        assert_eq!(run.code, 2, "{place}");
        assert!(run.err.contains(place), "{}", run.err);
    }
    assert_eq!(fs::read_to_string(folder.path("list")).unwrap(), "what was there");
    assert_eq!(export("list").code, 0);
    assert!(fs::read_to_string(folder.path("list")).unwrap().contains("\n0.0.0.0 logs.roku.com # Roku"));
    assert_eq!(files(&folder, ""), ["folder", "list", "p"], "nothing is left over");
}

#[test]
fn who_stops_listening_is_no_failure() {
    let folder = Folder::new();
    folder.file("p", "block verdict=unknown,legitimate,shared,risky,suspicious\n");
    let mut child = folder.command(["export", "--format", "jsonl", "--policy", "p"]).spawn().unwrap();
    let mut first = [0; 1];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn corrections_come_out_are_edited_and_go_in_again() {
    let folder = Folder::new();
    folder.file("p", TRACKING);
    let run = folder.run(["export", "--format", "csv", "--policy", "p", "-o", "rules.csv", "logs.roku.com"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let mut text = fs::read_to_string(folder.path("rules.csv")).unwrap();
    let first = "logs.roku.com,exact,roku,telemetry,legitimate,block,nxdomain,unknown,1,";
    assert!(text.lines().nth(1).unwrap().starts_with(first), "{text}");
    text.push_str("tv.example.net,suffix,samsung,device_cloud,,allow,,,,our TV\n");
    text.push_str("bad.example.net,suffix,,,malicious,,,,,seen in an attack\n");
    text.push_str("odd.example.net,suffix,,,,perhaps,,,,\n");
    folder.file("corrections.csv", text);
    let policy = "allow listed=allow\nblock listed=threat answer=refused\nblock listed=block\n";
    folder.file("lists", policy);
    let names = ["logs.roku.com", "x.tv.example.net", "x.bad.example.net", "x.odd.example.net"];
    let run = folder.run(
        [&["--overlay", "corrections.csv", "--policy", "lists", "classify", "--format", "jsonl"][..], &names].concat(),
    );
    assert!(run.err.contains("corrections.csv:5: the column \"action\" says neither allow nor block"), "{}", run.err);
    let answers: Vec<serde_json::Value> = run.ok(0).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |number: usize| {
        let answer = &answers[number];
        (answer["action"].as_str().unwrap(), answer["verdict"].as_str().unwrap(), answer["vendor"]["id"].as_str())
    };
    assert_eq!(told(0), ("block", "legitimate", Some("roku")));
    assert_eq!(told(1), ("allow", "unknown", Some("samsung")));
    assert_eq!(told(2), ("block", "malicious", None));
    assert_eq!(told(3), ("allow", "unknown", None));
}
