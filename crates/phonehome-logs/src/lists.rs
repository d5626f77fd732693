//! Lists of names, in the formats people keep them in.
//!
//! ```
//! use phonehome_logs::lists::{Event, Format, Reader, Scope};
//!
//! let mut names = Vec::new();
//! let mut sink = |event: Event<'_>| {
//!     if let Event::Item(item) = event {
//!         names.push((item.line, item.name.into_owned(), item.scope));
//!     }
//! };
//! let mut reader = Reader::new(Format::Adguard);
//! reader.feed(b"! title\n||exam", &mut sink); // chunks may end anywhere
//! reader.feed(b"ple.com^\n/ads[0-9]/\n", &mut sink);
//! let summary = reader.finish(&mut sink);
//! assert_eq!(names, [(2, b"example.com".to_vec(), Scope::Suffix)]);
//! assert_eq!((summary.lines, summary.items, summary.skipped, summary.ignored), (3, 1, 1, 1));
//! ```
//!
//! A line is kept exactly or not at all: what a name with a [`Scope`] and an [`Action`] cannot say is a [`Skip`] with its
//! line number and its reason, never an approximation. Only [`Format::Names`] and the cells of [`Format::Csv`] are read
//! leniently, because there every line is a question that deserves an answer.
//!
//! Not done here: lower-casing, removing the final dot, decoding escapes, removing duplicates, resolving contradictions
//! between lines, query logs.

mod adguard;
mod bytes;
mod csv;
mod dnsmasq;
mod event;
mod hosts;
mod lines;
mod mikrotik;
mod name;
mod pihole;
mod plain;
mod reader;
mod rows;
mod rpz;
mod sniff;
mod unbound;
mod zone;

pub use event::{Action, Answer, Event, Item, Scope, Skip, SkipReason, Summary};
pub use lines::MAX_LINE;
pub use name::{cut, name_from_text};
pub use reader::Reader;
pub use sniff::{SNIFF_LEN, sniff};

/// What kind of list a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Lenient: one name, URL, `host:port` or `*.name` per line, `#` comments. Every line that is neither blank nor a
    /// comment yields an item, junk and IP addresses included, see [`cut`].
    Names,
    /// Strict: one plain domain per line, `#` comments; anything else is skipped. Whether such a list means the names
    /// alone or everything below them too differs from tool to tool, so the scope is [`Scope::Unstated`].
    Domains,
    /// hosts(5): an address, then names. Only 0.0.0.0, 127.0.0.1, `::` and `::1` block.
    Hosts,
    /// AdGuard DNS filtering syntax, and what of Adblock Plus lists it shares: `||name^`, `@@||name^`, plain names and
    /// hosts lines.
    Adguard,
    /// A response policy zone in master file format.
    Rpz,
    /// dnsmasq's `local=`, `server=` and `address=` lines.
    Dnsmasq,
    /// Unbound's local zones.
    Unbound,
    /// Pi-hole's regular expressions, those that say whole names.
    PiholeRegex,
    /// Static DNS entries of RouterOS.
    Mikrotik,
    /// Rows copied from the query-log table of Pi-hole or AdGuard Home.
    Rows,
    /// Separated values, quoted where needed. The cell is read like a line of [`Format::Names`].
    Csv {
        /// The column that holds the name.
        column: Column,
        /// The separator, usually `,`, `;` or a tab.
        delimiter: u8,
    },
}

impl Format {
    /// The formats that need nothing more than their name.
    pub const PLAIN: &[Self] = &[
        Self::Names,
        Self::Domains,
        Self::Hosts,
        Self::Adguard,
        Self::Rpz,
        Self::Dnsmasq,
        Self::Unbound,
        Self::PiholeRegex,
        Self::Mikrotik,
        Self::Rows,
    ];

    /// The name on a command line or a page.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Domains => "domains",
            Self::Hosts => "hosts",
            Self::Adguard => "adguard",
            Self::Rpz => "rpz",
            Self::Dnsmasq => "dnsmasq",
            Self::Unbound => "unbound",
            Self::PiholeRegex => "pihole-regex",
            Self::Mikrotik => "mikrotik",
            Self::Rows => "rows",
            Self::Csv { .. } => "csv",
        }
    }

    /// The plain format with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::PLAIN.iter().find(|format| format.id() == id).cloned()
    }
}

/// A column of a separated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// By its text in the header, in any case. The first record is then the header (a header behind `#` is found too).
    Named(String),
    /// By position, counted from 1. The file then has no header: every record is data.
    Number(usize),
}
