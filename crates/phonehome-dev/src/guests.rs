//! The WebAssembly guests: built for release, the component made of its module, and both checked to import nothing.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use wasmparser::{Parser, Payload};
use wit_component::ComponentEncoder;

use crate::{root, run};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// The library does not recurse: 128 KiB of stack are plenty, and the start memory shrinks from 17 pages to what data needs.
/// Given to rustc itself, because flags in configuration give way in silence to a RUSTFLAGS in the environment.
const STACK: &str = "-Clink-arg=-zstack-size=131072";

/// Where the guests go when nothing else is asked for.
const FOLDER: &str = "target/guests";
/// File names of a release.
pub(crate) const COMPONENT: &str = "phonehome.component.wasm";
pub(crate) const MODULE: &str = "phonehome.wasm";

#[derive(Args)]
pub(crate) struct Options {
    /// Where the guests go
    #[arg(long, value_name = "FOLDER", default_value = FOLDER)]
    pub(crate) out: PathBuf,
    /// Embed this pack instead of the release's
    #[arg(long, value_name = "FILE")]
    pub(crate) pack: Option<PathBuf>,
    /// With names that make them trap, loop or grow: for tests of hosts
    #[arg(long)]
    pub(crate) faults: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { out: PathBuf::from(FOLDER), pack: None, faults: false }
    }
}

/// Builds the guests into a folder.
pub(crate) fn run(options: &Options) -> Result<()> {
    ensure_target()?;
    let out = root::path("").join(&options.out);
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    let found = |path: &PathBuf| path.canonicalize().with_context(|| format!("cannot find {}", path.display()));
    let pack = options.pack.as_ref().map(found).transpose()?;
    let features: &[&str] = if options.faults { &["--features", "faults"] } else { &[] };
    let own = Own { pack: pack.as_deref(), embed: None };
    write(&out.join(COMPONENT), &component(&build("phonehome-component", features, own)?)?)?;
    write(&out.join(MODULE), &module(&build("phonehome-abi", features, own)?)?)
}

/// What a guest has inside instead of what a release has.
#[derive(Clone, Copy, Default)]
pub(crate) struct Own<'p> {
    /// A pack.
    pub(crate) pack: Option<&'p Path>,
    /// A folder of overlays and policies, for the filter.
    pub(crate) embed: Option<&'p Path>,
}

/// Adds the guests' target to the toolchain if it is not there; whether it was.
pub(crate) fn ensure_target() -> Result<bool> {
    let folder = run::quiet(&mut run::command("rustc", &["--print", "target-libdir", "--target", TARGET]))?;
    let folder = String::from_utf8(folder).context("rustc's answer is no text")?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(true);
    }
    run::quiet(&mut run::command("rustup", &["target", "add", TARGET]))
        .with_context(|| format!("the target {TARGET} is missing: install it with the Rust toolchain"))?;
    Ok(false)
}

/// Builds a guest's module; where cargo put it.
pub(crate) fn build(package: &str, features: &[&str], own: Own<'_>) -> Result<PathBuf> {
    let mut command =
        run::cargo(&["rustc", "--quiet", "--release", "--locked", "--target", TARGET, "--package", package]);
    command.args(["--lib", "--crate-type", "cdylib", "--message-format", "json-render-diagnostics"]);
    command.args(features).args(["--", STACK]).stderr(std::process::Stdio::inherit());
    let variables = [("PHONEHOME_PACK", own.pack), ("PHONEHOME_EMBED", own.embed)];
    for (variable, path) in variables.into_iter().filter_map(|(variable, path)| Some((variable, path?))) {
        // A folder of its own: each of two packs would throw away what the other built.
        command.env(variable, path).env("CARGO_TARGET_DIR", root::path("target/other-pack"));
    }
    let printed = String::from_utf8(run::quiet(&mut command)?).context("cargo printed something that is no text")?;
    let mut files = printed.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let found = files.find_map(|message| {
        let is_ours = message.pointer("/target/name")?.as_str()? == package.replace('-', "_");
        let file = PathBuf::from(message.pointer("/filenames/0").filter(|_| is_ours)?.as_str()?);
        (file.extension() == Some(OsStr::new("wasm"))).then_some(file)
    });
    found.with_context(|| format!("cargo built no module of {package}"))
}

/// The component around a module of the world in `wit/`.
fn component(module: &Path) -> Result<Vec<u8>> {
    let module = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let component = ComponentEncoder::default().validate(true).module(&module)?.encode()?;
    let imports = imports(&component)?;
    ensure!(imports.is_empty(), "the component must import nothing, and imports {}", imports.join(", "));
    Ok(component)
}

fn module(path: &Path) -> Result<Vec<u8>> {
    let module = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let imports = imports(&module)?;
    ensure!(imports.is_empty(), "the flat module must import nothing, and imports {}", imports.join(", "));
    Ok(module)
}

/// What a component or module imports from its host; what lies nested inside a component is its own affair.
pub(crate) fn imports(bytes: &[u8]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut depth = 0_u32;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ImportSection(section) if depth == 0 => {
                for import in section.into_imports() {
                    let import = import?;
                    found.push(format!("{}.{}", import.module, import.name));
                }
            }
            Payload::ComponentImportSection(section) if depth == 0 => {
                for import in section {
                    found.push(import?.name.name.to_owned());
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    // Untouched when nothing changed: what was made from it, such as a compiled copy, stays good.
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(module (import "env" "clock" (func)))`
    const IMPORTING: &[u8] = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x0d\x01\x03env\x05clock\0\0";

    #[test]
    fn an_import_is_seen() {
        assert_eq!(imports(IMPORTING).unwrap(), ["env.clock"]);
        assert!(imports(b"\0asm\x01\0\0\0").unwrap().is_empty());
        assert!(imports(b"no module").is_err());
    }
}
