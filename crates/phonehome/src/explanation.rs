//! The long answer: everything a person wants to know about a name.

mod facts;
mod reasons;
mod words;

use std::fmt;

use crate::advice;
use crate::brief::{Action, Brief};
use crate::classifier::{Classifier, Finding};
use crate::codes::{Advice, AnswerMode, Band, Class, EvidenceKind, OverlayKind, Purpose, Risk, Verdict};
use crate::hash::Chain;
use crate::name::{Name, NameError};
use crate::pack::{Detail, EntryView, MatchKind, Owner, SourceView};
use crate::region::Region;

pub use facts::Fact;
pub use reasons::ReasonView;

/// Most octets of an input that is not a name that the answer repeats.
const SHOWN_INPUT: usize = 300;

/// Everything known about one name, advice first.
#[derive(Clone, Debug)]
pub struct Explanation<'c> {
    /// Whether to block it.
    pub advice: Advice,
    /// The advice in words: what blocking costs, how to do it with least harm.
    pub advice_text: String,
    /// The name in canonical form: lower case, no final dot, escaped.
    pub name: String,
    /// The short answer, as `classify` gives it.
    pub brief: Brief,
    /// Whose.
    pub vendor: Option<OwnerView<'c>>,
    /// On which cloud.
    pub platform: Option<OwnerView<'c>>,
    /// Brands seen on the platform.
    pub brands: Vec<&'c str>,
    /// Devices that the evidence names.
    pub classes: Vec<Class>,
    /// Where, when the name fixes it.
    pub region: Region,
    /// What for, most important first.
    pub purposes: Vec<Purpose>,
    /// Documented risks.
    pub risks: Vec<RiskView<'c>>,
    /// What blocking costs; `None` when no entry answers.
    pub breaks: Option<BreaksView<'c>>,
    /// `device`, `app`, `both`, or empty.
    pub contacted_by: &'c str,
    /// Typical interval of contact in seconds.
    pub period_s: Option<u32>,
    /// Why the answer is what it is.
    pub reasons: Vec<ReasonView>,
    /// The operator's lists that cover the name.
    pub lists: Vec<ListView>,
    /// The entry's match; `None` when no entry answers.
    pub matched: Option<MatchView<'c>>,
    /// What the entry rests on.
    pub evidence: Vec<EvidenceView<'c>>,
    /// The line of the policy that decided, from 1.
    pub policy_line: Option<u32>,
}

/// A vendor or platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerView<'c> {
    /// Slug.
    pub id: &'c str,
    /// The name people know.
    pub name: &'c str,
    /// Slug of the parent company.
    pub parent: Option<&'c str>,
}

/// A documented risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskView<'c> {
    /// Which.
    pub risk: Risk,
    /// Who says so.
    pub source: Option<SourceView<'c>>,
}

/// What blocking costs, in words; the codes stand in the brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreaksView<'c> {
    /// What stops working.
    pub function: &'c str,
    /// On which devices or models.
    pub devices: &'c str,
    /// What keeps working.
    pub keeps: &'c str,
    /// Ways to answer, the least harmful first.
    pub answers: Vec<AnswerMode>,
    /// When it shows.
    pub when: &'c str,
    /// What helps.
    pub remedy: &'c str,
    /// Who says so.
    pub source: Option<SourceView<'c>>,
}

/// An operator's list that covers the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListView {
    /// The list's name.
    pub list: String,
    /// What the list says of its names.
    pub kind: OverlayKind,
    /// The operator's own vendor, from a `label` list; may be empty.
    pub vendor: String,
    /// The operator's own purpose.
    pub purpose: Option<Purpose>,
    /// The operator's own note; may be empty.
    pub note: String,
}

/// How the entry matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchView<'c> {
    /// `exact`, `pattern` or `suffix`.
    pub kind: &'static str,
    /// A name, or a template.
    pub value: &'c str,
    /// The entry's slug.
    pub entry: &'c str,
}

/// One piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceView<'c> {
    /// The source.
    pub source: SourceView<'c>,
    /// What kind of evidence it gives.
    pub kind: EvidenceKind,
    /// When it was read or written.
    pub date: &'c str,
}

