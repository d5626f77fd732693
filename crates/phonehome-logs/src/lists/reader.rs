//! The streaming reader: lines in, events out, one parser per format.

use super::event::{Event, Out, Summary, Tally};
use super::lines::{Line, Lines};
use super::{Format, SkipReason, adguard, csv, dnsmasq, hosts, mikrotik, pihole, plain, rows, rpz, unbound};

/// Reads one list from chunks of bytes of any size. Where the chunks end changes nothing.
///
/// Holds at most one line and one record that spans lines, each of at most [`MAX_LINE`](super::MAX_LINE) bytes.
#[derive(Debug)]
pub struct Reader {
    lines: Lines,
    parser: Parser,
    tally: Tally,
}

#[derive(Debug)]
enum Parser {
    Names,
    Domains,
    Hosts,
    Adguard,
    Dnsmasq,
    Unbound,
    PiholeRegex,
    Mikrotik,
    Rows(rows::Rows),
    Rpz(Box<rpz::Zone>),
    Csv(Box<csv::Table>),
}

impl Reader {
    /// A reader at the start of a list.
    #[must_use]
    pub fn new(format: Format) -> Self {
        let parser = match format {
            Format::Names => Parser::Names,
            Format::Domains => Parser::Domains,
            Format::Hosts => Parser::Hosts,
            Format::Adguard => Parser::Adguard,
            Format::Dnsmasq => Parser::Dnsmasq,
            Format::Unbound => Parser::Unbound,
            Format::PiholeRegex => Parser::PiholeRegex,
            Format::Mikrotik => Parser::Mikrotik,
            Format::Rows => Parser::Rows(rows::Rows::default()),
            Format::Rpz => Parser::Rpz(Box::new(rpz::Zone::new())),
            Format::Csv { column, delimiter } => Parser::Csv(Box::new(csv::Table::new(column, delimiter))),
        };
        Self { lines: Lines::default(), parser, tally: Tally::default() }
    }

    /// Takes the next bytes of the list and reports what the lines they complete hold.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut impl FnMut(Event<'_>)) {
        let Self { lines, parser, tally } = self;
        let mut out = Out { sink, tally };
        lines.feed(chunk, &mut |line| parser.line(line, &mut out));
    }

    /// Reports what a last line without a line feed holds, and what never ended; returns the sums.
    pub fn finish(self, sink: &mut impl FnMut(Event<'_>)) -> Summary {
        let Self { lines, mut parser, mut tally } = self;
        let mut out = Out { sink, tally: &mut tally };
        let count = lines.finish(&mut |line| parser.line(line, &mut out));
        parser.abandon(&mut out);
        tally.summary(count)
    }
}

impl Parser {
    fn line(&mut self, Line { number, text }: Line<'_>, out: &mut Out<'_>) {
        let Some(text) = text else {
            self.abandon(out);
            return out.skip(number, SkipReason::TooLong);
        };
        match self {
            Self::Names => plain::names_line(number, text, out),
            Self::Domains => plain::domains_line(number, text, out),
            Self::Hosts => hosts::line(number, text, out),
            Self::Adguard => adguard::line(number, text, out),
            Self::Dnsmasq => dnsmasq::line(number, text, out),
            Self::Unbound => unbound::line(number, text, out),
            Self::PiholeRegex => pihole::line(number, text, out),
            Self::Mikrotik => mikrotik::line(number, text, out),
            Self::Rows(rows) => rows.line(number, text, out),
            Self::Rpz(zone) => zone.line(number, text, out),
            Self::Csv(table) => table.line(number, text, out),
        }
    }

    /// Gives up a record that spans lines and has not ended.
    fn abandon(&mut self, out: &mut Out<'_>) {
        match self {
            Self::Rows(rows) => rows.abandon(out),
            Self::Rpz(zone) => zone.abandon(out),
            Self::Csv(table) => table.abandon(out),
            Self::Names | Self::Domains | Self::Hosts | Self::Adguard => {}
            Self::Dnsmasq | Self::Unbound | Self::PiholeRegex | Self::Mikrotik => {}
        }
    }
}
