//! Output for people: the table and explanations.

use phonehome_tests::cli::Folder;

const LIST: &str = "logs.roku.com\na1.tuyaeu.com\nevil.ddns.net\nlogs.roku.com\nprinter.local\nexample-unknown.com\n\
    a-name-with-many-letters.and-more-labels.and-still-more-labels.device-metrics-us-2.example-unknown.com\n";

#[test]
fn no_line_is_wider_than_asked() {
    let folder = Folder::new();
    folder.file("list.txt", LIST);
    for width in [40, 55, 60, 72, 80, 100, 120, 140, 200] {
        for policy in [&[][..], &["--policy", "things"]] {
            let width_text = width.to_string();
            let arguments = ["classify", "--format", "human", "--width", &width_text, "list.txt"];
            let out = folder.run(arguments.iter().chain(policy)).ok(0);
            let widest = out.lines().map(str::len).max().unwrap();
            assert!(widest <= width, "{width}: {out}");
            assert!(out.contains("BLOCK IT?") && out.contains("your call"), "{width}: {out}");
            assert!(out.lines().all(|line| line == line.trim_end()), "{width}: {out}");
        }
    }
}

#[test]
fn the_table_keeps_order_and_shows_repeated_names_once() {
    let out = Folder::new().pipe(["classify", "--format", "human"], LIST.as_bytes()).ok(0);
    let names: Vec<&str> = out.lines().skip(1).map_while(|line| line.split_whitespace().next()).collect();
    assert_eq!(names[..5], ["logs.roku.com", "a1.tuyaeu.com", "evil.ddns.net", "printer.local", "example-unknown.com"]);
    let roku = out.lines().nth(1).unwrap();
    assert!(roku.contains(" 2x ") && roku.contains("Roku"), "{out}");
    let sentence = out.lines().skip(names.len() + 2).collect::<Vec<_>>().join(" ");
    for said in ["6 names in 7 lines:", "1 where anyone can register", "2 makers' own", "2 not in our base"] {
        assert!(sentence.contains(said), "{said}: {sentence}");
    }
    assert!(sentence.contains("phonehome explain logs.roku.com"), "{sentence}");
}

#[test]
fn a_long_list_loses_nothing() {
    let names: String = (0..10_050).map(|number| format!("n{number}.example.com\n")).collect();
    let out = Folder::new().pipe(["classify", "--format", "human"], (names + "n1.example.com\n").as_bytes()).ok(0);
    let rows: Vec<&str> = out.lines().filter(|line| line.starts_with('n')).collect();
    assert_eq!(rows.len(), 10_051);
    assert!(rows[10_049].starts_with("n10049.example.com ") && rows[10_050].starts_with("n1.example.com "));
    assert!(out.contains("10 051 names:"), "{}", &out[out.len() - 300..]);
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = Folder::new();
    let commands: [&[&str]; 3] =
        [&["classify", "--format", "human", "logs.roku.com"], &["explain", "evil.ddns.net"], &["kb", "info"]];
    for arguments in commands {
        let plain = folder.run(arguments).ok(0);
        assert!(!plain.contains('\x1b'), "{plain}");
        let forced = folder.command(arguments).env("CLICOLOR_FORCE", "1").output().unwrap();
        assert!(forced.stdout.contains(&0x1b), "{arguments:?}");
        let refused = folder.command(arguments).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap();
        assert_eq!(String::from_utf8_lossy(&refused.stdout), plain);
    }
}

#[test]
fn an_explanation_leads_with_the_advice() {
    let folder = Folder::new();
    let classifier = phonehome::Classifier::builtin();
    let run = folder.run(["explain", "https://A1.tuyaeu.com/x", "--width", "100"]);
    let paragraphs: Vec<&str> = run.out.split("\n\n").collect();
    assert_eq!(paragraphs[0], "a1.tuyaeu.com");
    assert!(paragraphs[1].starts_with("Block it? "), "{run:?}");
    let answer = classifier.explain(b"a1.tuyaeu.com", 0);
    assert_eq!(paragraphs[1].split_whitespace().collect::<Vec<_>>().join(" "), answer.advice_text);
    let said = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for source in answer.evidence {
        assert!(said.contains(source.source.title) && said.contains(source.source.url), "{said}");
    }
    for label in ["Whose", "If blocked", "How sure", "Why", "Sources"] {
        assert!(run.out.lines().any(|line| line.starts_with(label)), "{label}: {run:?}");
    }
    let json = folder.run(["explain", "--format", "json", "a1.tuyaeu.com"]).ok(0);
    assert_eq!(json, folder.run(["classify", "a1.tuyaeu.com"]).ok(0));
}

#[test]
fn formulas_in_separated_values_are_text() {
    let folder = Folder::new();
    let out =
        folder.pipe(["classify", "--format", "csv", "--list-format", "names"], b"=cmd()\n-a.com\n@x\na.com\n").ok(0);
    let cells: Vec<&str> = out.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(cells, ["'=cmd()", "'-a.com", "'@x", "a.com"]);
    let tsv = folder.run(["classify", "--format", "tsv", "a.com"]).ok(0);
    let counts: Vec<usize> = tsv.lines().map(|line| line.split('\t').count()).collect();
    assert_eq!(counts, [18, 18], "{tsv}");
}
