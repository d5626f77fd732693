//! The release's knowledge as one file of bytes, and nothing else.
//!
//! [`PACK`] is built from `sources/` by `cargo dev kb build`; a test regenerates it and compares. Read it with the crate
//! `phonehome`. Our entries are CC0-1.0; the public-suffix rules inside stay MPL-2.0 (`sources/public_suffix_list.dat`).

/// Keeps the pack on a cache-line boundary, so that no bucket of its tables straddles two lines.
#[repr(align(64))]
struct Aligned<B: ?Sized>(B);

static ALIGNED: &Aligned<[u8]> = &Aligned(*include_bytes!(env!("PHONEHOME_EMBEDDED_PACK")));

/// The pack of this release, on a 64-byte boundary.
pub static PACK: &[u8] = &ALIGNED.0;
