//! Engines: the host's own, and one that an embedder brings.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use phonehome_host::wasmtime::{Config, Engine, OptLevel};
use phonehome_host::{CallError, Host, HostError, Options, Setup};
use phonehome_tests::guests;

/// An engine that an embedder may have for other guests.
fn theirs(interrupts: bool) -> Engine {
    Engine::new(Config::new().epoch_interruption(interrupts).cranelift_opt_level(OptLevel::None)).unwrap()
}

#[test]
fn an_embedders_engine_works_and_the_embedder_ticks_it() {
    let engine = theirs(true);
    let host = Host::new(&guests::faulty_component(), Setup::default(), Options::in_engine(engine.clone())).unwrap();
    assert!(Engine::same(host.engine(), &engine));
    assert_eq!(host.classify(b"a1.tuyaeu.com", 0).unwrap().confidence, 95);
    let done = Arc::new(AtomicBool::new(false));
    let ticking = std::thread::spawn({
        let done = Arc::clone(&done);
        move || {
            while !done.load(Ordering::Relaxed) {
                engine.increment_epoch();
                std::thread::yield_now();
            }
        }
    });
    assert_eq!(host.classify(b"loop.fault.test", 0).unwrap_err(), CallError::Deadline);
    done.store(true, Ordering::Relaxed);
    ticking.join().unwrap();
    assert_eq!(host.classify(b"a1.tuyaeu.com", 0).unwrap().confidence, 95);
}

#[test]
fn the_host_ticks_an_embedders_engine_when_asked() {
    let options = Options { tick: Some(Duration::from_millis(5)), deadline: 2, ..Options::in_engine(theirs(true)) };
    let host = Host::new(&guests::faulty_component(), Setup::default(), options).unwrap();
    assert_eq!(host.classify(b"loop.fault.test", 0).unwrap_err(), CallError::Deadline);
}

#[test]
fn two_hosts_share_one_engine() {
    let engine = theirs(true);
    let hosts = [(); 2].map(|()| {
        Host::new(&guests::faulty_component(), Setup::default(), Options::in_engine(engine.clone())).unwrap()
    });
    assert!(hosts[0].classify(b"trap.fault.test", 0).is_err());
    assert!(hosts[1].classify(b"logs.roku.com", 0).is_ok() && hosts[0].classify(b"logs.roku.com", 0).is_ok());
    assert_eq!((hosts[0].stats().traps, hosts[1].stats().traps), (1, 0));
}

#[test]
fn an_engine_without_epochs_is_refused() {
    let error = Host::new(&guests::component(), Setup::default(), Options::in_engine(theirs(false))).unwrap_err();
    assert!(matches!(error, HostError::EngineWithoutEpochs), "{error}");
}