impl Classifier<'_> {
    /// The long answer for a name in presentation form, under the policy with this number. Never fails.
    pub fn explain(&self, name: &[u8], policy: usize) -> Explanation<'_> {
        match Name::parse(name) {
            Ok(parsed) => self.explain_name(&parsed, policy),
            Err(error) => self.explain_invalid(name, error),
        }
    }

    /// The long answer for a name already read.
    pub fn explain_name(&self, name: &Name, policy: usize) -> Explanation<'_> {
        let finding = self.find(name, policy, &mut Chain::new());
        let lists = self.lists(name, &finding);
        let threat = lists.iter().find(|list| list.kind == OverlayKind::Threat).map_or("", |list| &list.list);
        let entry = finding.brief.entry().and_then(|number| self.base.detail(number));
        let empty = Detail::default();
        let detail = entry.as_ref().map_or(&empty, |(_, detail)| detail);
        let reasons = reasons::of(self, name, &finding, detail.value, &lists);
        let mut explanation = self.shell(name.to_string(), finding.brief, reasons);
        explanation.advice_text = advice::sentence(&finding.brief, &detail.breaks, threat);
        explanation.purposes = purposes(&finding, detail);
        explanation.region = finding.region;
        explanation.policy_line = finding.line;
        explanation.lists = lists;
        if let Some((kind, detail)) = entry {
            self.add_entry(&mut explanation, kind, detail);
        }
        explanation
    }

    fn explain_invalid(&self, input: &[u8], error: NameError) -> Explanation<'_> {
        let brief = Self::not_a_name(error);
        let mut explanation = self.shell(shown(input), brief, reasons::of_invalid(error));
        explanation.advice_text = advice::sentence(&brief, &Detail::default().breaks, "");
        explanation
    }

    /// What follows from the brief alone.
    fn shell(&self, name: String, brief: Brief, reasons: Vec<ReasonView>) -> Explanation<'_> {
        Explanation {
            advice: brief.advice(),
            advice_text: String::new(),
            name,
            brief,
            vendor: brief.vendor().and_then(|number| self.base.vendor(number)).map(|owner| self.owner(owner)),
            platform: brief.platform().and_then(|number| self.base.platform(number)).map(|owner| self.owner(owner)),
            brands: Vec::new(),
            classes: Class::ALL.iter().copied().filter(|class| brief.has_class(*class)).collect(),
            region: Region::NONE,
            purposes: Vec::new(),
            risks: Vec::new(),
            breaks: None,
            contacted_by: "",
            period_s: None,
            reasons,
            lists: Vec::new(),
            matched: None,
            evidence: Vec::new(),
            policy_line: None,
        }
    }

    /// What the entry adds.
    fn add_entry<'c>(&'c self, explanation: &mut Explanation<'c>, kind: MatchKind, detail: Detail<'c>) {
        let source = |number: u32| self.base.source(number);
        explanation.matched = Some(MatchView { kind: kind.id(), value: detail.value, entry: detail.id });
        explanation.brands = detail.brands;
        explanation.contacted_by = detail.contacted_by;
        explanation.period_s = (detail.period > 0).then_some(detail.period);
        explanation.risks =
            detail.risks.iter().map(|(risk, number)| RiskView { risk: *risk, source: source(*number) }).collect();
        explanation.evidence = detail
            .evidence
            .iter()
            .filter_map(|item| Some(EvidenceView { source: source(item.source)?, kind: item.kind, date: item.date }))
            .collect();
        let breaks = detail.breaks;
        explanation.breaks = Some(BreaksView {
            function: breaks.function,
            devices: breaks.devices,
            keeps: breaks.keeps,
            answers: breaks.answers,
            when: breaks.when,
            remedy: breaks.remedy,
            source: breaks.source.checked_sub(1).and_then(source),
        });
    }

    fn owner<'c>(&'c self, owner: Owner<'c>) -> OwnerView<'c> {
        let parent = owner.parent.and_then(|number| self.base.vendor(number)).map(|parent| parent.id);
        OwnerView { id: owner.id, name: owner.name, parent }
    }

    fn lists(&self, name: &Name, finding: &Finding<'_>) -> Vec<ListView> {
        let hit = self.overlays.iter().enumerate().filter(|(number, _)| finding.lists >> number & 1 == 1);
        hit.map(|(_, overlay)| {
            let label = overlay.find(name).and_then(|hit| overlay.label(hit));
            ListView {
                list: overlay.name().to_owned(),
                kind: overlay.kind(),
                vendor: label.map_or("", |label| label.vendor).to_owned(),
                purpose: label.and_then(|label| label.purpose),
                note: label.map_or("", |label| label.note).to_owned(),
            }
        })
        .collect()
    }

    /// An entry of the base as listings show it.
    pub fn entry_owner<'c>(&'c self, entry: &EntryView<'c>) -> (Option<OwnerView<'c>>, Option<OwnerView<'c>>) {
        (
            entry.brief.vendor().and_then(|number| self.base.vendor(number)).map(|owner| self.owner(owner)),
            entry.brief.platform().and_then(|number| self.base.platform(number)).map(|owner| self.owner(owner)),
        )
    }
}

impl Explanation<'_> {
    /// How worrying.
    pub fn verdict(&self) -> Verdict {
        self.brief.verdict()
    }

    /// Whether the purposes are guessed.
    pub fn is_inferred(&self) -> bool {
        self.brief.is_inferred()
    }

    /// The confidence in a word: sure (90 and above), likely (70 and above), guess.
    pub fn confidence_word(&self) -> &'static str {
        match self.brief.confidence() {
            90.. => "sure",
            70.. => "likely",
            _ => "guess",
        }
    }

    /// The name model's band.
    pub fn band(&self) -> Option<Band> {
        self.brief.band()
    }

    /// What the policy decided.
    pub fn action(&self) -> Action {
        self.brief.action()
    }

    /// Writes the JSON object that every surface hands out.
    pub fn to_json(&self) -> String {
        crate::json::explanation(self)
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.advice_text)
    }
}

/// In the entry's order, else in the order of their words in the name, else by number.
fn purposes(finding: &Finding<'_>, detail: &Detail<'_>) -> Vec<Purpose> {
    let brief = &finding.brief;
    let guessed = finding.guess.iter().flat_map(|guess| guess.purposes.iter().flatten());
    let mut purposes: Vec<Purpose> = Vec::new();
    for purpose in detail.purposes.iter().chain(guessed).chain(Purpose::ALL) {
        if brief.has_purpose(*purpose) && !purposes.contains(purpose) {
            purposes.push(*purpose);
        }
    }
    purposes
}

/// Input that is no name, as printable ASCII of bounded length.
fn shown(input: &[u8]) -> String {
    let mut text = String::new();
    for octet in input.iter().take(SHOWN_INPUT) {
        match octet {
            b'\\' => text.push_str("\\\\"),
            0x20..=0x7e => text.push(char::from(*octet).to_ascii_lowercase()),
            _ => text.push_str(&format!("\\{octet:03}")),
        }
    }
    if input.len() > SHOWN_INPUT {
        text.push_str("...");
    }
    text
}
