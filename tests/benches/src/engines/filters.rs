//! adblock-rust with one rule `||name^` a name: an engine for requests that people also use for names alone.

use std::fmt;

use adblock::request::Request;
use adblock::{Engine as Adblock, FilterSet, lists::ParseOptions};

use super::{Engine, MISS, SOME_RULE};
use crate::workload::Block;

/// adblock's engine, and the URLs of the block in hand.
pub struct FilterEngine {
    engine: Adblock,
    requests: Vec<(String, String)>,
}

impl FilterEngine {
    /// The engine of these rules.
    pub fn new(rules: &[String]) -> Self {
        let mut set = FilterSet::new(false);
        set.add_filter_list(rules.iter().map(|rule| format!("||{rule}^\n")).collect(), ParseOptions::default());
        Self { engine: Adblock::new_with_filter_set(set), requests: Vec::new() }
    }
}

impl fmt::Debug for FilterEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FilterEngine")
    }
}

impl Engine for FilterEngine {
    fn name(&self) -> String {
        "adblock 0.13.5, `Request::preparsed`".to_owned()
    }

    fn share(&self) -> usize {
        10
    }

    fn prepare(&mut self, block: Block<'_>) {
        self.requests.clear();
        let hosts = block.names().map(|name| String::from_utf8_lossy(name).into_owned());
        self.requests.extend(hosts.map(|host| (format!("https://{host}/"), host)));
    }

    fn answer(&mut self, _block: Block<'_>, answers: &mut Vec<u32>) {
        answers.extend(self.requests.iter().map(|(url, host)| {
            let request = Request::preparsed(url, host, "example.org", "script", true, "");
            if self.engine.check_network_request(&request).should_block() { SOME_RULE } else { MISS }
        }));
    }
}
