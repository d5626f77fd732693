//! Properties of the list reader on made-up bytes: it never panics, accounts for every line, and does not care where
//! chunks end.

mod common;

use common::{read, read_every_way};
use phonehome_logs::lists::{Column, Format, MAX_LINE, name_from_text, sniff};

/// Marsaglia's xorshift64: the same bytes on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Pieces that mean something to one parser or another.
const PIECES: &[&[u8]] = &[
    b"\n",
    b"\n",
    b"\n",
    b"\r\n",
    b" ",
    b"\t",
    b",",
    b";",
    b"\"",
    b"\"\"",
    b"'",
    b"#",
    b"##",
    b"#@#",
    b"!",
    b"$",
    b"||",
    b"@@",
    b"^",
    b"|",
    b"/",
    b"\\",
    b"(",
    b")",
    b"*",
    b"*.",
    b".",
    b"..",
    b":",
    b"://",
    b"[",
    b"]",
    b"@",
    b"$ORIGIN ",
    b"$TTL 3h",
    b"SOA",
    b"CNAME",
    b" CNAME .",
    b" A 0.0.0.0",
    b"rpz-drop.",
    b".rpz-ip",
    b"0.0.0.0 ",
    b"::1 ",
    b"192.0.2.1",
    b"localhost",
    b"example.com",
    b"a",
    b"domain",
    b"m\xC3\xBCnchen",
    b"\xFF",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xE3\x80\x82",
    b"xn--",
    b"443",
];

fn formats() -> Vec<Format> {
    let csv = |column| Format::Csv { column, delimiter: b',' };
    vec![
        Format::Names,
        Format::Domains,
        Format::Hosts,
        Format::Adguard,
        Format::Rpz,
        Format::Dnsmasq,
        Format::Unbound,
        Format::PiholeRegex,
        Format::Mikrotik,
        Format::Rows,
        csv(Column::Number(2)),
        csv(Column::Named("domain".to_owned())),
    ]
}

#[test]
fn pieces_of_syntax() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..400 {
        let count = random.below(120);
        let input: Vec<u8> = (0..count).flat_map(|_| PIECES[random.below(PIECES.len())]).copied().collect();
        for format in formats() {
            read_every_way(&format, &input);
        }
        read_every_way(&sniff(&input), &input);
        let _ = name_from_text(&input);
    }
}

#[test]
fn random_bytes() {
    let mut random = Random(88_172_645_463_325_252);
    for _ in 0..100 {
        let count = random.below(600);
        let input: Vec<u8> = (0..count).map(|_| random.next() as u8).collect();
        for format in formats() {
            read_every_way(&format, &input);
        }
        let _ = sniff(&input);
        let _ = name_from_text(&input);
    }
}

#[test]
fn names_answer_every_line_that_is_neither_blank_nor_a_comment() {
    let mut random = Random(7);
    for _ in 0..200 {
        let count = random.below(60);
        let input: Vec<u8> = (0..count).flat_map(|_| PIECES[random.below(PIECES.len())]).copied().collect();
        let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&input);
        let asked = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
        let asked = asked.filter(|line| !line.is_empty() && !line.starts_with(b"#")).count();
        let (events, summary) = read(&Format::Names, &input, 16);
        assert_eq!((events.len(), summary.skipped), (asked, 0), "{}", input.escape_ascii());
    }
}

#[test]
fn hostile_input_stays_linear() {
    // Each would take minutes if a line, record or origin were looked at again for every line that follows.
    let endless: [(Format, Vec<u8>); 4] = [
        (Format::Names, vec![b'a'; 16 * MAX_LINE]),
        (Format::Csv { column: Column::Number(1), delimiter: b',' }, b"\"\"\n".repeat(8 * MAX_LINE)),
        (Format::Rpz, b"(\n".repeat(8 * MAX_LINE)),
        (Format::Rpz, b"$ORIGIN a\nb CNAME .\n".repeat(MAX_LINE)),
    ];
    for (format, input) in endless {
        let (events, summary) = read(&format, &input, 4096);
        assert_eq!(summary.items + summary.skipped, events.len() as u64);
    }
}
