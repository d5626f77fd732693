//! The library's `codes.rs`: enums with ids, texts and numbers, and the offsets of a brief.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::source::{Code, Codes, camel};

/// The text of `crates/phonehome/src/codes.rs`.
pub(super) fn text(codes: &Codes) -> String {
    let mut out = String::from(
        "//! The vocabulary. Generated from `codes.toml` by `cargo dev codes`; do not edit.\n\n\
         use crate::vocabulary::vocabulary;\n",
    );
    let vocabularies: [(&str, &str, &[Code]); 14] = [
        ("Verdict", "How worrying a name is.", &codes.verdict),
        ("PurposeGroup", "Purposes as people group them.", &codes.group),
        ("Purpose", "What a name is for.", &codes.purpose),
        ("ClassGroup", "Device classes as people group them.", &codes.class_group),
        ("Class", "What kind of device uses a name.", &codes.class),
        ("Impact", "What blocking a name costs.", &codes.impact),
        ("Storm", "Whether a blocked device retries without pause.", &codes.storm),
        ("AnswerMode", "How a blocked query is answered.", &codes.answer),
        ("Risk", "Why known infrastructure is risky.", &codes.risk),
        ("Advice", "The one piece of advice on blocking.", &codes.advice),
        ("Band", "The name model's score in words.", &codes.band),
        ("OverlayKind", "What an operator's list says of its names.", &codes.overlay),
        ("EvidenceKind", "What a fact rests on.", &codes.evidence),
        ("Reason", "Why an answer is what it is.", &codes.reason),
    ];
    for (name, doc, list) in vocabularies {
        vocabulary(&mut out, name, doc, list);
    }
    lookup(
        &mut out,
        "Purpose",
        "group",
        "PurposeGroup",
        "The group people know the purpose by.",
        &codes.purpose,
        |code| Some(format!("PurposeGroup::{}", camel(code.group.as_deref()?))),
    );
    lookup(
        &mut out,
        "Purpose",
        "loss",
        "&'static str",
        "Completes \"Block it? You lose ...\" when no entry says it better.",
        &codes.purpose,
        |code| Some(format!("{:?}", code.loss.as_deref()?)),
    );
    lookup(&mut out, "Class", "group", "ClassGroup", "The group people know the class by.", &codes.class, |code| {
        Some(format!("ClassGroup::{}", camel(code.group.as_deref()?)))
    });
    region_words(&mut out, &codes.region_words);
    out
}

fn vocabulary(out: &mut String, name: &str, doc: &str, codes: &[Code]) {
    let _ = write!(out, "\nvocabulary! {{\n    /// {doc}\n    {name} {{\n");
    for code in codes {
        let doc = code.doc();
        let _ = write!(out, "        /// {doc}\n        {} = {:?}, {:?};\n", camel(&code.id), code.id, code.text);
    }
    out.push_str("    }\n}\n");
}

fn lookup(
    out: &mut String,
    name: &str,
    method: &str,
    result: &str,
    doc: &str,
    codes: &[Code],
    value: impl Fn(&Code) -> Option<String>,
) {
    let _ = write!(
        out,
        "\nimpl {name} {{\n    /// {doc}\n    pub const fn {method}(self) -> {result} {{\n        match self {{\n"
    );
    for code in codes {
        let value =
            value(code).unwrap_or_else(|| format!("compile_error!({:?})", format!("{} lacks {method}", code.id)));
        let _ = writeln!(out, "            {name}::{} => {value},", camel(&code.id));
    }
    out.push_str("        }\n    }\n}\n");
}

fn region_words(out: &mut String, words: &BTreeMap<String, Vec<String>>) {
    let mut pairs: Vec<(&str, &str)> = words
        .iter()
        .flat_map(|(region, words)| words.iter().map(move |word| (word.as_str(), region.as_str())))
        .collect();
    // By first letter, then longest first: the first word that fits is the longest.
    pairs.sort_by_key(|(word, _)| (word.chars().next(), usize::MAX - word.len(), *word));
    out.push_str(
        "\n/// Region words of host names and the region each stands for, by first letter, then longest first.\n\
         pub(crate) const REGION_WORDS: &[(&str, &str)] = &[\n",
    );
    for (word, region) in pairs {
        let _ = writeln!(out, "    ({word:?}, {region:?}),");
    }
    out.push_str("];\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_region_words_come_first() {
        let words = BTreeMap::from([
            ("eu".to_owned(), vec!["eu".to_owned(), "europe".to_owned()]),
            ("de".to_owned(), vec!["de".to_owned()]),
        ]);
        let mut out = String::new();
        region_words(&mut out, &words);
        let places = ["\"de\", \"de\"", "\"europe\", \"eu\"", "\"eu\", \"eu\""].map(|pair| out.find(pair));
        assert!(places.iter().all(Option::is_some), "{out}");
        assert!(places.is_sorted(), "{out}");
    }

    #[test]
    fn a_purpose_without_its_group_does_not_compile() {
        let toml = crate::root::read(crate::codes::CODES).unwrap();
        let broken = toml.replacen("group = \"tracking\"", "", 1);
        assert_ne!(toml, broken);
        assert!(!text(&Codes::parse(&toml).unwrap()).contains("compile_error!"));
        assert!(text(&Codes::parse(&broken).unwrap()).contains("compile_error!"));
    }
}
