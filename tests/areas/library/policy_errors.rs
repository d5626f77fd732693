//! Policies that cannot be used, and rules that can never decide.

use std::borrow::Cow;

use phonehome::{Classifier, MAX_POLICY, MAX_RULES, NamedPack, OpenError, OverlayKind, PolicyError};
use phonehome_pack::ListFormat;
use phonehome_tests::{overlays, small};

fn list(kind: OverlayKind, name: &str) -> NamedPack<'static> {
    NamedPack { name: None, bytes: Cow::Owned(overlays::build(kind, ListFormat::Domains, name, b"bad.example.net\n")) }
}

fn error(policy: &str) -> PolicyError {
    match Classifier::builtin_with(vec![list(OverlayKind::Block, "mine")], &[policy]) {
        Err(OpenError::Policy(0, error)) => error,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("{policy:?} should not parse"),
    }
}

/// Line, column, what stands there, and a word of what was expected.
fn check(policy: &str, line: u32, column: u32, got: &str, expected: &str) {
    let error = error(policy);
    assert_eq!((error.line, error.column, error.got.as_str()), (line, column, got), "{policy:?}: {error}");
    assert!(error.expected.contains(expected), "{policy:?}: {error}");
    let shown = error.to_string();
    assert!(shown.starts_with(&format!("line {line}, column {column}: expected ")), "{shown}");
}

#[test]
fn errors_say_where_and_what() {
    check("deny name=a.com", 1, 1, "deny", "allow, block or log");
    check("\n# x\n  Block name=a.com", 3, 3, "Block", "allow, block or log");
    check("block tracking", 1, 7, "tracking", "TERM=VALUE");
    check("block colour=red", 1, 7, "colour", "one of name suffix vendor");
    check("block name=", 1, 7, "name=", "a value behind name=");
    check("block verdict=evil", 1, 15, "evil", "one of unknown legitimate shared risky suspicious malicious");
    check("allow\nblock  verdict=risky,evil", 2, 22, "evil", "one of unknown");
    check("block purpose=spying", 1, 15, "spying", "or a group: tracking");
    check("block basis=guess", 1, 13, "guess", "stated or inferred");
    check("block class=television", 1, 13, "television", "one of tv streamer");
    check("block region=EU", 1, 14, "EU", "a country's two letters");
    check("block risk=none", 1, 12, "none", "one of dynamic_dns");
    check("block impact=bad", 1, 14, "bad", "one of unknown none degraded breaks");
    check("block retry_storm=yes", 1, 19, "yes", "one of unknown known likely no");
    check("block reason=kb", 1, 14, "kb", "one of kb.exact");
    check("block band=huge", 1, 12, "huge", "one of low raised high");
    check("block band>=huge", 1, 13, "huge", "one of low raised high");
    check("block listed=mine", 1, 14, "mine", "one of threat block allow label");
    check("block list=other", 1, 12, "other", "a loaded overlay's name (mine)");
    check("block vendor=nobody", 1, 14, "nobody", "a vendor of the pack");
    check("block vendor=samsung,nobody", 1, 22, "nobody", "a vendor of the pack");
    check("block platform=nothing", 1, 16, "nothing", "a platform of the pack");
    check("block name=a..b", 1, 12, "a..b", "a domain name (an empty label)");
    check("block suffix=192.0.2.1", 1, 14, "192.0.2.1", "a domain name (an IP address)");
    check("block confidence=101", 1, 18, "101", "a whole number from 0 to 100");
    check("block confidence>=x", 1, 19, "x", "a whole number from 0 to 100");
    check("block verdict>=risky", 1, 7, "verdict", "confidence or band before >=");
    check("block answer=maybe", 1, 14, "maybe", "one of nxdomain null_ip nodata refused drop");
    check("allow answer=drop", 1, 7, "answer=drop", "answer= once, in a block rule");
    check("block answer!=drop", 1, 7, "answer!=drop", "answer= once, in a block rule");
    check("block answer=drop answer=drop", 1, 19, "answer=drop", "answer= once, in a block rule");
    check("block name=\u{fc}.de", 1, 12, "\u{fc}.de", "a domain name");
    check("block purpose=acr,,sync", 1, 19, "", "one of telemetry");
}

