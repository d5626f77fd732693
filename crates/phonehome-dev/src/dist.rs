//! `cargo dev dist`: what a release consists of, in `dist/`.

mod notice;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{root, run};

const FOLDER: &str = "dist";
/// Committed files that a release carries as they are.
const COPIED: [(&str, &str); 3] = [
    ("crates/phonehome-data/phonehome.pack", "phonehome.pack"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
];

pub(crate) fn run() -> Result<()> {
    let binary = program()?;
    let folder = root::path(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {FOLDER}"))?;
    }
    fs::create_dir(&folder).with_context(|| format!("cannot make {FOLDER}"))?;
    copy(Path::new(&binary), "phonehome")?;
    for (from, to) in COPIED {
        copy(&root::path(from), to)?;
    }
    write("NOTICE", notice::text()?.as_bytes())?;
    let names = ["LICENSE-APACHE", "LICENSE-MIT", "NOTICE", "phonehome", "phonehome.pack"];
    let mut sums = String::new();
    for name in names {
        let bytes = fs::read(folder.join(name)).with_context(|| format!("cannot read {FOLDER}/{name}"))?;
        println!("{:>10} bytes  {FOLDER}/{name}", bytes.len());
        sums.push_str(&sum_line(&bytes, name));
    }
    write("SHA256SUMS", sums.as_bytes())?;
    println!("check with `sha256sum --check SHA256SUMS` in {FOLDER}");
    Ok(())
}

/// Builds the command line for release; where cargo put it.
fn program() -> Result<String> {
    let arguments = ["build", "--release", "--locked", "--package", "phonehome-cli", "--message-format", "json"];
    let mut build = run::cargo(&arguments);
    build.stderr(std::process::Stdio::inherit());
    let printed = run::quiet(&mut build)?;
    let messages = String::from_utf8(printed).context("cargo printed something that is no text")?;
    executable(&messages).context("cargo built no program named phonehome")
}

/// The path of the program `phonehome` in cargo's messages.
fn executable(messages: &str) -> Option<String> {
    messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_ours = message.pointer("/target/name")?.as_str()? == "phonehome";
        message.get("executable")?.as_str().filter(|_| is_ours).map(str::to_owned)
    })
}

fn copy(from: &Path, to: &str) -> Result<()> {
    fs::copy(from, root::path(FOLDER).join(to)).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

fn write(name: &str, bytes: &[u8]) -> Result<()> {
    fs::write(root::path(FOLDER).join(name), bytes).with_context(|| format!("cannot write {FOLDER}/{name}"))
}

/// A line as `sha256sum` writes and checks it.
fn sum_line(bytes: &[u8], name: &str) -> String {
    let digest = Sha256::digest(bytes);
    let digits: String = digest.iter().map(|octet| format!("{octet:02x}")).collect();
    format!("{digits}  {name}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_sha256sum() {
        let line = sum_line(b"abc", "file");
        assert_eq!(line, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  file\n");
    }

    #[test]
    fn the_program_is_found_in_cargos_messages() {
        let messages = "{\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"phonehome\"},\"executable\":null}\n\
                        {\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"other\"},\"executable\":\"/t/other\"}\n\
                        {\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"phonehome\"},\"executable\":\"/t/phonehome\"}\n";
        assert_eq!(executable(messages).as_deref(), Some("/t/phonehome"));
        assert_eq!(executable("no json\n"), None);
    }
}
