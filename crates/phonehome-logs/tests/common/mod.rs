//! Helpers that the tests of lists share.

use std::collections::BTreeSet;

use phonehome_logs::lists::{Event, Format, Reader, Summary};

/// Reads `input` in chunks of `size` bytes; each event becomes a line: `3 name Scope Action` or `3 ! Reason`.
pub(crate) fn read(format: &Format, input: &[u8], size: usize) -> (Vec<String>, Summary) {
    let mut events = Vec::new();
    let mut sink = |event: Event<'_>| {
        events.push(match event {
            Event::Item(item) => {
                format!("{} {} {:?} {:?}", item.line, item.name.escape_ascii(), item.scope, item.action)
            }
            Event::Skip(skip) => format!("{} ! {:?}", skip.line, skip.reason),
        });
    };
    let mut reader = Reader::new(format.clone());
    for chunk in input.chunks(size.max(1)) {
        reader.feed(chunk, &mut sink);
    }
    let summary = reader.finish(&mut sink);
    (events, summary)
}

/// Reads `input` whole and in small chunks, expects equal events and sums that account for every line.
pub(crate) fn read_every_way(format: &Format, input: &[u8]) -> Vec<String> {
    let (events, summary) = read(format, input, input.len());
    for size in [1, 2, 7] {
        assert_eq!(read(format, input, size), (events.clone(), summary), "chunks of {size}, {format:?}");
    }

    let feeds = input.iter().filter(|&&byte| byte == b'\n').count();
    let lines = feeds + usize::from(!input.is_empty() && !input.ends_with(b"\n"));
    let numbers: Vec<u64> = events.iter().filter_map(|event| event.split(' ').next()?.parse().ok()).collect();
    assert!(numbers.is_sorted() && numbers.len() == events.len(), "line numbers of {events:?}");
    let touched = numbers.iter().collect::<BTreeSet<_>>().len();
    assert_eq!(summary.lines, lines as u64, "lines");
    assert_eq!(summary.lines, touched as u64 + summary.ignored, "every line is accounted for");
    assert_eq!(summary.items + summary.skipped, events.len() as u64, "items and skips");
    events
}
