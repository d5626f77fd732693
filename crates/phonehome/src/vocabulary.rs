//! The macro behind `codes.rs`: one enum a vocabulary, with ids, texts and numbers that never change.

/// Declares a vocabulary: an enum whose numbers are the places of its codes, from 0.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal, $text:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every code, in the order of its numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The stable id that JSON, policies and sources use.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)+ }
            }

            /// The words that people read.
            pub const fn text(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// The code's number in a `Brief` and in a pack.
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// The code with this number, if this release knows it.
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.get(usize::from(number)).copied()
            }

            /// The code with this id.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.id() == id)
            }
        }
    };
}

pub(crate) use vocabulary;
