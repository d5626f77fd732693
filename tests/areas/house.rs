//! The repository's own rules: arrows between crates, generated files, documents, sizes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "house/arrows.rs"]
mod arrows;
#[path = "house/documents.rs"]
mod documents;
#[path = "house/files.rs"]
mod files;
#[path = "house/generated.rs"]
mod generated;
