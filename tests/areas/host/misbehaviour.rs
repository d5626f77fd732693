//! A guest that traps, loops or grows: the call says so, the host lives, the next answer is right.

use std::sync::atomic::{AtomicBool, Ordering};

use phonehome::Classifier;
use phonehome_host::{CallError, Host, Options, Setup};
use phonehome_tests::{embedded, guests};

const NAME: &[u8] = b"a1.tuyaeu.com";

/// The deadline is a second, so that a busy machine does not stop the calls that are in order.
fn faulty(instances: usize) -> Host {
    let options = Options { instances, deadline: 100, ..embedded::options() };
    Host::new(&guests::faulty_component(), Setup::default(), options).unwrap()
}

fn is_right(host: &Host) -> bool {
    host.classify(NAME, 0).is_ok_and(|brief| brief.to_bytes() == Classifier::builtin().classify(NAME, 0).to_bytes())
}

#[test]
fn after_a_trap_the_next_answer_is_right() {
    let host = faulty(1);
    for round in 1..=5 {
        let error = host.classify(b"trap.fault.test", 0).unwrap_err();
        assert!(matches!(&error, CallError::Trap(what) if what.contains("unreachable")), "{error}");
        assert!(is_right(&host));
        assert_eq!((host.stats().traps, host.stats().instances), (round, 1));
    }
}

#[test]
fn an_endless_loop_is_stopped() {
    let host = faulty(1);
    assert_eq!(host.classify(b"loop.fault.test", 0).unwrap_err(), CallError::Deadline);
    assert!(is_right(&host));
    assert_eq!(host.stats().deadlines, 1);
}

#[test]
fn memory_ends_at_its_limit() {
    // 32 MiB and the size of the component.
    let host = faulty(1);
    let error = host.classify(b"grow.fault.test", 0).unwrap_err();
    assert!(matches!(error, CallError::Memory { limit } if limit > 32 << 20 && limit < 34 << 20), "{error}");
    assert!(is_right(&host));
    assert_eq!((host.stats().memory, host.stats().traps), (1, 0));
}

#[test]
fn a_lease_survives_its_instance() {
    let host = faulty(1);
    let mut lease = host.lease().unwrap();
    for fault in [b"trap.fault.test", b"grow.fault.test", b"loop.fault.test"] {
        assert!(lease.classify(fault, 0).is_err());
        assert!(lease.classify(NAME, 0).is_ok());
    }
    drop(lease);
    assert_eq!(host.stats().instances, 1);
}

#[test]
fn others_go_on_while_one_loops() {
    let host = faulty(3);
    let looping = AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            assert_eq!(host.classify(b"loop.fault.test", 0).unwrap_err(), CallError::Deadline);
            looping.store(false, Ordering::Relaxed);
        });
        for _ in 0..2 {
            scope.spawn(|| {
                let mut answers = 0;
                while looping.load(Ordering::Relaxed) || answers < 100 {
                    assert!(host.classify(NAME, 0).is_ok());
                    answers += 1;
                }
            });
        }
    });
    assert!(host.stats().instances <= 3);
}

#[test]
fn more_callers_than_instances_wait_and_the_patience_has_an_end() {
    let options = Options { instances: 1, wait: std::time::Duration::from_millis(20), ..embedded::options() };
    let host = Host::new(&guests::component(), Setup::default(), options).unwrap();
    let lease = host.lease().unwrap();
    assert_eq!(host.classify(NAME, 0).unwrap_err(), CallError::Busy);
    drop(lease);
    assert!(is_right(&host));
    assert_eq!((host.stats().busy, host.stats().instances), (1, 1));
}
