//! Names in presentation and wire form: what is read, what it prints, what is refused and why.

use phonehome::{Classifier, Name, NameError};

/// What an input must give: the canonical name, or the error.
type Expected<'e> = Result<&'e str, NameError>;

fn outcome(name: Result<Name, NameError>) -> Result<String, NameError> {
    name.map(|name| name.to_string())
}

fn check(input: impl AsRef<[u8]>, expected: Expected<'_>) {
    let input = input.as_ref();
    let parsed = Name::parse(input);
    assert_eq!(outcome(parsed.clone()), expected.map(str::to_owned), "{}", input.escape_ascii());
    if let Ok(name) = parsed {
        assert_eq!(Name::parse(name.to_string().as_bytes()), Ok(name), "{}", input.escape_ascii());
    }
}

fn check_wire(input: impl AsRef<[u8]>, expected: Expected<'_>) {
    let input = input.as_ref();
    assert_eq!(outcome(Name::parse_wire(input)), expected.map(str::to_owned), "{}", input.escape_ascii());
}

/// So many labels of so many octets.
fn labels(count: usize, octets: usize) -> String {
    vec!["a".repeat(octets); count].join(".")
}

#[test]
fn plain_names() {
    check("example.com", Ok("example.com"));
    check("example.com.", Ok("example.com"));
    check("eXaMpLe.COM", Ok("example.com"));
    check("_sip._tcp.example.com", Ok("_sip._tcp.example.com"));
    check("-a-.b--c", Ok("-a-.b--c"));
    check("single", Ok("single"));
    check("xn--mnchen-3ya.de", Ok("xn--mnchen-3ya.de"));
    check("a.b.c.d.e.f.g.h.i.j", Ok("a.b.c.d.e.f.g.h.i.j"));
    check("*.example.com", Ok("*.example.com"));
}

#[test]
fn escapes() {
    check("a\\.b.com", Ok("a\\.b.com"));
    check("a\\046b.com", Ok("a\\.b.com"));
    check("\\065\\066.com", Ok("ab.com"));
    check("\\e\\X.com", Ok("ex.com"));
    check("a\\000b.com", Ok("a\\000b.com"));
    check("a\\032b.com", Ok("a\\032b.com"));
    check("a\\ b.com", Ok("a\\032b.com"));
    check("\\255.com", Ok("\\255.com"));
    check("\\\\.com", Ok("\\\\.com"));
    check("a\\\"\\(\\)\\;\\@\\$.com", Ok("a\\\"\\(\\)\\;\\@\\$.com"));
    check("\\/\\:\\,\\<\\>\\[\\].com", Ok("\\/\\:\\,\\<\\>\\[\\].com"));
    check("a\\.", Ok("a\\."));
    for bad in ["a\\256.com", "a\\999.com", "a\\1.com", "a\\12.com", "a\\12", "a\\", "a.com\\"] {
        check(bad, Err(NameError::Escape));
    }
}

#[test]
fn an_escaped_dot_stays_inside_its_label() {
    let name = Name::parse(b"a\\.b.com").unwrap();
    assert_eq!(name.label_count(), 2);
    let own: Vec<&[u8]> = name.labels_from_right().map(|label| label.bytes).collect();
    assert_eq!(own, [&b"com"[..], b"a.b"]);
    assert_ne!(name, Name::parse(b"a.b.com").unwrap());
    assert!(!name.is_within(&Name::parse(b"b.com").unwrap()));
    assert!(name.is_within(&Name::parse(b"com").unwrap()));
}

#[test]
fn spelling_says_nothing() {
    let classifier = Classifier::builtin();
    let plain = classifier.classify(b"a1.tuyaeu.com", 0);
    for spelling in ["A1.TuyaEU.com.", "\\097\\049.tuyaeu.com", "a1.\\tuyaeu.com"] {
        assert_eq!(classifier.classify(spelling.as_bytes(), 0), plain, "{spelling}");
        assert!(Name::parse(spelling.as_bytes()).unwrap().is_plain(), "{spelling}");
    }
    let wire = Name::parse_wire(b"\x02A1\x06tuyaeu\x03com\0").unwrap();
    assert_eq!(classifier.classify_name(&wire, 0), plain);
}

#[test]
fn roots_and_empty_labels() {
    check("", Err(NameError::Empty));
    check(".", Err(NameError::Empty));
    for bad in ["..", ".a", ".a.com", "a..com", "a.com..", "...", "a...b"] {
        check(bad, Err(NameError::EmptyLabel));
    }
}

#[test]
fn lengths() {
    check(labels(1, 63), Ok(&labels(1, 63)));
    check(labels(1, 64), Err(NameError::LabelTooLong));
    check(format!("{}.com", labels(1, 64)), Err(NameError::LabelTooLong));
    check(format!("{}\\.com", labels(1, 63)), Err(NameError::LabelTooLong));
    let longest = format!("{}.{}", labels(3, 63), labels(1, 61));
    assert_eq!(longest.len(), 253);
    check(&longest, Ok(&longest));
    check(format!("{longest}."), Ok(&longest));
    check(format!("{longest}a"), Err(NameError::TooLong));
    check(format!("{longest}a."), Err(NameError::TooLong));
    // An escape counts as the octet it stands for.
    check(format!("\\097{}", &longest[1..]), Ok(&longest));
    check(labels(127, 1), Ok(&labels(127, 1)));
    assert_eq!(Name::parse(labels(127, 1).as_bytes()).unwrap().label_count(), 127);
    check(labels(128, 1), Err(NameError::TooLong));
    check("a".repeat(100_000), Err(NameError::TooLong));
}

