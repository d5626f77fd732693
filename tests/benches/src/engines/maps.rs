//! Hash maps asked for every suffix, the longest first: the few lines that people write themselves.

use std::collections::HashMap;
use std::hash::BuildHasher;

use super::{Engine, MISS, number};
use crate::workload::Block;

/// A map from a name's octets to the rule's number.
#[derive(Debug)]
pub struct SuffixMap<S> {
    name: &'static str,
    map: HashMap<Box<[u8]>, u32, S>,
}

impl<S: BuildHasher + Default> SuffixMap<S> {
    /// The map of these rules.
    pub fn new(name: &'static str, rules: &[String]) -> Self {
        let mut map = HashMap::with_capacity_and_hasher(rules.len(), S::default());
        map.extend(rules.iter().enumerate().map(|(index, rule)| (Box::from(rule.as_bytes()), number(index))));
        Self { name, map }
    }

    #[inline]
    fn longest(&self, name: &[u8]) -> u32 {
        let mut rest = name;
        loop {
            if let Some(number) = self.map.get(rest) {
                return *number;
            }
            match rest.iter().position(|octet| *octet == b'.') {
                Some(dot) => rest = rest.get(dot + 1..).unwrap_or(&[]),
                None => return MISS,
            }
        }
    }

    /// Slots and keys, without what the allocator adds: the least the map can take.
    fn bytes(&self) -> usize {
        let slots = (self.map.capacity() * 8 / 7).next_power_of_two();
        let slot = size_of::<(Box<[u8]>, u32)>() + 1;
        #[allow(clippy::iter_over_hash_type, reason = "a sum does not depend on the order")]
        let keys: usize = self.map.keys().map(|key| key.len()).sum();
        slots * slot + keys
    }
}

impl<S: BuildHasher + Default> Engine for SuffixMap<S> {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn memory(&self) -> Option<usize> {
        Some(self.bytes())
    }

    fn answer(&mut self, block: Block<'_>, answers: &mut Vec<u32>) {
        answers.extend(block.names().map(|name| self.longest(name)));
    }
}

/// The same map behind what reading a name takes: any case accepted, other octets refused.
#[derive(Debug)]
pub struct CheckedMap<S>(pub SuffixMap<S>);

impl<S: BuildHasher + Default> Engine for CheckedMap<S> {
    fn name(&self) -> String {
        format!("lower-case, check, then {}", self.0.name)
    }

    fn memory(&self) -> Option<usize> {
        self.0.memory()
    }

    fn answer(&mut self, block: Block<'_>, answers: &mut Vec<u32>) {
        let mut buffer = [0; 256];
        answers.extend(block.names().map(|name| {
            let Some(target) = buffer.get_mut(..name.len()) else { return MISS };
            let mut fine = true;
            for (octet, lower) in name.iter().zip(target.iter_mut()) {
                *lower = octet.to_ascii_lowercase();
                fine &= matches!(lower, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
            }
            if fine { self.0.longest(target) } else { MISS }
        }));
    }
}
