//! What a rule does, whom it is about, and why.

use phonehome::{AnswerMode, Brief, Fate, Impact, Purpose, PurposeGroup, Reason, Ruling, Storm, Verdict};

/// What a resolver does with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Let it through.
    Pass,
    /// Answer it as blocked, in this way.
    Block(AnswerMode),
}

impl Act {
    /// Whether it blocks.
    pub(crate) const fn is_block(self) -> bool {
        matches!(self, Self::Block(_))
    }
}

/// Why a rule is there, in eight octets: a million of them are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Why {
    vendor: u16,
    /// Line of the policy, from 1; 0: none.
    line: u16,
    purpose: u8,
    verdict: u8,
    impact: u8,
    flags: u8,
}

/// The owner of nobody.
const NOBODY: u16 = u16::MAX;
const STORM: u8 = 1;
const LISTED: u8 = 2;
const PLATFORM: u8 = 4;
const DEPENDS: u8 = 8;

impl Why {
    pub(crate) const NOTHING: Self =
        Self { vendor: NOBODY, line: 0, purpose: u8::MAX, verdict: 0, impact: 0, flags: 0 };

    pub(crate) fn of(ruling: &Ruling) -> Self {
        let brief: &Brief = &ruling.brief;
        let (owner, is_platform) = match (brief.vendor(), brief.platform()) {
            (Some(vendor), _) => (vendor, 0),
            (None, Some(platform)) => (platform, PLATFORM),
            (None, None) => (NOBODY, 0),
        };
        let storm = if brief.storm() == Storm::Known { STORM } else { 0 };
        let listed = if brief.reasons().any(|reason| reason == Reason::OverlayBlock) { LISTED } else { 0 };
        Self {
            vendor: owner,
            line: ruling.line.and_then(|line| u16::try_from(line).ok()).unwrap_or(0),
            purpose: brief.first_purpose().map_or(u8::MAX, Purpose::number),
            verdict: brief.verdict().number(),
            impact: brief.impact().number(),
            flags: storm | listed | is_platform | if ruling.fate == Fate::Depends { DEPENDS } else { 0 },
        }
    }

    /// The vendor's number in the open pack.
    pub(crate) const fn vendor(&self) -> Option<u16> {
        if self.vendor == NOBODY || self.flags & PLATFORM != 0 { None } else { Some(self.vendor) }
    }

    /// The platform's number in the open pack, where no vendor is known.
    pub(crate) const fn platform(&self) -> Option<u16> {
        if self.vendor == NOBODY || self.flags & PLATFORM == 0 { None } else { Some(self.vendor) }
    }

    /// Line of the policy that decided, from 1.
    pub(crate) const fn line(&self) -> Option<u16> {
        if self.line == 0 { None } else { Some(self.line) }
    }

    /// The most important purpose.
    pub(crate) fn purpose(&self) -> Option<Purpose> {
        Purpose::from_number(self.purpose)
    }

    /// The verdict.
    pub(crate) fn verdict(&self) -> Verdict {
        Verdict::from_number(self.verdict).unwrap_or(Verdict::Unknown)
    }

    /// What blocking is known to do.
    pub(crate) fn impact(&self) -> Impact {
        Impact::from_number(self.impact).unwrap_or(Impact::Unknown)
    }

    /// Seconds for which a blocked answer may be cached.
    pub(crate) const fn ttl(&self) -> u32 {
        if self.flags & STORM == 0 { phonehome::BLOCKED_TTL } else { phonehome::BLOCKED_TTL_STORM }
    }

    /// Whether the policy blocks some of the names and lets others through.
    pub(crate) const fn depends(&self) -> bool {
        self.flags & DEPENDS != 0
    }

    /// The zone that a rule belongs to when each reason has one.
    pub(crate) fn group(&self) -> Group {
        match (self.verdict(), self.purpose()) {
            (Verdict::Malicious, _) => Group::Threat,
            _ if self.flags & LISTED != 0 => Group::Listed,
            (Verdict::Suspicious, _) => Group::Suspicious,
            (_, Some(purpose)) => Group::Purpose(purpose.group()),
            (Verdict::Risky, None) => Group::Risky,
            _ => Group::Other,
        }
    }
}

/// What a rule is for, in one word: a resolver's log shows it as the name of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// On a threat list.
    Threat,
    /// On the operator's own block list.
    Listed,
    /// By the shape of the name.
    Suspicious,
    /// By what the name is for.
    Purpose(PurposeGroup),
    /// By a documented risk.
    Risky,
    /// By anything else.
    Other,
}

impl Group {
    /// Every group, in the order in which zones are to be listed.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Threat, Self::Listed, Self::Suspicious]
            .into_iter()
            .chain(PurposeGroup::ALL.iter().map(|group| Self::Purpose(*group)))
            .chain([Self::Risky, Self::Other])
    }

    /// One word.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Threat => "threat",
            Self::Listed => "listed",
            Self::Suspicious => "suspicious",
            Self::Purpose(group) => group.id(),
            Self::Risky => "risky",
            Self::Other => "other",
        }
    }
}
