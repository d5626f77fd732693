//! `phonehome --component`: the same commands through the component print the same; what goes wrong names the file.

use phonehome::Classifier;
use phonehome_host::Setup;
use phonehome_tests::cli::{Folder, Run};
use phonehome_tests::{corpus, embedded, guests, overlays, root, small};

const COMPONENT: &str = "phonehome.component.wasm";

fn folder(component: &[u8]) -> Folder {
    let folder = Folder::new();
    folder.file(COMPONENT, component);
    folder
}

fn through(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run(arguments.iter().chain(&["--component", COMPONENT]))
}

/// What a command prints, which is the same with and without the component.
fn agreed(folder: &Folder, arguments: &[&str]) -> Run {
    let (direct, through) = (folder.run(arguments), through(folder, arguments));
    assert_eq!((direct.code, &direct.err), (through.code, &through.err), "{arguments:?}");
    for (place, (direct, through)) in direct.out.lines().zip(through.out.lines()).enumerate() {
        assert_eq!(direct, through, "{arguments:?}, line {}", place + 1);
    }
    assert_eq!(direct.out, through.out, "{arguments:?}");
    direct
}

/// The seed's names and the corpus; an empty line of a list is none.
fn names() -> Vec<String> {
    let seed = std::fs::read_to_string(root("tests/corpus/seed-names.txt")).unwrap();
    let seed = seed.lines().filter(|line| !line.starts_with('#')).map(str::to_owned);
    seed.chain(corpus::cases().into_iter().map(|case| case.name)).filter(|name| !name.is_empty()).collect()
}

#[test]
fn a_list_has_the_same_answers_in_every_format() {
    let folder = folder(&guests::component());
    folder.file("list.txt", names().join("\n"));
    let list = |format| agreed(&folder, &["classify", "--list-format", "names", "list.txt", "--format", format]).ok(0);
    let [human, csv, jsonl] = ["human", "csv", "jsonl"].map(list);
    assert_eq!(jsonl.lines().count(), names().len());
    assert_eq!(csv.lines().count(), names().len() + 1);
    assert!(human.contains("Knowledge ") && human.lines().count() > 200, "{human}");
}

#[test]
fn the_json_of_the_rebuilt_answer_is_the_components_and_the_librarys() {
    let folder = folder(&guests::component());
    let names: Vec<&str> =
        small::NAMES.iter().chain(&["a1.tuyaeu.com", "evil.ddns.net", "logs.roku.com"]).copied().collect();
    let rebuilt = through(&folder, &[&["explain", "--format", "json"], names.as_slice()].concat()).ok(0);
    let host = embedded::host(&guests::component(), Setup::default());
    let own = |name: &&str| host.explain_json(name.as_bytes(), 0).unwrap();
    assert_eq!(rebuilt.lines().collect::<Vec<_>>(), names.iter().map(own).collect::<Vec<_>>());
    let native = Classifier::builtin();
    let library = |name: &&str| native.explain(name.as_bytes(), 0).to_json();
    assert_eq!(rebuilt.lines().collect::<Vec<_>>(), names.iter().map(library).collect::<Vec<_>>());
}

