//! Regions that a name fixes.

use std::fmt;

/// ISO 3166 alpha-2 in lower case, or `eu ap na sa me af global` (then `sa me af na` are the continents and the Middle East).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Region([u8; 2]);

impl Region {
    /// No region: the name does not fix one.
    pub const NONE: Self = Self([0, 0]);
    const GLOBAL: Self = Self(*b"**");

    /// The region with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        match id.as_bytes() {
            b"global" => Some(Self::GLOBAL),
            [first @ b'a'..=b'z', second @ b'a'..=b'z'] => Some(Self([*first, *second])),
            _ => None,
        }
    }

    /// The two bytes a pack stores.
    pub const fn to_bytes(self) -> [u8; 2] {
        self.0
    }

    /// From a pack's two bytes; anything but a region's reads as none.
    pub(crate) const fn from_bytes(bytes: [u8; 2]) -> Self {
        match bytes {
            [b'a'..=b'z', b'a'..=b'z'] | [b'*', b'*'] => Self(bytes),
            _ => Self::NONE,
        }
    }

    /// The id, `None` where the name fixes no region.
    pub fn id(&self) -> Option<&str> {
        match *self {
            Self::NONE => None,
            Self::GLOBAL => Some("global"),
            _ => std::str::from_utf8(&self.0).ok(),
        }
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({})", self.id().unwrap_or("none"))
    }
}
