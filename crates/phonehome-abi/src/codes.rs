//! Version, limits and error codes. Generated from `codes.toml` by `cargo dev codes`; do not edit.

/// The version of this interface.
pub const VERSION: i32 = 1;
/// Most octets of one input.
pub const MAX_INPUT: usize = 67108864;
/// Most handles that are open at a time.
pub const MAX_HANDLES: usize = 16;
/// Most wasmtime fuel that `ph_classify` takes for any input, without overlays and policies.
pub const MOST_FUEL: u64 = 150000;

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Code {
    /// no such handle, or not in the state that the call needs
    Handle = -1,
    /// the length is negative, larger than the input buffer, or more than a policy or a list's name may have
    Length = -2,
    /// too many handles, overlays or policies
    TooMany = -3,
    /// the module's memory is full
    Memory = -4,
    /// the base pack does not open
    Base = -5,
    /// an overlay does not open
    Overlay = -6,
    /// a policy cannot be read
    Policy = -7,
    /// no vendor or platform with this number
    Number = -8,
}

impl Code {
    /// What it means.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Handle => "no such handle, or not in the state that the call needs",
            Self::Length => {
                "the length is negative, larger than the input buffer, or more than a policy or a list's name may have"
            }
            Self::TooMany => "too many handles, overlays or policies",
            Self::Memory => "the module's memory is full",
            Self::Base => "the base pack does not open",
            Self::Overlay => "an overlay does not open",
            Self::Policy => "a policy cannot be read",
            Self::Number => "no vendor or platform with this number",
        }
    }
}
