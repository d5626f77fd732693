//! Packs: any bytes behind a right checksum open or are refused, and an open pack answers, in bounded time.

use std::borrow::Cow;

use phonehome::{Classifier, Name, NamedPack, format};

use super::answers;
use crate::small;

/// Repairs the checksum, opens a base pack, and uses all of it.
pub fn pack_open(data: &[u8]) {
    let mut bytes = data.to_vec();
    format::seal(&mut bytes);
    let Ok(classifier) = Classifier::open(Cow::Borrowed(&bytes), Vec::new(), &[]) else { return };
    let info = classifier.info();
    assert_eq!(info.size, bytes.len());
    for entry in classifier.entries().take(64) {
        let json = classifier.entry_json(&entry);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
    }
    // No pack holds more owners than its bytes.
    assert!(classifier.vendors().count() + classifier.platforms().count() <= bytes.len());
    assert!(classifier.sources().take(64).count() <= bytes.len());
    for name in small::NAMES {
        answers::check(&classifier, name.as_bytes(), 0);
        if let Ok(name) = Name::parse(name.as_bytes()) {
            let _ = classifier.registrable(&name);
            assert!(
                classifier.lookup(&name).is_none_or(|entry| classifier.classify_name(&name, 0).entry() != Some(!entry))
            );
        }
    }
}

/// Repairs the checksum, opens an overlay, and asks it.
pub fn overlay_open(data: &[u8]) {
    let mut bytes = data.to_vec();
    format::seal(&mut bytes);
    let overlay = NamedPack { name: None, bytes: Cow::Borrowed(&bytes) };
    let base = small::shared_pack();
    let Ok(classifier) = Classifier::open(Cow::Borrowed(base), vec![overlay], &["block listed=threat,block"]) else {
        return;
    };
    let infos = classifier.overlay_infos();
    assert_eq!((infos.len(), infos[0].size), (1, bytes.len()));
    for name in ["bad.example.net", "x.nas.example.net", "host1-eu.acme.com"] {
        answers::check(&classifier, name.as_bytes(), 0);
    }
    // More labels than the usual road takes.
    answers::check(&classifier, &b"a.".repeat(126), 0);
}
