//! From the contract's records back to the library's types, which borrow from them: what the guest does, undone.

use phonehome::{
    AnswerMode, BreaksView, Brief, Class, EvidenceView, Explanation, ListView, MatchView, OverlayInfo, OwnerView,
    PackInfo, Purpose, Reason, ReasonView, Region, RiskView, SourceView,
};
use phonehome_host::contract;

/// What an answer holds that this release does not know, though it speaks the same contract.
type Unknown = String;

/// A code: the library and the contract list them in the same order, that of `codes.toml`.
macro_rules! code {
    ($vocabulary:ident, $code:expr) => {
        phonehome::$vocabulary::from_number($code as u8)
            .ok_or_else(|| format!("unknown {}: {:?}", stringify!($vocabulary), $code))
    };
}

pub(super) fn explanation(answer: &contract::Explanation) -> Result<Explanation<'_>, Unknown> {
    let brief = Brief::from_bytes(&answer.brief.to_bytes());
    Ok(Explanation {
        advice: code!(Advice, answer.advice)?,
        advice_text: answer.advice_text.clone(),
        name: answer.name.clone(),
        brief,
        vendor: answer.vendor.as_ref().map(owner),
        platform: answer.platform.as_ref().map(owner),
        brands: answer.brands.iter().map(String::as_str).collect(),
        classes: Class::ALL.iter().copied().filter(|class| brief.has_class(*class)).collect(),
        region: region(answer.region.as_deref())?,
        purposes: answer.purposes.iter().map(|purpose| code!(Purpose, *purpose)).collect::<Result<_, _>>()?,
        risks: answer.risks.iter().map(risk).collect::<Result<_, _>>()?,
        breaks: answer.breaks.as_ref().map(breaks).transpose()?,
        contacted_by: &answer.contacted_by,
        period_s: answer.period,
        reasons: answer.reasons.iter().map(reason).collect::<Result<_, _>>()?,
        lists: answer.lists.iter().map(list).collect::<Result<_, _>>()?,
        matched: answer.matched.as_ref().map(matched),
        evidence: answer.evidence.iter().map(evidence).collect::<Result<_, _>>()?,
        policy_line: answer.policy_line,
    })
}

fn owner(owner: &contract::Owner) -> OwnerView<'_> {
    OwnerView { id: &owner.id, name: &owner.name, parent: owner.parent.as_deref() }
}

fn region(id: Option<&str>) -> Result<Region, Unknown> {
    match id {
        Some(id) => Region::from_id(id).ok_or_else(|| format!("unknown region: {id:?}")),
        None => Ok(Region::NONE),
    }
}

fn source(source: &contract::Source) -> SourceView<'_> {
    SourceView { id: &source.id, title: &source.title, url: &source.url, licence: &source.licence, date: &source.date }
}

fn risk(note: &contract::RiskNote) -> Result<RiskView<'_>, Unknown> {
    Ok(RiskView { risk: code!(Risk, note.risk)?, source: note.source.as_ref().map(source) })
}

fn breaks(breaks: &contract::Breaks) -> Result<BreaksView<'_>, Unknown> {
    let answers: Result<Vec<AnswerMode>, Unknown> =
        breaks.answers.iter().map(|mode| code!(AnswerMode, *mode)).collect();
    Ok(BreaksView {
        function: &breaks.function,
        devices: &breaks.devices,
        keeps: &breaks.keeps,
        answers: answers?,
        when: &breaks.when,
        remedy: &breaks.remedy,
        source: breaks.source.as_ref().map(source),
    })
}

fn reason(reason: &contract::Reason) -> Result<ReasonView, Unknown> {
    let unknown = || format!("unknown reason: {:?} with {:?}", reason.code, reason.values);
    let code = Reason::from_id(&reason.code).ok_or_else(unknown)?;
    let values = reason.values.iter().map(|(key, value)| Some((placeholder(code, key)?, value.clone())));
    Ok(ReasonView { code, values: values.collect::<Option<_>>().ok_or_else(unknown)?, text: reason.text.clone() })
}

/// A value's key as the reason's own sentence spells it.
fn placeholder(code: Reason, key: &str) -> Option<&'static str> {
    let start = code.text().find(&format!("{{{key}}}"))? + 1;
    code.text().get(start..start + key.len())
}

fn list(hit: &contract::ListHit) -> Result<ListView, Unknown> {
    let purpose: Option<Purpose> = hit.purpose.map(|purpose| code!(Purpose, purpose)).transpose()?;
    Ok(ListView {
        list: hit.name.clone(),
        kind: code!(OverlayKind, hit.kind)?,
        vendor: hit.vendor.clone(),
        purpose,
        note: hit.note.clone(),
    })
}

fn matched(matched: &contract::EntryMatch) -> MatchView<'_> {
    let kind = match matched.kind {
        contract::MatchKind::Exact => "exact",
        contract::MatchKind::Pattern => "pattern",
        contract::MatchKind::Suffix => "suffix",
    };
    MatchView { kind, value: &matched.value, entry: &matched.entry }
}

fn evidence(item: &contract::Evidence) -> Result<EvidenceView<'_>, Unknown> {
    Ok(EvidenceView { source: source(&item.source), kind: code!(EvidenceKind, item.kind)?, date: &item.date })
}

pub(super) fn info(info: &contract::Info) -> PackInfo<'_> {
    PackInfo {
        version: &info.version,
        date: info.date,
        suffix_version: &info.suffix_version,
        suffix_rules: info.suffix_rules,
        entries: info.entries,
        patterns: info.patterns,
        vendors: info.vendors,
        platforms: info.platforms,
        sources: info.sources,
        impacts: info.impacts,
        size: size(info.size),
        checksum: info.checksum,
    }
}

pub(super) fn overlay(info: &contract::OverlayInfo) -> Result<OverlayInfo, Unknown> {
    Ok(OverlayInfo {
        name: info.name.clone(),
        kind: code!(OverlayKind, info.kind)?,
        rules: info.rules,
        skipped: info.skipped,
        date: info.date,
        size: size(info.size),
    })
}

/// A size that is only shown.
fn size(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_from_the_sentences() {
        assert_eq!(placeholder(Reason::KbInferred, "token"), Some("token"));
        assert_eq!(placeholder(Reason::KbInferred, "match"), None);
        assert_eq!(placeholder(Reason::KbNone, ""), None);
    }
}
