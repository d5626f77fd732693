//! A small knowledge base: a few entries of every kind, for tests that build their own packs or damage them.

use phonehome_pack::{Knowledge, Problem, SourceText};

const RELEASE: &str = "version = \"0.0.1\"\ndate = \"2026-01-02\"\n";

const SUFFIXES: &str = "// VERSION: 2026-01-01\ncom\nnet\norg\nuk\nco.uk\n*.ck\n!www.ck\n\
                        // ===BEGIN PRIVATE DOMAINS===\nblogspot.com\n*.hosting.net\nx.shop.ck\nshop.www.ck\n";

/// Vendors, a platform and sources that entries of a test may name.
pub const OWNERS: &str = r#"
[[vendor]]
id = "acme"
name = "Acme"
[[vendor]]
id = "acme-toys"
name = "Acme Toys"
parent = "acme"
[[vendor]]
id = "other"
name = "Other"
[[platform]]
id = "cloud"
name = "Some Cloud"
[[source]]
id = "general-knowledge"
title = "General knowledge"
url = ""
licence = "facts"
date = "2026-01-01"
[[source]]
id = "handbook"
title = "Handbook"
url = "https://acme.com/handbook"
licence = "facts"
date = "2026-01-01"
[[token]]
words = ["log", "logs"]
purpose = "telemetry"
[[token]]
words = ["ota"]
purpose = "firmware_update"
"#;

/// One entry of every kind.
pub const ENTRIES: &str = r#"
[[entry]]
id = "acme"
match = { kind = "suffix", value = "acme.com" }
vendor = "acme"
classes = ["tv", "camera"]
confidence = "high"
evidence = [{ source = "handbook", kind = "doc", date = "2026-01-01" }]
[[entry]]
id = "acme-hosts"
match = { kind = "pattern", value = "host{number}-{region}.acme.com" }
matches = ["host1-eu.acme.com", "host22-us.acme.com"]
rejects = ["host-eu.acme.com", "host1.acme.com"]
vendor = "acme"
purposes = ["device_cloud"]
confidence = "high"
evidence = [{ source = "handbook", kind = "doc", date = "2026-01-01" }]
[entry.breaks]
impact = "breaks"
function = "The app loses the device."
devices = "all"
keeps = "Buttons work."
answers = ["nodata", "nxdomain"]
when = "at once"
retry_storm = "known"
remedy = "Leave it."
source = "handbook"
[[entry]]
id = "acme-clock"
match = { kind = "exact", value = "time.acme.com" }
purposes = ["time_sync"]
confidence = "medium"
evidence = [{ source = "handbook", kind = "list", date = "2026-01-01" }]
[[entry]]
id = "cloud"
match = { kind = "suffix", value = "cloud.net" }
platform = "cloud"
shared = true
confidence = "medium"
evidence = [{ source = "handbook", kind = "list", date = "2026-01-01" }]
[[entry]]
id = "dyn"
match = { kind = "suffix", value = "dyn.org" }
platform = "cloud"
risk = [{ reason = "dynamic_dns", source = "handbook" }]
confidence = "low"
evidence = [{ source = "general-knowledge", kind = "knowledge", date = "2026-01-01" }]
"#;

/// Names that reach every part of the small base.
pub const NAMES: &[&str] = &[
    "acme.com",
    "host1-eu.acme.com",
    "host-eu.acme.com",
    "time.acme.com",
    "eu-log7.a.b.acme.com",
    "ota.logs.acme.com",
    "x.cloud.net",
    "a.b.c.dyn.org",
    "dyn.org",
    "foo.blogspot.com",
    "a.b.hosting.net",
    "x.ck",
    "www.ck",
    "a.b.uk",
    "example.com",
    "nowhere.zz",
    "printer.lan",
    "example.com.lan",
    "single",
    "1.0.0.127.in-addr.arpa",
    "192.0.2.1",
    "a\\.b\\000.acme.com",
    "..",
];

/// Reads owners, entries and a further file of a test's own.
pub fn knowledge(extra: &str) -> Result<Knowledge, Vec<Problem>> {
    with(&[("owners.toml", OWNERS), ("entries.toml", ENTRIES), ("test.toml", extra)])
}

/// Reads files of a test's own beside the release and the suffix rules.
pub fn with(files: &[(&str, &str)]) -> Result<Knowledge, Vec<Problem>> {
    let fixed = [("release.toml", RELEASE), ("public_suffix_list.dat", SUFFIXES)];
    // A test may bring its own.
    let fixed = fixed.iter().filter(|(path, _)| files.iter().all(|(own, _)| own != path));
    let file = |(path, text): &(&str, &str)| SourceText { path: (*path).to_owned(), text: (*text).to_owned() };
    Knowledge::read(fixed.chain(files).map(file).collect())
}

/// The pack of the small base.
pub fn pack() -> Vec<u8> {
    knowledge("").expect("the small base is sound").to_pack()
}

/// The same, built once.
pub fn shared_pack() -> &'static [u8] {
    static PACK: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    PACK.get_or_init(pack)
}
