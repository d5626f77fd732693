//! Plain cases of rules that can never decide: said by `phonehome policy check`. Contradictions inside a rule are not sought.

use super::test::{Field, Test};
use super::{Policy, Rule, Verb};
use crate::classifier::Classifier;
use crate::codes::{OverlayKind, Verdict};

/// Something in a policy that has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The rule's line, from 1.
    pub line: u32,
    /// What is the matter.
    pub text: String,
}

impl Policy {
    /// Finds the plain cases of rules that can never decide under this classifier's pack and overlays.
    pub fn check(&self, classifier: &Classifier<'_>) -> Vec<Warning> {
        let mut warnings = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            let texts = rule.tests.iter().filter_map(|test| impossible(test, classifier));
            warnings.extend(texts.map(|text| Warning { line: rule.line, text }));
            let earlier = self.rules.iter().take(number).filter(|earlier| earlier.verb != Verb::Log);
            if let Some(wider) = earlier.into_iter().find(|earlier| covers(earlier, rule)) {
                let text =
                    format!("never reached: line {} decides on every name that this rule could match", wider.line);
                warnings.push(Warning { line: rule.line, text });
            }
        }
        warnings
    }

    /// How many rules the policy has.
    pub fn rule_count(&self) -> usize {
        self.rules.len()
    }
}

/// Whether `wider` decides wherever `rule` could: each of its conditions follows from one of the rule's.
fn covers(wider: &Rule, rule: &Rule) -> bool {
    wider.tests.iter().all(|wide| rule.tests.iter().any(|narrow| wide.covers(narrow)))
}

/// Why a condition holds for no name at all.
fn impossible(test: &Test, classifier: &Classifier<'_>) -> Option<String> {
    let has_list = |kind| classifier.overlays.iter().any(|overlay| overlay.kind() == kind);
    match test {
        Test::BandAtLeast(_) | Test::Codes(Field::Band, true, _) if classifier.base.model().is_none() => {
            Some("no name has a band: this pack holds no name model".to_owned())
        }
        Test::Codes(Field::Verdict, true, bits) if *bits == 1 << Verdict::Malicious.number() => {
            (!has_list(OverlayKind::Threat)).then(|| "no name is malicious: no threat overlay is loaded".to_owned())
        }
        Test::Codes(Field::Listed, true, bits) => {
            let kinds = OverlayKind::ALL.iter().filter(|kind| bits >> kind.number() & 1 == 1);
            let missing: Vec<&str> = kinds.clone().filter(|kind| !has_list(**kind)).map(|kind| kind.id()).collect();
            (missing.len() == kinds.count()).then(|| format!("no overlay of kind {} is loaded", missing.join(" or ")))
        }
        _ => None,
    }
}
