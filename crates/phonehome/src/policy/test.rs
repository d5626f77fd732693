//! The conditions of a rule.

use super::Facts;
use crate::brief::{NO_ENTRY, NO_OWNER};
use crate::codes::OverlayKind;
use crate::name::Name;
use crate::region::Region;

/// One condition: a field and what it is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// The name itself is (not) one of these.
    Name(bool, Vec<Name>),
    /// The name is (not) one of these or below one.
    Suffix(bool, Vec<Name>),
    /// The vendor is (not) one of these or a daughter of one; sorted numbers.
    Vendor(bool, Vec<u16>),
    /// The platform is (not) one of these; sorted numbers.
    Platform(bool, Vec<u16>),
    /// The region is (not) one of these.
    Region(bool, Vec<Region>),
    /// A list of the operator's is (not) among these; one bit an overlay.
    List(bool, u64),
    /// A field of codes has (none of) these; one bit a code.
    Codes(Field, bool, u64),
    /// The confidence is (not) one of these.
    Confidence(bool, Vec<u8>),
    /// The confidence is at least this.
    ConfidenceAtLeast(u8),
    /// The band's number is at least this.
    BandAtLeast(u8),
}

/// Fields whose values are codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Purpose,
    Basis,
    Class,
    Verdict,
    Risk,
    Impact,
    RetryStorm,
    Reason,
    Band,
    Listed,
}

impl Field {
    /// The field's codes as bits; 0 when it is absent.
    pub(crate) fn bits(self, facts: &Facts<'_>) -> u64 {
        let brief = &facts.brief;
        let has_entry = brief.entry != NO_ENTRY;
        let of_entry = |number: u8| if has_entry { 1 << number } else { 0 };
        match self {
            Self::Purpose => u64::from(brief.purposes),
            Self::Basis if brief.purposes == 0 => 0,
            Self::Basis => 1 << u8::from(brief.is_inferred()),
            Self::Class => u64::from(brief.classes),
            Self::Verdict => 1 << brief.verdict().number(),
            Self::Risk => u64::from(brief.risks),
            Self::Impact => of_entry(brief.impact().number()),
            Self::RetryStorm => of_entry(brief.storm().number()),
            Self::Reason => brief.reasons,
            Self::Band => brief.band().map_or(0, |band| 1 << band.number()),
            Self::Listed => listed(brief.reasons),
        }
    }
}

/// The overlay kinds that hit, one bit each.
fn listed(reasons: u64) -> u64 {
    let hits = |kind: &&OverlayKind| reasons >> kind.reason().number() & 1 == 1;
    OverlayKind::ALL.iter().filter(hits).fold(0, |bits, kind| bits | 1 << kind.number())
}

impl Test {
    /// Whether the condition holds. A field that is absent compares false either way.
    pub(crate) fn holds(&self, facts: &Facts<'_>) -> bool {
        let brief = &facts.brief;
        match self {
            Self::Name(wanted, names) => names.iter().any(|name| name == facts.name) == *wanted,
            Self::Suffix(wanted, names) => names.iter().any(|name| facts.name.is_within(name)) == *wanted,
            Self::Vendor(wanted, numbers) => {
                brief.vendor != NO_OWNER && numbers.binary_search(&brief.vendor).is_ok() == *wanted
            }
            Self::Platform(wanted, numbers) => {
                brief.platform != NO_OWNER && numbers.binary_search(&brief.platform).is_ok() == *wanted
            }
            Self::Region(wanted, regions) => facts.region != Region::NONE && regions.contains(&facts.region) == *wanted,
            Self::List(wanted, lists) => facts.lists != 0 && (facts.lists & lists != 0) == *wanted,
            Self::Codes(field, wanted, codes) => {
                let bits = field.bits(facts);
                bits != 0 && (bits & codes != 0) == *wanted
            }
            Self::Confidence(wanted, values) => values.contains(&brief.confidence()) == *wanted,
            Self::ConfidenceAtLeast(least) => brief.confidence() >= *least,
            Self::BandAtLeast(least) => brief.band().is_some_and(|band| band.number() >= *least),
        }
    }

    /// Whether this condition holds wherever `narrower` does; false when that cannot be told.
    pub(crate) fn covers(&self, narrower: &Self) -> bool {
        fn all<T: PartialEq>(wide: &[T], narrow: &[T]) -> bool {
            narrow.iter().all(|item| wide.contains(item))
        }
        match (self, narrower) {
            (Self::Name(true, wide), Self::Name(true, narrow)) => all(wide, narrow),
            (Self::Suffix(true, wide), Self::Suffix(true, narrow) | Self::Name(true, narrow)) => {
                narrow.iter().all(|name| wide.iter().any(|suffix| name.is_within(suffix)))
            }
            (Self::Vendor(true, wide), Self::Vendor(true, narrow)) => all(wide, narrow),
            (Self::Platform(true, wide), Self::Platform(true, narrow)) => all(wide, narrow),
            (Self::Region(true, wide), Self::Region(true, narrow)) => all(wide, narrow),
            (Self::List(true, wide), Self::List(true, narrow)) => narrow & !wide == 0,
            (Self::Codes(field, true, wide), Self::Codes(other, true, narrow)) => field == other && narrow & !wide == 0,
            (Self::ConfidenceAtLeast(wide), Self::ConfidenceAtLeast(narrow)) => wide <= narrow,
            (Self::BandAtLeast(wide), Self::BandAtLeast(narrow)) => wide <= narrow,
            _ => self == narrower,
        }
    }
}
