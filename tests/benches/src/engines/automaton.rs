//! An fst over reversed names, walked octet by octet; a match counts where a label ends.

use std::fmt;

use anyhow::Result;
use fst::Map;
use fst::raw::{Fst, Output};

use super::{Engine, MISS, number};
use crate::workload::Block;

/// The automaton.
pub struct FstWalk {
    fst: Fst<Vec<u8>>,
}

impl FstWalk {
    /// The automaton of these rules.
    ///
    /// # Errors
    /// The writer refuses them.
    pub fn new(rules: &[String]) -> Result<Self> {
        let mut keys: Vec<(Vec<u8>, u32)> =
            rules.iter().enumerate().map(|(index, rule)| (rule.bytes().rev().collect(), number(index))).collect();
        keys.sort();
        let map = Map::from_iter(keys.iter().map(|(key, number)| (key, u64::from(*number))))?;
        Ok(Self { fst: map.into_fst() })
    }

    #[inline]
    fn longest(&self, name: &[u8]) -> u32 {
        let mut node = self.fst.root();
        let mut output = Output::zero();
        let mut longest = MISS;
        let mut octets = name.iter().rev().peekable();
        while let Some(octet) = octets.next() {
            let Some(index) = node.find_input(*octet) else { break };
            let transition = node.transition(index);
            output = output.cat(transition.out);
            node = self.fst.node(transition.addr);
            if node.is_final() && octets.peek().is_none_or(|next| **next == b'.') {
                longest = u32::try_from(output.cat(node.final_output()).value()).unwrap_or(MISS);
            }
        }
        longest
    }
}

impl fmt::Debug for FstWalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FstWalk({} bytes)", self.fst.size())
    }
}

impl Engine for FstWalk {
    fn name(&self) -> String {
        "fst 0.4.7, reversed octets, raw walk".to_owned()
    }

    fn memory(&self) -> Option<usize> {
        Some(self.fst.size())
    }

    fn answer(&mut self, block: Block<'_>, answers: &mut Vec<u32>) {
        answers.extend(block.names().map(|name| self.longest(name)));
    }
}
