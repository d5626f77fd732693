//! The short answer: 32 bytes that every surface hands out alike.

use crate::codes::{AnswerMode, Band, Class, Impact, Purpose, Reason, Risk, Storm, Verdict};

/// The short answer to "what is this name": fixed size, no strings.
///
/// Its bytes ([`Brief::to_bytes`]) are little-endian:
///
#[doc = include_str!("brief.md")]
///
/// Numbers of vendors, platforms and entries belong to one open pack: never store them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brief {
    pub(crate) verdict: u8,
    pub(crate) confidence: u8,
    pub(crate) action: u8,
    pub(crate) breaks: u8,
    pub(crate) vendor: u16,
    pub(crate) platform: u16,
    pub(crate) purposes: u32,
    pub(crate) classes: u32,
    pub(crate) reasons: u64,
    pub(crate) score: i16,
    pub(crate) risks: u8,
    pub(crate) first_purpose: u8,
    pub(crate) entry: u32,
}

/// "None" for vendor and platform numbers.
pub(crate) const NO_OWNER: u16 = u16::MAX;
/// "None" for the first purpose.
pub(crate) const NO_PURPOSE: u8 = u8::MAX;
/// "None" for entry numbers.
pub(crate) const NO_ENTRY: u32 = u32::MAX;
/// "Not scored".
pub(crate) const NO_SCORE: i16 = i16::MIN;

/// What a policy decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Let the query through.
    Allow,
    /// Answer it as blocked, in this way.
    Block(AnswerMode),
}

impl Action {
    /// `allow` or `block`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Block(_) => "block",
        }
    }
}

impl Brief {
    /// The size of a brief in bytes.
    pub const SIZE: usize = 32;

    /// The answer about a name of which nothing is known.
    pub const fn unknown() -> Self {
        Self {
            verdict: Verdict::Unknown.number(),
            confidence: 0,
            action: 0,
            breaks: 0,
            vendor: NO_OWNER,
            platform: NO_OWNER,
            purposes: 0,
            classes: 0,
            reasons: 0,
            score: NO_SCORE,
            risks: 0,
            first_purpose: NO_PURPOSE,
            entry: NO_ENTRY,
        }
    }

    /// The bytes that cross every boundary.
    // Octet by octet like its inverse: a loop over fields costs more than the whole lookup in some engines.
    #[inline]
    pub const fn to_bytes(&self) -> [u8; Self::SIZE] {
        let [b0, b1] = self.vendor.to_le_bytes();
        let [c0, c1] = self.platform.to_le_bytes();
        let [d0, d1, d2, d3] = self.purposes.to_le_bytes();
        let [e0, e1, e2, e3] = self.classes.to_le_bytes();
        let [r0, r1, r2, r3, r4, r5, r6, r7] = self.reasons.to_le_bytes();
        let [s0, s1] = self.score.to_le_bytes();
        let [n0, n1, n2, n3] = self.entry.to_le_bytes();
        [
            self.verdict,
            self.confidence,
            self.action,
            self.breaks,
            b0,
            b1,
            c0,
            c1,
            d0,
            d1,
            d2,
            d3,
            e0,
            e1,
            e2,
            e3,
            r0,
            r1,
            r2,
            r3,
            r4,
            r5,
            r6,
            r7,
            s0,
            s1,
            self.risks,
            self.first_purpose,
            n0,
            n1,
            n2,
            n3,
        ]
    }

