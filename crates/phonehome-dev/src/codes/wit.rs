//! `wit/codes.wit`: the vocabularies as enums, and sets of them as flags.

use std::fmt::Write as _;

use super::source::{Code, Codes};

/// Words that WIT keeps for itself; an id that is one carries a `%`.
const KEYWORDS: [&str; 8] = ["list", "result", "option", "type", "use", "func", "record", "string"];

/// The text of `wit/codes.wit`.
pub(super) fn text(codes: &Codes) -> String {
    let mut out = String::from(
        "// Generated from crates/phonehome/codes.toml by `cargo dev codes`; do not edit.\n\n\
         /// The vocabulary. A code's number is its place, from 0; the ids in JSON and in policies have `_` for `-`.\n///\n\
         /// Reasons are more than a flags type may hold, so `brief.reasons` is a number with one bit for each of these:\n///\n\
         /// | bit | code | means |\n/// |---:|---|---|\n",
    );
    for (bit, code) in codes.reason.iter().enumerate() {
        let _ = writeln!(out, "/// | {bit} | `{}` | {} |", code.id, code.text);
    }
    out.push_str("interface codes {\n");
    let enums: [(&str, &str, &[Code]); 11] = [
        ("verdict", "How worrying a name is.", &codes.verdict),
        ("purpose", "What a name is for.", &codes.purpose),
        ("device-class", "What kind of device uses a name.", &codes.class),
        ("impact", "What blocking a name costs.", &codes.impact),
        ("retry-storm", "Whether a blocked device retries without pause.", &codes.storm),
        ("answer-mode", "How a blocked query is answered.", &codes.answer),
        ("risk", "Why known infrastructure is risky.", &codes.risk),
        ("advice", "The one piece of advice on blocking.", &codes.advice),
        ("band", "The name model's score in words.", &codes.band),
        ("overlay-kind", "What an operator's list says of its names.", &codes.overlay),
        ("evidence-kind", "What a fact rests on.", &codes.evidence),
    ];
    for (name, doc, list) in enums {
        members(&mut out, "enum", name, doc, list);
    }
    members(&mut out, "flags", "purposes", "Purposes of a name.", &codes.purpose);
    members(&mut out, "flags", "classes", "Kinds of device that use a name.", &codes.class);
    members(&mut out, "flags", "risks", "Risks of known infrastructure.", &codes.risk);
    // The last member's blank line.
    out.pop();
    out.push_str("}\n");
    out
}

fn members(out: &mut String, kind: &str, name: &str, doc: &str, codes: &[Code]) {
    let _ = writeln!(out, "    /// {doc}\n    {kind} {name} {{");
    for code in codes {
        let _ = writeln!(out, "        /// {}\n        {},", code.doc(), word(&code.id));
    }
    out.push_str("    }\n\n");
}

/// An id as WIT writes it.
fn word(id: &str) -> String {
    let kebab = id.replace(['_', '.'], "-");
    if KEYWORDS.contains(&kebab.as_str()) { format!("%{kebab}") } else { kebab }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_wit() {
        assert_eq!((word("null_ip").as_str(), word("list").as_str()), ("null-ip", "%list"));
    }
}
