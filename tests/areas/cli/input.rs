//! What is read: arguments, lists, standard input, and what is refused.

use std::io::{BufRead, BufReader};

use phonehome_tests::cli::Folder;

#[test]
fn one_line_of_json_a_name_in_order() {
    let folder = Folder::new();
    let list = "# comment\nB.com.\nhttps://a.com/x?y\n\nnot a name\nb.com\n*.c.com\n192.0.2.1\n";
    let run = folder.file("list.txt", list).run(["classify", "-n", "first.com", "list.txt", "last.com"]);
    assert_eq!(run.code, 0, "{run:?}");
    let expected = ["first.com", "b.com", "a.com", "not a name", "b.com", "c.com", "192.0.2.1", "last.com"];
    assert_eq!(run.names(), expected);
    assert_eq!(run.err, "");
}

#[test]
fn the_bytes_are_the_librarys() {
    let classifier = phonehome::Classifier::builtin();
    // A list reads blanks, slashes and the like its own way: only plain names are the same for both.
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let cases = phonehome_tests::corpus::cases().into_iter().map(|case| case.name);
    let cases = cases.filter(|name| is_plain(name) && !name.starts_with('.') && !name.is_empty());
    let names: String = cases.take(300).map(|name| name + "\n").collect();
    let run = Folder::new().pipe(["classify", "--list-format", "names"], names.as_bytes());
    for (line, name) in run.out.lines().zip(names.lines()) {
        assert_eq!(line, classifier.explain(name.as_bytes(), 0).to_json());
    }
    assert_eq!(run.out.lines().count(), names.lines().count());
}

#[test]
fn a_file_that_is_not_there_is_never_a_name() {
    let folder = Folder::new();
    for argument in ["nosuchfile.json", "no/such", "NOSUCH.TXT"] {
        let run = folder.run(["classify", "example.com", argument]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains(argument), "{run:?}");
    }
}

#[test]
fn forced_files_and_names() {
    let folder = Folder::new();
    folder.file("example.com", "inside.com\n");
    assert_eq!(folder.run(["classify", "example.com"]).names(), ["inside.com"]);
    assert_eq!(folder.run(["classify", "-f", "example.com"]).names(), ["inside.com"]);
    assert_eq!(folder.run(["classify", "-n", "example.com"]).names(), ["example.com"]);
    assert_eq!(folder.run(["classify", "-n", "some.json"]).names(), ["some.json"]);
    let run = folder.run(["classify", "-f", "missing.com"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("missing.com"), "{run:?}");
}

#[test]
fn skipped_lines_are_said_with_their_numbers() {
    let folder = Folder::new();
    folder.file("ads.list", "||a.com^\n/regex[0-9]/\n||b.com^$third-party\n||c.com^\n/more/\n");
    let run = folder.run(["classify", "ads.list"]);
    assert_eq!(run.names(), ["a.com", "c.com"]);
    for said in ["ads.list:2: a regular expression", "ads.list:3: has $ modifiers", "ads.list:5:", "3 entries skipped"]
    {
        assert!(run.err.contains(said), "{said}: {run:?}");
    }
}

#[test]
fn columns_of_csv() {
    let folder = Folder::new();
    folder.file("log.csv", "time,client,who\n1,10.0.0.1,a.com\n2,10.0.0.2,b.com\n");
    assert_eq!(folder.run(["classify", "log.csv", "--column", "who"]).names(), ["a.com", "b.com"]);
    assert_eq!(folder.run(["classify", "log.csv", "--column", "3"]).names(), ["who", "a.com", "b.com"]);
    assert_eq!(folder.run(["classify", "log.csv", "--list-format", "hosts", "--column", "3"]).code, 2);
    let mistyped = folder.run(["classify", "log.csv", "--column", "wo"]);
    assert_eq!((mistyped.code, mistyped.out.as_str()), (2, ""), "{}", mistyped.err);
    assert!(mistyped.err.contains("no such column"), "{}", mistyped.err);
}

#[test]
fn logs_and_binary_files_are_refused_with_file_and_line() {
    let folder = Folder::new();
    let dnsmasq = "# c\nNov 23 08:01:14 dnsmasq[2811]: query[A] a1.tuyaeu.com from 127.0.0.1\n";
    let cases: [(&str, &[u8], u32); 6] = [
        ("dnsmasq.log", dnsmasq.as_bytes(), 2),
        ("json.log", b"{\"QH\":\"a.com\",\"T\":\"2026-11-23\"}\n", 1),
        ("nul.txt", b"a.com\nb\0.com\n", 2),
        ("list.gz", b"\x1f\x8b\x08\0\0", 1),
        ("pihole.db", b"SQLite format 3\0\x10", 1),
        ("dump.pcap", b"\xd4\xc3\xb2\xa1\x02\0", 1),
    ];
    for (name, content, line) in cases {
        let run = folder.file(name, content).run(["classify", name]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains(&format!("{name}:{line}: ")) && run.err.contains("only lists"), "{run:?}");
    }
    let forced = folder.run(["classify", "dnsmasq.log", "--list-format", "names"]);
    assert_eq!((forced.code, forced.names().len()), (0, 1), "{forced:?}");
}

#[test]
fn odd_input_gets_an_honest_answer() {
    let folder = Folder::new();
    let long = [b"a.com\n".to_vec(), vec![b'x'; 1 << 20], b"\nb.com\n".to_vec()].concat();
    let run = folder.file("long.txt", long).run(["classify", "long.txt"]);
    assert_eq!(run.names(), ["a.com", "b.com"]);
    assert!(run.err.contains("long.txt:2: longer than"), "{}", run.err);

    let late_nul = [vec![b'\n'; 5000], b"x\0y.com\n".to_vec()].concat();
    let run = folder.pipe(["classify", "-"], &late_nul);
    assert_eq!((run.code, run.names().len()), (0, 1), "{run:?}");
    assert!(run.out.contains("\"verdict\":\"unknown\"") && !run.out.contains('\0'), "{run:?}");

    let run = folder.pipe(["classify"], b"caf\xe9\xff.com\n\x1b[31mred.com\n");
    assert_eq!((run.code, run.out.lines().count()), (0, 2), "{run:?}");
    assert!(run.out.is_ascii() && !run.out.contains('\x1b'), "{run:?}");

    for format in ["jsonl", "csv", "tsv", "human"] {
        let run = folder.pipe(["classify", "--format", format], b"");
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        assert_eq!(run.out.lines().count(), usize::from(format != "jsonl"), "{run:?}");
    }
}

#[test]
fn answers_are_kept_when_a_later_file_is_bad() {
    let folder = Folder::new();
    folder.file("good.txt", "logs.roku.com\n").file("bad.bin", b"\0\0\0");
    for format in ["jsonl", "csv", "human"] {
        let run = folder.run(["classify", "--format", format, "good.txt", "bad.bin"]);
        assert_eq!(run.code, 2);
        assert!(run.out.contains("logs.roku.com"), "{run:?}");
        assert!(run.err.contains("bad.bin"), "{run:?}");
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let folder = Folder::new();
    let names: String = (0..20_000).map(|number| format!("n{number}.example.com\n")).collect();
    folder.file("many.txt", names);
    for format in ["jsonl", "csv", "human"] {
        let mut child = folder.command(["classify", "--format", format, "many.txt"]).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(!first.is_empty());
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
}
