//! phonehome, through its public calls only.

use std::collections::BTreeMap;

use phonehome::{Classifier, Name};

use super::{Engine, MISS, SOME_RULE, number};
use crate::workload::Block;

/// Which question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// `Classifier::overlay_covers` of names read before.
    Overlay,
    /// The same, reading the name included.
    ParseAndOverlay,
    /// `Classifier::lookup` of names read before.
    Lookup,
    /// The same, reading the name included.
    ParseAndLookup,
    /// `Classifier::classify`: the whole answer from text.
    Classify,
    /// `Name::parse` alone.
    Parse,
}

/// An opened classifier and the question.
#[derive(Debug)]
pub struct Ours<'c, 'p> {
    name: &'static str,
    question: Question,
    classifier: &'c Classifier<'p>,
    memory: Option<usize>,
    /// Numbers of rules by the numbers of entries.
    by_entry: BTreeMap<u32, u32>,
    names: Vec<Name>,
}

impl<'c, 'p> Ours<'c, 'p> {
    /// Asks a question that is only timed, or that says no rule's number.
    pub fn new(name: &'static str, question: Question, classifier: &'c Classifier<'p>, memory: Option<usize>) -> Self {
        Self { name, question, classifier, memory, by_entry: BTreeMap::new(), names: Vec::new() }
    }

    /// Asks a base pack in which every rule is an entry.
    pub fn with_rules(self, rules: &[String]) -> Self {
        let mut by_entry = BTreeMap::new();
        for (index, rule) in rules.iter().enumerate() {
            let answer = self.classifier.explain(rule.as_bytes(), 0);
            if answer.matched.is_some_and(|matched| matched.value == rule) {
                by_entry.extend(answer.brief.entry().map(|entry| (entry, number(index))));
            }
        }
        Self { by_entry, ..self }
    }

    fn covers(&self, name: &Name) -> u32 {
        if self.classifier.overlay_covers(0, name) { SOME_RULE } else { MISS }
    }

    fn entry(&self, name: &Name) -> u32 {
        self.classifier.lookup(name).map_or(MISS, |entry| entry + 1)
    }
}

impl Engine for Ours<'_, '_> {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn memory(&self) -> Option<usize> {
        self.memory
    }

    fn answers_rules(&self) -> bool {
        !matches!(self.question, Question::Classify | Question::Parse)
    }

    fn rule(&self, answer: u32) -> u32 {
        match self.question {
            Question::Lookup | Question::ParseAndLookup if answer != MISS => {
                self.by_entry.get(&(answer - 1)).copied().unwrap_or(MISS)
            }
            _ => answer,
        }
    }

    fn prepare(&mut self, block: Block<'_>) {
        self.names.clear();
        if matches!(self.question, Question::Overlay | Question::Lookup) {
            self.names.extend(block.names().filter_map(|text| Name::parse(text).ok()));
        }
    }

    fn answer(&mut self, block: Block<'_>, answers: &mut Vec<u32>) {
        let parsed = || block.names().map(Name::parse);
        match self.question {
            Question::Overlay => answers.extend(self.names.iter().map(|name| self.covers(name))),
            Question::Lookup => answers.extend(self.names.iter().map(|name| self.entry(name))),
            Question::ParseAndOverlay => {
                answers.extend(parsed().map(|name| name.map_or(MISS, |name| self.covers(&name))))
            }
            Question::ParseAndLookup => {
                answers.extend(parsed().map(|name| name.map_or(MISS, |name| self.entry(&name))))
            }
            Question::Parse => {
                answers.extend(parsed().map(|name| name.map_or(MISS, |name| number(name.label_count()))))
            }
            Question::Classify => {
                answers.extend(block.names().map(|name| u32::from(self.classifier.classify(name, 0).confidence())));
            }
        }
    }
}
