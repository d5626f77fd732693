//! The WebAssembly guests as a release would carry them, built once a test process by `cargo dev guests`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::root;

/// Where the release's guests lie.
const PLAIN: &str = "target/guests";
/// File names that `cargo dev guests` gives.
const COMPONENT: &str = "phonehome.component.wasm";
const MODULE: &str = "phonehome.wasm";

/// The component with the release's knowledge.
pub fn component() -> Vec<u8> {
    read(plain(), COMPONENT)
}

/// The flat module with the release's knowledge.
pub fn module() -> Vec<u8> {
    read(plain(), MODULE)
}

/// The component with names that make it trap, loop or grow.
pub fn faulty_component() -> Vec<u8> {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    read(BUILT.get_or_init(|| build("target/guests/faults", &["--faults"])), COMPONENT)
}

/// The component with another pack inside; each pack of a test has a name of its own.
pub fn component_with(pack: &[u8], name: &str) -> Vec<u8> {
    let folder = format!("{PLAIN}/{name}");
    std::fs::create_dir_all(root(&folder)).expect("a folder for the guest");
    let file = format!("{folder}/base.pack");
    // Untouched when nothing changed, so that cargo builds nothing either.
    if std::fs::read(root(&file)).ok().as_deref() != Some(pack) {
        std::fs::write(root(&file), pack).expect("the pack is written");
    }
    read(&build(&folder, &["--pack", &root(&file).to_string_lossy()]), COMPONENT)
}

/// The component with other text of the same length in the names of its exports.
pub fn patched(from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut component = component();
    let mut places = component.windows(from.len()).enumerate().filter(|(_, window)| *window == from.as_bytes());
    let places: Vec<usize> = places.by_ref().map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "no {from} in the component");
    for at in places {
        component[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    component
}

fn plain() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| build(PLAIN, &[]))
}

/// Runs the maintainers' tool; the folder that it wrote to.
fn build(folder: &str, options: &[&str]) -> PathBuf {
    // Guests with packs of their own share a build folder: none may be built while another is read from there.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", "phonehome-dev", "--", "guests", "--out", folder]);
    let output = command.args(options).current_dir(root(".")).output().expect("cargo runs");
    assert!(output.status.success(), "{command:?} failed\n{}", String::from_utf8_lossy(&output.stderr));
    root(folder)
}

fn read(folder: &Path, file: &str) -> Vec<u8> {
    let path = folder.join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
