//! The name model: any section opens or is refused, and an open one scores any label, in bounded time.

use phonehome::format::model::{FEATURES, NameModel, Parts, THREES};

/// Octets of the head that an input can replace.
const HEAD: usize = 64;

/// The first octets replace the head of a small section, the next 63 at most are a label, the rest replaces the section's end,
/// where lexicon and trees lie.
pub fn name_model(data: &[u8]) {
    let mut section = small();
    let (head, rest) = data.split_at(data.len().min(HEAD));
    let (label, end) = rest.split_at(rest.len().min(63));
    section[..head.len()].copy_from_slice(head);
    let start = section.len().saturating_sub(end.len());
    let end = &end[..end.len().min(section.len())];
    section[start..start + end.len()].copy_from_slice(end);
    let Some(model) = NameModel::open(section) else { return };
    for top in [&b"com"[..], b"", label] {
        let score = model.score(label, top, 1);
        assert_eq!(score, model.score(label, top, 1));
        assert_eq!(score.is_none(), label.is_empty() || label.starts_with(b"xn--"));
        assert!(score.is_none_or(|score| (-32_000..=32_000).contains(&score)), "{score:?}");
        let features = model.features(label, top, 1);
        let _ = (model.leaves(&features), model.first_leaves(&features));
    }
}

/// A section whose tables are small but for the groups of three, with words and a tree.
fn small() -> Vec<u8> {
    let leaf = |value: i16, at: u8| [[31, at], value.to_le_bytes()].concat();
    let mut tree = [[9, 1], 8_i16.to_le_bytes()].concat();
    tree.extend([leaf(-500, 1), leaf(700, 2)].concat());
    tree.resize(256, 0);
    let parts = Parts {
        bits: 8,
        threes: vec![1; THREES],
        fours: vec![-1; 256],
        tops: vec![("com".to_owned(), -3), ("top".to_owned(), 9)],
        words: ["garden", "gate", "car"].map(str::to_owned).to_vec(),
        trees: tree.repeat(9),
        depth: 3,
        base_rate: 10_000,
        leave: -100,
        leave_fours: -50,
        leave_trees: -4_000,
        scales: [(1 << 16, -3), (1 << 14, 5)],
        bands: [10, 20, 30],
        usual: [0; FEATURES],
    };
    parts.to_section().expect("parts that fit")
}

/// A head as it is, with labels.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let section = small();
    let labels: [&[u8]; 6] = [b"gardengate", b"xk7qzvw2", b"0123456789", &[b'a'; 63], &[0xff; 63], b"xn--80ak6aa92e"];
    labels.iter().map(|label| [&section[..HEAD], label].concat()).collect()
}
