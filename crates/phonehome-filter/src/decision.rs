//! What is known of a name and what is to be done, and the texts that tell it.

use phonehome::{Action, AnswerMode, Brief, Classifier, Judgement};

use crate::answer::MOST_REASON;

/// What the policy wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wish {
    Allow,
    /// Allowed, and a `log` line fits.
    Note,
    Block,
}

impl Wish {
    pub(crate) const ALL: [Self; 3] = [Self::Allow, Self::Note, Self::Block];

    pub(crate) fn of(brief: &Brief) -> Self {
        match brief.action() {
            Action::Block(_) => Self::Block,
            Action::Allow if brief.logged() => Self::Note,
            Action::Allow => Self::Allow,
        }
    }

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Note => "note",
            Self::Block => "block",
        }
    }
}

/// A judged name.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(crate) judgement: Judgement,
    pub(crate) wish: Wish,
    /// How to block it, if that is to be done.
    pub(crate) blocks: Option<AnswerMode>,
    /// See [`label`].
    pub(crate) label: String,
}

/// What a label tells, beside what the classifier knows.
#[derive(Debug)]
pub(crate) struct Told<'t> {
    pub(crate) judgement: &'t Judgement,
    pub(crate) wish: Wish,
    pub(crate) is_blocked: bool,
    /// The names of all overlays.
    pub(crate) lists: &'t [String],
    pub(crate) name: &'t str,
}

/// Everything known in one line, in this order, with `|` between: action, applied, verdict, confidence, vendor, platform, purpose,
/// impact, reasons, lists (commas between), the policy's line, name. What is not known is empty.
///
/// The action comes first because access control compares beginnings, the name last because it alone may hold a `|`.
pub(crate) fn label(classifier: &Classifier<'_>, told: &Told<'_>) -> String {
    let brief = &told.judgement.brief;
    let mut out = String::with_capacity(160);
    let mut confidence = [0; 3];
    let fields = [
        told.wish.id(),
        applied(told.is_blocked),
        brief.verdict().id(),
        digits(brief.confidence(), &mut confidence),
        vendor(classifier, brief),
        brief.platform().and_then(|number| classifier.platform(number)).map_or("", |platform| platform.id),
        brief.first_purpose().map_or("", |purpose| purpose.id()),
        brief.impact().id(),
    ];
    for field in fields {
        out.push_str(field);
        out.push('|');
    }
    join(&mut out, brief.reasons().map(|reason| reason.id()));
    let covers = |place: &usize| told.judgement.lists >> place & 1 == 1;
    let lists = told.lists.iter().enumerate().filter(|(place, _)| covers(place));
    join(&mut out, lists.map(|(_, name)| name.as_str()));
    if let Some(line) = told.judgement.policy_line {
        out.push_str(&line.to_string());
    }
    out.push('|');
    out.push_str(told.name);
    out
}

fn join<'w>(out: &mut String, words: impl Iterator<Item = &'w str>) {
    for (n, word) in words.enumerate() {
        if n > 0 {
            out.push(',');
        }
        out.push_str(word);
    }
    out.push('|');
}

/// What was done, in metrics and labels.
pub(crate) const fn applied(is_blocked: bool) -> &'static str {
    if is_blocked { "block" } else { "none" }
}

fn vendor<'c>(classifier: &'c Classifier<'_>, brief: &Brief) -> &'c str {
    brief.vendor().and_then(|number| classifier.vendor(number)).map_or("", |vendor| vendor.id)
}

/// The name of a list as it stands in labels: without the marks between their fields.
pub(crate) fn list_name(name: &str) -> String {
    name.replace(|letter: char| matches!(letter, '|' | ',') || letter.is_control(), "_")
}

/// A number from 0 to 255 in decimal digits, without what formatting costs.
fn digits(number: u8, room: &mut [u8; 3]) -> &str {
    *room = [number / 100, number / 10 % 10, number % 10].map(|digit| b'0' + digit);
    let start = if number >= 100 { 0 } else { 1 + usize::from(number < 10) };
    room.get(start..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or("0")
}

/// Tells a client in a few words why its question is blocked.
pub(crate) fn reason(classifier: &Classifier<'_>, judgement: &Judgement) -> String {
    let brief = &judgement.brief;
    let line = judgement.policy_line.unwrap_or(0);
    let mut out = format!("phonehome: policy line {line} ({}", brief.verdict().id());
    let purpose = brief.first_purpose().map_or("", |purpose| purpose.id());
    for word in [purpose, vendor(classifier, brief)].into_iter().filter(|word| !word.is_empty()) {
        out.push_str(", ");
        out.push_str(word);
    }
    out.truncate(out.floor_char_boundary(MOST_REASON - 1));
    out.push(')');
    out
}

/// What stands for a name that is none: its first octets, escaped.
pub(crate) fn escaped(octets: &[u8]) -> String {
    octets.get(..octets.len().min(phonehome::MAX_NAME)).unwrap_or_default().escape_ascii().to_string()
}

#[cfg(test)]
mod tests {
    use phonehome::Name;

    use super::*;

    #[test]
    fn digits_of_every_number() {
        for number in 0..=u8::MAX {
            assert_eq!(digits(number, &mut [0; 3]), number.to_string());
        }
    }

    #[test]
    fn a_label_holds_what_is_known() {
        let classifier = Classifier::builtin_with(Vec::new(), &["\nblock purpose=telemetry\n"]).unwrap();
        let tell = |name: &str, is_blocked| {
            let judgement = classifier.judge(&Name::parse(name.as_bytes()).unwrap(), 0);
            let wish = Wish::of(&judgement.brief);
            let told = Told { judgement: &judgement, wish, is_blocked, lists: &[], name };
            (label(&classifier, &told), reason(&classifier, &judgement))
        };
        let (label, reason) = tell("logs.roku.com", true);
        assert_eq!(label, "block|block|legitimate|95|roku||telemetry|unknown|kb.suffix||2|logs.roku.com");
        assert_eq!(reason, "phonehome: policy line 2 (legitimate, telemetry, roku)");
        let (label, _) = tell("nothing.example", false);
        assert_eq!(label, "allow|none|unknown|0||||unknown|suffix.unlisted|||nothing.example");
    }

    #[test]
    fn names_of_lists_do_not_break_labels() {
        assert_eq!(list_name("a|b,c\td \u{e9}"), "a_b_c_d \u{e9}");
    }
}