#[test]
fn lists_and_a_policy_are_handed_in() {
    let folder = folder(&guests::component());
    let mut options: Vec<String> = ["--policy", "things"].map(str::to_owned).into();
    for file in overlays::files() {
        folder.file(&file, overlays::file(&file).bytes);
        options.extend(["--overlay".to_owned(), format!("my-{file}={file}")]);
    }
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let names: Vec<String> = corpus::overlay_cases().into_iter().map(|case| case.name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let explained = agreed(&folder, &[&["explain"], options.as_slice(), &names].concat()).ok(0);
    assert!(explained.contains("Your lists   my-") && explained.contains("Policy       would "), "{explained}");
    let found = ["classify", "--format", "human", "--fail-on", "malicious,blocked"];
    let table = agreed(&folder, &[&found, options.as_slice(), &names].concat()).ok(1);
    assert!(table.contains("The policy would block "), "{table}");
}

#[test]
fn knowledge_comes_from_the_component_or_from_the_pack_handed_in() {
    let pack = small::shared_pack();
    let other = folder(&guests::component_with(pack, "small-pack"));
    other.file("names.txt", small::NAMES.join("\n")).file("small.pack", pack);
    let classify = ["classify", "--format", "human", "--list-format", "names", "names.txt"];
    let inside = through(&other, &classify).ok(0);
    assert!(inside.contains("Knowledge 0.0.1 of 2026-01-02.") && inside.contains("Acme"), "{inside}");
    assert!(!other.run(classify).ok(0).contains("Acme"));
    let plain = folder(&guests::component());
    plain.file("names.txt", small::NAMES.join("\n")).file("small.pack", pack);
    let handed_in = agreed(&plain, &[&classify[..], &["--pack", "small.pack"]].concat()).ok(0);
    assert_eq!(inside, handed_in);
    let info = through(&other, &["kb", "info"]).ok(0);
    let native = Classifier::open(pack.into(), Vec::new(), &[]).unwrap();
    let checksum = format!("{:016x}", native.info().checksum);
    for said in [format!("0.0.1 of 2026-01-02 (inside {COMPONENT})"), checksum, "built from release 0.".to_owned()] {
        assert!(info.contains(&said), "{said}: {info}");
    }
}

#[test]
fn commands_without_use_for_a_component_say_so() {
    let folder = folder(b"");
    let commands: [&[&str]; 4] = [
        &["kb", "export"],
        &["kb", "diff", "a.pack", "b.pack"],
        &["policy", "check", "observe"],
        &["overlay", "build", "--from", "hosts", "--as", "block", "--name", "x", "list.txt", "-o", "x.pack"],
    ];
    for arguments in commands {
        let run = through(&folder, arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.ends_with("has no use for --component\n"), "{run:?}");
    }
}

#[test]
fn what_does_not_open_is_named() {
    let later = guests::patched("/engine@0.1.0", "/engine@0.7.0");
    let folder = folder(&guests::component());
    folder.file("later.wasm", later).file("text.wasm", "no\ncomponent").file("flat.wasm", guests::module());
    folder.file("list.txt", "bad.example\n").file("bad.policy", "block colour=red\n");
    let with = |arguments: &[&str]| folder.run(["classify", "a1.tuyaeu.com"].iter().chain(arguments));
    let fails = |arguments: &[&str], said: &[&str]| {
        let run = with(arguments);
        assert_eq!((run.code, run.out.as_str(), run.err.lines().count()), (2, "", 1), "{run:?}");
        assert!(!run.err.contains(char::REPLACEMENT_CHARACTER), "{run:?}");
        assert!(said.iter().all(|said| run.err.contains(said)), "{said:?}: {run:?}");
    };
    fails(&["--component", "none.wasm"], &["none.wasm: "]);
    fails(&["--component", "text.wasm"], &["text.wasm: not a component"]);
    fails(&["--component", "flat.wasm"], &["flat.wasm: not a component"]);
    fails(&["--component", "later.wasm"], &["later.wasm: ", "0.7.0", "0.1.0"]);
    let component = ["--component", COMPONENT];
    fails(&[&component[..], &["--pack", "list.txt"]].concat(), &["list.txt: ", "not a phonehome pack"]);
    fails(
        &[&component[..], &["--overlay", "list.txt"]].concat(),
        &["list.txt: ", "not a phonehome pack", "overlay build"],
    );
    let policy = agreed(&folder, &["classify", "a1.tuyaeu.com", "--policy", "bad.policy"]);
    assert!(policy.code == 2 && policy.err.contains("bad.policy:1:7: "), "{policy:?}");
}

#[test]
fn a_component_that_fails_at_a_name_keeps_what_was_answered() {
    let folder = folder(&guests::faulty_component());
    for (name, said) in [("trap", "trapped"), ("grow", "memory"), ("loop", "in time")] {
        let name = format!("{name}.fault.test");
        folder.file("list.txt", format!("a1.tuyaeu.com\nlogs.roku.com\n{name}\nevil.ddns.net\n"));
        let run = through(&folder, &["classify", "list.txt"]);
        assert_eq!(
            (run.code, run.names()),
            (2, vec!["a1.tuyaeu.com".to_owned(), "logs.roku.com".to_owned()]),
            "{run:?}"
        );
        assert!(run.err.contains(&format!("{COMPONENT}: no answer for {name}: ")) && run.err.contains(said), "{run:?}");
        assert_eq!(run.err.lines().count(), 1, "{run:?}");
    }
    let explained = through(&folder, &["explain", "logs.roku.com", "trap.fault.test", "a1.tuyaeu.com"]);
    assert_eq!(explained.code, 2);
    assert!(explained.out.starts_with("logs.roku.com\n") && !explained.out.contains("a1.tuyaeu.com"), "{explained:?}");
}
