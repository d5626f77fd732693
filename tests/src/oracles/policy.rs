//! Policies: any text is a policy or an error that points into it; a policy decides on every name.

use std::borrow::Cow;

use phonehome::{Action, Classifier, OpenError, Policy, Verdict};

use super::answers;
use crate::small;

/// Parses, checks and decides.
pub fn policy_parse(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let policies = [text];
    match Classifier::open(Cow::Borrowed(small::shared_pack()), Vec::new(), &policies) {
        Ok(classifier) => {
            let policy = &classifier.policies()[0];
            let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
            assert!(policy.check(&classifier).iter().all(|warning| (1..=lines).contains(&warning.line)), "{text}");
            for name in ["host1-eu.acme.com", "a.dyn.org", "example.com"] {
                answers::check(&classifier, name.as_bytes(), 0);
                let answer = classifier.explain(name.as_bytes(), 0);
                let is_decided = answer.policy_line.is_some_and(|line| (1..=lines).contains(&line));
                assert!(is_decided || answer.action() == Action::Allow, "{text}");
                assert_ne!(answer.verdict(), Verdict::Malicious);
            }
        }
        Err(OpenError::Policy(0, error)) => {
            let line = text.lines().nth(error.line as usize - 1).unwrap_or("");
            assert!(error.column >= 1 && !error.expected.is_empty(), "{error}");
            assert!(error.column as usize <= line.chars().count().max(1) + 1, "{error} in {text}");
        }
        Err(error) => panic!("{error}"),
    }
    // Without a base at hand the empty policy is one still.
    assert_eq!(Policy::default().rule_count(), 0);
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    [
        "allow suffix=acme.com,dyn.org\nblock verdict=risky answer=refused # why\nlog verdict!=unknown\n",
        "block purpose=tracking,time_sync basis=stated impact=none,degraded retry_storm!=known\n",
        "block vendor=acme class=tv region=eu platform!=cloud confidence>=75\r\n\tallow confidence=95,30\n",
        "block band>=high\nlog band=low,raised listed=threat reason=kb.none,kb.suffix risk=dynamic_dns\n",
        "block name=time.acme.com,a\\.b\\000.acme.com,example.com\n#\n\nallow\n",
        "block list=mine\nblok x=y\nblock =\nblock purpose=\nallow answer=drop\nblock confidence>=101\n",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect()
}
