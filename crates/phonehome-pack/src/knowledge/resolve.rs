//! From what an entry says to what it answers: inheritance from the suffixes above it, numbers for slugs, the verdict.

use std::collections::BTreeMap;

use phonehome::format::anchor::MAX_PATTERNS;
use phonehome::{Class, EvidenceKind, Impact, Purpose, Reason, Record, Region, Risk, Storm, Verdict};

use super::Problem;
use super::read::{Placed, Read};
use super::schema::{Entry, Kind, RiskRow};
use super::template;

/// An entry ready to be written.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) record: Record,
    pub(super) region: Region,
    pub(super) kind: Kind,
    /// Place of the entry in what was read.
    pub(super) source: usize,
    pub(super) anchor: String,
    /// A pattern's program.
    pub(super) program: Vec<u8>,
    pub(super) risks: Vec<RiskRow>,
}

/// What entries inherit from the nearest suffix entry above.
#[derive(Clone, Debug, Default)]
struct Inherited {
    vendor: Option<String>,
    platform: Option<String>,
    classes: Vec<String>,
    region: Option<String>,
    risks: Vec<RiskRow>,
    shared: bool,
}

/// Resolves every entry, in an order that depends on the entries alone: by anchor (labels reversed), kind, value.
pub(super) fn all(read: &Read, problems: &mut Vec<Problem>) -> Vec<Resolved> {
    let suffixes: BTreeMap<&str, &Placed<Entry>> = read
        .entries
        .iter()
        .filter(|entry| entry.it.rule.kind == Kind::Suffix)
        .map(|entry| (entry.it.rule.value.as_str(), entry))
        .collect();
    let mut order: Vec<(Vec<String>, Kind, &str, usize)> = read
        .entries
        .iter()
        .enumerate()
        .map(|(n, entry)| {
            let anchor = anchor(&entry.it);
            let key = anchor.rsplit('.').map(str::to_owned).collect();
            (key, entry.it.rule.kind, entry.it.rule.value.as_str(), n)
        })
        .collect();
    order.sort();
    for patterns in order.chunk_by(|(anchor, kind, ..), (other, next, ..)| (anchor, kind) == (other, next)) {
        let beyond = patterns.iter().filter(|(_, kind, ..)| *kind == Kind::Pattern).nth(MAX_PATTERNS);
        if let Some(entry) = beyond.and_then(|(.., place)| read.entries.get(*place)) {
            let text =
                format!("entry {:?} is beyond the {MAX_PATTERNS} patterns that one ending may have", entry.it.id);
            problems.push(entry.problem(text));
        }
    }
    let mut resolved = Vec::with_capacity(order.len());
    for (number, (_, _, _, place)) in order.iter().enumerate() {
        let Some(entry) = read.entries.get(*place) else { continue };
        let inherited = inherited(&suffixes, entry, problems);
        resolved.push(resolve(read, entry, *place, number, &inherited));
    }
    resolved
}

/// The fixed ending of a match.
fn anchor(entry: &Entry) -> String {
    match entry.rule.kind {
        // Patterns were compiled once by the checks, so they compile here.
        Kind::Pattern => template::compile(&entry.rule.value).map(|compiled| compiled.anchor).unwrap_or_default(),
        Kind::Exact | Kind::Suffix => entry.rule.value.clone(),
    }
}

/// Walks the suffix entries above an entry, from the top down.
fn inherited(
    suffixes: &BTreeMap<&str, &Placed<Entry>>,
    entry: &Placed<Entry>,
    problems: &mut Vec<Problem>,
) -> Inherited {
    let anchor = anchor(&entry.it);
    let mut found = Inherited::default();
    let ends = anchor.rmatch_indices('.').map(|(at, _)| at + 1).chain([0]);
    for start in ends {
        let tail = anchor.get(start..).unwrap_or("");
        let Some(above) = suffixes.get(tail).filter(|above| !std::ptr::eq(**above, entry)) else { continue };
        found = flatten(&above.it, &found);
    }
    let own = entry.it.vendor.as_deref();
    if let (Some(own), Some(above)) = (own, found.vendor.as_deref())
        && own != above
        && entry.it.below.as_deref() != Some(above)
    {
        let text =
            format!("entry {:?} lies under {above}'s suffix: say below = {above:?} if that is meant", entry.it.id);
        problems.push(entry.problem(text));
    }
    if own.is_some() && entry.it.shared == Some(true) {
        problems.push(
            entry.problem(format!("entry {:?} is shared ground, so it names a platform and no vendor", entry.it.id)),
        );
    }
    found
}

