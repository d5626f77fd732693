//! Why a label scores as it does.

#[derive(Clone, Debug)]
pub(crate) struct Why {}
