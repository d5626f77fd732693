//! The library and the writer of its packs, through their public faces alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "library/advice.rs"]
mod advice;
#[path = "library/coverage.rs"]
mod coverage;
#[path = "library/guesses.rs"]
mod guesses;
#[path = "library/json.rs"]
mod json;
#[path = "library/knowledge.rs"]
mod knowledge;
#[path = "library/look_alikes.rs"]
mod look_alikes;
#[path = "library/names.rs"]
mod names;
#[path = "library/packs.rs"]
mod packs;
#[path = "library/patterns.rs"]
mod patterns;
#[path = "library/policy.rs"]
mod policy;
#[path = "library/policy_errors.rs"]
mod policy_errors;
#[path = "library/properties.rs"]
mod properties;
#[path = "library/shapes.rs"]
mod shapes;
#[path = "library/suffixes.rs"]
mod suffixes;