    /// Reads the bytes back. Any bytes are accepted; codes this release does not know read as absent.
    #[inline]
    pub const fn from_bytes(bytes: &[u8; Self::SIZE]) -> Self {
        let [
            a0,
            a1,
            a2,
            a3,
            b0,
            b1,
            c0,
            c1,
            d0,
            d1,
            d2,
            d3,
            e0,
            e1,
            e2,
            e3,
            r0,
            r1,
            r2,
            r3,
            r4,
            r5,
            r6,
            r7,
            s0,
            s1,
            k,
            p,
            n0,
            n1,
            n2,
            n3,
        ] = *bytes;
        Self {
            verdict: a0,
            confidence: a1,
            action: a2,
            breaks: a3,
            vendor: u16::from_le_bytes([b0, b1]),
            platform: u16::from_le_bytes([c0, c1]),
            purposes: u32::from_le_bytes([d0, d1, d2, d3]),
            classes: u32::from_le_bytes([e0, e1, e2, e3]),
            reasons: u64::from_le_bytes([r0, r1, r2, r3, r4, r5, r6, r7]),
            score: i16::from_le_bytes([s0, s1]),
            risks: k,
            first_purpose: p,
            entry: u32::from_le_bytes([n0, n1, n2, n3]),
        }
    }

    /// How worrying the name is.
    pub fn verdict(&self) -> Verdict {
        Verdict::from_number(self.verdict).unwrap_or(Verdict::Unknown)
    }

    /// How sure the answer is: 0 (nothing known) to 100.
    pub const fn confidence(&self) -> u8 {
        self.confidence
    }

    /// What the policy decided.
    pub fn action(&self) -> Action {
        if self.action & 3 != 1 {
            return Action::Allow;
        }
        Action::Block(AnswerMode::from_number((self.action >> 3 & 7).wrapping_sub(1)).unwrap_or(AnswerMode::Nxdomain))
    }

    /// Whether a `log` rule of the policy noted the name.
    pub const fn logged(&self) -> bool {
        self.action & 4 != 0
    }

    /// What blocking the name costs.
    pub fn impact(&self) -> Impact {
        Impact::from_number(self.breaks & 3).unwrap_or(Impact::Unknown)
    }

    /// Whether a blocked device retries without pause.
    pub fn storm(&self) -> Storm {
        Storm::from_number(self.breaks >> 2 & 3).unwrap_or(Storm::Unknown)
    }

    /// The name model's band, `None` when the name was not scored.
    pub fn band(&self) -> Option<Band> {
        Band::from_number((self.breaks >> 4 & 3).wrapping_sub(1))
    }

    /// The name model's log-odds in hundredths, `None` when the name was not scored.
    pub fn score(&self) -> Option<i16> {
        (self.score != NO_SCORE).then_some(self.score)
    }

    /// The vendor's number in the open pack.
    pub fn vendor(&self) -> Option<u16> {
        (self.vendor != NO_OWNER).then_some(self.vendor)
    }

    /// The platform's number in the open pack.
    pub fn platform(&self) -> Option<u16> {
        (self.platform != NO_OWNER).then_some(self.platform)
    }

    /// The entry's number in the open pack.
    pub fn entry(&self) -> Option<u32> {
        (self.entry != NO_ENTRY).then_some(self.entry)
    }

    /// Whether the name serves this purpose.
    pub const fn has_purpose(&self, purpose: Purpose) -> bool {
        self.purposes >> purpose.number() & 1 == 1
    }

    /// The most important purpose.
    pub fn first_purpose(&self) -> Option<Purpose> {
        Purpose::from_number(self.first_purpose)
    }

    /// Whether the evidence names this class of device.
    pub const fn has_class(&self, class: Class) -> bool {
        self.classes >> class.number() & 1 == 1
    }

    /// Whether this risk is documented.
    pub const fn has_risk(&self, risk: Risk) -> bool {
        self.risks >> risk.number() & 1 == 1
    }

    /// Whether this reason holds.
    pub const fn has_reason(&self, reason: Reason) -> bool {
        self.reasons >> reason.number() & 1 == 1
    }

    /// The reasons that hold, in the order of their numbers.
    pub fn reasons(&self) -> impl Iterator<Item = Reason> {
        let brief = *self;
        Reason::ALL.iter().copied().filter(move |reason| brief.has_reason(*reason))
    }

