//! The public-suffix rules, from the list's own file format.

use std::collections::BTreeMap;

use phonehome::Name;
use phonehome::format::suffix_rule;

use super::read::Read;
use super::{Problem, SourceText};

/// A name of the list with the bits of its rules.
#[derive(Debug)]
pub(super) struct SuffixRule {
    pub(super) name: Name,
    pub(super) bits: u32,
}

/// Reads the rules. The list holds some names in Unicode; their A-label forms come from the crate that reads lists.
pub(super) fn read(file: &SourceText, read: &mut Read) -> Result<(), Problem> {
    let mut rules: BTreeMap<String, SuffixRule> = BTreeMap::new();
    let mut is_private = false;
    for (line, number) in file.text.lines().zip(1..) {
        if let Some(comment) = line.strip_prefix("//") {
            is_private =
                (is_private || comment.contains("===BEGIN PRIVATE DOMAINS===")) && !comment.contains("===END PRIVATE");
            if let Some(version) = comment.trim().strip_prefix("VERSION:") {
                read.suffix_version = version.trim().to_owned();
            }
            continue;
        }
        let Some(rule) = line.split_whitespace().next() else { continue };
        let (text, bits) = match (rule.strip_prefix("*."), rule.strip_prefix('!')) {
            (Some(name), _) if is_private => (name, suffix_rule::PRIVATE_WILDCARD),
            (Some(name), _) => (name, suffix_rule::ICANN_WILDCARD),
            (_, Some(name)) => (name, suffix_rule::EXCEPTION),
            _ if is_private => (rule, suffix_rule::PRIVATE),
            _ => (rule, suffix_rule::ICANN),
        };
        let ascii = phonehome_logs::lists::name_from_text(text.as_bytes());
        let name = Name::parse(&ascii).map_err(|error| Problem {
            path: file.path.clone(),
            line: number,
            text: format!("{text:?} is not a domain name: {error}"),
        })?;
        rules.entry(name.to_string()).or_insert(SuffixRule { name, bits: 0 }).bits |= bits;
    }
    read.suffixes = rules.into_values().collect();
    Ok(())
}
