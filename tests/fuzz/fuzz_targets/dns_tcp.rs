//! Glue: see `dns_tcp` in `tests/src/oracles/`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use phonehome_tests::oracles;

fuzz_target!(|data: &[u8]| oracles::dns_tcp(data));