    /// The purposes, one bit each by their numbers.
    pub const fn purpose_bits(&self) -> u32 {
        self.purposes
    }

    /// The device classes, one bit each by their numbers.
    pub const fn class_bits(&self) -> u32 {
        self.classes
    }

    /// The risks, one bit each by their numbers.
    pub const fn risk_bits(&self) -> u8 {
        self.risks
    }

    /// The reasons, one bit each by their numbers.
    pub const fn reason_bits(&self) -> u64 {
        self.reasons
    }

    /// Whether the purposes are guessed from words of the name.
    pub const fn is_inferred(&self) -> bool {
        self.has_reason(Reason::KbInferred)
    }

    pub(crate) fn add_reason(&mut self, reason: Reason) {
        self.reasons |= 1 << reason.number();
    }

    pub(crate) fn set_score(&mut self, hundredths: i16, band: Option<Band>) {
        self.score = hundredths;
        self.breaks = self.breaks & 0x0f | band.map_or(0, |band| band.number() + 1) << 4;
    }

    pub(crate) fn set_action(&mut self, action: Action) {
        self.action &= 4;
        if let Action::Block(mode) = action {
            self.action |= 1 | (mode.number() + 1) << 3;
        }
    }
}

/// What the pack's writer knows of an entry: everything of a [`Brief`] that does not depend on the single name asked for.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// Unknown, legitimate, shared or risky.
    pub verdict: Verdict,
    /// 0 to 100.
    pub confidence: u8,
    /// What blocking costs.
    pub impact: Impact,
    /// Whether blocked devices retry without pause.
    pub storm: Storm,
    /// Number in the pack's list of vendors.
    pub vendor: Option<u16>,
    /// Number in the pack's list of platforms.
    pub platform: Option<u16>,
    /// One bit a purpose.
    pub purposes: u32,
    /// The most important one.
    pub first_purpose: Option<Purpose>,
    /// One bit a class.
    pub classes: u32,
    /// One bit a reason.
    pub reasons: u64,
    /// One bit a risk.
    pub risks: u8,
    /// The entry's own number.
    pub entry: u32,
}

impl From<Record> for Brief {
    fn from(record: Record) -> Self {
        Self {
            verdict: record.verdict.number(),
            confidence: record.confidence,
            breaks: record.impact.number() | record.storm.number() << 2,
            vendor: record.vendor.unwrap_or(NO_OWNER),
            platform: record.platform.unwrap_or(NO_OWNER),
            purposes: record.purposes,
            classes: record.classes,
            reasons: record.reasons,
            risks: record.risks,
            first_purpose: record.first_purpose.map_or(NO_PURPOSE, Purpose::number),
            entry: record.entry,
            ..Self::unknown()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_back() {
        let mut bytes = [0; Brief::SIZE];
        for (n, octet) in bytes.iter_mut().enumerate() {
            *octet = (n as u8).wrapping_mul(37).wrapping_add(11);
        }
        assert_eq!(Brief::from_bytes(&bytes).to_bytes(), bytes);
        assert_eq!(Brief::from_bytes(&Brief::unknown().to_bytes()), Brief::unknown());
    }

    #[test]
    fn any_bytes_read_without_panic() {
        for fill in 0..=255 {
            let brief = Brief::from_bytes(&[fill; Brief::SIZE]);
            let _ =
                (brief.verdict(), brief.action(), brief.impact(), brief.storm(), brief.band(), brief.first_purpose());
            assert!(brief.reasons().count() <= Reason::ALL.len());
        }
    }

    #[test]
    fn an_action_keeps_the_log_mark() {
        let mut brief = Brief { action: 4, ..Brief::unknown() };
        for mode in AnswerMode::ALL {
            brief.set_action(Action::Block(*mode));
            assert_eq!((brief.action(), brief.logged()), (Action::Block(*mode), true));
        }
        brief.set_action(Action::Allow);
        assert_eq!((brief.action(), brief.logged()), (Action::Allow, true));
    }
}
