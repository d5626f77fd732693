//! What lies inside the module beside the knowledge: the policies that have a name, and the policies and overlays of the folder that
//! PHONEHOME_EMBED names, for who builds a module of their own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const PRESETS: &str = "../phonehome-cli/presets";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=PHONEHOME_EMBED");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let own = env::var_os("PHONEHOME_EMBED").map(PathBuf::from);
    if let Some(own) = &own {
        // A relative path would be looked up from this crate's folder: say where it must start instead of guessing.
        assert!(
            own.is_absolute() && own.is_dir(),
            "PHONEHOME_EMBED must be the absolute path of a folder: {}",
            own.display()
        );
    }
    let folders: Vec<PathBuf> = own.into_iter().chain([here.join(PRESETS)]).collect();
    let mut out = String::from("phonehome_filter::settings::Embedded {\n");
    for (field, ending, include) in [("policies", "policy", "include_str"), ("overlays", "pack", "include_bytes")] {
        let _ = writeln!(out, "    {field}: &[");
        for folder in &folders {
            for (name, path) in files(folder, ending)? {
                let _ = writeln!(out, "        ({name:?}, {include}!({path:?})),");
            }
        }
        out.push_str("    ],\n");
    }
    out.push_str("}\n");
    let to = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    fs::write(&to, out)
}

/// The files of a folder with an ending, by their names without it, in their order.
fn files(folder: &Path, ending: &str) -> io::Result<Vec<(String, PathBuf)>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    let mut files: Vec<_> = paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == ending))
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
        .collect();
    files.sort();
    Ok(files)
}
