//! Overlays from lists: a list becomes an overlay that opens and covers what the list names, or says why not.

use std::borrow::Cow;
use std::collections::BTreeMap;

use phonehome::{Classifier, Name, NamedPack, OverlayKind};
use phonehome_logs::lists::{Action, Event, Format, Reader, Scope};
use phonehome_pack::{BuiltOverlay, LISTED_SKIPS, ListFormat, OverlayBuilder, OverlayError, OverlaySpec, RuleScope};

use crate::small;

/// The first octet chooses the format, as for the list reader, and the kind.
pub fn overlay_builder(data: &[u8]) {
    let Some((&choice, text)) = data.split_first() else { return };
    let (format, scope) = match choice % 8 {
        2 => (ListFormat::Hosts, None),
        3 => (ListFormat::Adguard, None),
        4 => (ListFormat::Rpz, None),
        5 => (ListFormat::Csv, Some(RuleScope::Exact)),
        1 => (ListFormat::Domains, Some(RuleScope::Below)),
        _ => (ListFormat::Domains, Some(RuleScope::Suffix)),
    };
    let kind = OverlayKind::ALL[usize::from(choice / 8) % OverlayKind::ALL.len()];
    let spec = OverlaySpec { format, kind, name: "fuzz".to_owned(), scope, date: 0 };
    let whole = build(&spec, text, text.len());
    assert_eq!(outline(&build(&spec, text, 5)), outline(&whole), "chunks change nothing");
    let Ok(built) = whole else { return };
    assert!(built.skips.len() <= LISTED_SKIPS && built.skips.len() as u64 <= built.skipped);
    assert_eq!(built.skips_by_reason.values().sum::<u64>(), built.skipped);
    let overlay = NamedPack { name: None, bytes: Cow::Borrowed(&built.bytes) };
    let opened = Classifier::open(Cow::Borrowed(small::shared_pack()), vec![overlay], &[]);
    let classifier = opened.unwrap_or_else(|error| panic!("what the writer wrote does not open: {error}"));
    let info = &classifier.overlay_infos()[0];
    assert_eq!((info.kind, info.rules, u64::from(info.skipped)), (kind, built.rules, built.skipped));
    if let Some(reader) = line_format(format) {
        covers_what_the_list_names(&classifier, reader, text, &spec);
    }
}

fn build(spec: &OverlaySpec, text: &[u8], size: usize) -> Result<BuiltOverlay, OverlayError> {
    let mut builder = OverlayBuilder::new(spec.clone()).expect("a sound specification");
    for chunk in text.chunks(size.max(1)) {
        builder.feed(chunk);
    }
    builder.finish()
}

type Outline<'b> = Result<(&'b [u8], u64, &'b BTreeMap<String, u64>), &'b OverlayError>;

fn outline(built: &Result<BuiltOverlay, OverlayError>) -> Outline<'_> {
    built.as_ref().map(|built| (built.bytes.as_slice(), built.repeated, &built.skips_by_reason))
}

const fn line_format(format: ListFormat) -> Option<Format> {
    match format {
        ListFormat::Hosts => Some(Format::Hosts),
        ListFormat::Domains => Some(Format::Domains),
        ListFormat::Rpz => Some(Format::Rpz),
        ListFormat::Adguard => Some(Format::Adguard),
        ListFormat::Csv => None,
    }
}

/// Every name that the reader finds and the kind takes is covered, or what lies below it.
fn covers_what_the_list_names(classifier: &Classifier<'_>, format: Format, text: &[u8], spec: &OverlaySpec) {
    let mut check = |event: Event<'_>| {
        let Event::Item(item) = event else { return };
        let is_taken = match item.action {
            Action::Unstated => true,
            Action::Allow => spec.kind == OverlayKind::Allow,
            Action::Block(_) => spec.kind != OverlayKind::Allow,
            Action::TcpOnly => false,
        };
        let Ok(name) = Name::parse(&item.name) else { return };
        if is_taken {
            let apex = match item.scope {
                Scope::Below => false,
                Scope::Exact | Scope::Suffix => true,
                Scope::Unstated => spec.scope != Some(RuleScope::Below),
            };
            let asked = if apex { Ok(name.clone()) } else { Name::parse(format!("x.{name}").as_bytes()) };
            assert!(asked.is_err() || asked.is_ok_and(|asked| classifier.overlay_covers(0, &asked)), "{name} is lost");
        }
    };
    let mut reader = Reader::new(format);
    reader.feed(text, &mut check);
    reader.finish(&mut check);
}
