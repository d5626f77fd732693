//! The corpus: names and what every surface must answer for them.

use serde_json::Value;

use crate::root;

/// One line of the corpus.
#[derive(Clone, Debug)]
pub struct Case {
    /// File and line, for messages.
    pub place: String,
    /// The name asked for.
    pub name: String,
    /// Files of `tests/overlays/` that are loaded, in this order.
    pub overlays: Vec<String>,
    /// The policy under which the name is asked.
    pub policy: String,
    /// The fields that must hold.
    pub expected: Value,
}

/// The cases that need overlays or a policy.
pub fn overlay_cases() -> Vec<Case> {
    file_cases(&root("tests/corpus-overlays.jsonl"))
}

/// Every case without overlays, files in the order of their names.
pub fn cases() -> Vec<Case> {
    let mut files: Vec<_> = std::fs::read_dir(root("tests/corpus"))
        .expect("tests/corpus")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    files.iter().flat_map(|path| file_cases(path)).collect()
}

fn file_cases(path: &std::path::Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("corpus file");
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, number)| {
            let place = format!("{file}:{number}");
            let expected: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
            let name = expected["name"].as_str().unwrap_or_else(|| panic!("{place}: no name")).to_owned();
            let overlays = expected["overlays"].as_array().into_iter().flatten();
            let overlays = overlays.map(|file| file.as_str().expect("a file's name").to_owned()).collect();
            let policy = expected["policy"].as_str().unwrap_or("").to_owned();
            Case { place, name, overlays, policy, expected }
        })
        .collect()
}

/// The expected fields that an answer (the JSON object of a surface) does not meet.
pub fn differences(case: &Case, answer: &Value) -> Vec<String> {
    let fields = case.expected.as_object().expect("an object");
    fields
        .iter()
        .filter(|(field, _)| !matches!(field.as_str(), "name" | "overlays" | "policy"))
        .filter_map(|(field, wanted)| differs(field, wanted, answer))
        .collect()
}

fn differs(field: &str, wanted: &Value, answer: &Value) -> Option<String> {
    let got = match field {
        "verdict" | "confidence" | "region" | "classes" | "risk" | "advice" | "action" | "answer" | "score"
        | "band" => answer[field].clone(),
        "vendor" | "platform" => answer[field].get("id").cloned().unwrap_or(Value::Null),
        "purposes" => ids(&answer["purposes"], "id"),
        "lists" => ids(&answer["lists"], "list"),
        "basis" => answer["purposes"].get(0).map_or(Value::Null, |purpose| purpose["basis"].clone()),
        "impact" | "retry_storm" => answer["breaks"].get(field).cloned().unwrap_or(Value::from("unknown")),
        "match" => answer["match"].get("value").cloned().unwrap_or(Value::Null),
        "reasons" => {
            let got = ids(&answer["reasons"], "code");
            let missing =
                wanted.as_array()?.iter().any(|reason| !got.as_array().is_some_and(|all| all.contains(reason)));
            return missing.then(|| format!("reasons: wanted {wanted} among {got}"));
        }
        _ => return Some(format!("{field} is no field of the corpus")),
    };
    let sorted = |value: &Value| {
        let mut items = value.as_array().cloned().unwrap_or_default();
        items.sort_by_key(Value::to_string);
        items
    };
    let same = if matches!(field, "classes" | "risk") { sorted(wanted) == sorted(&got) } else { *wanted == got };
    (!same).then(|| format!("{field}: wanted {wanted}, got {got}"))
}

fn ids(list: &Value, key: &str) -> Value {
    list.as_array().map(|items| items.iter().map(|item| item[key].clone()).collect()).unwrap_or(Value::Null)
}
