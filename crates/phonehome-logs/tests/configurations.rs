//! Configurations of resolvers as lists: what is kept, with which scope and action, and what is skipped and why.

mod common;

use common::read_every_way;
use phonehome_logs::lists::Format::{Dnsmasq, Mikrotik, PiholeRegex, Rows, Unbound};
use phonehome_logs::lists::{Format, sniff};

/// Expects `input`, read as `format`, to give `expected`.
#[track_caller]
fn check(format: &Format, input: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(read_every_way(format, input.as_ref()), expected);
}

#[test]
fn dnsmasq_lines() {
    check(
        &Dnsmasq,
        "# comment\nlocal=/a.example/\nserver=/b.example/#\naddress=/c.example/#\naddress=/d.example/0.0.0.0 # note\n\
         local=/*.e.example/\nserver=/f.example/g.example/\naddress=/h.example/192.0.2.1\nserver=192.0.2.1\nno-resolv\n\
         local=/*x.example/\nhost-record=i.example,192.0.2.1\n",
        &[
            "2 a.example Suffix Block(Nxdomain)",
            "3 b.example Suffix Allow",
            "4 c.example Suffix Block(NullIp)",
            "5 d.example Suffix Block(NullIp)",
            "6 e.example Below Block(Nxdomain)",
            "7 f.example Suffix Block(Nxdomain)",
            "7 g.example Suffix Block(Nxdomain)",
            "8 ! Redirect",
            "9 ! NoRule",
            "10 ! NoRule",
            "11 ! Wildcard",
            "12 ! NoRule",
        ],
    );
}

#[test]
fn unbound_zones_and_data() {
    check(
        &Unbound,
        "server:\n  local-zone: \"a.example.\" always_nxdomain\n  local-zone: b.example always_transparent\n\
         \x20 local-zone: \"c.example.\" redirect\n  local-data: \"d.example. 300 IN A 0.0.0.0\"\n  local-data: \"d.example. AAAA ::\"\n\
         \x20 local-data: \"e.example. A 192.0.2.1\"\n  local-zone: \"f.example.\"\n  do-ip6: no\n",
        &[
            "2 a.example. Suffix Block(Nxdomain)",
            "3 b.example Suffix Allow",
            "4 ! LocalData",
            "5 d.example. Exact Block(NullIp)",
            "6 d.example. Exact Block(NullIp)",
            "7 ! LocalData",
            "8 ! Incomplete",
        ],
    );
}

#[test]
fn piholes_expressions() {
    check(
        &PiholeRegex,
        "# comment\n(^|\\.)a\\.example$\n^b\\.example$\n\\.c\\.example$\n(\\.|^)d\\.example$\n^ads[0-9]*\\.\n^e.example$\nf\\.example$\n",
        &[
            "2 a.example Suffix Block(Unstated)",
            "3 b.example Exact Block(Unstated)",
            "4 c.example Below Block(Unstated)",
            "5 d.example Suffix Block(Unstated)",
            "6 ! Regex",
            "7 ! Regex",
            "8 ! Regex",
        ],
    );
}

#[test]
fn routeros_entries() {
    check(
        &Mikrotik,
        "# comment\n/ip dns static\nadd name=\"a.example\" type=NXDOMAIN match-subdomain=yes comment=\"x; y=z\"\n\
         add name=b.example type=A address=0.0.0.0\nadd name=c.example address=192.0.2.1\nadd regexp=x type=NXDOMAIN\n\
         add type=NXDOMAIN\n/ip dns static add name=d.example type=NXDOMAIN\nset x\n",
        &[
            "3 a.example Suffix Block(Nxdomain)",
            "4 b.example Exact Block(NullIp)",
            "5 ! Redirect",
            "6 ! LocalData",
            "7 ! Incomplete",
            "8 d.example Exact Block(Nxdomain)",
            "9 ! NoRule",
        ],
    );
}

/// What Chromium puts on the clipboard of the two tables, by their mark-up: Pi-hole's is a table, AdGuard Home's is made of blocks.
#[test]
fn rows_copied_from_query_logs() {
    check(
        &Rows,
        "Time\t\tType\tDomain\tClient\t\n2026-11-24 10:31:02\t\tA\tlogs.roku.com\ttv.lan\t\n\
         2026-11-24 10:31:03\t\tHTTPS\tscribe.logs.roku.com\t192.168.1.23\t\n",
        &["2 logs.roku.com Exact Unstated", "3 scribe.logs.roku.com Exact Unstated"],
    );
    check(
        &Rows,
        "10:31:02\n24.11.2026\nlogs.roku.com\nTyp: A, Einfaches DNS\nVerarbeitet\n12 ms\ntv.lan\n192.168.1.23\n9:05:07\n24.11.2026\n\
         \n10:31:05\n24.11.2026\na1.tuyaeu.com\nTyp: A, DNS-over-HTTPS\n",
        &["3 logs.roku.com Exact Unstated", "9 ! Incomplete", "14 a1.tuyaeu.com Exact Unstated"],
    );
}

#[test]
fn copied_rows_are_told_from_other_tables() {
    let rows: [&[u8]; 3] = [
        b"2026-11-24 10:31:02\t\tA\tlogs.roku.com\ttv.lan\t\n",
        b"10:31:02\n11/24/2026\nlogs.roku.com\nType: A, Plain DNS\n",
        b"Time\tX\n9:05:07 AM\tlogs.roku.com\n",
    ];
    rows.iter().for_each(|text| assert_eq!(sniff(text), Rows, "{}", text.escape_ascii()));
    let others: [&[u8]; 4] = [
        b"time\tdomain\tclient\n10:31:02\tlogs.roku.com\t192.168.1.23\n",
        b"2026-11-24T10:31:02Z,logs.roku.com,A\n2026-11-24T10:31:03Z,example.com,A\n",
        b"logs.roku.com\nfe80:12:34:56::1\nexample.com\n",
        b"10:31:02\nno name\n",
    ];
    others.iter().for_each(|text| assert_ne!(sniff(text), Rows, "{}", text.escape_ascii()));
}
