//! One configured plugin: its settings, its classifier, its counters.

use phonehome::{Action, Classifier, Judgement, Name};

use crate::counters::Counters;
use crate::decision::{Decision, Told, Wish, escaped, label, list_name};
use crate::events;
use crate::host::{Flow, Host, Level, Metric};
use crate::settings::{Embedded, Fail, Mode, Settings, SettingsError, Use};

/// The value that a stream leaves for access logs and other filters; Envoy calls it `wasm.phonehome`.
const STATE: &str = "phonehome";

/// A plugin that was configured.
#[derive(Debug)]
pub(crate) struct Plugin {
    pub(crate) settings: Settings,
    pub(crate) classifier: Classifier<'static>,
    pub(crate) counters: Counters,
    /// The names of the overlays, by their numbers.
    lists: Vec<String>,
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
        let lists = classifier.overlay_infos().iter().map(|list| list_name(&list.name)).collect();
        let mut plugin = Self { settings, classifier, counters, lists, queue: None, is_misplaced: false };
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
        let knowledge = format!("knowledge {} of {year:04}-{month:02}-{day:02}", info.version);
        host.log(Level::Info, &format!("phonehome {usage}{}: {knowledge}", self.tasks()));
        if self.enforces() && self.settings.policy.is_empty() {
            host.log(
                Level::Warn,
                &format!("phonehome {usage}: there is no policy, so that \"enforce\" blocks nothing"),
            );
        }
        let seconds = days_since_1970(year, month, day) * DAY;
        if let Some(gauge) = host.metric(Metric::Gauge, "phonehome.pack_timestamp_seconds") {
            host.set(gauge, seconds);
        }
        if host.time().is_some_and(|now| now / 1_000_000_000 > seconds + 365 * DAY) {
            host.log(Level::Warn, &format!("phonehome {usage}: {knowledge} is older than a year"));
        }
    }

    /// Mode, policy and lists in words, for who wants to see what is in force.
    fn tasks(&self) -> String {
        if self.settings.usage == Use::Events {
            return String::new();
        }
        let mode = if self.enforces() { "enforce" } else { "observe" };
        let mut out = format!(", {mode}, {}", self.settings.policy);
        for list in self.classifier.overlay_infos() {
            out.push_str(&format!(", {} list {} ({} rules)", list.kind.id(), list_name(&list.name), list.rules));
        }
        out
    }

    /// Whether the policy is acted on.
    pub(crate) fn enforces(&self) -> bool {
        self.settings.mode == Mode::Enforce
    }

    /// Whether the policy wants a name blocked, without counting it.
    pub(crate) fn would_block(&self, name: Option<&Name>) -> bool {
        name.is_some_and(|name| Wish::of(&self.classifier.judge(name, 0).brief) == Wish::Block)
    }

    /// Judges a name that was read from wire form; `None` is the root.
    pub(crate) fn judge_name(&mut self, host: &impl Host, name: Option<&Name>, qtype: u16) -> Decision {
        match name {
            Some(name) => self.decide(host, self.classifier.judge(name, 0), &name.to_string(), Some(qtype)),
            None => self.decide(host, self.no_name(b""), ".", Some(qtype)),
        }
    }

    /// Judges octets that should be a name.
    pub(crate) fn judge_text(&mut self, host: &impl Host, text: &[u8]) -> Decision {
        match Name::parse(text) {
            Ok(name) => self.decide(host, self.classifier.judge(&name, 0), &name.to_string(), None),
            Err(_) => self.decide(host, self.no_name(text), &escaped(text), None),
        }
    }

    /// What is known of what is no name: why it is none.
    fn no_name(&self, text: &[u8]) -> Judgement {
        Judgement { brief: self.classifier.classify(text, 0), lists: 0, policy_line: None }
    }

    fn decide(&mut self, host: &impl Host, judgement: Judgement, name: &str, qtype: Option<u16>) -> Decision {
        #[cfg(feature = "faults")]
        crate::faults::commit(name.as_bytes());
        let brief = judgement.brief;
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
        let told = Told { judgement: &judgement, wish, is_blocked: blocks.is_some(), lists: &self.lists, name };
        let label = label(&self.classifier, &told);
        events::send(host, &self.settings, &mut self.queue, &mut self.counters, &label, qtype);
        Decision { judgement, wish, blocks, label }
    }

    /// Whether what cannot be read, or cannot be refused as it should, may not go on.
    pub(crate) fn is_closed(&self) -> bool {
        self.enforces() && self.settings.fail == Fail::Closed
    }

    /// Counts what should have had a name in it; whether it is to be refused.
    pub(crate) fn refuses_unreadable(&mut self, host: &impl Host) -> bool {
        self.counters.unreadable(host);
        self.is_closed()
    }

    /// Stops a request that was answered. Where the host did not take the answer it passes, or waits for ever if it may not.
    pub(crate) fn stop_if(&self, is_answered: bool) -> Flow {
        if is_answered || self.is_closed() { Flow::Pause } else { Flow::Continue }
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
