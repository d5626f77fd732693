//! Memory is what the documentation says: the start, and a copy of every pack handed in for each instance.

use phonehome_data::PACK;
use phonehome_host::{Host, Options, Setup};
use phonehome_tests::{embedded, guests};

/// Bytes of one instance that has answered.
fn of_one(setup: Setup) -> usize {
    let host = embedded::host(&guests::component(), setup);
    host.explain(b"logs.roku.com", 0).unwrap();
    host.stats().free_memory
}

#[test]
fn an_instance_is_its_start_and_the_packs_handed_in() {
    let plain = of_one(Setup::default());
    // The pack inside, 128 KiB of stack, tables of code, a little heap.
    assert!(plain <= PACK.len() + (512 << 10), "{plain}");
    let with_pack = of_one(Setup { base: Some(PACK.to_vec()), ..Setup::default() });
    let more = with_pack - plain;
    assert!(more >= PACK.len() / 2 && more <= PACK.len() + (256 << 10), "{more} for a pack of {}", PACK.len());
}

#[test]
fn many_lines_need_no_more_than_one_piece_of_them() {
    let host = embedded::host(&guests::component(), Setup::default());
    let text = b"a.example\n".repeat(400_000);
    assert_eq!(host.classify_lines(&text, 0).unwrap().len(), 400_000);
    assert!(host.stats().free_memory < 8 << 20, "{}", host.stats().free_memory);
}

#[test]
fn there_are_never_more_instances_than_asked_for() {
    let options = Options { instances: 2, ..embedded::options() };
    let host = Host::new(&guests::component(), Setup::default(), options).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| (0..200).for_each(|_| assert!(host.classify(b"logs.roku.com", 0).is_ok())));
        }
    });
    assert!((1..=2).contains(&host.stats().instances), "{}", host.stats().instances);
}
