//! Calls that no host should make: any export, any numbers, any octets, in any order. Never a trap.

use phonehome::Classifier;
use phonehome_tests::flat::{self, Flat};
use phonehome_tests::oracles::{self, abi};
use phonehome_tests::random::Random;

/// Numbers at the edges of what calls take.
const EDGES: &[i32] = &[
    0,
    1,
    -1,
    2,
    13,
    15,
    16,
    17,
    32,
    33,
    255,
    256,
    4095,
    4096,
    4097,
    65_535,
    65_536,
    1 << 20,
    (1 << 26) + 1,
    (1 << 30) + 1,
    i32::MAX,
    i32::MIN,
    i32::MIN + 1,
    -4096,
];

/// A number: an edge, a result of an earlier call (a handle, an address), or anything.
fn number(random: &mut Random, seen: &[i32]) -> i32 {
    match random.below(4) {
        0 if !seen.is_empty() => *random.pick(seen),
        1 => random.number() as i32,
        2 => random.below(64) as i32,
        _ => *random.pick(EDGES),
    }
}

/// Buffers of gigabytes are allowed and slow, so a large size that is granted becomes a small one.
fn sized(export: &str, number: i32) -> i32 {
    match export {
        "ph_input" if (1 << 20..=1 << 26).contains(&number) => number & 0xf_ffff,
        "clickhouse_create_buffer" if (1 << 12..=1 << 30).contains(&number) => number & 0xfff,
        _ => number,
    }
}

/// Fills the input buffer with something that a call may take, or garbage.
fn scribble(flat: &mut Flat, random: &mut Random) {
    let bytes = match random.below(4) {
        0 => b"logs.roku.com\nblock verdict=risky\n\nallow".to_vec(),
        1 => phonehome_tests::small::shared_pack().to_vec(),
        2 => phonehome_tests::overlays::file("threat.hosts").bytes.into_owned(),
        _ => {
            let len = random.below(300);
            random.bytes(len)
        }
    };
    flat.input(&bytes);
}

/// Fifty random calls on an instance that has seen others.
fn calls(flat: &mut Flat, random: &mut Random, exports: &[(String, usize, usize)]) {
    let mut seen = Vec::new();
    for _ in 0..50 {
        if random.once_in(4) {
            scribble(flat, random);
        }
        let (name, parameters, _) = random.pick(exports);
        let arguments: Vec<i32> = (0..*parameters).map(|_| number(random, &seen)).map(|n| sized(name, n)).collect();
        let result = flat.raw(name, &arguments).unwrap_or_else(|trap| panic!("{name} {arguments:?}: {trap:?}"));
        seen.push(result);
        if seen.len() > 12 {
            seen.remove(random.below(12));
        }
        let [address, len] = ["ph_output_ptr", "ph_output_len"].map(|name| flat.raw(name, &[]).unwrap());
        // Out of bounds would panic here.
        let _ = flat.read(address, len);
    }
}

#[test]
fn random_calls_never_trap() {
    let exports = flat::functions();
    let mut random = Random::new(0x0bad_ca11);
    let wanted = Classifier::builtin().classify(b"logs.roku.com", 0).to_bytes();
    for _ in 0..60 {
        let mut flat = Flat::new();
        for _ in 0..40 {
            calls(&mut flat, &mut random, &exports);
        }
        let handle = loop {
            match flat.open(None, &[], &[]) {
                Ok(handle) => break handle,
                // Every handle is taken: give one up.
                Err(_) => close_one(&mut flat),
            }
        };
        assert_eq!(flat.classify(handle, b"logs.roku.com", 0).unwrap(), wanted);
    }
}

/// Closes some handle by trying: a handle is a place and a small count.
fn close_one(flat: &mut Flat) {
    let is_closed = (0..1 << 20).any(|handle| flat.call("ph_close", &[handle]).is_ok());
    assert!(is_closed, "no handle is open");
}

#[test]
fn plays_end_as_the_model_says() {
    let oracle = oracles::ALL.iter().find(|oracle| oracle.name == "abi").unwrap();
    let seeds = (oracle.seeds)();
    let mut random = Random::new(0x91a7);
    for _ in 0..2000 {
        let mut data = random.pick(&seeds).clone();
        for _ in 0..=random.below(6) {
            random.mutate(&mut data);
        }
        // The model begins with an empty input buffer.
        abi::play(&mut Flat::new(), &data);
    }
}
