//! From answers to rules for the resolvers people already run, and to reports.
//!
//! Three steps: [`Asked`] collects the names in question, [`Plan`] has a policy decide on each of them and on the names below,
//! [`Document`] writes the decisions in a [`Format`].
//!
//! ```
//! use phonehome::{Classifier, Name};
//! use phonehome_export::{Asked, Document, Format, Plan, Scope, Settings};
//!
//! let classifier = Classifier::builtin_with(Vec::new(), &["block purpose=tracking"])?;
//! let mut asked = Asked::new();
//! asked.add(&Name::parse(b"logs.roku.com")?, Scope::Exact);
//! asked.add(&Name::parse(b"example.com")?, Scope::Exact);
//! let plan = Plan::new(&classifier, asked, 0, &mut |_| ())?;
//! let mut text = String::new();
//! Document::new(&classifier, &plan, Format::Hosts, &Settings::default()).write(&mut text, &mut |_| ())?;
//! assert!(text.contains("\n0.0.0.0 logs.roku.com # Roku") && !text.contains("example.com"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is written never blocks a name that the policy lets through: where a format cannot tell names apart, less is blocked, and
//! the head of the list says so. Nothing here reads a file, a clock or a network.

mod act;
mod asked;
mod cell;
mod devices;
mod document;
mod emit;
mod format;
mod key;
mod plan;

pub use act::Group;
pub use asked::{Asked, Scope};
pub use cell::defused;
pub use devices::{Device, DeviceError, Devices};
pub use document::{Document, Settings};
pub use format::Format;
pub use plan::{Counts, LeftOut, Missing, MissingList, Plan};
