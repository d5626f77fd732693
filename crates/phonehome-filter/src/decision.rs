//! What is known of a name and what is to be done, and the texts that tell it.

use phonehome::{Action, AnswerMode, Brief, Classifier, Name};

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
    pub(crate) brief: Brief,
    pub(crate) wish: Wish,
    /// How to block it, if that is to be done.
    pub(crate) blocks: Option<AnswerMode>,
    /// See [`label`].
    pub(crate) label: String,
}

/// Everything known in one line, in this order, with `|` between: action, verdict, confidence, vendor, platform, purpose, impact,
/// reasons (commas between), name. What is not known is empty.
///
/// The action comes first because access control compares beginnings, the name last because it alone may hold a `|`.
pub(crate) fn label(classifier: &Classifier<'_>, brief: &Brief, wish: Wish, name: &str) -> String {
    let mut out = String::with_capacity(128);
    let mut confidence = [0; 3];
    let vendor = brief.vendor().and_then(|number| classifier.vendor(number)).map_or("", |vendor| vendor.id);
    let platform = brief.platform().and_then(|number| classifier.platform(number)).map_or("", |platform| platform.id);
    let fields = [
        wish.id(),
        brief.verdict().id(),
        digits(brief.confidence(), &mut confidence),
        vendor,
        platform,
        brief.first_purpose().map_or("", |purpose| purpose.id()),
        brief.impact().id(),
    ];
    for field in fields {
        out.push_str(field);
        out.push('|');
    }
    for (n, reason) in brief.reasons().enumerate() {
        if n > 0 {
            out.push(',');
        }
        out.push_str(reason.id());
    }
    out.push('|');
    out.push_str(name);
    out
}

/// A number from 0 to 255 in decimal digits, without what formatting costs.
fn digits(number: u8, room: &mut [u8; 3]) -> &str {
    *room = [number / 100, number / 10 % 10, number % 10].map(|digit| b'0' + digit);
    let start = if number >= 100 { 0 } else { 1 + usize::from(number < 10) };
    room.get(start..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or("0")
}

/// Tells a client in a few words why its question is blocked: the same words as the CoreDNS plugin's.
pub(crate) fn reason(classifier: &Classifier<'_>, brief: &Brief) -> String {
    let mut out = format!("phonehome: {}", brief.verdict().id());
    let vendor = brief.vendor().and_then(|number| classifier.vendor(number)).map(|vendor| vendor.id);
    for word in brief.first_purpose().map(|purpose| purpose.id()).into_iter().chain(vendor) {
        out.push_str(", ");
        out.push_str(word);
    }
    out.truncate(out.floor_char_boundary(MOST_REASON));
    out
}

/// What stands for a name that is none: its first octets, escaped.
pub(crate) fn escaped(octets: &[u8]) -> String {
    octets.get(..octets.len().min(phonehome::MAX_NAME)).unwrap_or_default().escape_ascii().to_string()
}

/// A name in presentation form.
pub(crate) fn presentation(name: &Name) -> String {
    match std::str::from_utf8(name.as_bytes()) {
        Ok(text) if name.is_plain() => text.to_owned(),
        _ => name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_number() {
        for number in 0..=u8::MAX {
            assert_eq!(digits(number, &mut [0; 3]), number.to_string());
        }
    }

    #[test]
    fn a_label_holds_what_is_known() {
        let classifier = Classifier::builtin_with(Vec::new(), &["block purpose=telemetry\n"]).unwrap();
        let brief = classifier.classify(b"logs.roku.com", 0);
        let label = label(&classifier, &brief, Wish::of(&brief), "logs.roku.com");
        assert!(label.starts_with("block|legitimate|") && label.contains("|roku|"), "{label}");
        assert!(label.ends_with("|logs.roku.com"), "{label}");
        assert_eq!(reason(&classifier, &brief), "phonehome: legitimate, telemetry, roku");
        let unknown = classifier.classify(b"nothing.example", 0);
        assert_eq!(reason(&classifier, &unknown), "phonehome: unknown");
    }
}
