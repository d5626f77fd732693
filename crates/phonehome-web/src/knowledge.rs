//! What answers rest on: a base pack, lists of the user's, corrections and a policy. Each change is tried before it counts.

use std::rc::Rc;

use phonehome::{Classifier, NamedPack, OpenError, PackError};

use crate::told::{DeskError, Info, ListInfo};

/// The parts, as bytes and text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Knowledge {
    /// A base pack of the user's; else the built-in one.
    pack: Option<Rc<[u8]>>,
    /// Overlays from files.
    lists: Vec<Rc<[u8]>>,
    /// Overlays made of corrections.
    corrections: Vec<Rc<[u8]>>,
    policy: String,
}

impl Knowledge {
    /// The classifier that these parts make.
    pub(crate) fn open(&self) -> Result<Classifier<'static>, OpenError> {
        let named = |bytes: &Rc<[u8]>| NamedPack { name: None, bytes: bytes.to_vec().into() };
        let overlays = self.lists.iter().chain(&self.corrections).map(named).collect();
        match &self.pack {
            Some(pack) => Classifier::open(pack.to_vec().into(), overlays, &[&self.policy]),
            None => Classifier::builtin_with(overlays, &[&self.policy]),
        }
    }

    /// With another policy.
    pub(crate) fn with_policy(&self, policy: &str) -> Result<(Self, Classifier<'static>), DeskError> {
        Self { policy: policy.to_owned(), ..self.clone() }.opened()
    }

    /// With other corrections, as overlays.
    pub(crate) fn with_corrections(
        &self,
        corrections: Vec<Rc<[u8]>>,
    ) -> Result<(Self, Classifier<'static>), DeskError> {
        Self { corrections, ..self.clone() }.opened()
    }

    fn opened(self) -> Result<(Self, Classifier<'static>), DeskError> {
        let classifier = self.open()?;
        Ok((self, classifier))
    }

    /// With one more pack: a base pack takes the place of the last, a list joins the others or takes the place of its namesake.
    pub(crate) fn with_pack(&self, bytes: &[u8]) -> Result<(Self, Classifier<'static>), DeskError> {
        let bytes: Rc<[u8]> = bytes.into();
        let base = Self { pack: Some(Rc::clone(&bytes)), ..self.clone() };
        match base.open() {
            Err(OpenError::Base(PackError::Kind { .. })) => self.with_list(bytes),
            opened => Ok((base, opened?)),
        }
    }

    fn with_list(&self, bytes: Rc<[u8]>) -> Result<(Self, Classifier<'static>), DeskError> {
        let mut more = self.clone();
        more.lists.push(bytes);
        let names: Vec<String> = more.open()?.overlay_infos().into_iter().map(|list| list.name).collect();
        let own = names.get(more.lists.len() - 1);
        if let Some(place) = names.iter().take(self.lists.len()).position(|name| Some(name) == own) {
            more.lists.swap_remove(place);
        }
        more.opened()
    }

    /// What the classifier of these parts rests on.
    pub(crate) fn info(&self, classifier: &Classifier<'_>) -> Info {
        let base = classifier.info();
        let lists = classifier.overlay_infos().into_iter().take(self.lists.len());
        let list = |list: phonehome::OverlayInfo| ListInfo {
            name: list.name,
            kind: list.kind.id().to_owned(),
            rules: list.rules,
        };
        let lists = lists.map(list).collect();
        Info { version: base.version.to_owned(), date: base.date, entries: base.entries, lists }
    }
}
