//! Console blocks of documents: fenced with ```` ```console ````, lines `$ command` each followed by what it prints.
//!
//! A line of three dots stands for any lines. A command that ends in a backslash goes on in the next line.

/// A command and its expected output.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// Line in the document, from 1.
    pub(crate) line: usize,
    pub(crate) command: String,
    pub(crate) output: Vec<String>,
}

/// The examples of each console block of a document.
pub(crate) fn blocks(document: &str) -> Vec<Vec<Example>> {
    let mut blocks = Vec::new();
    let mut lines = document.lines().zip(1..);
    while let Some((line, _)) = lines.next() {
        if line.trim_start() == "```console" {
            blocks.push(examples(lines.by_ref().take_while(|(line, _)| line.trim_start() != "```")));
        }
    }
    blocks
}

fn examples<'d>(lines: impl Iterator<Item = (&'d str, usize)>) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut goes_on = false;
    for (text, line) in lines {
        let (command, ended) = match text.strip_suffix('\\') {
            Some(command) => (command, false),
            None => (text, true),
        };
        match (command.strip_prefix("$ "), examples.last_mut()) {
            (_, Some(last)) if goes_on => last.command.push_str(command.trim_start()),
            (Some(command), _) => {
                examples.push(Example { line, command: command.to_owned(), output: Vec::new() });
            }
            (None, Some(last)) => {
                last.output.push(text.to_owned());
                continue;
            }
            (None, None) => panic!("line {line}: a console block begins with `$ command`"),
        }
        goes_on = !ended;
    }
    examples
}

/// Whether printed lines are what a document shows.
pub(crate) fn fits(shown: &[String], printed: &[&str]) -> bool {
    match shown {
        [] => printed.is_empty(),
        [dots, rest @ ..] if dots == "..." => (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..])),
        [line, rest @ ..] => printed.first() == Some(&line.as_str()) && fits(rest, &printed[1..]),
    }
}

#[test]
fn commands_and_outputs_are_told_apart() {
    let text =
        "a\n```console\n$ one \\\n  --more\n1\n2\n$ two\n```\n```\n$ no example\n```\n```console\n$ three\n3\n```\n";
    let found = blocks(text);
    let example = |line, command: &str, output: &[&str]| Example {
        line,
        command: command.to_owned(),
        output: output.iter().map(|line| (*line).to_owned()).collect(),
    };
    assert_eq!(
        found,
        [vec![example(3, "one --more", &["1", "2"]), example(7, "two", &[])], vec![example(13, "three", &["3"])]]
    );
}

#[test]
fn dots_stand_for_any_lines_and_nothing_else() {
    let fits = |shown: &str, printed: &str| {
        let shown: Vec<String> = shown.lines().map(str::to_owned).collect();
        super::console::fits(&shown, &printed.lines().collect::<Vec<_>>())
    };
    assert!(fits("a\n...\nz", "a\nb\nc\nz"));
    assert!(fits("a\n...\nz", "a\nz"));
    assert!(fits("...", ""));
    assert!(fits("", ""));
    assert!(!fits("a\n...\nz", "a\nb"));
    assert!(!fits("a", "a\nb"));
    assert!(!fits("", "a"));
    assert!(!fits("a...", "abc"));
}
