//! Readers of what a user already has.
//!
//! [`lists`] turns any list of names (plain, URLs, hosts, AdGuard, RPZ, CSV) into domain names. Readers take bytes in
//! chunks and hand out what they find through a callback: no file, clock, thread or environment is touched here, and
//! memory stays bounded whatever the input. Names come out as they were written; making them canonical and judging them
//! is the caller's business.

pub mod lists;
