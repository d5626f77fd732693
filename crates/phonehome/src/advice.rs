//! The one piece of advice: a published table from verdict, purpose, basis and impact, and the sentence that goes with it.
//!
//! | verdict | impact of blocking | first purpose | advice |
//! |---|---|---|---|
//! | malicious | any | any | `block` |
//! | suspicious, risky | any | any | `your_call` |
//! | unknown, a public name | - | - | `your_call` |
//! | unknown, not a registered public name | - | - | `leave` |
//! | legitimate, shared | breaks | any | `leave` |
//! | | degraded | any | `costs_something` |
//! | | none | any | `safe_to_block` |
//! | | unknown | updates, plumbing, control; or none on shared ground | `leave` |
//! | | unknown | tracking, carrying; or none | `untested` |
//!
//! A guessed purpose gives the same advice as a stated one; the sentence says that it is a guess.

use crate::brief::Brief;
use crate::codes::{Advice, Impact, Purpose, PurposeGroup, Reason, Storm, Verdict};
use crate::pack::Breaks;

impl Brief {
    /// Whether to block the name, by the table in the documentation.
    pub fn advice(&self) -> Advice {
        match self.verdict() {
            Verdict::Malicious => Advice::Block,
            Verdict::Suspicious | Verdict::Risky => Advice::YourCall,
            Verdict::Unknown if self.is_not_public() => Advice::Leave,
            Verdict::Unknown => Advice::YourCall,
            Verdict::Legitimate | Verdict::Shared => match self.impact() {
                Impact::Breaks => Advice::Leave,
                Impact::Degraded => Advice::CostsSomething,
                Impact::None => Advice::SafeToBlock,
                Impact::Unknown => self.advice_untested(),
            },
        }
    }

    fn advice_untested(&self) -> Advice {
        match self.first_purpose().map(Purpose::group) {
            Some(PurposeGroup::Updates | PurposeGroup::Plumbing | PurposeGroup::Control) => Advice::Leave,
            Some(PurposeGroup::Tracking | PurposeGroup::Carrying) => Advice::Untested,
            None if self.verdict() == Verdict::Shared => Advice::Leave,
            None => Advice::Untested,
        }
    }

    /// Whether the name is no registered name of the public DNS.
    fn is_not_public(&self) -> bool {
        [
            Reason::NameInvalid,
            Reason::NameIp,
            Reason::NameLocal,
            Reason::NameReverse,
            Reason::NameSingleLabel,
            Reason::SuffixUnlisted,
            Reason::SuffixPublic,
        ]
        .iter()
        .any(|reason| self.has_reason(*reason))
    }
}

/// The advice in one paragraph that starts with "Block it?".
pub(crate) fn sentence(brief: &Brief, breaks: &Breaks<'_>, threat_list: &str) -> String {
    let mut text = String::from("Block it? ");
    match brief.advice() {
        Advice::Block => text.push_str(&format!("Yes: it is on the threat list {threat_list}.")),
        Advice::YourCall => text.push_str(your_call(brief)),
        Advice::Leave if brief.verdict() == Verdict::Unknown => {
            text.push_str(not_public(brief));
        }
        Advice::Leave if brief.impact() == Impact::Breaks => text.push_str(&format!("No. {}", cost(brief, breaks))),
        Advice::Leave if brief.first_purpose().is_none() => {
            text.push_str("Better not: others' services live on the same ground, and nobody has tested what stops.");
        }
        Advice::Leave => text.push_str(&format!("Better not: nobody has tested it, and {}.", loss(brief))),
        Advice::CostsSomething => text.push_str(&format!("It costs something. {}", cost(brief, breaks))),
        Advice::SafeToBlock => text.push_str("Yes, if you like: a test found nothing that you would miss."),
        Advice::Untested => text.push_str(&format!("Nobody has tested it: {}.", loss(brief))),
    }
    // What a source says although the impact of this very name is not known, or although nothing is missed.
    if matches!(brief.impact(), Impact::Unknown | Impact::None) && !breaks.function.is_empty() {
        text.push_str(&format!(" {}", full_stop(breaks.function)));
    }
    if !breaks.keeps.is_empty() {
        text.push_str(&format!(" What keeps working: {}", full_stop(breaks.keeps)));
    }
    if let Some(mode) = breaks.answers.first() {
        text.push_str(&format!(" If you block it, answer with {}.", mode.text()));
    }
    match brief.storm() {
        Storm::Known => text.push_str(" Expect retries: give the blocked answer a TTL of 3600 s."),
        Storm::Likely => text.push_str(" Retries are likely: give the blocked answer a long TTL."),
        Storm::Unknown | Storm::No => {}
    }
    text
}

fn not_public(brief: &Brief) -> &'static str {
    if brief.has_reason(Reason::SuffixPublic) {
        "No: it is a public suffix, and blocking it would hit every name below it."
    } else if brief.has_reason(Reason::SuffixUnlisted) {
        "There is probably nothing to block: our list knows no such top-level domain."
    } else if brief.has_reason(Reason::NameReverse) {
        "Better not: it only asks which name belongs to an address."
    } else if brief.has_reason(Reason::NameLocal) {
        "There is nothing to block: it is a name of the local network, which the public DNS does not hold."
    } else {
        "There is nothing to block: it is not a public domain name."
    }
}

fn your_call(brief: &Brief) -> &'static str {
    match brief.verdict() {
        Verdict::Risky => "Your call: anyone can register here, abusers do, and the name may still be one of your own.",
        Verdict::Suspicious => "Your call: the name looks odd, and looks are only a suspicion.",
        _ if brief.has_reason(Reason::SuffixPrivate) => {
            "Your call: anyone can get a name here, and we do not know this one."
        }
        _ => "Your call: we know nothing about this name, which does not make it safe.",
    }
}

/// What the entry says is lost, and on what.
fn cost(brief: &Brief, breaks: &Breaks<'_>) -> String {
    if breaks.function.is_empty() {
        return format!("{}.", capital(&loss(brief)));
    }
    let on = if breaks.devices.is_empty() { String::new() } else { format!(" Seen on: {}", full_stop(breaks.devices)) };
    format!("{}{on}", full_stop(breaks.function))
}

fn loss(brief: &Brief) -> String {
    let Some(purpose) = brief.first_purpose() else { return "what stops is not known".to_owned() };
    let guessed = if brief.is_inferred() { " (guessed from the name)" } else { "" };
    format!("you may lose {}{guessed}", purpose.loss())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn full_stop(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
