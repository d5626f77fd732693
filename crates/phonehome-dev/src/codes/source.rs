//! `codes.toml` as it is read.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Deserialize;

/// `codes.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Codes {
    pub(super) verdict: Vec<Code>,
    pub(super) group: Vec<Code>,
    pub(super) purpose: Vec<Code>,
    pub(super) class_group: Vec<Code>,
    pub(super) class: Vec<Code>,
    pub(super) impact: Vec<Code>,
    pub(super) storm: Vec<Code>,
    pub(super) answer: Vec<Code>,
    pub(super) risk: Vec<Code>,
    pub(super) advice: Vec<Code>,
    pub(super) band: Vec<Code>,
    pub(super) overlay: Vec<Code>,
    pub(super) evidence: Vec<Code>,
    pub(super) reason: Vec<Code>,
    pub(super) region_words: BTreeMap<String, Vec<String>>,
    pub(super) brief: Vec<Field>,
    pub(super) abi: Abi,
    pub(super) abi_error: Vec<Code>,
}

/// One code of a vocabulary.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Code {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) doc: Option<String>,
    pub(super) group: Option<String>,
    pub(super) loss: Option<String>,
}

/// A field of the 32 bytes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub(super) field: String,
    pub(super) r#type: String,
    pub(super) text: String,
}

/// Version and limits of the flat module.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Abi {
    pub(super) version: u32,
    pub(super) max_input: u32,
    pub(super) max_handles: u32,
    pub(super) most_fuel: u32,
}

impl Codes {
    pub(super) fn parse(text: &str) -> Result<Self> {
        Ok(toml::from_str(text)?)
    }

    /// The fields of a brief with their offsets.
    pub(super) fn offsets(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.brief.iter().scan(0, |next, field| {
            let offset = *next;
            *next += field.size();
            Some((offset, field))
        })
    }
}

impl Code {
    /// What documentation says of the code.
    pub(super) fn doc(&self) -> &str {
        self.doc.as_deref().unwrap_or(&self.text)
    }
}

impl Field {
    /// Octets, by the digits in the type's name.
    fn size(&self) -> usize {
        self.r#type.trim_start_matches(['u', 'i']).parse::<usize>().map_or(0, |bits| bits / 8)
    }
}

/// `kb.suffix` or `null_ip` as a variant name.
pub(super) fn camel(id: &str) -> String {
    id.split(['.', '_'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_variant_names() {
        assert_eq!(camel("kb.suffix"), "KbSuffix");
        assert_eq!(camel("null_ip"), "NullIp");
        assert_eq!(camel(""), "");
    }
}
