//! What answers: the library in this program or, with the feature `component`, the same library as a WebAssembly component.
//! Either way an answer has the library's own type, so that the same code writes it.

#[cfg(feature = "component")]
mod component;

use phonehome::{Classifier, Explanation, OverlayInfo, PackInfo};

use crate::error::Error;

#[cfg(feature = "component")]
pub(crate) use component::Component;

/// What answers names.
#[derive(Debug)]
pub(crate) enum Engine {
    /// The library.
    Library(Box<Classifier<'static>>),
    /// A component.
    #[cfg(feature = "component")]
    Component(Box<Component>),
}

impl Engine {
    /// Hands on the answer for a name. The library always has one; a component may fail.
    pub(crate) fn explain(
        &self,
        name: &[u8],
        take: impl FnOnce(&Explanation<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self {
            Self::Library(classifier) => take(&classifier.explain(name, 0)),
            #[cfg(feature = "component")]
            Self::Component(component) => component.explain(name, take),
        }
    }

    /// Facts on the base pack.
    pub(crate) fn info(&self) -> PackInfo<'_> {
        match self {
            Self::Library(classifier) => classifier.info(),
            #[cfg(feature = "component")]
            Self::Component(component) => component.info(),
        }
    }

    /// Facts on the overlays, in the order given.
    pub(crate) fn overlays(&self) -> Vec<OverlayInfo> {
        match self {
            Self::Library(classifier) => classifier.overlay_infos(),
            #[cfg(feature = "component")]
            Self::Component(component) => component.overlays().to_vec(),
        }
    }

    /// Whether answers say what a policy would do.
    pub(crate) fn has_policy(&self) -> bool {
        match self {
            Self::Library(classifier) => !classifier.policies().is_empty(),
            #[cfg(feature = "component")]
            Self::Component(component) => component.has_policy(),
        }
    }

    /// The name of the vendor with this id.
    pub(crate) fn vendor_name(&self, id: &str) -> Option<&str> {
        match self {
            Self::Library(classifier) => classifier.vendors().find(|vendor| vendor.id == id).map(|vendor| vendor.name),
            #[cfg(feature = "component")]
            Self::Component(component) => component.vendor_name(id),
        }
    }

    /// The release that the component was built from, if a component answers.
    pub(crate) fn component_release(&self) -> Option<&str> {
        match self {
            Self::Library(_) => None,
            #[cfg(feature = "component")]
            Self::Component(component) => Some(component.release()),
        }
    }
}
