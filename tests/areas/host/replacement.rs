//! Another component, other packs, lists and policies while calls run: nothing is dropped, and what does not open changes nothing.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use phonehome::OverlayKind;
use phonehome_host::contract::{Action, NamedPack, Verdict};
use phonehome_host::{Host, HostError, Options, Setup};
use phonehome_pack::ListFormat;
use phonehome_tests::{embedded, guests, overlays, small};

const NAME: &[u8] = b"logs.roku.com";

fn blocking() -> Setup {
    let threats = overlays::build(OverlayKind::Threat, ListFormat::Domains, "mine", b"roku.com\n");
    Setup {
        overlays: vec![NamedPack { name: None, bytes: threats }],
        policies: vec!["block listed=threat".to_owned()],
        ..Setup::default()
    }
}

#[test]
fn calls_go_on_while_the_setup_is_replaced() {
    let host = embedded::host(&guests::component(), Setup::default());
    let (done, answers) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let brief = host.classify(NAME, 0).expect("no call is dropped");
                    // The old setup or the new one, never a mixture.
                    let is_new = brief.verdict == Verdict::Malicious;
                    assert_eq!(matches!(brief.action, Action::Block(_)), is_new);
                    answers.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for round in 0..10 {
            host.replace_setup(if round % 2 == 0 { blocking() } else { Setup::default() }).unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(answers.load(Ordering::Relaxed) > 0);
    assert_eq!((host.stats().replaced, host.stats().traps), (10, 0));
    assert_eq!(host.classify(NAME, 0).unwrap().verdict, Verdict::Legitimate);
}

#[test]
fn a_replacement_that_does_not_open_changes_nothing() {
    let host = embedded::host(&guests::component(), blocking());
    let broken = Setup { base: Some(b"broken".to_vec()), ..Setup::default() };
    assert!(matches!(host.replace_setup(broken).unwrap_err(), HostError::Open(_)));
    assert!(matches!(host.replace_component(b"broken").unwrap_err(), HostError::Component(_)));
    let other_version = guests::patched("engine@0.1.0", "engine@9.1.0");
    assert!(matches!(host.replace_component(&other_version).unwrap_err(), HostError::Contract { found: Some(_), .. }));
    assert_eq!(host.classify(NAME, 0).unwrap().verdict, Verdict::Malicious);
    assert_eq!(host.stats().replaced, 0);
}

#[test]
fn another_component_brings_its_own_pack() {
    let pack = small::pack();
    let own = phonehome::Classifier::open((&pack).into(), Vec::new(), &[]).unwrap();
    let host = embedded::host(&guests::component(), blocking());
    let old = host.info().unwrap();
    host.replace_component(&guests::component_with(&pack, "small-pack")).unwrap();
    let new = host.info().unwrap();
    assert_ne!(old.checksum, new.checksum);
    assert_eq!((new.checksum, new.entries), (own.info().checksum, own.info().entries));
    // The setup stays: the list still speaks, the base no longer knows the vendor.
    let brief = host.classify(NAME, 0).unwrap();
    assert_eq!((brief.verdict, brief.vendor), (Verdict::Malicious, None));
}

#[test]
fn a_lease_stays_with_what_it_was_taken_from() {
    let host = embedded::host(&guests::component(), Setup::default());
    let mut lease = host.lease().unwrap();
    assert!(lease.is_current());
    host.replace_setup(blocking()).unwrap();
    assert!(!lease.is_current());
    assert_eq!(lease.classify(NAME, 0).unwrap().verdict, Verdict::Legitimate);
    assert_eq!(host.classify(NAME, 0).unwrap().verdict, Verdict::Malicious);
}

#[test]
fn old_leases_do_not_starve_new_setups() {
    let options = Options { instances: 2, ..embedded::options() };
    let host = Host::new(&guests::component(), Setup::default(), options).unwrap();
    let mut old = Vec::new();
    for round in 0..3 {
        // Two leases at a time, of which one is kept beyond the replacement.
        let pair = [(); 2].map(|()| host.lease().unwrap());
        old.extend(pair.into_iter().take(1));
        host.replace_setup(if round % 2 == 0 { blocking() } else { Setup::default() }).unwrap();
    }
    let mut new = [(); 2].map(|()| host.lease().unwrap());
    assert!(new.iter_mut().all(|lease| lease.classify(NAME, 0).unwrap().verdict == Verdict::Malicious));
    assert!(old.iter_mut().all(|lease| lease.classify(NAME, 0).is_ok() && !lease.is_current()));
}