#[test]
fn limits_are_said() {
    let long = "#".repeat(MAX_POLICY + 1);
    check(&long, 1, 1, &format!("{} bytes", MAX_POLICY + 1), &format!("at most {MAX_POLICY} bytes"));
    let many = "allow\n".repeat(MAX_RULES + 1);
    check(&many, MAX_RULES as u32 + 1, 1, "allow", &format!("at most {MAX_RULES} rules"));
    assert!(Classifier::builtin_with(Vec::new(), &[&"allow\n".repeat(MAX_RULES)]).is_ok());
}

/// The warnings on a policy, as `line: text`.
fn warnings(policy: &str, lists: Vec<NamedPack<'static>>) -> Vec<String> {
    let classifier = Classifier::builtin_with(lists, &[policy]).unwrap_or_else(|error| panic!("{error}"));
    let warnings = classifier.policies()[0].check(&classifier);
    warnings.iter().map(|warning| format!("{}: {}", warning.line, warning.text)).collect()
}

fn warns(policy: &str, expected: &[&str]) {
    let got = warnings(policy, Vec::new());
    assert_eq!(got.len(), expected.len(), "{policy:?}: {got:?}");
    for (got, expected) in got.iter().zip(expected) {
        assert!(got.starts_with(expected), "{policy:?}: {got}");
    }
}

#[test]
fn conditions_that_never_hold() {
    warns("block verdict=malicious", &["1: no name is malicious: no threat overlay is loaded"]);
    warns("block verdict=suspicious,malicious", &[]);
    warns("block verdict=malicious,risky", &[]);
    warns("block listed=threat", &["1: no overlay of kind threat is loaded"]);
    warns("block listed=threat,allow", &["1: no overlay of kind threat or allow is loaded"]);
    for policy in ["block verdict=malicious", "block listed=threat", "block listed=threat,allow"] {
        assert_eq!(warnings(policy, vec![list(OverlayKind::Threat, "t")]), [""; 0], "{policy}");
        assert_eq!(warnings(policy, vec![list(OverlayKind::Label, "l")]).len(), 1, "{policy}");
    }
}

#[test]
fn bands_need_a_name_model() {
    for (policy, warned) in [("\nblock band>=low", true), ("block\tband=high", true), ("block band!=high", false)] {
        warns(policy, &[]);
        let classifier = Classifier::open(small::pack().into(), Vec::new(), &[policy]).unwrap();
        let warnings = classifier.policies()[0].check(&classifier);
        assert_eq!(warnings.iter().any(|warning| warning.text.starts_with("no name has a band")), warned, "{policy:?}");
    }
}

#[test]
fn rules_that_are_never_reached() {
    let behind = "never reached: line 1 decides on every name that this rule could match";
    for (wider, rule) in [
        ("allow", "block name=a.com"),
        ("block purpose=tracking", "allow purpose=acr,advertising"),
        ("block purpose=tracking", "block purpose=acr impact=none"),
        ("block suffix=a.com", "allow name=x.a.com"),
        ("block suffix=a.com,b.com", "allow suffix=x.a.com,b.com"),
        ("block vendor=google", "allow vendor=nest"),
        ("block confidence>=50", "allow confidence>=75"),
        ("block region=eu,us", "allow region=us"),
        ("block verdict!=risky", "allow verdict!=risky class=tv"),
    ] {
        warns(&format!("{wider}\n{rule}"), &[&format!("2: {behind}")]);
        warns(&format!("{rule}\n{wider}"), &[]);
    }
    for apart in [
        "log\nblock name=a.com",
        "block purpose=acr\nallow purpose=tracking",
        "block name=a.com\nallow suffix=a.com",
        "block verdict=risky class=tv\nallow verdict=risky",
        "block vendor=nest\nallow vendor=google",
    ] {
        warns(apart, &[]);
    }
}
