//! An answer in the few words that a row of a table holds: the same in a terminal and on a page.

use super::Explanation;
use crate::brief::Action;
use crate::codes::{Advice, Impact, OverlayKind, Reason, Risk, Verdict};

impl Explanation<'_> {
    /// What the name is for, or what kind of name it is: from the fullest wording to the shortest, never empty.
    pub fn what(&self) -> Vec<String> {
        match self.verdict() {
            Verdict::Malicious => {
                vec![format!("on the threat list {}", threat_lists(self)), "on a threat list".to_owned()]
            }
            Verdict::Suspicious => suspicion(self),
            Verdict::Risky => risk(self),
            Verdict::Unknown if self.purposes.is_empty() => vec![unknown(self)],
            verdict if self.purposes.is_empty() => vec![verdict.text().to_owned()],
            _ => {
                let first = self.purposes.iter().map(|purpose| purpose.text().to_owned()).take(1);
                let alone = first.filter(|_| !self.is_inferred());
                [2, 1].iter().map(|named| purposes(self, *named)).chain(alone).collect()
            }
        }
    }

    /// Whose the name is, and where; `-` where nobody is known.
    pub fn whose(&self) -> String {
        let own = self.lists.iter().map(|list| list.vendor.as_str()).find(|vendor| !vendor.is_empty());
        let owner = self.vendor.or(self.platform).map(|owner| owner.name).or(own).unwrap_or("-");
        self.region.id().map_or_else(|| owner.to_owned(), |region| format!("{owner} ({region})"))
    }

    /// Whether to block it.
    pub fn advice_words(&self) -> &'static str {
        match (self.advice, self.verdict(), self.brief.impact()) {
            (Advice::Leave, Verdict::Unknown, _) => "nothing to block",
            (Advice::Leave, _, Impact::Breaks) => "leave it: breaks",
            (advice, ..) => advice.text(),
        }
    }

    /// What blocking costs, as far as anybody knows or the purpose lets guess; empty where nothing is known.
    pub fn then(&self) -> String {
        let function = self.breaks.as_ref().map_or("", |breaks| breaks.function);
        match (self.brief.impact(), self.purposes.first()) {
            _ if !function.is_empty() => function.to_owned(),
            (Impact::None, _) => Impact::None.text().to_owned(),
            (_, Some(purpose)) if matches!(self.advice, Advice::Leave | Advice::Untested) => {
                format!("you may lose {}", purpose.loss())
            }
            _ => String::new(),
        }
    }

    /// What the policy would do; `-`: nothing.
    pub fn action_words(&self) -> String {
        match (self.action(), self.brief.logged()) {
            (Action::Block(mode), _) => format!("block: {}", mode.text()),
            (Action::Allow, true) => "note".to_owned(),
            (Action::Allow, false) => "-".to_owned(),
        }
    }
}

/// The first purposes by name, the others by number.
fn purposes(answer: &Explanation<'_>, named: usize) -> String {
    let texts: Vec<&str> = answer.purposes.iter().take(named).map(|purpose| purpose.text()).collect();
    let guess = if answer.is_inferred() { "guess: " } else { "" };
    let more = answer.purposes.len().saturating_sub(named);
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    format!("{guess}{}{more}", texts.join(", "))
}

/// What a suspicious name looks like.
fn suspicion(answer: &Explanation<'_>) -> Vec<String> {
    let vendor = answer.reasons.iter().flat_map(|reason| &reason.values).find(|(key, _)| *key == "vendor");
    match vendor {
        Some((_, vendor)) => vec![format!("guess: imitates {vendor}"), "guess: a look-alike".to_owned()],
        None => vec!["guess: machine-made name".to_owned(), "guess: machine-made".to_owned()],
    }
}

fn risk(answer: &Explanation<'_>) -> Vec<String> {
    let verdict = answer.verdict().text();
    let Some(risk) = answer.risks.first() else { return vec![verdict.to_owned()] };
    let short = risk.risk.text().split([':', ';']).next().unwrap_or_default().to_owned();
    if risk.risk.is_open_ground() {
        vec![format!("{short}: {verdict}"), format!("{short}, open to anyone"), short]
    } else {
        vec![short]
    }
}

fn unknown(answer: &Explanation<'_>) -> String {
    const KINDS: [(Reason, &str); 8] = [
        (Reason::NameInvalid, "not a domain name"),
        (Reason::NameIp, "an IP address"),
        (Reason::NameSearchSuffix, "a search suffix appended: noise"),
        (Reason::NameLocal, "a name of your own network"),
        (Reason::NameReverse, "a reverse lookup"),
        (Reason::NameSingleLabel, "a single word"),
        (Reason::SuffixUnlisted, "no such top-level domain"),
        (Reason::SuffixPublic, "a public suffix"),
    ];
    let listed = answer.lists.first().map(|list| format!("on your {} {}", list.kind.text(), list.list));
    let kind = KINDS.iter().find(|(reason, _)| answer.brief.has_reason(*reason)).map(|(_, text)| (*text).to_owned());
    let private = answer.brief.has_reason(Reason::SuffixPrivate).then(|| "not in our base, anyone can register".into());
    listed.or(kind).or(private).unwrap_or_else(|| answer.verdict().text().to_owned())
}

fn threat_lists(answer: &Explanation<'_>) -> String {
    let threats = answer.lists.iter().filter(|list| list.kind == OverlayKind::Threat);
    threats.map(|list| list.list.as_str()).collect::<Vec<_>>().join(", ")
}

impl Risk {
    /// Whether the risk is that anyone can register a name there.
    pub const fn is_open_ground(self) -> bool {
        matches!(self, Self::DynamicDns | Self::TunnelService | Self::FreeHosting)
    }
}
