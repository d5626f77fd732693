//! What no lookup can do without: reading the name, hashing its suffixes.

use std::hint::black_box;

use super::Engine;
use crate::workload::Block;

/// Reads every octet.
#[derive(Debug)]
pub struct TouchOctets;

impl Engine for TouchOctets {
    fn name(&self) -> String {
        "limit: touch every octet".to_owned()
    }

    fn answers_rules(&self) -> bool {
        false
    }

    fn answer(&mut self, block: Block<'_>, answers: &mut Vec<u32>) {
        answers.extend(
            block.names().map(|name| name.iter().fold(0, |sum: u32, octet| sum.wrapping_add(u32::from(*octet)))),
        );
    }
}

/// Hashes every suffix in one pass from the right, one multiplication an octet.
#[derive(Debug)]
pub struct HashSuffixes;

impl Engine for HashSuffixes {
    fn name(&self) -> String {
        "limit: hash every suffix, a multiplication an octet".to_owned()
    }

    fn answers_rules(&self) -> bool {
        false
    }

    fn answer(&mut self, block: Block<'_>, answers: &mut Vec<u32>) {
        answers.extend(block.names().map(|name| {
            let mut hash = 0_u64;
            for octet in name.iter().rev() {
                if *octet == b'.' {
                    black_box(hash);
                }
                hash = (hash ^ u64::from(*octet)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(5);
            }
            hash as u32
        }));
    }
}
