//! Metrics. proxy-wasm has no labels: they stand in the names, from which Envoy's `stats_tags` take them out again.
//!
//! Their number is bounded: codes, uses and the vendors of the pack, never a name that was asked for and never a client. Each is
//! defined when it is first counted.

use phonehome::{Brief, PurposeGroup, Verdict};

use crate::decision::{Wish, applied};
use crate::host::{Host, Metric};
use crate::settings::Use;

/// Vendors that have a counter of their own; others are counted together.
const MOST_VENDORS: usize = 256;
const VERDICTS: usize = Verdict::ALL.len();
/// One more for names without a purpose.
const GROUPS: usize = PurposeGroup::ALL.len() + 1;
const WISHES: usize = Wish::ALL.len();

/// A metric's number, once it was defined.
type Number = Option<u32>;

/// The counters of a plugin.
#[derive(Debug)]
pub(crate) struct Counters {
    usage: Use,
    requests: Box<[Number]>,
    vendors: Box<[Number]>,
    unreadable: Number,
    events_lost: Number,
    over_limit: Number,
}

impl Counters {
    pub(crate) fn of(usage: Use) -> Self {
        Self {
            usage,
            requests: vec![None; VERDICTS * GROUPS * WISHES * 2].into(),
            vendors: vec![None; MOST_VENDORS + 1].into(),
            unreadable: None,
            events_lost: None,
            over_limit: None,
        }
    }

    /// Counts a name that was judged, and what was done about it.
    pub(crate) fn request(&mut self, host: &impl Host, brief: &Brief, wish: Wish, is_blocked: bool) {
        let group = brief.first_purpose().map(|purpose| purpose.group());
        let group_place = group.map_or(GROUPS - 1, |group| usize::from(group.number()));
        let place = usize::from(brief.verdict().number()) * GROUPS + group_place;
        let place = (place * WISHES + wish as usize) * 2 + usize::from(is_blocked);
        let usage = self.usage.id();
        add(host, self.requests.get_mut(place), || {
            format!(
                "phonehome.use.{usage}.verdict.{}.purpose_group.{}.action.{}.applied.{}.requests_total",
                brief.verdict().id(),
                group.map_or("none", |group| group.id()),
                wish.id(),
                applied(is_blocked),
            )
        });
    }

    /// Counts a name of a vendor.
    pub(crate) fn vendor(&mut self, host: &impl Host, number: u16, id: &str) {
        let place = usize::from(number).min(MOST_VENDORS);
        let id = if place == MOST_VENDORS { "other" } else { id };
        add(host, self.vendors.get_mut(place), || format!("phonehome.vendor.{id}.vendor_requests_total"));
    }

    /// Counts a request that should have had a name in it.
    pub(crate) fn unreadable(&mut self, host: &impl Host) {
        let usage = self.usage.id();
        add(host, Some(&mut self.unreadable), || format!("phonehome.use.{usage}.unreadable_total"));
    }

    /// Counts a decision that found no place in the queue.
    pub(crate) fn event_lost(&mut self, host: &impl Host) {
        add(host, Some(&mut self.events_lost), || "phonehome.events_lost_total".to_owned());
    }

    /// Counts a blocked question that gets no answer because its connection had too many of them open.
    pub(crate) fn over_limit(&mut self, host: &impl Host) {
        add(host, Some(&mut self.over_limit), || "phonehome.over_limit_total".to_owned());
    }
}

fn add(host: &impl Host, counter: Option<&mut Number>, name: impl FnOnce() -> String) {
    let Some(counter) = counter else { return };
    if counter.is_none() {
        *counter = host.metric(Metric::Counter, &name());
    }
    if let Some(number) = *counter {
        host.count(number);
    }
}
