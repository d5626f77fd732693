//! What the CoreDNS plugin needs: the vocabulary and the policies that have a name, in Go.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use phonehome::{BLOCKED_TTL, BLOCKED_TTL_STORM};

use super::source::{Code, Codes};
use crate::root;

const HEAD: &str =
    "// Code generated from the repository's sources by `cargo dev codes`; DO NOT EDIT.\n\npackage phonehome\n";
/// Where the policies that have a name lie.
const PRESETS: &str = "crates/phonehome-cli/presets";

/// The text of `codes.go`.
pub(super) fn codes(codes: &Codes) -> String {
    let mut out = HEAD.to_owned();
    let numbers = [
        ("abiVersion", "is the version of the flat module's interface that this host knows", codes.abi.version),
        ("maxInput", "is the most octets of one input", codes.abi.max_input),
        ("blockedTTL", "is how long a blocked answer is kept, in seconds", BLOCKED_TTL),
        ("blockedTTLStorm", "is the same for names that are asked again and again once blocked", BLOCKED_TTL_STORM),
    ];
    for (name, says, number) in numbers {
        let _ = write!(out, "\n// {name} {says}.\nconst {name} = {number}\n");
    }
    let vocabularies: [(&str, &[Code]); 5] = [
        ("verdicts", &codes.verdict),
        ("purposes", &codes.purpose),
        ("impacts", &codes.impact),
        ("answerModes", &codes.answer),
        ("reasons", &codes.reason),
    ];
    for (name, list) in vocabularies {
        array(
            &mut out,
            name,
            "are the codes of a vocabulary by their numbers",
            list.iter().map(|code| code.id.as_str()),
        );
    }
    let groups = codes.purpose.iter().map(|code| code.group.as_deref().unwrap_or_default());
    array(&mut out, "purposeGroups", "are the groups of the purposes by the purposes' numbers", groups);
    array(&mut out, "groups", "are all groups of purposes", codes.group.iter().map(|code| code.id.as_str()));
    for (name, list) in [("verdict", &codes.verdict), ("mode", &codes.answer), ("impact", &codes.impact)] {
        for (number, code) in list.iter().enumerate() {
            let constant = format!("{name}{}", super::source::camel(&code.id));
            let _ = write!(out, "\n// {constant} is the {name} {:?}.\nconst {constant} = {number}\n", code.id);
        }
    }
    out
}

fn array<'c>(out: &mut String, name: &str, says: &str, ids: impl Iterator<Item = &'c str>) {
    let ids: Vec<String> = ids.map(|id| format!("\t{id:?},\n")).collect();
    let _ = write!(out, "\n// {name} {says}.\nvar {name} = [...]string{{\n{}}}\n", ids.concat());
}

/// The text of `presets.go`.
pub(super) fn presets() -> Result<String> {
    let folder = fs::read_dir(root::path(PRESETS)).with_context(|| format!("cannot read {PRESETS}"))?;
    let mut names =
        folder.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<Result<Vec<String>>>()?;
    names.sort();
    let mut out = HEAD.to_owned();
    out.push_str("\n// presets are the policies that have a name.\nvar presets = map[string]string{\n");
    for name in names.iter().filter_map(|name| name.strip_suffix(".policy")) {
        let text = root::read(&format!("{PRESETS}/{name}.policy"))?;
        let lines: Vec<String> = text.lines().map(|line| format!("\t\t{:?}", format!("{line}\n"))).collect();
        let _ = write!(out, "\t{name:?}: \"\" +\n{},\n", lines.join(" +\n"));
    }
    out.push_str("}\n");
    Ok(out)
}
