//! Names that nobody registers: those of local networks, which the public DNS does not hold, and reverse zones.

use super::{Name, words};

/// An ending that belongs to the local network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LocalSuffix {
    /// The ending, without a leading dot.
    pub(crate) suffix: &'static str,
    /// Offset of the ending in the name.
    pub(crate) start: usize,
}

/// Endings of local networks, as labels from the right. Sources: RFC 6761 and 6762 (special-use names), RFC 8375 (home.arpa),
/// the ICANN board's reservation of .internal (2024) and ICANN's record of name collisions (.home, .corp, .lan and the like);
/// `fritz.box` is the name AVM's routers give themselves.
const LOCAL: &[&str] = &[
    "cluster.local",
    "local",
    "localhost",
    "localdomain",
    "lan",
    "home.arpa",
    "home",
    "internal",
    "intranet",
    "corp",
    "private",
    "fritz.box",
    "test",
    "invalid",
    "onion",
    "alt",
];

/// The last labels of `LOCAL`, or their first eight octets, as words: nearly every name has another one.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const LOCAL_TOPS: [u64; LOCAL.len()] = {
    let mut tops = [0; LOCAL.len()];
    let mut n = 0;
    while n < tops.len() {
        tops[n] = words::top(LOCAL[n].as_bytes());
        n += 1;
    }
    tops
};

/// The local ending of a name, the longest that fits.
pub(crate) fn local_suffix(name: &Name) -> Option<LocalSuffix> {
    let top = name.labels_from_right().next()?;
    if !LOCAL_TOPS.contains(&(name.word(top.start) & words::first_octets(top.bytes.len()))) {
        return None;
    }
    LOCAL.iter().find_map(|suffix| ends_with(name, suffix).map(|start| LocalSuffix { suffix, start }))
}

/// Whether a name lies in a reverse zone (RFC 1035 section 3.5, RFC 3596 section 2.5).
pub(crate) fn is_reverse(name: &Name) -> bool {
    name.as_bytes().ends_with(b"arpa")
        && (ends_with(name, "in-addr.arpa").is_some() || ends_with(name, "ip6.arpa").is_some())
}

/// Offset of `suffix` when the name ends with it on a label boundary.
fn ends_with(name: &Name, suffix: &str) -> Option<usize> {
    let bytes = name.as_bytes();
    let start = bytes.len().checked_sub(suffix.len())?;
    let on_boundary = start == 0 || name.is_dot(start - 1);
    (on_boundary && bytes.ends_with(suffix.as_bytes())).then_some(start)
}
