//! Every list format: what is kept, with which scope and action, and what is skipped and why.

mod common;

use common::{read, read_every_way};
use phonehome_logs::lists::Format::{Adguard, Domains, Hosts, Names, Rpz};
use phonehome_logs::lists::{Column, Format, MAX_LINE, Scope, SkipReason, cut, name_from_text, sniff};

/// Expects `input`, read as `format`, to give `expected`.
#[track_caller]
fn check(format: &Format, input: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(read_every_way(format, input.as_ref()), expected);
}

fn csv(column: &str, delimiter: u8) -> Format {
    Format::Csv { column: Column::Named(column.to_owned()), delimiter }
}

fn csv_number(number: usize) -> Format {
    Format::Csv { column: Column::Number(number), delimiter: b',' }
}

#[test]
fn cutter() {
    let cases: &[(&[u8], &[u8])] = &[
        (b"Example.COM.", b"Example.COM."),
        (b" \texample.com\r\n", b"example.com"),
        (b"https://user:pw@host.example:8443/path?q=a@b#f", b"host.example"),
        (b"hxxps://host.example\\path", b"host.example"),
        (b"//cdn.example/lib.js", b"cdn.example"),
        (b"http://[2001:db8::1]:80/", b"2001:db8::1"),
        (b"http://host.example:/", b"host.example"),
        (b"[::1]:53", b"::1"),
        (b"[not.an.address]:53", b"[not.an.address]:53"),
        (b"host.example:443", b"host.example"),
        (b"host.example:443x", b"host.example:443x"),
        (b"host.example/path", b"host.example"),
        (b"2001:db8::1", b"2001:db8::1"),
        (b"192.0.2.7:80", b"192.0.2.7"),
        (b"10.0.0.0/8", b"10.0.0.0/8"),
        (b"0/25.2.0.192.in-addr.arpa.", b"0/25.2.0.192.in-addr.arpa."),
        (b"someone@example.com", b"someone@example.com"),
        (b"a\\032b\\.c.example", b"a\\032b\\.c.example"),
        (b"\"example.com\",", b"example.com"),
        (b"'example.com'", b"example.com"),
        (b"`example.com`;", b"example.com"),
        (b"\"\"", b"\"\""),
        (b"\"", b"\""),
        (b",", b","),
        (b"*", b"*"),
        (b"*.", b"*."),
        (b".", b"."),
        (b"..", b".."),
        (b"https://", b"https://"),
        (b"two words", b"two words"),
        (b"nul\0.example", b"nul\0.example"),
        (b"bad\xFF.example", b"bad\xFF.example"),
        (b" ", b""),
    ];
    for (text, name) in cases {
        let got = name_from_text(text);
        assert_eq!(got.escape_ascii().to_string(), name.escape_ascii().to_string(), "{}", text.escape_ascii());
    }
}

#[test]
fn cutter_scope() {
    let cases: &[(&str, &str, Scope)] = &[
        ("example.com", "example.com", Scope::Unstated),
        ("*.example.com", "example.com", Scope::Below),
        ("https://*.example.com/", "example.com", Scope::Below),
        ("*.*.example.com", "*.example.com", Scope::Below),
        (".example.com", "example.com", Scope::Suffix),
        ("*.", "*.", Scope::Unstated),
        ("..example.com", "..example.com", Scope::Unstated),
    ];
    for (text, name, scope) in cases {
        assert_eq!(cut(text.as_bytes()), (name.as_bytes().into(), *scope), "{text}");
    }
}

