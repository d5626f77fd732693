//! The examples as their READMEs tell them: every command prints what is shown.

use std::fs;
use std::process::Command;

use crate::console;
use crate::running::{Running, Setup, run};

/// Tries every command of an example's README, on the ports of now, in the example's folder.
fn try_readme(example: &str) {
    let mut server = Setup::of(example).start();
    let readme =
        fs::read_to_string(phonehome_tests::root("host-harness/envoy").join(example).join("README.md")).unwrap();
    let mut tried = 0;
    for command in console::blocks(&readme).into_iter().flatten() {
        let line = server.with_ports(&command.command);
        let shown: Vec<String> = command.output.iter().map(|line| server.with_ports(line)).collect();
        let mut printed = String::new();
        // What Envoy does behind an answer, such as counting and reloading, takes a moment.
        server.wait(
            &format!("{example}/README.md:{}: $ {line}\n prints\n{}", command.line, shown.join("\n")),
            |server| {
                printed = shell(server, &line);
                console::fits(&shown, &printed.lines().collect::<Vec<_>>())
            },
        );
        tried += 1;
    }
    assert!(tried > 1, "{example}/README.md shows nothing to try");
}

/// Runs a line in the example's folder, with the command `phonehome` on the path.
fn shell(server: &Running, line: &str) -> String {
    let path = std::env::var("PATH").expect("PATH");
    let folder = phonehome_tests::cli::program().parent().expect("a folder of programs").display();
    run(Command::new("sh").args(["-c", line]).current_dir(&server.example).env("PATH", format!("{folder}:{path}")))
}

macro_rules! examples {
    ($($name:ident: $folder:literal)*) => {
        $(#[test] fn $name() { try_readme($folder); })*

        #[test]
        fn every_example_is_tried() {
            let folders = fs::read_dir(phonehome_tests::root("host-harness/envoy")).unwrap().map(|entry| entry.unwrap());
            let folders = folders.filter(|entry| entry.file_type().unwrap().is_dir());
            let mut folders: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
            let mut tried = vec![$($folder.to_owned()),*];
            folders.sort();
            tried.sort();
            assert_eq!(tried, folders);
        }
    };
}

examples! { doh: "doh" dot: "dot" sni: "sni" forward_proxy: "forward-proxy" ecds_reload: "ecds-reload" events: "events" }
