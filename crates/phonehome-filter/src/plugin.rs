//! One configured plugin: its settings, its classifier, its counters.

use phonehome::{Action, Brief, Classifier, Name, Scratch};

use crate::counters::Counters;
use crate::decision::{Decision, Wish, escaped, label, presentation};
use crate::events;
use crate::host::{Host, Level, Metric};
use crate::settings::{Embedded, Fail, Mode, Settings, SettingsError, Use};

/// The value that a stream leaves for access logs and other filters; Envoy calls it `wasm.phonehome`.
const STATE: &str = "phonehome";

/// A plugin that was configured.
#[derive(Debug)]
pub(crate) struct Plugin {
    pub(crate) settings: Settings,
    pub(crate) classifier: Classifier<'static>,
    pub(crate) counters: Counters,
    scratch: Scratch,
    /// The queue of decisions, once it was found or made.
    queue: Option<u32>,
    /// Whether it was told that the plugin stands where it has no use.
    is_misplaced: bool,
}

impl Plugin {
    /// Reads the configuration and opens what it describes.
    pub(crate) fn configure(host: &impl Host, embedded: &Embedded) -> Result<Self, SettingsError> {
        let settings = Settings::parse(&host.configuration().unwrap_or_default())?;
        let classifier = settings.classifier(embedded)?;
        let counters = Counters::of(settings.usage);
        let scratch = Scratch::new();
        let mut plugin = Self { settings, classifier, counters, scratch, queue: None, is_misplaced: false };
        if plugin.settings.usage == Use::Events {
            plugin.queue = events::make_queue(host, &plugin.settings)?;
        }
        plugin.introduce(host);
        Ok(plugin)
    }

    /// Tells what the plugin works with, and says so plainly when the knowledge is old.
    fn introduce(&self, host: &impl Host) {
        const DAY: u64 = 24 * 60 * 60;
        let info = self.classifier.info();
        let (year, month, day) = (info.date / 10_000, info.date / 100 % 100, info.date % 100);
        let usage = self.settings.usage.id();
        let mode = match self.settings.usage {
            Use::Events => "",
            _ if self.enforces() => ", enforce",
            _ => ", observe",
        };
        let head = format!("phonehome {usage}{mode}: knowledge {} of {year:04}-{month:02}-{day:02}", info.version);
        host.log(Level::Info, &head);
        let seconds = days_since_1970(year, month, day) * DAY;
        if let Some(gauge) = host.metric(Metric::Gauge, "phonehome.pack_timestamp_seconds") {
            host.set(gauge, seconds);
        }
        if host.time().is_some_and(|now| now / 1_000_000_000 > seconds + 365 * DAY) {
            host.log(Level::Warn, &format!("{head}: older than a year"));
        }
    }

    /// Whether the policy is acted on.
    pub(crate) fn enforces(&self) -> bool {
        self.settings.mode == Mode::Enforce
    }

    /// Judges a name that was read from wire form; `None` for the root and the like.
    pub(crate) fn judge_name(&mut self, host: &impl Host, name: Option<&Name>, qtype: u16) -> Decision {
        match name {
            Some(name) => {
                let brief = self.classifier.classify_name(name, 0);
                self.decide(host, brief, &presentation(name), Some(qtype))
            }
            None => {
                let brief = self.classifier.classify_with(&mut self.scratch, b"", 0);
                self.decide(host, brief, ".", Some(qtype))
            }
        }
    }

    /// Judges octets that should be a name.
    pub(crate) fn judge_text(&mut self, host: &impl Host, text: &[u8]) -> Decision {
        let brief = self.classifier.classify_with(&mut self.scratch, text, 0);
        let name = Name::parse(text).map_or_else(|_| escaped(text), |name| presentation(&name));
        self.decide(host, brief, &name, None)
    }

    fn decide(&mut self, host: &impl Host, brief: Brief, name: &str, qtype: Option<u16>) -> Decision {
        #[cfg(feature = "faults")]
        crate::faults::commit(name.as_bytes());
        let wish = Wish::of(&brief);
        let blocks = match brief.action() {
            Action::Block(mode) if self.enforces() => Some(mode),
            _ => None,
        };
        self.counters.request(host, &brief, wish, blocks.is_some());
        let vendor = brief.vendor().and_then(|number| Some((number, self.classifier.vendor(number)?.id)));
        if let Some((number, id)) = vendor {
            self.counters.vendor(host, number, id);
        }
        let label = label(&self.classifier, &brief, wish, name);
        events::send(host, &self.settings, &mut self.queue, &mut self.counters, &label, qtype);
        Decision { brief, wish, blocks, label }
    }

    /// Counts what should have had a name in it; whether it is to be refused.
    pub(crate) fn refuses_unreadable(&mut self, host: &impl Host) -> bool {
        self.counters.unreadable(host);
        self.enforces() && self.settings.fail == Fail::Closed
    }

    /// Reads what other plugins decided.
    pub(crate) fn read_events(&self, host: &impl Host, queue: u32) {
        if self.settings.usage == Use::Events && self.queue == Some(queue) {
            events::read(host, queue);
        }
    }

    /// Says once that the plugin stands where nothing of its use ever comes.
    pub(crate) fn misplaced(&mut self, host: &impl Host, place: &str) {
        if !std::mem::replace(&mut self.is_misplaced, true) {
            let usage = self.settings.usage.id();
            host.log(
                Level::Warn,
                &format!("phonehome: \"use\": \"{usage}\" has no effect in {place}: everything passes"),
            );
        }
    }
}

/// Leaves a label for access logs and other filters.
pub(crate) fn leave(host: &impl Host, decision: &Decision) {
    host.set_property(STATE, decision.label.as_bytes());
}

/// Days from 1970-01-01 to a date of the Gregorian calendar since then (Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", days_from_civil).
fn days_since_1970(year: u32, month: u32, day: u32) -> u64 {
    let (year, month) = if month <= 2 { (year.saturating_sub(1), month + 9) } else { (year, month - 3) };
    let (era, of_era) = (u64::from(year / 400), u64::from(year % 400));
    let of_year = (153 * u64::from(month) + 2) / 5 + u64::from(day);
    (era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year).saturating_sub(719_469)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        assert_eq!(days_since_1970(1970, 1, 1), 0);
        assert_eq!(days_since_1970(2000, 3, 1), 11_017);
        assert_eq!(days_since_1970(2026, 11, 27), 20_784);
        assert_eq!(days_since_1970(0, 0, 0), 0);
    }
}
