//! Compiled code kept in a folder, so that a start takes a millisecond instead of a second.
//!
//! Loading compiled code runs it, so a file counts only when its name holds the hash of the component, of wasmtime's version and
//! of the engine's settings, when it holds the hash of its own content, and when the folder belongs to its owner alone. Whatever
//! does not fit is compiled again; a folder that cannot be used is as good as none.

use std::fs;
use std::hash::{Hash, Hasher};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use sha2::{Digest, Sha256};
use wasmtime::Engine;
use wasmtime::component::Component;

/// Octets of the hash in front of the code.
const DIGEST: usize = 32;

/// The component for these bytes, from the folder if it is there.
pub(crate) fn component(engine: &Engine, bytes: &[u8], folder: &Path) -> wasmtime::Result<Component> {
    let usable = private(folder);
    let file = folder.join(format!("{}.cwasm", key(engine, bytes)));
    if let Some(component) = usable.then(|| read(engine, &file)).flatten() {
        return Ok(component);
    }
    let component = Component::new(engine, bytes)?;
    if usable && let Ok(code) = component.serialize() {
        // The next start compiles again if this fails.
        let _ = write(&file, &code);
    }
    Ok(component)
}

/// A name for what was compiled from these bytes by this wasmtime with these settings.
fn key(engine: &Engine, bytes: &[u8]) -> String {
    let mut settings = Settings(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut settings);
    settings.0.update(Sha256::digest(bytes));
    settings.0.finalize().iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Feeds what wasmtime hashes into a hash that does not differ from run to run.
struct Settings(Sha256);

impl Hasher for Settings {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

/// Makes the folder if need be; whether it is its owner's alone.
#[cfg(unix)]
fn private(folder: &Path) -> bool {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    let _ = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    let data = fs::symlink_metadata(folder);
    data.is_ok_and(|data| {
        data.is_dir() && data.uid() == rustix::process::geteuid().as_raw() && data.mode() & 0o077 == 0
    })
}

/// Nothing is known here of who may write to a folder.
#[cfg(not(unix))]
fn private(_: &Path) -> bool {
    false
}

/// The content of a file that is this user's and that nobody else may write.
#[cfg(unix)]
fn own(file: &Path) -> Option<Vec<u8>> {
    use std::os::unix::fs::MetadataExt;
    let mut open = fs::File::open(file).ok()?;
    // Asked of the open file: a path may mean another one a moment later.
    let data = open.metadata().ok()?;
    let is_own = data.is_file() && data.uid() == rustix::process::geteuid().as_raw() && data.mode() & 0o022 == 0;
    let mut bytes = Vec::new();
    is_own.then(|| open.read_to_end(&mut bytes).ok()).flatten()?;
    Some(bytes)
}

#[cfg(not(unix))]
fn own(_: &Path) -> Option<Vec<u8>> {
    None
}

/// The component in a file that is whole.
#[allow(unsafe_code, reason = "loading compiled code is running it")]
fn read(engine: &Engine, file: &Path) -> Option<Component> {
    let bytes = own(file)?;
    let (digest, code) = bytes.split_at_checked(DIGEST)?;
    if Sha256::digest(code).as_slice() != digest {
        return None;
    }
    // SAFETY: the code was written by `write` from `Component::serialize`: the folder is its owner's alone, and the hash says that
    // nothing has changed since. wasmtime itself refuses code of another version or other settings.
    unsafe { Component::deserialize(engine, code) }.ok()
}

/// Writes beside the file and renames, so that a reader sees a whole file or none.
fn write(file: &Path, code: &[u8]) -> std::io::Result<()> {
    static WRITES: AtomicUsize = AtomicUsize::new(0);
    let write = WRITES.fetch_add(1, Ordering::Relaxed);
    let beside = file.with_extension(format!("{}-{write}.new", std::process::id()));
    let mut out = fs::File::create_new(&beside)?;
    let written = out
        .write_all(&Sha256::digest(code))
        .and_then(|()| out.write_all(code))
        .and_then(|()| out.sync_all())
        .and_then(|()| fs::rename(&beside, file));
    written.inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}
