//! Glue: see `explain_json` in `tests/src/oracles/`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use phonehome_tests::oracles;

fuzz_target!(|data: &[u8]| oracles::explain_json(data));
