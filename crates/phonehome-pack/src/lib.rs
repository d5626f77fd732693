//! Writers of packs: the knowledge sources become a base pack, an operator's list becomes an overlay.
//!
//! Sans-IO: texts in, bytes or located errors out; the caller reads and writes files. The same input gives the same bytes.

mod bytes;
mod knowledge;
mod overlay;
mod table;

pub use knowledge::{Knowledge, Problem, SourceText};
pub use overlay::{
    BuiltOverlay, LISTED_SKIPS, LabelRow, ListFormat, OverlayBuilder, OverlayError, OverlaySpec, RuleScope,
    SkippedLine, corrections,
};
