//! Columns in, columns out: the buffers of ClickHouse's `BUFFERED_V1` functions, in its format RowBinary.
//!
//! The host names a buffer by the address of its header. Addresses are looked up among those handed out and never followed, so
//! a wrong one is an empty answer and not a wild read.

use phonehome::{Brief, Classifier};

/// What a function writes for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// `Tuple(verdict String, confidence UInt8, vendor String, platform String, purpose String, impact String, advice String)`
    Answer,
    /// `String`: the long answer as JSON.
    Json,
}

/// Buffers that the host may read or write, and the classifier that answers.
#[derive(Debug, Default)]
pub struct Buffers {
    live: Vec<Buffer>,
    classifier: Option<Box<Classifier<'static>>>,
}

/// A buffer: its header as the host reads it (address and size, 32 bits each), and its octets.
#[derive(Debug)]
struct Buffer {
    header: Box<[u32; 2]>,
    octets: Vec<u8>,
}

/// Most octets of a buffer.
const MOST: usize = 1 << 30;

impl Buffers {
    /// No buffer yet.
    pub const fn new() -> Self {
        Self { live: Vec::new(), classifier: None }
    }

    /// A buffer of so many zeros; its header's address, or 0 without memory.
    pub fn create(&mut self, size: u32) -> usize {
        let mut octets = Vec::new();
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size > MOST || octets.try_reserve_exact(size).is_err() {
            return 0;
        }
        octets.resize(size, 0);
        self.add(octets)
    }

    /// Forgets a buffer; an address that is none is ignored.
    pub fn destroy(&mut self, address: usize) {
        self.live.retain(|buffer| buffer.address() != address);
    }

    /// The octets of a buffer.
    pub fn octets(&mut self, address: usize) -> Option<&mut [u8]> {
        let buffer = self.live.iter_mut().find(|buffer| buffer.address() == address)?;
        Some(&mut buffer.octets)
    }

    /// Answers a column of `rows` strings in the buffer at an address with a new buffer of as many answers; 0 without memory or
    /// when the buffer cannot hold so many rows.
    pub fn run(&mut self, address: usize, rows: u32, column: Column) -> usize {
        let input = self.live.iter().find(|buffer| buffer.address() == address);
        let rows = usize::try_from(rows).unwrap_or(usize::MAX);
        // A row is one octet at least.
        let Some(input) = input.filter(|input| rows <= input.octets.len()) else { return 0 };
        let classifier = self.classifier.get_or_insert_with(|| Box::new(Classifier::builtin()));
        let mut names = Strings(&input.octets);
        let mut out = Vec::new();
        for _ in 0..rows {
            // A column that ends early leaves empty names, which have an answer like any other.
            let name = names.next().unwrap_or_default();
            let written = match column {
                Column::Answer => write(&mut out, classifier, &classifier.classify(name, 0)),
                Column::Json => string(&mut out, &classifier.explain(name, 0).to_json()),
            };
            if written.is_none() || out.len() > MOST {
                return 0;
            }
        }
        self.add(out)
    }

    fn add(&mut self, octets: Vec<u8>) -> usize {
        let size = u32::try_from(octets.len()).unwrap_or(0);
        // On the only target that has these exports an address has 32 bits.
        let data = u32::try_from(octets.as_ptr().expose_provenance()).unwrap_or(0);
        let buffer = Buffer { header: Box::new([data, size]), octets };
        let address = buffer.address();
        self.live.push(buffer);
        address
    }
}

impl Buffer {
    fn address(&self) -> usize {
        self.header.as_ptr().expose_provenance()
    }
}

/// Strings of RowBinary: a length in LEB128, and as many octets.
#[derive(Debug)]
struct Strings<'b>(&'b [u8]);

impl<'b> Iterator for Strings<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        // What ends early leaves nothing behind that could be taken for a further string.
        let mut rest = std::mem::take(&mut self.0);
        let mut len = 0_u64;
        // Five octets hold any length that a buffer can have.
        for shift in (0..35).step_by(7) {
            let (octet, behind) = rest.split_first()?;
            rest = behind;
            len |= u64::from(octet & 0x7f) << shift;
            if octet & 0x80 == 0 {
                let (text, behind) = rest.split_at_checked(usize::try_from(len).ok()?)?;
                self.0 = behind;
                return Some(text);
            }
        }
        None
    }
}

/// Writes a short answer; `None` without memory.
fn write(out: &mut Vec<u8>, classifier: &Classifier<'_>, brief: &Brief) -> Option<()> {
    string(out, brief.verdict().id())?;
    out.try_reserve(1).ok()?;
    out.push(brief.confidence());
    string(out, brief.vendor().and_then(|number| classifier.vendor(number)).map_or("", |vendor| vendor.id))?;
    string(out, brief.platform().and_then(|number| classifier.platform(number)).map_or("", |platform| platform.id))?;
    string(out, brief.first_purpose().map_or("", |purpose| purpose.id()))?;
    string(out, brief.impact().id())?;
    string(out, brief.advice().id())
}

fn string(out: &mut Vec<u8>, text: &str) -> Option<()> {
    out.try_reserve(text.len() + 5).ok()?;
    let mut len = text.len();
    while len > 0x7f {
        out.push((len & 0x7f) as u8 | 0x80);
        len >>= 7;
    }
    out.push(len as u8);
    out.extend_from_slice(text.as_bytes());
    Some(())
}
