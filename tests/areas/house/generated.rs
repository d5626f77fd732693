//! Committed files that are made from others equal their regeneration.

use std::process::Command;

use phonehome::{Classifier, format};
use phonehome_data::PACK;
use phonehome_pack::Knowledge;
use phonehome_tests::{root, sources};

/// Bytes that a pack may have: less means that something was lost, more breaks the promise of a small download.
const PACK_SIZE: std::ops::RangeInclusive<usize> = 400_000..=1_000_000;

#[test]
fn the_pack_is_what_sources_and_model_give() {
    let knowledge = Knowledge::read(sources::all()).unwrap_or_else(|problems| {
        let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("crates/phonehome-data/sources:\n{}", shown.join("\n"))
    });
    assert!(
        knowledge.with_model(&sources::model()).to_pack() == PACK,
        "crates/phonehome-data/phonehome.pack is not what the sources give: run `cargo dev kb build`"
    );
}

/// A value of `golden.toml`.
fn golden(key: &str) -> String {
    let text = std::fs::read_to_string(root("crates/phonehome-data/golden.toml")).expect("golden.toml");
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
    line.unwrap_or_else(|| panic!("golden.toml has no {key}")).trim().trim_matches('"').to_owned()
}

#[test]
fn a_version_of_the_knowledge_has_one_content() {
    let classifier = Classifier::builtin();
    let info = classifier.info();
    let date = info.date.to_string();
    let date = format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]);
    let hash = format!("{:016x}", format::checksum(PACK));
    let is_same_version = golden("version") == info.version;
    assert!(
        golden("hash") == hash || !is_same_version,
        "the pack is {hash} and golden.toml says {} for the same version {}: bump version and date in \
         crates/phonehome-data/sources/release.toml, then run `cargo dev kb build`",
        golden("hash"),
        info.version
    );
    assert_eq!(
        (golden("version"), golden("date"), golden("hash")),
        (info.version.to_owned(), date, hash),
        "golden.toml is old: run `cargo dev kb build`"
    );
}

#[test]
fn the_card_is_of_the_shipped_model() {
    let card = std::fs::read_to_string(root("MODEL.md")).expect("MODEL.md");
    let model = sources::model();
    let [low, raised, high] = model.bands();
    for stated in [
        format!("{} bytes", model.section().len()),
        format!("low {low}, raised {raised}, high {high}; base rate: one name in {}", model.base_rate()),
    ] {
        assert!(card.contains(&stated), "MODEL.md does not say {stated:?}: run `cargo dev model eval` and `card`");
    }
}

#[test]
fn the_pack_has_the_size_of_a_pack() {
    assert!(PACK_SIZE.contains(&PACK.len()), "the pack has {} bytes, outside {PACK_SIZE:?}", PACK.len());
}

#[test]
fn the_vocabulary_is_what_codes_toml_gives() {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "phonehome-dev", "--", "codes", "--check"])
        .current_dir(root("."))
        .output()
        .expect("cargo run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
