//! Targets of the documents' links within the repository. Paths between backquotes are checked in the area `house`.

use std::path::Path;

use phonehome_tests::root;

#[test]
fn every_link_within_the_repository_leads_somewhere() {
    let mut missing = Vec::new();
    for (document, text) in super::documents().into_iter().chain(super::documents_of_hosts()) {
        let folder = Path::new(&document).parent().unwrap_or(Path::new(""));
        for (line, number) in prose(&text) {
            let linked = links(line).into_iter().map(|target| folder.join(target));
            let lost = linked.filter(|path| !root(&path.to_string_lossy()).exists());
            missing.extend(lost.map(|path| format!("{document}:{number}: {}", path.display())));
        }
    }
    assert!(missing.is_empty(), "documents link to what is not there\n{}", missing.join("\n"));
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

#[test]
fn paths_are_read_from_prose_alone() {
    let text = "see [a](docs/a.md#b), [web](https://example.org)\n```\n[c](no.md)\n```\nand [d](e.md)";
    let lines = prose(text);
    assert_eq!(lines.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [1, 5]);
    assert_eq!(links(lines[0].0), ["docs/a.md"]);
    assert_eq!(links(lines[1].0), ["e.md"]);
}
