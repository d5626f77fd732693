//! What a call costs: the mean is guarded, and the most is what the interface promises.

use phonehome_abi::MOST_FUEL;
use phonehome_tests::fuel::{self, TOLERANCE};

#[test]
fn the_corpus_costs_what_the_report_says() {
    let (now, then) = (fuel::mean(&fuel::corpus().classify), fuel::committed());
    assert!(
        now.abs_diff(then) * 100 <= then * TOLERANCE,
        "`ph_classify` takes {now} fuel a name of the corpus, and tests/reports/fuel.md says {then}: if the change is meant, run \
         `cargo dev report fuel` and commit the report"
    );
}

#[test]
fn the_dearest_name_is_below_the_promise() {
    let dearest = fuel::dearest();
    let name = dearest.found.name.escape_ascii();
    assert!(
        dearest.fuel <= MOST_FUEL,
        "{} fuel for \"{name}\" ({}, {}), and {MOST_FUEL} are promised: raise most_fuel in crates/phonehome/codes.toml and run \
         `cargo dev codes`, or make the library cheaper",
        dearest.fuel,
        dearest.found.kind,
        dearest.found.shape
    );
    assert!(
        dearest.fuel * 2 >= MOST_FUEL,
        "the dearest name found takes {} fuel: the promise of {MOST_FUEL} in crates/phonehome/codes.toml is too wide to mean much",
        dearest.fuel
    );
}

#[test]
fn fuel_is_the_same_every_time() {
    let mut one = fuel::Meter::new();
    let mut other = fuel::Meter::new();
    for name in [b"a1.tuyaeu.com".as_slice(), b"", &[b'a'; 300], b"x.lan"] {
        let first = one.of("ph_classify", name);
        assert_eq!([one.of("ph_classify", name), other.of("ph_classify", name)], [first; 2]);
    }
}
