//! The sentences below the table: how many of what.

use phonehome::{Action, Advice, Explanation, Verdict};

use crate::date::Date;
use crate::engine::Engine;
use crate::text::{clean, count, grouped};

/// Counts answers.
#[derive(Debug, Default)]
pub(super) struct Summary {
    names: u64,
    by_ground: [u64; GROUNDS.len()],
    by_advice: [u64; ADVICE.len()],
    blocked: u64,
    /// A name worth a closer look: the first whose blocking costs something, else the first.
    example: Option<(bool, String)>,
}

/// Singular and plural for each ground that a name can stand on.
const GROUNDS: [(&str, &str); 8] = [
    ("on a threat list", "on a threat list"),
    ("odd-looking", "odd-looking"),
    ("where anyone can register", "where anyone can register"),
    ("with a documented problem", "with a documented problem"),
    ("maker's own", "makers' own"),
    ("rented cloud or CDN", "rented cloud or CDN"),
    ("not in our base", "not in our base"),
    ("not a public name", "not public names"),
];

/// Singular and plural for each piece of advice.
const ADVICE: [(Advice, &str, &str); 6] = [
    (Advice::Block, "to block", "to block"),
    (Advice::SafeToBlock, "safe to block", "safe to block"),
    (Advice::CostsSomething, "costs something", "cost something"),
    (Advice::Leave, "better left alone", "better left alone"),
    (Advice::Untested, "untested", "untested"),
    (Advice::YourCall, "your call", "your call"),
];

impl Summary {
    pub(super) fn take(&mut self, answer: &Explanation<'_>) {
        self.names += 1;
        bump(&mut self.by_ground, ground(answer));
        if let Some(place) = ADVICE.iter().position(|(advice, ..)| *advice == answer.advice && !is_no_name(answer)) {
            bump(&mut self.by_advice, place);
        }
        self.blocked += u64::from(answer.action() != Action::Allow);
        let costs = answer.breaks.as_ref().is_some_and(|breaks| !breaks.function.is_empty());
        let is_better = self.example.as_ref().is_none_or(|(good, _)| costs && !good);
        if is_better && answer.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
            self.example = Some((costs, answer.name.clone()));
        }
    }

    /// The sentences, a paragraph each.
    pub(super) fn paragraphs(&self, engine: &Engine, lines: u64) -> Vec<String> {
        if self.names == 0 {
            return vec!["No names in the input.".to_owned()];
        }
        let grounds = self.by_ground.iter().zip(GROUNDS).map(|(number, (one, many))| (*number, one, many));
        let advice = self.by_advice.iter().zip(ADVICE).map(|(number, (_, one, many))| (*number, one, many));
        let repeated =
            if lines > self.names { format!(" in {}", count(lines, "line", "lines")) } else { String::new() };
        let mut paragraphs = vec![format!("{}{repeated}: {}.", count(self.names, "name", "names"), listed(grounds))];
        let advice = listed(advice);
        if !advice.is_empty() {
            paragraphs.push(format!("Block? {advice}."));
        }
        if engine.has_policy() {
            paragraphs.push(format!("The policy would block {}.", count(self.blocked, "of them", "of them")));
        }
        let info = engine.info();
        let date = Date::from_number(info.date).map_or(String::new(), |date| format!(" of {date}"));
        let example = self.example.as_ref().map_or("NAME", |(_, name)| name);
        let version = clean(info.version);
        paragraphs
            .push(format!("Knowledge {version}{date}. What stands behind an answer: phonehome explain {example}"));
        paragraphs
    }
}

fn bump(counters: &mut [u64], place: usize) {
    if let Some(counter) = counters.get_mut(place) {
        *counter += 1;
    }
}

fn ground(answer: &Explanation<'_>) -> usize {
    match answer.verdict() {
        Verdict::Malicious => 0,
        Verdict::Suspicious => 1,
        Verdict::Risky if answer.risks.iter().any(|risk| risk.risk.is_open_ground()) => 2,
        Verdict::Risky => 3,
        Verdict::Legitimate => 4,
        Verdict::Shared => 5,
        _ if is_no_name(answer) => 7,
        _ => 6,
    }
}

/// Whether there is nothing to block, because the public DNS holds no such name.
fn is_no_name(answer: &Explanation<'_>) -> bool {
    answer.verdict() == Verdict::Unknown && answer.advice == Advice::Leave
}

/// `9 makers' own, 5 not in our base`: what there is none of is left out.
fn listed<'t>(counts: impl Iterator<Item = (u64, &'t str, &'t str)>) -> String {
    let present = counts.filter(|(number, ..)| *number > 0);
    let parts: Vec<String> = present
        .map(|(number, one, many)| format!("{} {}", grouped(number), if number == 1 { one } else { many }))
        .collect();
    parts.join(", ")
}
