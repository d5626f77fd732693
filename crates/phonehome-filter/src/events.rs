//! Decisions as events: plugins put them into a shared queue, one plugin of the whole process counts and logs them.
//!
//! An event is a line: use, the client's address, the question's type in decimal, and the decision's label, with tabs between; `-`
//! stands for what there is not.

use crate::counters::Counters;
use crate::decision::Wish;
use crate::host::{Host, Level, Metric};
use crate::settings::{Settings, SettingsError};

/// Most events that are read at a time: what is left comes with the next.
const MOST_AT_ONCE: usize = 10_000;

/// Makes the queue that the settings name, `None` where they name none.
pub(crate) fn make_queue(host: &impl Host, settings: &Settings) -> Result<Option<u32>, SettingsError> {
    let Some(events) = &settings.events else { return Ok(None) };
    match host.make_queue(&events.queue) {
        Some(queue) => Ok(Some(queue)),
        None => Err(SettingsError { path: Some("events.queue".into()), problem: "the host makes no queue".into() }),
    }
}

/// Sends a decision, where the settings ask for it. The reader may have been started later: the queue is looked for until it is there.
pub(crate) fn send(
    host: &impl Host,
    settings: &Settings,
    queue: &mut Option<u32>,
    counters: &mut Counters,
    label: &str,
    qtype: Option<u16>,
) {
    let Some(events) = &settings.events else { return };
    if queue.is_none() {
        *queue = host.find_queue(events.vm_id.as_deref().unwrap_or_default(), &events.queue);
    }
    let client = if events.clients { host.property(&["source", "address"]) } else { None };
    let client = client.map_or("-".into(), |client| String::from_utf8_lossy(&client).replace(['\t', '\n'], "?"));
    let qtype = qtype.map_or("-".into(), |qtype| qtype.to_string());
    let event = format!("{}\t{client}\t{qtype}\t{label}", settings.usage.id());
    if !queue.is_some_and(|queue| host.enqueue(queue, event.as_bytes())) {
        // It may have been made anew under another number.
        *queue = None;
        counters.event_lost(host);
    }
}

/// Counts and logs what lies in the queue.
pub(crate) fn read(host: &impl Host, queue: u32) {
    for _ in 0..MOST_AT_ONCE {
        let Some(event) = host.dequeue(queue) else { return };
        let event = String::from_utf8_lossy(&event);
        let action = event.rsplit('\t').next().and_then(|label| label.split('|').next());
        let action = Wish::ALL.into_iter().find(|wish| Some(wish.id()) == action).map_or("unreadable", Wish::id);
        if let Some(counter) = host.metric(Metric::Counter, &format!("phonehome.action.{action}.events_total")) {
            host.count(counter);
        }
        host.log(Level::Info, &format!("phonehome event: {event}"));
    }
}
