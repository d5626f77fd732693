//! Gradient-boosted trees over integers, read in place and walked without branches.
//!
//! A tree is 64 nodes of four octets: feature, left child, threshold (i16). A feature above the threshold goes to the node
//! behind the left child. A leaf is its own left child, asks for [`NEVER`] and holds its value in place of a threshold: so every
//! walk takes the same number of steps, and trees can be walked side by side.

use super::features::{FEATURES, Features};

/// Nodes of a tree.
pub(crate) const NODES: usize = 64;
/// Octets of a tree.
pub(crate) const TREE: usize = NODES * 4;
/// The feature that is never above a threshold.
pub(crate) const NEVER: usize = FEATURES - 1;
/// Trees that are walked side by side.
const BESIDE: usize = 8;
/// Groups of trees that can let a name go.
const FIRST: usize = 2;

type Tree = [[u8; 4]; NODES];

/// How far a vector of features went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sum {
    /// The first trees say so clearly that people chose the name that the others were not asked.
    First(i32),
    /// Over all trees.
    All(i32),
}

/// The sum of the leaves that a vector of features reaches, `depth` steps down each tree; the first trees' where that is at most
/// `leave`.
pub(crate) fn sum(trees: &[u8], depth: u32, leave: i32, features: &Features) -> Sum {
    let (nodes, _) = trees.as_chunks::<4>();
    let (trees, _) = nodes.as_chunks::<NODES>();
    let (groups, rest) = trees.as_chunks::<BESIDE>();
    let (first, others) = groups.split_at(groups.len().min(FIRST));
    let first: i32 = first.iter().map(|group| beside(group, depth, features)).sum();
    if first <= leave {
        return Sum::First(first);
    }
    let others: i32 = others.iter().map(|group| beside(group, depth, features)).sum();
    Sum::All(first + others + rest.iter().map(|tree| beside(std::array::from_ref(tree), depth, features)).sum::<i32>())
}

#[inline]
fn beside<const N: usize>(trees: &[Tree; N], depth: u32, features: &Features) -> i32 {
    let mut at = [0_u8; N];
    for _ in 0..depth {
        for (at, tree) in at.iter_mut().zip(trees) {
            let [feature, left, low, high] = node(tree, *at);
            let value = feature_of(features, feature);
            *at = left.wrapping_add(u8::from(value > i16::from_le_bytes([low, high])));
        }
    }
    at.iter()
        .zip(trees)
        .map(|(at, tree)| {
            let [_, _, low, high] = node(tree, *at);
            i32::from(i16::from_le_bytes([low, high]))
        })
        .sum()
}

// The masks make every octet a valid place, so that damaged trees are only wrong.
#[inline]
#[allow(clippy::indexing_slicing, reason = "masked to the array's size")]
const fn node(tree: &Tree, at: u8) -> [u8; 4] {
    tree[at as usize % NODES]
}

#[inline]
#[allow(clippy::indexing_slicing, reason = "masked to the array's size")]
const fn feature_of(features: &Features, feature: u8) -> i16 {
    features[feature as usize % FEATURES]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(feature: u8, left: u8, value: i16) -> [u8; 4] {
        let [low, high] = value.to_le_bytes();
        [feature, left, low, high]
    }

    /// Feature 2 above 10: 700, else -500.
    fn tree() -> Vec<u8> {
        let mut tree = [node(2, 1, 10), node(31, 1, -500), node(31, 2, 700)].concat();
        tree.resize(TREE, 0);
        tree
    }

    fn features(value: i16) -> Features {
        let mut features = [0; FEATURES];
        (features[2], features[NEVER]) = (value, i16::MIN);
        features
    }

    #[test]
    fn a_walk_ends_at_the_leaf_however_many_steps_are_left() {
        for depth in [1, 2, 16] {
            assert_eq!(sum(&tree(), depth, i32::MIN, &features(10)), Sum::All(-500), "{depth}");
            assert_eq!(sum(&tree(), depth, i32::MIN, &features(11)), Sum::All(700), "{depth}");
        }
    }

    #[test]
    fn the_first_trees_can_let_go() {
        let trees = tree().repeat(19);
        assert_eq!(sum(&trees, 2, i32::MIN, &features(0)), Sum::All(-500 * 19));
        assert_eq!(sum(&trees, 2, -500 * 16, &features(0)), Sum::First(-500 * 16));
        assert_eq!(sum(&trees, 2, -500 * 16, &features(11)), Sum::All(700 * 19));
        assert_eq!(sum(&[], 2, i32::MIN, &features(0)), Sum::All(0));
    }

    #[test]
    fn any_octets_are_trees() {
        let trees = [0xff; TREE * 3];
        assert_eq!(sum(&trees, 16, i32::MIN, &features(5)), sum(&trees, 16, i32::MIN, &features(5)));
    }
}
