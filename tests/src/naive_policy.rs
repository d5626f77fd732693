//! A second interpreter of policies, written from the language's description alone: strings in, strings out, no shared code.
//!
//! It takes policies that parse; what it is for is to disagree with the library where the library is wrong.

use std::collections::BTreeMap;

use serde_json::Value;

/// What a policy can look at, as text: a term's values, none when the term is absent.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The canonical name.
    pub name: String,
    /// Term to values.
    pub terms: BTreeMap<&'static str, Vec<String>>,
    /// Modes of the entry, least harmful first.
    pub answers: Vec<String>,
}

/// What an interpreter decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// `allow` or `block`.
    pub action: &'static str,
    /// How a blocked query is answered.
    pub answer: Option<String>,
    /// Whether a `log` line noted the name.
    pub logged: bool,
    /// The line that decided, from 1.
    pub line: Option<u32>,
}

const GROUPS: &[(&str, &str)] = &[
    ("tracking", "telemetry crash_diagnostics analytics advertising acr"),
    ("updates", "firmware_update app_store os_update"),
    ("plumbing", "connectivity_check time_sync dns_bootstrap ip_geo_lookup"),
    ("control", "device_cloud remote_control push provisioning account_auth sync"),
    ("carrying", "media_relay cloud_storage content voice_assistant pki_license"),
];

impl Facts {
    /// Reads an answer's JSON. `parents` names each vendor's parent: a vendor stands for its daughters too.
    pub fn of(answer: &Value, parents: &BTreeMap<String, String>) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let texts = |value: &Value, key: &str| -> Vec<String> {
            let items = value.as_array().into_iter().flatten();
            items.filter_map(|item| text(if key.is_empty() { item } else { &item[key] })).collect()
        };
        let one = |value: &Value| text(value).into_iter().collect::<Vec<_>>();
        let mut vendors = one(&answer["vendor"]["id"]);
        while let Some(parent) = vendors.last().and_then(|vendor| parents.get(vendor)) {
            vendors.push(parent.clone());
        }
        let terms = BTreeMap::from([
            ("vendor", vendors),
            ("platform", one(&answer["platform"]["id"])),
            ("purpose", texts(&answer["purposes"], "id")),
            ("basis", texts(&answer["purposes"], "basis").into_iter().take(1).collect()),
            ("class", texts(&answer["classes"], "")),
            ("region", one(&answer["region"])),
            ("verdict", one(&answer["verdict"])),
            ("risk", texts(&answer["risk"], "")),
            ("impact", one(&answer["breaks"]["impact"])),
            ("retry_storm", one(&answer["breaks"]["retry_storm"])),
            ("reason", texts(&answer["reasons"], "code")),
            ("band", one(&answer["band"])),
            ("confidence", vec![answer["confidence"].to_string()]),
            ("list", texts(&answer["lists"], "list")),
            ("listed", texts(&answer["lists"], "kind")),
        ]);
        let name = text(&answer["name"]).expect("a name");
        Self { name, terms, answers: texts(&answer["breaks"]["answers"], "") }
    }
}

/// Decides on one name.
pub fn decide(policy: &str, facts: &Facts) -> Decision {
    let mut logged = false;
    for (line, number) in policy.lines().zip(1..) {
        let words = line.split_whitespace().take_while(|word| !word.starts_with('#')).collect::<Vec<_>>();
        let Some((verb, conditions)) = words.split_first() else { continue };
        let (answer, conditions): (Vec<&str>, Vec<&str>) =
            conditions.iter().copied().partition(|word| word.starts_with("answer="));
        if !conditions.iter().all(|condition| holds(condition, facts)) {
            continue;
        }
        if *verb == "log" {
            logged = true;
            continue;
        }
        let stated = answer.first().and_then(|word| word.strip_prefix("answer=")).map(str::to_owned);
        let mode = stated.or_else(|| facts.answers.first().cloned()).unwrap_or_else(|| "nxdomain".to_owned());
        let is_block = *verb == "block";
        let action = if is_block { "block" } else { "allow" };
        return Decision { action, answer: is_block.then_some(mode), logged, line: Some(number) };
    }
    Decision { action: "allow", answer: None, logged, line: None }
}

fn holds(condition: &str, facts: &Facts) -> bool {
    let (left, right) = condition.split_once('=').expect("TERM=VALUE");
    let (term, operator) = match left.chars().last() {
        Some(sign @ ('!' | '>')) => (&left[..left.len() - 1], sign),
        _ => (left, '='),
    };
    let wanted: Vec<&str> = right.split(',').collect();
    let among = match term {
        "name" => wanted.contains(&facts.name.as_str()),
        "suffix" => wanted.iter().any(|suffix| is_at_or_below(&facts.name, suffix)),
        _ => {
            let values = &facts.terms[term];
            if values.is_empty() {
                return false;
            }
            if operator == '>' {
                return rank(&values[0]) >= rank(wanted[0]);
            }
            values.iter().any(|value| wanted.iter().any(|word| stands_for(term, word, value)))
        }
    };
    among == (operator == '=')
}

/// Whether a word of the policy means this value: itself, or a group of purposes.
fn stands_for(term: &str, word: &str, value: &str) -> bool {
    let group = GROUPS.iter().find(|(group, _)| term == "purpose" && *group == word);
    word == value || group.is_some_and(|(_, members)| members.split(' ').any(|member| member == value))
}

/// Numbers as they are, bands by their order.
fn rank(value: &str) -> u32 {
    match value {
        "low" => 0,
        "raised" => 1,
        "high" => 2,
        number => number.parse().expect("a number"),
    }
}

/// A dot behind a backslash is part of its label.
fn is_at_or_below(name: &str, suffix: &str) -> bool {
    let Some(front) = name.strip_suffix(suffix) else { return false };
    let escapes = |text: &str| text.chars().rev().take_while(|letter| *letter == '\\').count() % 2 == 1;
    front.is_empty() || front.strip_suffix('.').is_some_and(|host| !escapes(host))
}
