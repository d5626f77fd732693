//! An answer in the few words that a table's cell holds.

use phonehome::{Action, Advice, Explanation, Impact, OverlayKind, Reason, Risk, Verdict};

use crate::text::clean;

/// What the name is for, or what kind of name it is: from the fullest wording to the shortest, never empty.
pub(crate) fn what(answer: &Explanation<'_>) -> Vec<String> {
    let texts = match answer.verdict() {
        Verdict::Malicious => {
            vec![format!("on the threat list {}", threat_lists(answer)), "on a threat list".to_owned()]
        }
        Verdict::Suspicious => suspicion(answer),
        Verdict::Risky => risk(answer),
        Verdict::Unknown if answer.purposes.is_empty() => vec![unknown(answer)],
        verdict if answer.purposes.is_empty() => vec![verdict.text().to_owned()],
        _ => {
            let first = answer.purposes.iter().map(|purpose| purpose.text().to_owned()).take(1);
            let alone = first.filter(|_| !answer.is_inferred());
            [2, 1].iter().map(|named| purposes(answer, *named)).chain(alone).collect()
        }
    };
    texts.iter().map(|text| clean(text)).collect()
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
    if is_open_ground(risk.risk) {
        vec![format!("{short}: {verdict}"), format!("{short}, open to anyone"), short]
    } else {
        vec![short]
    }
}

/// Whether the risk is that anyone can register a name there.
pub(crate) const fn is_open_ground(risk: Risk) -> bool {
    matches!(risk, Risk::DynamicDns | Risk::TunnelService | Risk::FreeHosting)
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

/// Whose the name is, and where.
pub(crate) fn whose(answer: &Explanation<'_>) -> String {
    let own = answer.lists.iter().map(|list| list.vendor.as_str()).find(|vendor| !vendor.is_empty());
    let owner = answer.vendor.or(answer.platform).map(|owner| owner.name).or(own).unwrap_or("-");
    match answer.region.id() {
        Some(region) => clean(&format!("{owner} ({region})")),
        None => clean(owner),
    }
}

/// Whether to block it.
pub(crate) fn advice(answer: &Explanation<'_>) -> &'static str {
    match (answer.advice, answer.verdict(), answer.brief.impact()) {
        (Advice::Leave, Verdict::Unknown, _) => "nothing to block",
        (Advice::Leave, _, Impact::Breaks) => "leave it: breaks",
        (advice, ..) => advice.text(),
    }
}

/// What blocking costs, as far as anybody knows or the purpose lets guess.
pub(crate) fn then(answer: &Explanation<'_>) -> String {
    let function = answer.breaks.as_ref().map_or("", |breaks| breaks.function);
    match (answer.brief.impact(), answer.purposes.first()) {
        _ if !function.is_empty() => clean(function),
        (Impact::None, _) => Impact::None.text().to_owned(),
        (_, Some(purpose)) if matches!(answer.advice, Advice::Leave | Advice::Untested) => {
            format!("you may lose {}", purpose.loss())
        }
        _ => String::new(),
    }
}

/// What the policy would do.
pub(super) fn action(answer: &Explanation<'_>) -> String {
    match (answer.action(), answer.brief.logged()) {
        (Action::Block(mode), _) => format!("block: {}", mode.text()),
        (Action::Allow, true) => "note".to_owned(),
        (Action::Allow, false) => "-".to_owned(),
    }
}
