//! Paths that documents name: targets of links, and paths between backquotes that begin at the repository's root.

use std::path::Path;

use phonehome_tests::root;

#[test]
fn every_path_that_a_document_names_is_there() {
    let mut missing = Vec::new();
    for (document, text) in super::documents() {
        let folder = Path::new(&document).parent().unwrap_or(Path::new(""));
        for (line, number) in prose(&text) {
            let linked = links(line).into_iter().map(|target| folder.join(target));
            let quoted = quoted(line).into_iter().map(Path::new).map(Path::to_path_buf);
            let lost = linked.chain(quoted).filter(|path| !root(&path.to_string_lossy()).exists());
            missing.extend(lost.map(|path| format!("{document}:{number}: {}", path.display())));
        }
    }
    assert!(missing.is_empty(), "documents name paths that are not there\n{}", missing.join("\n"));
}

/// The lines outside of code blocks.
fn prose(text: &str) -> Vec<(&str, usize)> {
    let mut is_code = false;
    let lines = text.lines().zip(1..).filter(|(line, _)| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.collect()
}

/// Targets of Markdown links within the repository, without their anchors.
fn links(line: &str) -> Vec<&str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .filter_map(|target| target.split('#').next())
        .filter(|target| !target.is_empty())
        .collect()
}

/// Whole paths between backquotes: those that begin with a folder of the root and hold no placeholder.
fn quoted(line: &str) -> Vec<&str> {
    let spans = line.split('`').skip(1).step_by(2);
    let roots = ["crates/", "tests/", ".ci/", ".cargo/"];
    spans
        .filter(|span| roots.iter().any(|folder| span.starts_with(folder)))
        .filter(|span| {
            !span.contains([' ', '*', '{', '<', '|']) && !span.chars().any(|letter| letter.is_ascii_uppercase())
        })
        .collect()
}

#[test]
fn paths_are_read_from_prose_alone() {
    let text = "see [a](docs/a.md#b), [web](https://example.org)\n```\n[c](no.md)\n```\n`crates/x/y.rs` and `crates/SLUG.toml`";
    let lines = prose(text);
    assert_eq!(lines.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [1, 5]);
    assert_eq!(links(lines[0].0), ["docs/a.md"]);
    assert_eq!(quoted(lines[1].0), ["crates/x/y.rs"]);
}
