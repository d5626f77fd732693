//! What is no component of this contract is refused with a reason, and so is what does not open.

use std::time::Duration;

use phonehome_data::PACK;
use phonehome_host::contract::{OpenError, PackError};
use phonehome_host::wasmtime::Engine;
use phonehome_host::wasmtime::component::Component;
use phonehome_host::{CallError, Host, HostError, Options, Setup};
use phonehome_tests::{embedded, guests, overlays};

fn refused(component: &[u8]) -> HostError {
    Host::new(component, Setup::default(), embedded::options()).expect_err("it is refused")
}

fn refused_setup(setup: Setup) -> OpenError {
    match Host::new(&guests::component(), setup, embedded::options()).expect_err("it is refused") {
        HostError::Open(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn another_contract_version_is_named() {
    let error = refused(&guests::patched("engine@0.1.0", "engine@9.1.0"));
    assert!(matches!(&error, HostError::Contract { found: Some(found), .. } if found == "9.1.0"), "{error}");
    assert_eq!(error.to_string(), "the component speaks version 9.1.0 of the contract, this host 0.1.0");
    let error = refused(&guests::patched("classifier/engine@", "classifier/ongine@"));
    assert!(matches!(&error, HostError::Contract { found: None, .. }), "{error}");
}

#[test]
fn a_later_patch_of_the_contract_works() {
    let host = embedded::host(&guests::patched("@0.1.0", "@0.1.7"), Setup::default());
    assert_eq!(host.classify(b"logs.roku.com", 0).unwrap().confidence, 95);
}

#[test]
fn what_is_no_component_is_refused() {
    let component = guests::component();
    let broken: [&[u8]; 6] =
        [b"", b"\0asm", b"not wasm at all", &component[..component.len() / 2], &guests::module(), b"\0asm\x0d\0\x01\0"];
    for bytes in broken {
        let error = refused(bytes);
        assert!(matches!(error, HostError::Component(_) | HostError::Contract { found: None, .. }), "{error}");
    }
    let mut damaged = component;
    let middle = damaged.len() / 3;
    damaged[middle..middle + 4096].fill(0xff);
    // Most of a component is its pack, whose own checksum then tells.
    let error = refused(&damaged);
    assert!(matches!(error, HostError::Component(_) | HostError::Open(_) | HostError::Call(_)), "{error}");
}

#[test]
fn a_setup_that_does_not_open_says_what_is_wrong() {
    let error = refused_setup(Setup { base: Some(PACK[..1000].to_vec()), ..Setup::default() });
    assert!(
        matches!(&error, OpenError::Base(PackError::Truncated(size)) if size.got == 1000 && size.expected as usize == PACK.len())
    );
    let error = refused_setup(Setup { base: Some(b"no pack".to_vec()), ..Setup::default() });
    assert!(matches!(error, OpenError::Base(PackError::Magic)), "{error}");
    let mut overlay = embedded::setup(&[overlays::file(&overlays::files()[0])], &[]);
    overlay.overlays.extend_from_within(..);
    *overlay.overlays[1].bytes.last_mut().unwrap() ^= 1;
    let error = refused_setup(overlay);
    assert!(
        matches!(&error, OpenError::Overlay(at) if at.number == 1 && matches!(at.error, PackError::Checksum(_))),
        "{error}"
    );
    let policies = vec![String::new(), "block\nblock colour=red".to_owned()];
    let error = refused_setup(Setup { policies, ..Setup::default() });
    let OpenError::Policy(at) = error else { panic!("{error}") };
    assert_eq!((at.number, at.error.line, at.error.column, at.error.got.as_str()), (1, 2, 7, "colour"));
}

#[test]
fn a_pack_that_does_not_fit_is_no_panic_of_the_host() {
    let options = Options { memory: Some(2 << 20), ..embedded::options() };
    let setup = Setup { base: Some(vec![0; 8 << 20]), ..Setup::default() };
    let error = Host::new(&guests::component(), setup, options).expect_err("too large");
    assert!(matches!(error, HostError::Call(CallError::Memory { limit }) if limit == 2 << 20), "{error}");
    let options = Options { memory: Some(1 << 16), ..embedded::options() };
    let error = Host::new(&guests::component(), Setup::default(), options).expect_err("less than the start memory");
    assert!(matches!(error, HostError::Call(CallError::Memory { .. })), "{error}");
}

#[test]
fn limits_without_an_end_are_taken() {
    let options = Options { wait: Duration::MAX, deadline: u64::MAX, instances: 0, ..embedded::options() };
    let host = Host::new(&guests::component(), Setup::default(), options).unwrap();
    host.replace_setup(Setup::default()).unwrap();
    let lease = host.lease().unwrap();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| host.classify(b"logs.roku.com", 0).unwrap().confidence);
        drop(lease);
        assert_eq!(waiting.join().unwrap(), 95);
    });
}

#[test]
fn the_component_imports_nothing() {
    let engine = Engine::default();
    let component = Component::new(&engine, guests::component()).unwrap();
    let kind = component.component_type();
    assert_eq!(kind.imports(&engine).map(|(name, _)| name.to_owned()).collect::<Vec<_>>(), Vec::<String>::new());
    let exports: Vec<String> = kind.exports(&engine).map(|(name, _)| name.to_owned()).collect();
    assert_eq!(exports, ["codes", "types", "engine"].map(|name| format!("phonehome:classifier/{name}@0.1.0")));
}
