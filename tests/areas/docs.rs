//! The documents: every command they show prints what they show, every path they name is there, and the test command of the
//! README is the one that continuous integration runs. The README's Rust is a doc test of the crate `phonehome`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "docs/console.rs"]
mod console;
#[path = "docs/links.rs"]
mod links;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use console::Example;
use phonehome_tests::root;

/// The command that runs every test: not run again from inside a test.
const TEST_COMMAND: &str = "cargo dev test";

/// The documents at the root, beside the library, the flat module and an example, with the paths that messages show.
fn documents() -> Vec<(String, String)> {
    in_folders(&[
        "",
        "crates/phonehome/",
        "crates/phonehome-abi/",
        "crates/phonehome-export/",
        "host-harness/clickhouse/",
    ])
}

/// The documents whose commands need another program running, which its own tests start.
fn documents_of_hosts() -> Vec<(String, String)> {
    let examples = ["doh/", "dot/", "sni/", "forward-proxy/", "ecds-reload/", "events/", ""];
    let mut folders = examples.map(|example| format!("host-harness/envoy/{example}")).to_vec();
    folders.push("host-harness/coredns/phonehome/".to_owned());
    in_folders(&folders.iter().map(String::as_str).collect::<Vec<_>>())
}

fn in_folders(folders: &[&str]) -> Vec<(String, String)> {
    let mut documents = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(root(folder)).expect("a folder of documents") {
            let name = entry.expect("an entry").file_name().into_string().expect("a name in UTF-8");
            if name.ends_with(".md") {
                let path = format!("{folder}{name}");
                let text = fs::read_to_string(root(&path)).expect("a document");
                documents.push((path, text));
            }
        }
    }
    documents.sort();
    documents
}

#[test]
fn commands_print_what_documents_show() {
    let program = release_program();
    let mut wrong = Vec::new();
    for (path, text) in documents() {
        let place = Workplace::new(&path, &program);
        for example in console::blocks(&text).into_iter().flatten().filter(|example| example.command != TEST_COMMAND) {
            let printed = place.run(&example.command);
            let lines: Vec<&str> = printed.lines().collect();
            if !console::fits(&example.output, &lines) {
                wrong.push(difference(&path, &example, &printed));
            }
        }
    }
    assert!(wrong.is_empty(), "{} commands print something else\n\n{}", wrong.len(), wrong.join("\n"));
}

fn difference(path: &str, example: &Example, printed: &str) -> String {
    let Example { line, command, output } = example;
    format!("{path}:{line}: $ {command}\n--- shown\n{}\n--- printed\n{printed}", output.join("\n"))
}

#[test]
fn the_readme_shows_what_the_gate_runs() {
    let readme = fs::read_to_string(root("README.md")).expect("README.md");
    let examples: Vec<Example> = console::blocks(&readme).into_iter().flatten().collect();
    assert!(examples.iter().any(|example| example.command == TEST_COMMAND), "the README lacks `$ {TEST_COMMAND}`");
    assert!(examples.len() > 1, "the README shows no command of the program");
    let gate = fs::read_to_string(root(".ci/run")).expect(".ci/run");
    assert!(gate.lines().any(|line| line == TEST_COMMAND), ".ci/run does not run `{TEST_COMMAND}`");
}

#[test]
fn the_readmes_rust_is_a_doc_test() {
    let library = fs::read_to_string(root("crates/phonehome/src/lib.rs")).expect("lib.rs");
    assert!(
        library.contains("include_str!(\"../../../README.md\")"),
        "the crate phonehome no longer includes README.md"
    );
    let readme = fs::read_to_string(root("README.md")).expect("README.md");
    let mut fences = readme.lines().filter(|line| line.starts_with("```"));
    while let Some(opening) = fences.next() {
        assert_ne!(opening, "```", "rustdoc takes a block without a language for Rust: name it");
        assert_eq!(fences.next(), Some("```"), "a block that begins with {opening} does not end");
    }
}

/// `cargo build --release` at the root, as a reader of the README does; the program it gives.
fn release_program() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--release", "--message-format", "json"])
        .current_dir(root(""))
        .stderr(Stdio::piped())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "cargo build --release\n{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).expect("messages in UTF-8");
    let programs: Vec<PathBuf> = messages
        .lines()
        .filter_map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("a message")["executable"]
                .as_str()
                .map(PathBuf::from)
        })
        .collect();
    let [program] = programs.as_slice() else {
        panic!("`cargo run --release` at the root has not one program to run but {programs:?}: see default-members")
    };
    assert_eq!(program.file_stem().expect("a name"), "phonehome");
    program.clone()
}

/// A folder that looks like the repository's root and takes what commands write.
struct Workplace {
    folder: PathBuf,
    search_path: String,
}

impl Workplace {
    fn new(document: &str, program: &Path) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(document.replace(['/', '.'], "-"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("an old folder goes");
        }
        fs::create_dir_all(&folder).expect("a folder");
        let root = fs::canonicalize(root("")).expect("the root");
        for entry in fs::read_dir(&root).expect("the root") {
            let name = entry.expect("an entry").file_name();
            if !["target", "dist", ".git"].iter().any(|other| name == *other) {
                std::os::unix::fs::symlink(root.join(&name), folder.join(&name)).expect("a link");
            }
        }
        let programs = program.parent().expect("a folder of programs").display();
        let search_path = format!("{programs}:{}", std::env::var("PATH").expect("PATH"));
        Self { folder, search_path }
    }

    /// What a command prints in a terminal without colours, on both streams; it must succeed.
    fn run(&self, command: &str) -> String {
        let command = command.replace("cargo run --release -- ", "phonehome ");
        let output = Command::new("script")
            .args(["--quiet", "--return", "--command", &command, "/dev/null"])
            .current_dir(&self.folder)
            .env("PATH", &self.search_path)
            .env("SHELL", "/bin/bash")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .expect("script, of util-linux");
        let printed = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
        if output.status.success() { printed } else { format!("{printed}({})", output.status) }
    }
}
