//! What a page needs of phonehome: it hands in lists in pieces and gets back counts, rows and explanations.
//!
//! [`Desk`] does the work and is plain Rust, tried natively; `facade` turns its types into those of the browser and nothing else.
//! Batches cross as one string in and typed arrays out; objects are made for the rows that are seen alone.

#[cfg(target_family = "wasm")]
mod facade;

mod desk;
mod facets;
mod filter;
mod groups;
mod heap;
mod interner;
mod knowledge;
mod row;
mod search;
mod told;
mod traits;

pub use desk::Desk;
pub use facets::{Facets, Value};
pub use filter::{Filter, Sort};
pub use groups::{Grouping, Heading};
pub use row::{Line, Row};
pub use search::{Fit, Found};
pub use told::{About, Corrected, DeskError, ExportWish, Info, ListInfo, Reading};
