//! The two programs that an embedder can copy say the same, and what the library says.

use std::path::PathBuf;
use std::process::Command;

use phonehome_tests::{guests, root};

/// The folder of the examples, built with the features of the whole workspace, so that nothing else is built once more.
fn examples() -> PathBuf {
    let test = std::env::current_exe().expect("this test's path");
    let folder = test.ancestors().nth(2).expect("the profile's folder").to_owned();
    let profile = if folder.ends_with("debug") { "dev" } else { "release" };
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--workspace", "--example", "with_host", "--example", "plain"])
        .args(["--profile", profile, "--target-dir"])
        .arg(folder.parent().expect("the target folder"))
        .current_dir(root("."))
        .status();
    assert!(built.expect("cargo runs").success());
    folder.join("examples")
}

#[test]
fn both_examples_answer_alike() {
    guests::component();
    let component = root("target/guests/phonehome.component.wasm");
    let names = ["us.ad.lgsmartad.com", "mtalk.google.com", "a.hopto.org", "nobody.example"];
    let expected = "us.ad.lgsmartad.com Verdict::Legitimate lg Action::Block(AnswerMode::Nxdomain)\n\
                    mtalk.google.com Verdict::Legitimate google Action::Allow\n\
                    a.hopto.org Verdict::Risky - Action::Allow\n\
                    nobody.example Verdict::Unknown - Action::Allow\n";
    let folder = examples();
    for example in ["with_host", "plain"] {
        let output = Command::new(folder.join(example)).arg(&component).args(names).output().expect("it runs");
        assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{example}");
    }
}
