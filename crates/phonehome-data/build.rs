//! Which pack is embedded: the committed one, or the file that PHONEHOME_PACK names, for who builds with knowledge of their own.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=PHONEHOME_PACK");
    let committed = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("phonehome.pack");
    // A relative path would be looked up from this crate's folder: say where it must start instead of guessing.
    let pack = env::var_os("PHONEHOME_PACK").map_or(committed, PathBuf::from);
    assert!(
        pack.is_absolute() && pack.is_file(),
        "PHONEHOME_PACK must be the absolute path of a pack, got {}",
        pack.display()
    );
    println!("cargo::rerun-if-changed={}", pack.display());
    println!("cargo::rustc-env=PHONEHOME_EMBEDDED_PACK={}", pack.display());
}
