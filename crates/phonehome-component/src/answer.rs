//! Answers and facts, field by field.

use phonehome::{Action, Classifier, Explanation, Owner, OwnerView, SourceView};

use crate::codes;
use crate::exports::phonehome::classifier::types;

pub(crate) fn brief(brief: &phonehome::Brief) -> types::Brief {
    types::Brief {
        verdict: codes::verdict(brief.verdict()),
        confidence: brief.confidence(),
        action: match brief.action() {
            Action::Allow => types::Action::Allow,
            Action::Block(mode) => types::Action::Block(codes::answer_mode(mode)),
        },
        logged: brief.logged(),
        impact: codes::impact(brief.impact()),
        retry_storm: codes::retry_storm(brief.storm()),
        band: brief.band().map(codes::band),
        vendor: brief.vendor(),
        platform: brief.platform(),
        purposes: types::Purposes::from_bits_retain(brief.purpose_bits()),
        classes: types::Classes::from_bits_retain(brief.class_bits()),
        reasons: brief.reason_bits(),
        score: brief.score(),
        risks: types::Risks::from_bits_retain(brief.risk_bits()),
        first_purpose: brief.first_purpose().map(codes::purpose),
        entry: brief.entry(),
    }
}

pub(crate) fn explanation(answer: Explanation<'_>) -> types::Explanation {
    types::Explanation {
        advice: codes::advice(answer.advice),
        brief: brief(&answer.brief),
        vendor: answer.vendor.map(owner),
        platform: answer.platform.map(owner),
        brands: answer.brands.into_iter().map(str::to_owned).collect(),
        region: answer.region.id().map(str::to_owned),
        purposes: answer.purposes.into_iter().map(codes::purpose).collect(),
        risks: answer
            .risks
            .into_iter()
            .map(|note| types::RiskNote { risk: codes::risk(note.risk), source: note.source.map(source) })
            .collect(),
        breaks: answer.breaks.map(breaks),
        contacted_by: answer.contacted_by.to_owned(),
        period: answer.period_s,
        reasons: answer.reasons.into_iter().map(reason).collect(),
        lists: answer.lists.into_iter().map(list_hit).collect(),
        matched: answer.matched.map(entry_match),
        evidence: answer.evidence.into_iter().map(evidence).collect(),
        policy_line: answer.policy_line,
        name: answer.name,
        advice_text: answer.advice_text,
    }
}

fn owner(owner: OwnerView<'_>) -> types::Owner {
    types::Owner { id: owner.id.to_owned(), name: owner.name.to_owned(), parent: owner.parent.map(str::to_owned) }
}

/// An owner of a listing, whose parent is a number.
pub(crate) fn numbered_owner<'c>(owner: Owner<'c>, parent: impl Fn(u16) -> Option<&'c str>) -> types::Owner {
    types::Owner {
        id: owner.id.to_owned(),
        name: owner.name.to_owned(),
        parent: owner.parent.and_then(parent).map(str::to_owned),
    }
}

fn source(source: SourceView<'_>) -> types::Source {
    types::Source {
        id: source.id.to_owned(),
        title: source.title.to_owned(),
        url: source.url.to_owned(),
        licence: source.licence.to_owned(),
        date: source.date.to_owned(),
    }
}

fn breaks(breaks: phonehome::BreaksView<'_>) -> types::Breaks {
    types::Breaks {
        function: breaks.function.to_owned(),
        devices: breaks.devices.to_owned(),
        keeps: breaks.keeps.to_owned(),
        answers: breaks.answers.into_iter().map(codes::answer_mode).collect(),
        when: breaks.when.to_owned(),
        remedy: breaks.remedy.to_owned(),
        source: breaks.source.map(source),
    }
}

fn reason(reason: phonehome::ReasonView) -> types::Reason {
    types::Reason {
        code: reason.code.id().to_owned(),
        values: reason.values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        text: reason.text,
    }
}

fn list_hit(hit: phonehome::ListView) -> types::ListHit {
    types::ListHit {
        name: hit.list,
        kind: codes::overlay_kind(hit.kind),
        vendor: hit.vendor,
        purpose: hit.purpose.map(codes::purpose),
        note: hit.note,
    }
}

fn entry_match(matched: phonehome::MatchView<'_>) -> types::EntryMatch {
    types::EntryMatch {
        kind: match matched.kind {
            "exact" => types::MatchKind::Exact,
            "pattern" => types::MatchKind::Pattern,
            _ => types::MatchKind::Suffix,
        },
        value: matched.value.to_owned(),
        entry: matched.entry.to_owned(),
    }
}

fn evidence(evidence: phonehome::EvidenceView<'_>) -> types::Evidence {
    types::Evidence {
        source: source(evidence.source),
        kind: codes::evidence_kind(evidence.kind),
        date: evidence.date.to_owned(),
    }
}

pub(crate) fn info(classifier: &Classifier<'_>) -> types::Info {
    let info = classifier.info();
    let overlays = classifier.overlay_infos().into_iter().map(|overlay| types::OverlayInfo {
        name: overlay.name,
        kind: codes::overlay_kind(overlay.kind),
        rules: overlay.rules,
        skipped: overlay.skipped,
        date: overlay.date,
        size: overlay.size as u64,
    });
    types::Info {
        release: env!("CARGO_PKG_VERSION").to_owned(),
        version: info.version.to_owned(),
        date: info.date,
        suffix_version: info.suffix_version.to_owned(),
        suffix_rules: info.suffix_rules,
        entries: info.entries,
        patterns: info.patterns,
        vendors: info.vendors,
        platforms: info.platforms,
        sources: info.sources,
        impacts: info.impacts,
        size: info.size as u64,
        checksum: info.checksum,
        overlays: overlays.collect(),
        policies: u32::try_from(classifier.policies().len()).unwrap_or(u32::MAX),
    }
}
