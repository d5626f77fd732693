//! The interface `engine`.

use std::borrow::Cow;
use std::cell::RefCell;

use phonehome::{Brief, NamedPack, OpenError, Scratch, line_count};

use crate::answer;
use crate::error;
use crate::exports::phonehome::classifier::engine;
use crate::exports::phonehome::classifier::types;

/// The component.
#[derive(Debug)]
pub(crate) struct Plugin;

/// The resource `classifier`.
#[derive(Debug)]
pub(crate) struct Classifier {
    open: phonehome::Classifier<'static>,
    scratch: RefCell<Scratch>,
}

impl engine::Guest for Plugin {
    type Classifier = Classifier;
}

impl engine::GuestClassifier for Classifier {
    fn open(
        base: Option<Vec<u8>>,
        overlays: Vec<types::NamedPack>,
        policies: Vec<String>,
    ) -> Result<engine::Classifier, types::OpenError> {
        let overlays = overlays.into_iter().map(|pack| NamedPack { name: pack.name, bytes: Cow::Owned(pack.bytes) });
        let opened = open(base, overlays.collect(), &policies).map_err(error::open)?;
        Ok(engine::Classifier::new(Self { open: opened, scratch: RefCell::default() }))
    }

    fn info(&self) -> types::Info {
        answer::info(&self.open)
    }

    fn vendors(&self) -> Vec<types::Owner> {
        let all: Vec<_> = self.open.vendors().collect();
        let parent = |number: u16| all.get(usize::from(number)).map(|parent| parent.id);
        all.iter().map(|owner| answer::numbered_owner(*owner, parent)).collect()
    }

    fn platforms(&self) -> Vec<types::Owner> {
        let vendors: Vec<_> = self.open.vendors().collect();
        let parent = |number: u16| vendors.get(usize::from(number)).map(|parent| parent.id);
        self.open.platforms().map(|owner| answer::numbered_owner(owner, parent)).collect()
    }

    fn classify(&self, name: Vec<u8>, policy: u32) -> types::Brief {
        #[cfg(feature = "faults")]
        crate::faults::commit(&name);
        answer::brief(&self.open.classify_with(&mut self.scratch.borrow_mut(), &name, place(policy)))
    }

    fn classify_lines(&self, text: Vec<u8>, policy: u32) -> Vec<types::Brief> {
        let mut briefs = Vec::with_capacity(line_count(&text));
        briefs.extend(self.open.classify_lines(&text, place(policy)).map(|brief| answer::brief(&brief)));
        briefs
    }

    fn classify_packed(&self, text: Vec<u8>, policy: u32) -> Vec<u8> {
        let mut octets = Vec::with_capacity(line_count(&text) * Brief::SIZE);
        for brief in self.open.classify_lines(&text, place(policy)) {
            octets.extend_from_slice(&brief.to_bytes());
        }
        octets
    }

    fn explain(&self, name: Vec<u8>, policy: u32) -> types::Explanation {
        #[cfg(feature = "faults")]
        crate::faults::commit(&name);
        answer::explanation(self.open.explain(&name, place(policy)))
    }

    fn explain_json(&self, name: Vec<u8>, policy: u32) -> String {
        self.open.explain(&name, place(policy)).to_json()
    }
}

fn open(
    base: Option<Vec<u8>>,
    overlays: Vec<NamedPack<'static>>,
    policies: &[String],
) -> Result<phonehome::Classifier<'static>, OpenError> {
    let policies: Vec<&str> = policies.iter().map(String::as_str).collect();
    match base {
        Some(bytes) => phonehome::Classifier::open(Cow::Owned(bytes), overlays, &policies),
        None => phonehome::Classifier::builtin_with(overlays, &policies),
    }
}

/// A policy's number as a place in memory.
fn place(policy: u32) -> usize {
    usize::try_from(policy).unwrap_or(usize::MAX)
}
