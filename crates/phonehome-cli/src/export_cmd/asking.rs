//! What an export is about: names and rules of lists, or everything that the knowledge holds.

use phonehome::{Classifier, Name};
use phonehome_export::{Asked, Scope};
use phonehome_logs::lists::{self, Action, Item};

use crate::args::{self, ExportOptions};
use crate::error::Error;
use crate::input::{self, Names, Reading};
use crate::say;
use crate::text::{clean, count};

/// Names that are shown when they are none.
const SHOWN: u64 = 5;

/// Reads everything that is asked.
pub(super) fn all(classifier: &Classifier<'_>, options: &ExportOptions) -> Result<Asked, Error> {
    if options.targets.0.is_empty() {
        return Asked::whole_base(classifier).map_err(|error| Error::new(error.to_string()));
    }
    let scope = match options.scope {
        Some(args::Scope::Suffix) => Scope::Suffix,
        Some(args::Scope::Exact) | None => Scope::Exact,
    };
    let mut asking = Asking { asked: Asked::new(), scope, refused: 0 };
    let reading = Reading::new(&options.list, false)?;
    for input in input::resolve(&options.targets.0)? {
        reading.read(&input, &mut asking)?;
    }
    if asking.refused > 0 {
        say(&format!("{} of the input left out", count(asking.refused, "entry", "entries")));
    }
    Ok(asking.asked)
}

/// Names on their way into an export.
struct Asking {
    asked: Asked,
    /// Of names whose list does not say it.
    scope: Scope,
    /// What is no domain name.
    refused: u64,
}

impl Asking {
    fn parse(&mut self, text: &[u8]) -> Option<Name> {
        match Name::parse(text) {
            Ok(name) => Some(name),
            Err(error) => {
                self.refused += 1;
                if self.refused <= SHOWN {
                    say(&format!("{}: not a domain name: {error}", clean(&String::from_utf8_lossy(text))));
                }
                None
            }
        }
    }
}

impl Names for Asking {
    fn name(&mut self, name: &[u8]) -> Result<(), Error> {
        if let Some(name) = self.parse(name) {
            self.asked.add(&name, self.scope);
        }
        Ok(())
    }

    fn rule(&mut self, rule: &Item<'_>) -> Result<(), Error> {
        let Some(name) = self.parse(&rule.name) else { return Ok(()) };
        let scope = match rule.scope {
            lists::Scope::Unstated => self.scope,
            lists::Scope::Exact => Scope::Exact,
            lists::Scope::Below => Scope::Below,
            lists::Scope::Suffix => Scope::Suffix,
        };
        match rule.action {
            Action::Allow => self.asked.spare(&name, scope),
            Action::Block(_) | Action::Unstated | Action::TcpOnly => self.asked.add(&name, scope),
        }
        Ok(())
    }

    fn pause(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
