//! The fuzz oracles on stable: their seeds, every regression, and a fixed number of seeded mutations.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use phonehome_tests::oracles::{self, Oracle};
use phonehome_tests::random::Random;
use phonehome_tests::root;

/// Runs an oracle and, when it fails, says how to keep the input.
fn run(oracle: &Oracle, input: &[u8], origin: &str) {
    if catch_unwind(AssertUnwindSafe(|| (oracle.check)(input))).is_err() {
        let head = &input[..input.len().min(2000)];
        panic!(
            "{} fails on {origin}; keep the input as a file in tests/fuzz/regressions/{}/\n{} octets: {}",
            oracle.name,
            oracle.name,
            input.len(),
            head.escape_ascii()
        );
    }
}

fn gate(name: &str) {
    let oracle = oracles::ALL.iter().find(|oracle| oracle.name == name).expect("an oracle of that name");
    let seeds = (oracle.seeds)();
    for (number, seed) in seeds.iter().enumerate() {
        run(oracle, seed, &format!("seed {number}"));
    }
    for (path, input) in regressions(name) {
        run(oracle, &input, &path);
    }
    let mut random = Random::new(0x5eed);
    for number in 0..oracle.runs {
        let mut input = random.pick(&seeds).clone();
        for _ in 0..=random.below(4) {
            random.mutate(&mut input);
        }
        run(oracle, &input, &format!("mutation {number}"));
    }
}

fn regressions(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = root("tests/fuzz/regressions").join(name);
    // A target without regressions has no folder.
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    files
        .map(|file| file.expect("a file").path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("a regression")))
        .collect()
}

macro_rules! gates {
    ($($name:ident)*) => {
        $(#[test] fn $name() { gate(stringify!($name)); })*

        #[test]
        fn every_oracle_is_run() {
            let run = [$(stringify!($name)),*];
            assert_eq!(oracles::ALL.iter().map(|oracle| oracle.name).collect::<Vec<_>>(), run);
        }
    };
}

gates! { name_parse pack_open overlay_open policy_parse list_reader overlay_builder explain_json name_model abi filter dns_tcp }