#[test]
fn addresses() {
    for address in [
        "192.0.2.1",
        "192.0.2.1.",
        "0.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "2001:db8::1",
        "[2001:db8::1]",
        "[::]",
        "::ffff:192.0.2.1",
    ] {
        check(address, Err(NameError::Address));
    }
    check("1.2.3", Ok("1.2.3"));
    check("1.2.3.4.5", Ok("1.2.3.4.5"));
    check("256.1.1.1", Ok("256.1.1.1"));
    check("1.2.3.4.example.com", Ok("1.2.3.4.example.com"));
    check("192\\.0.2.1", Ok("192\\.0.2.1"));
    check("[2001:db8::1]:443", Err(NameError::Octet(b'[')));
    check("192.0.2.1:80", Err(NameError::Octet(b':')));
    check("fe80::1%eth0", Err(NameError::Octet(b':')));
}

#[test]
fn octets_that_stand_in_no_name() {
    for octet in 0..=u8::MAX {
        let input = [b"a", &[octet][..], b"b.com"].concat();
        match octet {
            b'-' | b'_' | b'.' | b'\\' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                assert!(Name::parse(&input).is_ok(), "{octet:#x}");
            }
            b'!' | b'#'..=b'\'' | b'*' | b'+' | b'=' | b'?' | b'^' | b'`' | b'{'..=b'~' => {
                let name = Name::parse(&input).unwrap_or_else(|error| panic!("{octet:#x}: {error}"));
                assert!(!name.is_plain());
                assert_eq!(Name::parse(name.to_string().as_bytes()), Ok(name));
            }
            _ => check(&input, Err(NameError::Octet(octet))),
        }
    }
    check("two words", Err(NameError::Octet(b' ')));
    check(" example.com", Err(NameError::Octet(b' ')));
    check("https://example.com/", Err(NameError::Octet(b':')));
    check("a\u{fc}.de", Err(NameError::Octet(0xc3)));
    check(b"\xff\xfe.com", Err(NameError::Octet(0xff)));
}

#[test]
fn refusals_say_what_is_wrong() {
    let classifier = Classifier::builtin();
    for (input, problem) in [
        ("m\u{fc}nchen.de", "the byte 0xc3"),
        ("a b", "a blank"),
        ("a/b", "the character '/'"),
        ("a..b", "an empty label"),
        ("", "empty"),
        ("a\\", "a backslash without a valid escape"),
        (&labels(1, 64), "a label is longer than 63 octets"),
        (&labels(128, 1), "longer than 253 octets"),
    ] {
        let answer = classifier.explain(input.as_bytes(), 0);
        assert_eq!(answer.reasons.len(), 1, "{input}");
        assert_eq!(answer.reasons[0].text, format!("not a domain name: {problem}"), "{input}");
    }
    // As lists come through the reader, U-labels do become names.
    let ascii = phonehome_logs::lists::name_from_text("M\u{fc}nchen.de".as_bytes()).into_owned();
    check(ascii, Ok("xn--mnchen-3ya.de"));
}

#[test]
fn wire_form() {
    check_wire(b"\x07example\x03com\0", Ok("example.com"));
    check_wire(b"\x07EXAMPLE\x03Com\0", Ok("example.com"));
    check_wire(b"\x03a.b\x03com\0", Ok("a\\.b.com"));
    check_wire(b"\x03a\0b\x03com\0", Ok("a\\000b.com"));
    check_wire(b"\x03a/b\x03com\0", Ok("a\\/b.com"));
    check_wire(b"\0", Err(NameError::Empty));
    for damaged in [
        &b""[..],
        b"\x07example\x03com",
        b"\x07exam",
        b"\x07example\x03com\0\0",
        b"\x07example\x03com\0x",
        b"\x03com\xc0\x0c",
        b"\xc0\x0c",
        b"\x40aaaa",
        b"\x80\0",
    ] {
        check_wire(damaged, Err(NameError::Wire));
    }
    let label = [&[63][..], &[b'a'; 63]].concat();
    let longest = [label.repeat(3), [&[61][..], &[b'a'; 61], &[0]].concat()].concat();
    assert_eq!(longest.len(), 255);
    check_wire(&longest, Ok(&format!("{}.{}", labels(3, 63), labels(1, 61))));
    check_wire([label.repeat(3), [&[62][..], &[b'a'; 62], &[0]].concat()].concat(), Err(NameError::TooLong));
    check_wire([b"\x01a".repeat(127), vec![0]].concat(), Ok(&labels(127, 1)));
    check_wire([b"\x01a".repeat(128), vec![0]].concat(), Err(NameError::TooLong));
}
