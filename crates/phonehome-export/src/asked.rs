//! The names that an export is asked about, in compact form: a million of them fit easily.

use phonehome::{Classifier, Name, OrderedError};

use crate::key;

/// Which names a question or a rule covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The name alone.
    Exact,
    /// Everything below the name, but not the name.
    Below,
    /// The name and everything below it.
    Suffix,
}

impl Scope {
    /// `exact`, `below` or `suffix`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Below => "below",
            Self::Suffix => "suffix",
        }
    }

    pub(crate) const fn of(exact: bool, below: bool) -> Option<Self> {
        match (exact, below) {
            (true, true) => Some(Self::Suffix),
            (true, false) => Some(Self::Exact),
            (false, true) => Some(Self::Below),
            (false, false) => None,
        }
    }
}

/// What is asked about a node, as bits.
pub(crate) mod ask {
    /// What to do with the name.
    pub(crate) const EXACT: u8 = 1;
    /// What to do with the names below it.
    pub(crate) const BELOW: u8 = 2;
    /// A list lets the name through.
    pub(crate) const SPARE_EXACT: u8 = 4;
    /// A list lets the names below it through.
    pub(crate) const SPARE_BELOW: u8 = 8;
}

/// A name that is asked about, or at which a family ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// The key's first octets: most comparisons end here.
    head: [u64; 3],
    start: u32,
    length: u16,
    pub(crate) asks: u8,
}

/// The questions of an export.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    keys: Vec<u8>,
    nodes: Vec<Node>,
}

impl Asked {
    /// No question yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks about everything that the base pack knows.
    ///
    /// # Errors
    /// [`OrderedError`] when the pack's ordered store is damaged.
    pub fn whole_base(classifier: &Classifier<'_>) -> Result<Self, OrderedError> {
        let mut asked = Self::new();
        for name in classifier.entry_names()? {
            asked.add(&name.0, if name.1 { Scope::Suffix } else { Scope::Exact });
        }
        Ok(asked)
    }

    /// Asks about a name, or all names of a scope.
    pub fn add(&mut self, name: &Name, scope: Scope) {
        self.push(
            name,
            match scope {
                Scope::Exact => ask::EXACT,
                Scope::Below => ask::BELOW,
                Scope::Suffix => ask::EXACT | ask::BELOW,
            },
        );
    }

    /// Names that are let through whatever the policy says, such as the exceptions of a list.
    pub fn spare(&mut self, name: &Name, scope: Scope) {
        self.push(
            name,
            match scope {
                Scope::Exact => ask::SPARE_EXACT,
                Scope::Below => ask::SPARE_BELOW,
                Scope::Suffix => ask::SPARE_EXACT | ask::SPARE_BELOW,
            },
        );
    }

    /// How many questions were asked, repeated ones too.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Marks a name at which a family ends.
    pub(crate) fn cut(&mut self, name: &Name) {
        self.push(name, 0);
    }

    fn push(&mut self, name: &Name, asks: u8) {
        let start = self.keys.len();
        key::push(&mut self.keys, name);
        let own = self.keys.get(start..).unwrap_or(&[]);
        let mut octets = own.iter();
        let head =
            [(); 3].map(|()| (0..8).fold(0, |word, _| word << 8 | u64::from(octets.next().copied().unwrap_or(0))));
        // Keys of 253 octets at most, twice that with escapes; offsets end at 4 GiB, a hundred million names.
        let (Ok(offset), Ok(length)) = (u32::try_from(start), u16::try_from(own.len())) else { return };
        self.nodes.push(Node { head, start: offset, length, asks });
    }

    pub(crate) fn has_families(&self) -> bool {
        self.nodes.iter().any(|node| node.asks & ask::BELOW != 0)
    }

    /// Sorts the nodes and joins those of one name.
    pub(crate) fn sort(&mut self) {
        let Self { keys, nodes } = self;
        let keys_before = std::mem::take(keys);
        let own =
            |node: &Node| keys_before.get(node.start as usize..).and_then(|key| key.get(..usize::from(node.length)));
        nodes.sort_unstable_by(|a, b| a.head.cmp(&b.head).then_with(|| own(a).cmp(&own(b))));
        nodes.dedup_by(|later, kept| {
            let is_same = later.head == kept.head && own(later) == own(kept);
            if is_same {
                kept.asks |= later.asks;
            }
            is_same
        });
        // In the order of the nodes, for they are walked several times.
        let mut ordered = Vec::with_capacity(keys_before.len());
        for node in nodes {
            let start = ordered.len();
            ordered.extend_from_slice(own(node).unwrap_or(&[]));
            // No longer than before, so it still fits.
            node.start = start as u32;
        }
        *keys = ordered;
    }

    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(crate) fn key(&self, node: &Node) -> &[u8] {
        self.keys.get(node.start as usize..).and_then(|key| key.get(..usize::from(node.length))).unwrap_or(&[])
    }
}
