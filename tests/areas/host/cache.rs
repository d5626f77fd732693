//! Compiled code in a folder: found again, never trusted when it is not whole, never an error.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use phonehome_host::wasmtime::{Config, Engine, OptLevel};
use phonehome_host::{Host, Options, Setup};
use phonehome_tests::cli::Folder;
use phonehome_tests::guests;

/// Options with this folder; code is compiled fast and badly, since much is compiled here.
fn options(folder: &Path) -> Options {
    let engine = Engine::new(Config::new().epoch_interruption(true).cranelift_opt_level(OptLevel::None)).unwrap();
    Options { cache: Some(folder.to_owned()), ..Options::in_engine(engine) }
}

fn answers(folder: &Path) {
    let host = Host::new(&guests::component(), Setup::default(), options(folder)).unwrap();
    assert_eq!(host.classify(b"a1.tuyaeu.com", 0).unwrap().confidence, 95);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn time(file: &Path) -> std::time::SystemTime {
    fs::metadata(file).unwrap().modified().unwrap()
}

#[test]
fn code_is_compiled_once_and_the_folder_is_its_owners() {
    let folder = Folder::new();
    let cache = folder.path("deep/er");
    answers(&cache);
    let first = files(&cache);
    assert_eq!(first.len(), 1);
    assert_eq!(fs::metadata(&cache).unwrap().permissions().mode() & 0o777, 0o700);
    let written = time(&first[0]);
    answers(&cache);
    assert_eq!((files(&cache), time(&first[0])), (first, written));
}

#[test]
fn broken_code_is_compiled_again() {
    let folder = Folder::new();
    let cache = folder.path("cache");
    answers(&cache);
    let file = files(&cache).remove(0);
    let whole = fs::read(&file).unwrap();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x40;
        bytes
    };
    let broken =
        [Vec::new(), whole[..100].to_vec(), whole[..whole.len() - 1].to_vec(), flipped(5), flipped(whole.len() / 2)];
    for bytes in broken {
        fs::write(&file, bytes).unwrap();
        answers(&cache);
        assert!(fs::read(&file).unwrap() == whole, "it was not compiled anew");
    }
}

#[test]
fn a_folder_that_others_may_write_to_is_not_used() {
    let folder = Folder::new();
    let cache = folder.path("cache");
    fs::create_dir(&cache).unwrap();
    fs::set_permissions(&cache, fs::Permissions::from_mode(0o777)).unwrap();
    answers(&cache);
    assert!(files(&cache).is_empty());
    // A file where the folder should be is as good as no folder.
    let file = folder.path("file");
    fs::write(&file, "").unwrap();
    answers(&file);
}

#[test]
fn other_settings_have_code_of_their_own() {
    let folder = Folder::new();
    let cache = folder.path("cache");
    answers(&cache);
    let mut config = Config::new();
    config.epoch_interruption(true).cranelift_opt_level(OptLevel::None).cranelift_nan_canonicalization(true);
    let other = Options { cache: Some(cache.clone()), ..Options::in_engine(Engine::new(&config).unwrap()) };
    Host::new(&guests::component(), Setup::default(), other).unwrap();
    assert_eq!(files(&cache).len(), 2);
}