#[test]
fn u_labels() {
    let cases = [
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("https://MÜNCHEN.de:8443/ü", "xn--mnchen-3ya.de"),
        ("*.straße.example", "xn--strae-oqa.example"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ("_dmarc.münchen.de.", "_dmarc.xn--mnchen-3ya.de."),
        ("xn--not-punycode-.example", "xn--not-punycode-.example"),
        ("Example.com", "Example.com"),
        ("mün chen.de", "mün chen.de"),
        ("a／b.de", "a／b.de"),
        ("\u{AD}", "\u{AD}"),
    ];
    for (text, name) in cases {
        assert_eq!(String::from_utf8_lossy(&name_from_text(text.as_bytes())), name, "{text}");
    }
    let long = "ü".repeat(10_000);
    assert_eq!(name_from_text(long.as_bytes()), long.as_bytes());
}

#[test]
fn names_one_item_for_every_line() {
    let input =
        b"\xEF\xBB\xBFa1.Tuyaeu.com\r\n\n  # comment\nhttps://x.example/#top # note\n*.example.com\n192.0.2.1\n\
        two words\n\xFFx\n#\nlast";
    check(
        &Names,
        input,
        &[
            "1 a1.Tuyaeu.com Unstated Unstated",
            "4 x.example Unstated Unstated",
            "5 example.com Below Unstated",
            "6 192.0.2.1 Unstated Unstated",
            "7 two words Unstated Unstated",
            "8 \\xffx Unstated Unstated",
            "10 last Unstated Unstated",
        ],
    );
    check(&Names, "", &[]);
    check(&Names, "\n\n", &[]);
    check(&Names, "a\n\u{FEFF}b\n", &["1 a Unstated Unstated", "2 b Unstated Unstated"]);
}

#[test]
fn domains_are_strict() {
    let label = "a".repeat(63);
    let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
    let input = format!(
        "# list\nexample.com # note\nEXAMPLE.net.\nmünchen.de\n_x.example.com\nhttps://example.com/\n*.example.com\n\
         a b\n192.0.2.1\n::1\na..b\n-\n{longest}\n{longest}a\n{label}a.com\nexample.com:53\nbad\\032.example\n||a.com^\n"
    );
    check(
        &Domains,
        input,
        &[
            "2 example.com Unstated Unstated",
            "3 EXAMPLE.net. Unstated Unstated",
            "4 xn--mnchen-3ya.de Unstated Unstated",
            "5 _x.example.com Unstated Unstated",
            "6 ! NotPlain",
            "7 ! Wildcard",
            "8 ! NotPlain",
            "9 ! Address",
            "10 ! Address",
            "11 ! BadName",
            "12 - Unstated Unstated",
            &format!("13 {longest} Unstated Unstated"),
            "14 ! BadName",
            "15 ! BadName",
            "16 ! NotPlain",
            "17 ! BadName",
            "18 ! NotPlain",
        ],
    );
}

#[test]
fn hosts_sinks() {
    check(
        &Hosts,
        "0.0.0.0 a.example b.example # c.example\r\n127.0.0.1\td.example\n:: e.example\n::1 f.example#g\n",
        &[
            "1 a.example Exact Block(NullIp)",
            "1 b.example Exact Block(NullIp)",
            "2 d.example Exact Block(Unstated)",
            "3 e.example Exact Block(NullIp)",
            "4 f.example Exact Block(Unstated)",
        ],
    );
}

#[test]
fn hosts_not_kept() {
    check(
        &Hosts,
        "127.0.0.1 LocalHost localhost.localdomain\n255.255.255.255 broadcasthost\nfe80::1%lo0 localhost\n\
         ff02::1 ip6-allnodes\n0.0.0.0 0.0.0.0\n192.168.1.5 nas.lan\n127.0.1.1 mine\nexample.com\n0.0.0.0\n\
         0.0.0.0 *.x.example\n0.0.0.0 ok.example bad..example\n# 0.0.0.0 off.example\n",
        &[
            "1 ! Boilerplate",
            "1 ! Boilerplate",
            "2 ! Boilerplate",
            "3 ! Boilerplate",
            "4 ! Boilerplate",
            "5 ! Address",
            "6 ! Redirect",
            "7 ! Redirect",
            "8 ! NoAddress",
            "9 ! Incomplete",
            "10 ! Wildcard",
            "11 ok.example Exact Block(NullIp)",
            "11 ! BadName",
        ],
    );
}

#[test]
fn adguard_rules() {
    check(
        &Adguard,
        "[Adblock Plus 2.0]\n! Title: x\n# comment\n||example.com^\n@@||good.example.com^\n||last.example^|\n\
         ||*.wild.example^\n||zip^\n||münchen.de^\nplain.example\nplain2.example # note\n0.0.0.0 h.example i.example\n\
         |exact.example^\n@@|lifted.example^\n",
        &[
            "4 example.com Suffix Block(Unstated)",
            "5 good.example.com Suffix Allow",
            "6 last.example Suffix Block(Unstated)",
            "7 wild.example Below Block(Unstated)",
            "8 zip Suffix Block(Unstated)",
            "9 xn--mnchen-3ya.de Suffix Block(Unstated)",
            "10 plain.example Exact Block(Unstated)",
            "11 plain2.example Exact Block(Unstated)",
            "12 h.example Exact Block(NullIp)",
            "12 i.example Exact Block(NullIp)",
            "13 exact.example Exact Block(Unstated)",
            "14 lifted.example Exact Allow",
        ],
    );
}

#[test]
fn adguard_patterns_that_match_more_or_less_than_a_name() {
    check(
        &Adguard,
        "||example.com\n|example.com\n|https://example.com/\n||example.com^path\n||example.com/ads^\n||ads*.example^\n\
         ||192.0.2.1^\n@@example.com\nads\n_x.example\nexample.c\n-a.example\n*.example.com\n192.0.2.1\n\
         ||example.com^ # note\n||example.com.^\n||^\n||*^\nexample.com^\nnot an address\n192.168.1.5 nas.lan\n",
        &[
            "1 ! Pattern",
            "2 ! Pattern",
            "3 ! Pattern",
            "4 ! Pattern",
            "5 ! Pattern",
            "6 ! Wildcard",
            "7 ! Address",
            "8 ! Pattern",
            "9 ! Pattern",
            "10 ! Pattern",
            "11 ! Pattern",
            "12 ! Pattern",
            "13 ! Wildcard",
            "14 ! Address",
            "15 ! Pattern",
            "16 ! Pattern",
            "17 ! BadName",
            "18 ! Wildcard",
            "19 ! Pattern",
            "20 ! Pattern",
            "21 ! Redirect",
        ],
    );
}

#[test]
fn adguard_modifiers_and_regexes() {
    check(
        &Adguard,
        "||example.com^$important\n@@||example.com^$client=127.0.0.1\n||example.com^$denyallow=a.example.com\n\
         *$dnstype=AAAA\n/ads[0-9]+/\n@@/^ok$/\n/ads/$important\n/path/x\nexample.com$badfilter\n",
        &[
            "1 ! Modifier",
            "2 ! Modifier",
            "3 ! Modifier",
            "4 ! Modifier",
            "5 ! Regex",
            "6 ! Regex",
            "7 ! Regex",
            "8 ! Pattern",
            "9 ! Modifier",
        ],
    );
}

#[test]
fn adguard_cosmetic_rules_are_not_comments() {
    check(
        &Adguard,
        "example.com##.ad\nexample.com#@#.ad\n##.banner\n###ad-1\n##div[x]\nexample.com#%#//scriptlet('x')\n\
         #### Section\n## note\n#-----\n[$path=/x]example.com##.ad\n#@home\n",
        &[
            "1 ! Cosmetic",
            "2 ! Cosmetic",
            "3 ! Cosmetic",
            "4 ! Cosmetic",
            "5 ! Cosmetic",
            "6 ! Cosmetic",
            "10 ! Cosmetic",
        ],
    );
}

#[test]
fn rpz_fixture() {
    check(
        &Rpz,
        include_bytes!("fixtures/rpz.zone"),
        &[
            "4 us.ad.lgsmartad.com Exact Block(Nxdomain)",
            "5 duckdns.org Below Block(Drop)",
            "6 logs.roku.com Exact Block(NullIp)",
        ],
    );
}

#[test]
fn rpz_policies() {
    check(
        &Rpz,
        "$TTL 1h\n@ SOA localhost. root.localhost. ( 1 ; serial (not open\n  3600\n 900 604800 300 ) ; done\n  NS localhost.\n\
         nx.example CNAME .\n*.nx.example 300 IN CNAME .\nnd.example IN 300 cname *.\nok.example CNAME RPZ-PASSTHRU.\n\
         tcp.example CNAME rpz-tcp-only.\nsix.example AAAA ::\n  A 0.0.0.0\nself.example CNAME self.example.\n\
         a\\.b.example CNAME .\npar.example ( CNAME\n . )\n",
        &[
            "6 nx.example Exact Block(Nxdomain)",
            "7 nx.example Below Block(Nxdomain)",
            "8 nd.example Exact Block(Nodata)",
            "9 ok.example Exact Allow",
            "10 tcp.example Exact TcpOnly",
            "11 six.example Exact Block(NullIp)",
            "12 six.example Exact Block(NullIp)",
            "13 self.example Exact Allow",
            "14 a\\\\.b.example Exact Block(Nxdomain)",
            "15 par.example Exact Block(Nxdomain)",
        ],
    );
}

#[test]
fn rpz_not_kept() {
    check(
        &Rpz,
        "@ SOA . . 1 2 3 4 5\nw.example CNAME garden.example.\nw.example A 192.0.2.1\nw.example TXT \"x;(y\"\n\
         w.example CNAME rpz-drop\n32.1.2.0.192.rpz-client-ip CNAME .\n24.0.2.0.192.RPZ-IP CNAME .\n\
         ns.example.rpz-nsdname CNAME .\n32.1.2.0.192.rpz-nsip CNAME .\nabs.example. CNAME .\n* CNAME .\n\
         $INCLUDE other.zone\n$GENERATE 1-9 a$ CNAME .\nshort.example CNAME\nshort.example\na..b CNAME .\n\
         open.example CNAME ( .\nmore\n",
        &[
            "2 ! LocalData",
            "3 ! LocalData",
            "4 ! LocalData",
            "5 ! LocalData",
            "6 ! Trigger",
            "7 ! Trigger",
            "8 ! Trigger",
            "9 ! Trigger",
            "10 ! OutOfZone",
            "11 ! Wildcard",
            "12 ! Directive",
            "13 ! Directive",
            "14 ! Incomplete",
            "15 ! Incomplete",
            "16 ! BadName",
            "17 ! OpenParenthesis",
        ],
    );
    check(&Rpz, "  CNAME .\n", &["1 ! Incomplete"]);
}

#[test]
fn rpz_origins() {
    let origin = "$ORIGIN rpz.lan.\n@ SOA . . 1 2 3 4 5\na.example CNAME .\nb.example.RPZ.lan. CNAME .\n\
        c.example.other. CNAME .\nevilrpz.lan. CNAME .\n$ORIGIN com.rpz.lan.\nd CNAME .\n* CNAME .\n$ORIGIN sub\ne CNAME .\n";
    check(
        &Rpz,
        origin,
        &[
            "3 a.example Exact Block(Nxdomain)",
            "4 b.example Exact Block(Nxdomain)",
            "5 ! OutOfZone",
            "6 ! OutOfZone",
            "8 d.com Exact Block(Nxdomain)",
            "9 com Below Block(Nxdomain)",
            "11 e.sub.com Exact Block(Nxdomain)",
        ],
    );
    // As a name server dumps a zone: the root first, then one origin per parent.
    let dump =
        "$ORIGIN .\n$TTL 300\nrpz.lan IN SOA . . (\n 1 2 3 4 5 )\n NS localhost.\n$ORIGIN com.rpz.lan.\na CNAME .\n";
    check(&Rpz, dump, &["7 a.com Exact Block(Nxdomain)"]);
    // An origin that is no name takes its names out of the zone.
    let long = format!("$ORIGIN rpz.lan.\n$ORIGIN {}\na CNAME .\n", "x.".repeat(600));
    check(&Rpz, long, &["2 ! Directive", "3 ! OutOfZone"]);
    let long = format!("$ORIGIN {}\n$ORIGIN a\nb CNAME .\n", "x.".repeat(600));
    check(&Rpz, long, &["1 ! Directive", "2 ! Directive", "3 ! OutOfZone"]);
}

#[test]
fn csv_by_header() {
    check(
        &csv("Domain", b','),
        "id,domain,note\r\n1,a.example,x\r\n\r\n2,\"*.b.example\",\"y, \"\"z\"\"\"\r\n3,https://c.example/,\n4\n5,,\n",
        &[
            "2 a.example Unstated Unstated",
            "4 b.example Below Unstated",
            "5 c.example Unstated Unstated",
            "6 ! NoColumn",
            "7 ! EmptyCell",
        ],
    );
    check(&csv("host", b','), "id,domain\n1,a.example\n", &["1 ! NoColumn", "2 ! NoColumn"]);
    check(&csv("host", b';'), "\u{FEFF}host;x\na.example;1\n", &["2 a.example Unstated Unstated"]);
    check(&csv("url", b','), "# feed\n# id,url\n7,http://a.example/x\n", &["3 a.example Unstated Unstated"]);
}

#[test]
fn csv_by_number() {
    check(&csv_number(2), "1,a.example\n", &["1 a.example Unstated Unstated"]);
    check(&csv_number(0), "1,a.example\n", &["1 ! NoColumn"]);
    let tabs = Format::Csv { column: Column::Number(1), delimiter: b'\t' };
    check(&tabs, "a.example:53\tx\n", &["1 a.example Unstated Unstated"]);
}

#[test]
fn csv_quotes() {
    check(
        &csv_number(2),
        "\"line one\nline, two\",a.example\nx,\"b.example\"junk,y\nx\"y,c\"d.example\n\"p\"\"q\n\"\"\",e.example\n\
         f,\"a\"\"b\"\"\"\ng,\"open\nmore,m.example\n",
        &[
            "1 a.example Unstated Unstated",
            "3 b.example Unstated Unstated",
            "4 c\\\"d.example Unstated Unstated",
            "5 e.example Unstated Unstated",
            "7 a\\\"b\\\" Unstated Unstated",
            "8 ! OpenQuote",
        ],
    );
}

#[test]
fn long_lines_are_skipped_without_a_trace() {
    let fits = "a".repeat(MAX_LINE);
    let long = "a".repeat(MAX_LINE + 1);
    let input = format!("{fits}\n{long}\nexample.com\n{long}");
    let (events, summary) = read(&Names, input.as_bytes(), 1000);
    assert_eq!(events.len(), 4);
    assert_eq!(
        events.get(1..),
        Some(&["2 ! TooLong", "3 example.com Unstated Unstated", "4 ! TooLong"].map(str::to_owned)[..])
    );
    assert_eq!((summary.lines, summary.items, summary.skipped, summary.ignored), (4, 2, 2, 0));
    assert_eq!(read(&Names, input.as_bytes(), input.len()), (events, summary));
}

#[test]
fn open_records_are_given_up_at_the_limit() {
    let filler = "x,y\n".repeat(MAX_LINE / 4);
    let (events, _) = read(&csv_number(2), format!("1,\"open\n{filler}2,b.example\n").as_bytes(), 4096);
    assert_eq!(events.first().map(String::as_str), Some("1 ! OpenQuote"));
    assert_eq!(events.last().map(|event| event.contains("b.example")), Some(true));

    let (events, _) = read(&Rpz, format!("a ( CNAME\n{filler}b.example CNAME .\n").as_bytes(), 4096);
    assert_eq!(events.first().map(String::as_str), Some("1 ! OpenParenthesis"));
    assert_eq!(events.last().map(|event| event.contains("b.example Exact")), Some(true));

    let long = "a".repeat(MAX_LINE + 1);
    check(
        &csv_number(1),
        format!("\"open\n{long}\nb.example\n"),
        &["1 ! OpenQuote", "2 ! TooLong", "3 b.example Unstated Unstated"],
    );
}

#[test]
fn sniffing() {
    let cases: &[(&str, Format)] = &[
        ("", Names),
        ("example.com\nexample.net\n", Names),
        ("https://a.example/x,y\nhttps://b.example/z,w\n", Names),
        ("# c\n0.0.0.0 a.example\n0.0.0.0 b.example\n", Hosts),
        ("127.0.0.1 localhost\n::1 localhost\n", Hosts),
        ("a.example\n0.0.0.0 b.example\n", Adguard),
        ("192.0.2.1\n192.0.2.2\n", Names),
        ("! Title\nexample.com\n", Adguard),
        ("[Adblock Plus 2.0]\n", Adguard),
        ("# c\n||example.com^\n", Adguard),
        ("$TTL 300\n@ SOA . . 1 2 3 4 5\n", Rpz),
        ("; c\nexample.com CNAME .\n", Rpz),
        ("id,Domain Name,x\n1,a.example,2\n", csv("Domain Name", b',')),
        ("host;x\na.example;1\n", csv("host", b';')),
        ("# id,url\n1,http://a.example/\n", csv("url", b',')),
        ("1,a.example\n2,b.example\n", csv_number(2)),
        ("1,a.example\n2,b.example,c\n", Names),
        ("\u{FEFF}name\ttype\na.example\tA\n", csv("name", b'\t')),
    ];
    for (text, format) in cases {
        assert_eq!(sniff(text.as_bytes()), *format, "{text:?}");
    }
}

#[test]
fn reasons_read_well() {
    let reasons = [SkipReason::TooLong, SkipReason::Modifier, SkipReason::LocalData];
    let texts = ["longer than 64 KiB", "has $ modifiers", "answers with data of its own"];
    assert_eq!(reasons.map(|reason| reason.to_string()), texts);
}
