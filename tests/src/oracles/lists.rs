//! Lists: the reader accounts for every line, in every format, wherever the chunks end.

use phonehome_logs::lists::{Column, Event, Format, Reader, Summary, cut, sniff};

/// The first octet chooses the format and how the rest is cut into chunks.
pub fn list_reader(data: &[u8]) {
    let Some((&choice, text)) = data.split_first() else { return };
    let csv = |column| Format::Csv { column, delimiter: b',' };
    let format = match choice % 13 {
        0 => Format::Names,
        1 => Format::Domains,
        2 => Format::Hosts,
        3 => Format::Adguard,
        4 => Format::Rpz,
        5 => csv(Column::Named("name".to_owned())),
        6 => csv(Column::Number(1)),
        7 => Format::Dnsmasq,
        8 => Format::Unbound,
        9 => Format::PiholeRegex,
        10 => Format::Mikrotik,
        11 => Format::Rows,
        _ => sniff(text),
    };
    let whole = read(&format, text, text.len());
    for size in [1, 3, 1 + usize::from(choice / 13)] {
        assert_eq!(read(&format, text, size), whole, "chunks of {size}, {format:?}");
    }
    let (events, summary) = whole;
    assert_eq!(summary.items + summary.skipped, events.len() as u64);
    assert!(events.iter().all(|(line, _)| (1..=summary.lines).contains(line)));
    let (name, _) = cut(text);
    assert_eq!(name.is_empty(), text.trim_ascii().is_empty(), "{}", text.escape_ascii());
}

type Events = Vec<(u64, String)>;

fn read(format: &Format, text: &[u8], size: usize) -> (Events, Summary) {
    let mut events = Vec::new();
    let mut sink = |event: Event<'_>| {
        let line = match &event {
            Event::Item(item) => item.line,
            Event::Skip(skip) => skip.line,
        };
        events.push((line, format!("{event:?}")));
    };
    let mut reader = Reader::new(format.clone());
    for chunk in text.chunks(size.max(1)) {
        reader.feed(chunk, &mut sink);
    }
    let summary = reader.finish(&mut sink);
    (events, summary)
}
