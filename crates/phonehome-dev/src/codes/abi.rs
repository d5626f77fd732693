//! What the flat module needs: its `codes.rs`, the layout of a brief, and the tables of its ABI.md.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use super::source::{Code, Codes, camel};

/// The module's documentation, whose tables stand between markers.
pub(super) const PAGE: &str = "crates/phonehome-abi/ABI.md";

/// The text of `crates/phonehome-abi/src/codes.rs`.
pub(super) fn text(codes: &Codes) -> String {
    let abi = &codes.abi;
    let mut out = format!(
        "//! Version, limits and error codes. Generated from `codes.toml` by `cargo dev codes`; do not edit.\n\n\
         /// The version of this interface.\npub const VERSION: i32 = {};\n\
         /// Most octets of one input.\npub const MAX_INPUT: usize = {};\n\
         /// Most handles that are open at a time.\npub const MAX_HANDLES: usize = {};\n\
         /// Most wasmtime fuel that `ph_classify` takes for any input, without overlays and policies.\n\
         pub const MOST_FUEL: u64 = {};\n\n\
         /// Why a call failed.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[repr(i32)]\npub enum Code {{\n",
        abi.version, abi.max_input, abi.max_handles, abi.most_fuel
    );
    for (code, number) in codes.abi_error.iter().zip(1..) {
        let _ = writeln!(out, "    /// {}\n    {} = -{number},", code.text, camel(&code.id));
    }
    out.push_str("}\n\nimpl Code {\n    /// What it means.\n    pub const fn text(self) -> &'static str {\n        match self {\n");
    for code in &codes.abi_error {
        let _ = writeln!(out, "            Self::{} => {:?},", camel(&code.id), code.text);
    }
    out.push_str("        }\n    }\n}\n");
    out
}

/// The layout of a brief as a table.
pub(super) fn brief_table(codes: &Codes) -> String {
    let mut out = String::from("| offset | type | field | |\n|---:|---|---|---|\n");
    for (offset, field) in codes.offsets() {
        let _ = writeln!(out, "| {offset} | {} | `{}` | {} |", field.r#type, field.field, field.text);
    }
    out
}

/// The page with its tables written anew.
pub(super) fn page(page: &str, codes: &Codes) -> Result<String> {
    let abi = &codes.abi;
    let limits = format!(
        "| | |\n|---|---:|\n| version of this interface | {} |\n| most octets of one input | {} |\n\
         | most open handles | {} |\n| most wasmtime fuel of `ph_classify` for any input, without lists and policies | {} |\n",
        abi.version, abi.max_input, abi.max_handles, abi.most_fuel
    );
    let mut errors = String::from("| code | name | means |\n|---:|---|---|\n");
    for (code, number) in codes.abi_error.iter().zip(1..) {
        let _ = writeln!(errors, "| -{number} | `{}` | {} |", code.id, code.text);
    }
    let vocabularies: [(&str, &[Code]); 9] = [
        ("verdict", &codes.verdict),
        ("purpose", &codes.purpose),
        ("device class", &codes.class),
        ("impact", &codes.impact),
        ("retry storm", &codes.storm),
        ("answer mode", &codes.answer),
        ("risk", &codes.risk),
        ("band", &codes.band),
        ("reason", &codes.reason),
    ];
    let mut tables = String::from("| vocabulary | codes, from 0 |\n|---|---|\n");
    for (name, list) in vocabularies {
        let ids: Vec<String> =
            list.iter().enumerate().map(|(number, code)| format!("{number} `{}`", code.id)).collect();
        let _ = writeln!(tables, "| {name} | {} |", ids.join(", "));
    }
    let parts = [("limits", limits), ("errors", errors), ("brief", brief_table(codes)), ("codes", tables)];
    parts.iter().try_fold(page.to_owned(), |page, (name, table)| between(&page, name, table))
}

/// The page with new text between `<!-- NAME -->` and `<!-- /NAME -->`.
fn between(page: &str, name: &str, text: &str) -> Result<String> {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let missing = || format!("{PAGE} lacks the markers {name}");
    let (front, rest) = page.split_once(&start).with_context(missing)?;
    let (_, back) = rest.split_once(&end).with_context(missing)?;
    Ok(format!("{front}{start}{text}{end}{back}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_markers_changes() {
        let page = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n";
        assert_eq!(between(page, "x", "new\n").unwrap(), page.replace("old", "new"));
        assert!(between(page, "y", "").is_err());
    }
}
