//! `kb build` and `kb check`: the pack and its golden hash.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use phonehome::Classifier;
use serde::Deserialize;

use super::sources;
use crate::{root, run};

/// The committed pack, below the root.
pub(crate) const PACK: &str = "crates/phonehome-data/phonehome.pack";
/// The committed hash of the pack, below the root.
const GOLDEN: &str = "crates/phonehome-data/golden.toml";

/// `golden.toml`: which content a version of the knowledge has.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Golden {
    version: String,
    date: String,
    hash: String,
}

impl Golden {
    fn of(pack: &[u8]) -> Result<Self> {
        let classifier = Classifier::open(pack.into(), Vec::new(), &[]).context("the new pack does not open")?;
        let info = classifier.info();
        Ok(Self {
            version: info.version.to_owned(),
            date: written_date(info.date),
            hash: format!("{:016x}", phonehome::format::checksum(pack)),
        })
    }

    fn to_toml(&self) -> String {
        format!(
            "# Which bytes a version of the knowledge has. Written by `cargo dev kb build`; a test compares.\n\
             version = {:?}\ndate = {:?}\nhash = {:?}\n",
            self.version, self.date, self.hash
        )
    }

    /// Whether the same version was published with other bytes.
    fn contradicts(&self, published: &Self) -> bool {
        self.version == published.version && self.hash != published.hash
    }
}

/// Builds the pack and writes it with its golden hash.
pub(super) fn run() -> Result<()> {
    let pack = sources::knowledge(sources::texts()?)?.to_pack();
    let golden = Golden::of(&pack)?;
    for (path, bytes) in [(PACK, pack.as_slice()), (GOLDEN, golden.to_toml().as_bytes())] {
        fs::write(root::path(path), bytes).with_context(|| format!("cannot write {path}"))?;
    }
    println!("{PACK}: {} bytes, version {}, golden hash {}", pack.len(), golden.version, golden.hash);
    if committed().is_some_and(|published| golden.contradicts(&published)) {
        println!(
            "note: the last commit has version {} with other bytes: raise version and date in {}/release.toml",
            golden.version,
            sources::SOURCES
        );
    }
    Ok(())
}

/// A pack's date, yyyymmdd, as people write it.
pub(crate) fn written_date(date: u32) -> String {
    format!("{:04}-{:02}-{:02}", date / 10_000, date / 100 % 100, date % 100)
}

/// The golden hash of the last commit, where there is one.
fn committed() -> Option<Golden> {
    let text = run::quiet(&mut run::command("git", &["show", &format!("HEAD:{GOLDEN}")])).ok()?;
    toml::from_str(std::str::from_utf8(&text).ok()?).ok()
}

/// Checks the sources, and that pack and golden hash are what they give.
pub(crate) fn check() -> Result<()> {
    let pack = sources::knowledge(sources::texts()?)?.to_pack();
    let golden = Golden::of(&pack)?;
    let on_disk = fs::read(root::path(PACK)).with_context(|| format!("cannot read {PACK}"))?;
    if on_disk != pack {
        bail!("{PACK} is not what the sources give: raise the version in release.toml, then `cargo dev kb build`");
    }
    let stated: Golden =
        toml::from_str(&root::read(GOLDEN)?).with_context(|| format!("{GOLDEN} is not as expected"))?;
    ensure!(stated == golden, "{GOLDEN} is not the pack's: run `cargo dev kb build`");
    println!("{PACK} is what the sources give: version {}, golden hash {}", golden.version, golden.hash);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn golden(version: &str, hash: &str) -> Golden {
        Golden { version: version.to_owned(), date: "2026-11-24".to_owned(), hash: hash.to_owned() }
    }

    #[test]
    fn golden_survives_its_file() {
        let written = golden("0.1.0", "00ff");
        assert_eq!(toml::from_str::<Golden>(&written.to_toml()).unwrap(), written);
    }

    #[test]
    fn one_version_has_one_content() {
        assert!(golden("0.1.0", "aa").contradicts(&golden("0.1.0", "bb")));
        assert!(!golden("0.2.0", "aa").contradicts(&golden("0.1.0", "bb")));
        assert!(!golden("0.1.0", "aa").contradicts(&golden("0.1.0", "aa")));
    }
}
