//! `cargo dev dist`: what a release consists of, in `dist/`.

mod notice;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::{coredns, envoy, guests, root, run, web};

const FOLDER: &str = "dist";
/// The component's contract, from which hosts make their bindings.
const CONTRACT: &str = "wit";
/// Committed files that a release carries as they are.
const COPIED: [(&str, &str); 4] = [
    ("crates/phonehome-data/phonehome.pack", "phonehome.pack"),
    ("crates/phonehome-abi/ABI.md", "ABI.md"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
];

pub(crate) fn run() -> Result<()> {
    // It would be inside the programs and not beside them.
    ensure!(std::env::var_os("PHONEHOME_PACK").is_none(), "a release has the committed pack: unset PHONEHOME_PACK");
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
    fs::create_dir(folder.join(CONTRACT)).with_context(|| format!("cannot make {FOLDER}/{CONTRACT}"))?;
    for name in names(CONTRACT)? {
        let path = format!("{CONTRACT}/{name}");
        copy(&root::path(&path), &path)?;
    }
    guests::run(&guests::Options { out: FOLDER.into(), pack: None, faults: false })?;
    web::guest()?;
    web::page()?;
    copy(&root::path("web/dist/index.html"), "phonehome.html")?;
    write("NOTICE", notice::text()?.as_bytes())?;
    let below = names(CONTRACT)?.into_iter().map(|name| format!("{CONTRACT}/{name}")).chain(plugin()?).chain(filter()?);
    let below: Vec<String> = below.collect();
    let mut sums = String::new();
    for name in names(FOLDER)?.into_iter().chain(below) {
        let bytes = fs::read(folder.join(&name)).with_context(|| format!("cannot read {FOLDER}/{name}"))?;
        println!("{:>10} bytes  {FOLDER}/{name}", bytes.len());
        sums.push_str(&sum_line(&bytes, &name));
    }
    write("SHA256SUMS", sums.as_bytes())?;
    println!("check with `sha256sum --check SHA256SUMS` in {FOLDER}");
    Ok(())
}

/// Copies the Go module of the CoreDNS plugin, complete with the module that it embeds: what `go build` needs. The files' names.
fn plugin() -> Result<Vec<String>> {
    const FOLDERS: [&str; 3] = ["", "phonehome/", "cmd/coredns/"];
    let mut copied = Vec::new();
    for folder in FOLDERS {
        let to = format!("coredns/{folder}");
        fs::create_dir_all(root::path(FOLDER).join(&to)).with_context(|| format!("cannot make {FOLDER}/{to}"))?;
        let from = format!("{}/{folder}", coredns::MODULE);
        for name in names(&from)?.into_iter().filter(|name| !name.ends_with("_test.go") && name != guests::MODULE) {
            copy(&root::path(&format!("{from}{name}")), &format!("{to}{name}"))?;
            copied.push(format!("{to}{name}"));
        }
    }
    let module = format!("coredns/phonehome/{}", guests::MODULE);
    copy(&root::path(FOLDER).join(guests::MODULE), &module)?;
    copied.push(module);
    Ok(copied)
}

/// Copies the examples for Envoy, complete with the filter that they load. The files' names.
fn filter() -> Result<Vec<String>> {
    let mut copied = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let (from, to) = (format!("{}/{folder}", envoy::FOLDER), format!("envoy/{folder}"));
        fs::create_dir_all(root::path(FOLDER).join(&to)).with_context(|| format!("cannot make {FOLDER}/{to}"))?;
        // What was made for trying lies there too: modules and a key.
        let is_made = |name: &String| name.ends_with(".wasm") || name.ends_with(".pem") || name.ends_with(".log");
        for name in names(&from)?.into_iter().filter(|name| !is_made(name)) {
            copy(&root::path(&format!("{from}{name}")), &format!("{to}{name}"))?;
            copied.push(format!("{to}{name}"));
        }
        folders.extend(subfolders(&from)?.into_iter().map(|name| format!("{folder}{name}/")));
    }
    let module = format!("envoy/{}", guests::MODULE);
    envoy::release(root::path(FOLDER).join(&module))?;
    copied.push(module);
    Ok(copied)
}

/// The names of the folders in a folder, in their order.
fn subfolders(folder: &str) -> Result<Vec<String>> {
    entries(folder, |kind| kind.is_dir())
}

/// The names of the files in a folder, in their order; folders in it are left out.
fn names(folder: &str) -> Result<Vec<String>> {
    entries(folder, |kind| kind.is_file())
}

fn entries(folder: &str, is_wanted: fn(fs::FileType) -> bool) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root::path(folder)).with_context(|| format!("cannot read {folder}"))? {
        let entry = entry?;
        if is_wanted(entry.file_type()?) {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Builds the command line for release, with the option `--component`; where cargo put it.
fn program() -> Result<String> {
    let mut build = run::cargo(&["build", "--release", "--locked", "--package", "phonehome-cli"]);
    build.args(["--features", "component", "--message-format", "json"]).stderr(std::process::Stdio::inherit());
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
    format!("{}  {name}\n", sha256(bytes))
}

/// SHA-256 in lower-case hex digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|octet| format!("{octet:02x}")).collect()
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
