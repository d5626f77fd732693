//! Rules of a written list, read back by our readers and asked about names as the programs would.

use std::collections::{BTreeMap, BTreeSet};

use phonehome_logs::lists::{Action, Answer, Event, Format, Item, Reader, Scope, Skip};

/// The rules of a list.
#[derive(Debug, Default)]
pub struct RuleSet {
    exact: BTreeMap<String, Action>,
    below: BTreeMap<String, Action>,
    /// Both at once; what is said of a name or of what is below it alone goes first.
    suffix: BTreeMap<String, Action>,
    /// Lines that the reader did not take.
    pub skips: Vec<Skip>,
}

/// An answer by its name, where readers tell it from others.
fn answer(id: &str) -> Answer {
    match id {
        "nxdomain" => Answer::Nxdomain,
        "nodata" => Answer::Nodata,
        "null_ip" => Answer::NullIp,
        "drop" => Answer::Drop,
        _ => Answer::Unstated,
    }
}

/// The names from a name up to its last label.
pub fn ancestors(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, above)| above))
}

impl RuleSet {
    /// Reads a list.
    pub fn read(format: Format, text: &str) -> Self {
        let mut rules = Self::default();
        let mut reader = Reader::new(format);
        let mut take = |event: Event<'_>| match event {
            Event::Item(item) => rules.add(&item),
            Event::Skip(skip) => rules.skips.push(skip),
        };
        reader.feed(text.as_bytes(), &mut take);
        reader.finish(&mut take);
        rules
    }

    /// Reads the JSON lines of an export.
    pub fn read_json(text: &str) -> Self {
        let mut rules = Self::default();
        for line in text.lines() {
            let rule: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            let field = |field: &str| rule[field].as_str().unwrap_or_default();
            let action =
                if field("action") == "allow" { Action::Allow } else { Action::Block(answer(field("answer"))) };
            let map = match field("match") {
                "exact" => &mut rules.exact,
                "below" => &mut rules.below,
                "suffix" => &mut rules.suffix,
                other => panic!("{other}: {line}"),
            };
            map.insert(field("name").to_owned(), action);
        }
        rules
    }

    fn add(&mut self, item: &Item<'_>) {
        let name = String::from_utf8_lossy(&item.name).trim_end_matches('.').to_owned();
        let map = match item.scope {
            Scope::Exact | Scope::Unstated => &mut self.exact,
            Scope::Below => &mut self.below,
            Scope::Suffix => &mut self.suffix,
        };
        // The first rule for a name stays: dnsmasq answers addresses by `address=` whatever `local=` says of the rest.
        map.entry(name).or_insert(item.action);
    }

    /// How many rules.
    pub fn len(&self) -> usize {
        self.exact.len() + self.below.len() + self.suffix.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn at(&self, name: &str) -> Option<Action> {
        self.exact.get(name).or_else(|| self.suffix.get(name)).copied()
    }

    fn under(&self, name: &str) -> Option<Action> {
        self.below.get(name).or_else(|| self.suffix.get(name)).copied()
    }

    /// What the deepest rule does.
    pub fn deepest(&self, name: &str) -> Option<Action> {
        self.at(name).or_else(|| ancestors(name).skip(1).find_map(|above| self.under(above)))
    }

    /// What a wildcard of the DNS does (RFC 4592): it holds only where nothing between it and the name exists.
    pub fn closest_encloser(&self, name: &str) -> Option<Action> {
        let owners = self.exact.keys().chain(self.below.keys()).chain(self.suffix.keys());
        let existing: BTreeSet<&str> = owners.flat_map(|owner| ancestors(owner)).collect();
        if existing.contains(name) {
            return self.at(name);
        }
        ancestors(name).skip(1).find(|above| existing.contains(above)).and_then(|above| self.under(above))
    }

    /// What AdGuard does: an exception goes before every rule.
    pub fn exceptions_first(&self, name: &str) -> Option<Action> {
        let hits = || {
            let own = [self.exact.get(name), self.suffix.get(name)];
            let above = ancestors(name).skip(1).flat_map(|above| [self.below.get(above), self.suffix.get(above)]);
            own.into_iter().chain(above).flatten().copied()
        };
        hits().find(|action| *action == Action::Allow).or_else(|| hits().next())
    }
}
