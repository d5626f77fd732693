//! Glue: see `name_model` in `tests/src/oracles/`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use phonehome_tests::oracles;

fuzz_target!(|data: &[u8]| oracles::name_model(data));