/// An entry's own fields over inherited ones.
fn flatten(entry: &Entry, above: &Inherited) -> Inherited {
    // On shared ground the tenant is not known; an entry that names its vendor leaves shared ground.
    let shared = entry.shared.unwrap_or(above.shared && entry.vendor.is_none());
    let vendor = if shared { None } else { entry.vendor.clone().or_else(|| above.vendor.clone()) };
    Inherited {
        vendor,
        platform: entry.platform.clone().or_else(|| above.platform.clone()),
        classes: entry.classes.clone().unwrap_or_else(|| if shared { Vec::new() } else { above.classes.clone() }),
        region: entry.region.clone().or_else(|| above.region.clone()),
        risks: entry
            .risk
            .clone()
            .unwrap_or_else(|| if entry.vendor.is_some() { Vec::new() } else { above.risks.clone() }),
        shared,
    }
}

fn resolve(read: &Read, entry: &Placed<Entry>, source: usize, number: usize, above: &Inherited) -> Resolved {
    let it = &entry.it;
    let flat = flatten(it, above);
    let compiled = template::compile(&it.rule.value).ok().filter(|_| it.rule.kind == Kind::Pattern);
    let (anchor, program) = match compiled {
        Some(compiled) => (compiled.anchor, compiled.program),
        None => (it.rule.value.clone(), Vec::new()),
    };
    let risks =
        flat.risks.iter().filter_map(|row| Risk::from_id(&row.reason)).fold(0, |bits, risk| bits | 1 << risk.number());
    let purposes: Vec<Purpose> = it.purposes.iter().filter_map(|id| Purpose::from_id(id)).collect();
    let is_defunct = it.status.as_deref() == Some("defunct");
    let breaks = it.breaks.as_ref();
    let place = |found: Option<usize>| found.and_then(|place| u16::try_from(place).ok());
    let record = Record {
        verdict: verdict(&flat, risks),
        confidence: confidence(it),
        impact: breaks.and_then(|breaks| Impact::from_id(&breaks.impact)).unwrap_or(Impact::Unknown),
        storm: breaks.and_then(|breaks| Storm::from_id(breaks.retry_storm.as_deref()?)).unwrap_or(Storm::Unknown),
        vendor: place(read.vendors.iter().position(|vendor| Some(&vendor.it.id) == flat.vendor.as_ref())),
        platform: place(read.platforms.iter().position(|platform| Some(&platform.it.id) == flat.platform.as_ref())),
        purposes: purposes.iter().fold(0, |bits, purpose| bits | 1 << purpose.number()),
        first_purpose: purposes.first().copied(),
        classes: flat
            .classes
            .iter()
            .filter_map(|id| Class::from_id(id))
            .fold(0, |bits, class| bits | 1 << class.number()),
        reasons: reasons(it.rule.kind, risks, is_defunct),
        risks,
        entry: u32::try_from(number).unwrap_or(u32::MAX),
    };
    let region = flat.region.as_deref().and_then(Region::from_id).unwrap_or(Region::NONE);
    Resolved { record, region, kind: it.rule.kind, source, anchor, program, risks: flat.risks }
}

/// Risky by a documented abuse problem (looking names up elsewhere is none), else shared, else the owner's own.
fn verdict(flat: &Inherited, risks: u8) -> Verdict {
    if risks & !(1 << Risk::ResolverBypass.number()) != 0 {
        Verdict::Risky
    } else if flat.shared {
        Verdict::Shared
    } else if flat.vendor.is_some() || flat.platform.is_some() {
        Verdict::Legitimate
    } else {
        Verdict::Unknown
    }
}

/// Documented 95, one maintained source 75, one old or unclear source 50, mere knowledge 30.
fn confidence(entry: &Entry) -> u8 {
    let is_mere_knowledge =
        entry.evidence.iter().all(|item| EvidenceKind::from_id(&item.kind) == Some(EvidenceKind::Knowledge));
    match entry.confidence.as_str() {
        _ if is_mere_knowledge => 30,
        "high" => 95,
        "medium" => 75,
        _ => 50,
    }
}

fn reasons(kind: Kind, risks: u8, is_defunct: bool) -> u64 {
    let by_kind = match kind {
        Kind::Exact => Reason::KbExact,
        Kind::Pattern => Reason::KbPattern,
        Kind::Suffix => Reason::KbSuffix,
    };
    let by_risk = [
        (Risk::DynamicDns, Reason::SuffixDynamicDns),
        (Risk::TunnelService, Reason::SuffixTunnelService),
        (Risk::FreeHosting, Reason::SuffixFreeHosting),
        (Risk::P2pOemPlatform, Reason::RiskP2pOemPlatform),
        (Risk::DefunctVendor, Reason::RiskDefunctVendor),
        (Risk::PreinfectedDevice, Reason::RiskPreinfectedDevice),
        (Risk::ResolverBypass, Reason::RiskResolverBypass),
    ];
    let risky = by_risk.iter().filter(|(risk, _)| risks >> risk.number() & 1 == 1).map(|(_, reason)| *reason);
    let defunct = is_defunct.then_some(Reason::KbDefunct);
    risky.chain(defunct).chain([by_kind]).fold(0, |bits, reason| bits | 1 << reason.number())
}
