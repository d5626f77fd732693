//! The list that every program loads, and what must come of it.

use std::path::{Path, PathBuf};

use phonehome_tests::cli::Folder;

use crate::dig::{Seen, ask};

/// Rules in AdGuard's syntax, which says what each covers.
pub(crate) const ASKED: &str = "\
||example.de^
||crashlytics.com^
|exact.test.de^
||*.below.test.de^
||nodata.test.de^
||null.test.de^
";

/// What is blocked: among it a domain with an exception two labels below, so that a name lies between.
pub(crate) const POLICY: &str = "\
allow suffix=a.b.example.de
block suffix=example.de,exact.test.de,below.test.de answer=nxdomain
block suffix=nodata.test.de answer=nodata
block suffix=null.test.de answer=null_ip
block purpose=tracking basis=stated impact=none,degraded
";

/// Names and what must be seen.
pub(crate) const EXPECTED: &[(&str, Seen)] = &[
    ("example.de", Seen::Nxdomain),
    ("x.example.de", Seen::Nxdomain),
    ("x.y.example.de", Seen::Nxdomain),
    ("b.example.de", Seen::Nxdomain),
    ("x.b.example.de", Seen::Nxdomain),
    ("x.y.b.example.de", Seen::Nxdomain),
    ("a.b.example.de", Seen::Truth),
    ("x.a.b.example.de", Seen::Truth),
    ("exact.test.de", Seen::Nxdomain),
    ("x.exact.test.de", Seen::Truth),
    ("x.below.test.de", Seen::Nxdomain),
    ("below.test.de", Seen::Truth),
    ("nodata.test.de", Seen::Nodata),
    ("x.nodata.test.de", Seen::Nodata),
    ("null.test.de", Seen::NullIp),
    ("x.null.test.de", Seen::NullIp),
    ("test.de", Seen::Truth),
    ("xexample.de", Seen::Truth),
    ("x.xexact.test.de", Seen::Truth),
    ("reports.crashlytics.com", Seen::Nxdomain),
    ("settings.crashlytics.com", Seen::Truth),
];

/// Exports into a file of the folder.
pub(crate) fn export(folder: &Folder, format: &str, policy: &str, to: &str, more: &[&str]) -> PathBuf {
    folder.file("asked.adguard", ASKED);
    folder.file("policy", policy);
    let fixed = ["export", "--format", format, "--policy", "policy", "--output", to, "asked.adguard"];
    let run = folder.run([&fixed, more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    folder.path(to)
}

/// Asks all names. `differs` gives what a program sees that cannot say what is meant.
pub(crate) fn check(port: u16, differs: impl Fn(&str) -> Option<Seen>) {
    let seen: Vec<(&str, Seen)> = EXPECTED.iter().map(|(name, _)| (*name, ask(port, name))).collect();
    let expected: Vec<(&str, Seen)> =
        EXPECTED.iter().map(|(name, seen)| (*name, differs(name).unwrap_or_else(|| seen.clone()))).collect();
    assert_eq!(seen, expected);
}

/// A path as configurations have it.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}
