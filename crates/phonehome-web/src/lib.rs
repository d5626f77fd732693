//! What a page needs of phonehome: it hands in lists in pieces and gets back counts, rows and explanations.
//!
//! [`Desk`] does the work and is plain Rust, tried natively; `facade` turns its types into those of the browser and nothing else.
//! Batches cross as one string in and typed arrays out; objects are made for the rows that are seen alone.

#[cfg(target_family = "wasm")]
mod facade;

mod desk;
mod facets;
mod heap;
mod row;

pub use desk::{Corrected, Desk, DeskError, ExportWish, Reading, WouldBlock};
pub use facets::{Facets, Filter, Sort};
pub use row::Row;
