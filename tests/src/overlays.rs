//! Overlays for tests: the lists in `tests/overlays/`, named `KIND.FORMAT` or `KIND-NAME.FORMAT`.

use std::borrow::Cow;

use phonehome::{NamedPack, OverlayKind};
use phonehome_pack::{ListFormat, OverlayBuilder, OverlaySpec, RuleScope};

use crate::root;

/// Builds an overlay from a list's text. Lists that leave it open cover a name and what lies below.
pub fn build(kind: OverlayKind, format: ListFormat, name: &str, text: &[u8]) -> Vec<u8> {
    let scope = matches!(format, ListFormat::Domains | ListFormat::Csv).then_some(RuleScope::Suffix);
    let spec = OverlaySpec { format, kind, name: name.to_owned(), scope, date: 20_260_102 };
    let mut builder = OverlayBuilder::new(spec).expect("a sound specification");
    builder.feed(text);
    builder.finish().unwrap_or_else(|error| panic!("{name}: {error}")).bytes
}

/// The overlay of one file of `tests/overlays/`; the file's stem is the list's name.
pub fn file(file: &str) -> NamedPack<'static> {
    let text = std::fs::read(root("tests/overlays").join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let (stem, ending) = file.split_once('.').expect("KIND.FORMAT");
    let kind = stem.split('-').next().and_then(OverlayKind::from_id).expect("a kind in the file's name");
    let format = match ending {
        "hosts" => ListFormat::Hosts,
        "domains" => ListFormat::Domains,
        "rpz" => ListFormat::Rpz,
        "adguard" => ListFormat::Adguard,
        "csv" => ListFormat::Csv,
        _ => panic!("{file}: no such format"),
    };
    NamedPack { name: None, bytes: Cow::Owned(build(kind, format, stem, &text)) }
}

/// The files of `tests/overlays/` in the order of their names.
pub fn files() -> Vec<String> {
    let folder = std::fs::read_dir(root("tests/overlays")).expect("tests/overlays");
    let mut names: Vec<String> =
        folder.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
