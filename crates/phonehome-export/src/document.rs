//! A list or report as a whole: head, rules, and what was left out.

use std::convert::Infallible;
use std::fmt::{self, Write};

use phonehome::{Classifier, Impact, Verdict};

use crate::act::{Group, Why};
use crate::asked::Scope;
use crate::cell;
use crate::devices::Devices;
use crate::emit::{Rules, Tally, emit};
use crate::format::{Format, Report, client};
use crate::plan::{Counts, LeftOut, Missing, Plan};

/// Names that the head lists for each reason to leave something out.
const SHOWN: usize = 10;

/// What the head says and a zone needs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the policy is called.
    pub policy: String,
    /// The zone's name in presentation form, without the final dot; RPZ alone.
    pub zone: String,
    /// The zone's serial number; RPZ alone.
    pub serial: u32,
    /// The reason whose rules alone are wanted; RPZ alone.
    pub group: Option<Group>,
    /// Devices treated apart; RPZ alone.
    pub devices: Devices,
}

impl Default for Settings {
    fn default() -> Self {
        let zone = "phonehome.rpz".to_owned();
        Self { policy: "policy".to_owned(), zone, serial: 1, group: None, devices: Devices::default() }
    }
}

/// What a rule's words are made of.
#[derive(Debug)]
pub(crate) struct Context<'d> {
    classifier: &'d Classifier<'d>,
    pub(crate) settings: &'d Settings,
}

impl Context<'_> {
    /// The vendor's or platform's slug; empty where there is none.
    pub(crate) fn vendor_id(&self, why: &Why) -> &str {
        why.vendor().and_then(|vendor| self.classifier.vendor(vendor)).map_or("", |vendor| vendor.id)
    }

    /// Whose a name is, in the name people know.
    pub(crate) fn owner(&self, why: &Why) -> Option<&str> {
        let vendor = why.vendor().and_then(|vendor| self.classifier.vendor(vendor));
        let platform = || why.platform().and_then(|platform| self.classifier.platform(platform));
        vendor.or_else(platform).map(|owner| owner.name)
    }

    /// Why a rule is there, in one line.
    pub(crate) fn why(&self, rules: &Rules<'_>, scope: Scope) -> String {
        if rules.is_filler {
            return "as above: names below would escape".to_owned();
        }
        let why = rules.why(scope);
        let is_block = match scope {
            Scope::Exact | Scope::Suffix => rules.exact.is_block(),
            Scope::Below => rules.below.is_block(),
        };
        let owner = self.owner(why);
        let mut text = if is_block { String::new() } else { "let through: ".to_owned() };
        text.push_str(&cell::line(owner.unwrap_or_else(|| why.verdict().text())));
        if let Some(purpose) = why.purpose() {
            text.push_str(": ");
            text.push_str(purpose.text());
        }
        if let (Some(_), Verdict::Suspicious | Verdict::Malicious | Verdict::Risky) = (owner, why.verdict()) {
            text.push_str("; ");
            text.push_str(why.verdict().text());
        }
        text.push_str(match why.impact() {
            Impact::Breaks => "; blocked, something stops working",
            _ if why.depends() => "; the policy decides name by name",
            _ if !is_block => "",
            Impact::Unknown => "; untested",
            Impact::None => "; nothing you would miss",
            Impact::Degraded => "; something gets worse",
        });
        if let Some(line) = why.line().filter(|_| !why.depends()) {
            let _ = write!(text, "; policy line {line}");
        }
        text
    }
}

/// One list, ready to be written.
#[derive(Debug)]
pub struct Document<'d> {
    context: Context<'d>,
    plan: &'d Plan,
    format: Format,
    tally: Tally,
}

impl<'d> Document<'d> {
    /// Counts what the list will hold: its head stands first.
    pub fn new(classifier: &'d Classifier<'d>, plan: &'d Plan, format: Format, settings: &'d Settings) -> Self {
        let tally: Result<Tally, Infallible> =
            emit(plan, &format.able(zone_length(settings)), settings.group, &mut |_| Ok(()));
        let Ok(tally) = tally;
        Self { context: Context { classifier, settings }, plan, format, tally }
    }

    /// The rules it will hold.
    pub const fn counts(&self) -> Counts {
        self.tally.counts
    }

    /// What it will not hold: how many for each reason, and the first of them.
    pub fn left_out(&self) -> impl Iterator<Item = (LeftOut, u64, &[Missing])> {
        let lists = [&self.plan.missing, &self.tally.missing];
        lists.into_iter().flat_map(|list| list.counts.iter().map(|(why, count)| (*why, *count, list.of(*why))))
    }

    /// Writes it; `progress` hears how many nodes are done.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn Write, progress: &mut dyn FnMut(usize)) -> fmt::Result {
        let able = self.format.able(zone_length(self.context.settings));
        if self.format == Format::Markdown {
            let mut report = Report::default();
            emit(self.plan, &able, None, &mut |rules| {
                report.add(rules, &self.context);
                Ok::<(), fmt::Error>(())
            })?;
            return report.write(self, out);
        }
        if let Some(comment) = self.format.comment() {
            for line in self.head() {
                writeln!(out, "{comment} {line}")?;
            }
        }
        self.format.start(&self.context, out)?;
        if self.format == Format::Rpz {
            self.context.settings.devices.0.iter().try_for_each(|device| client(device, out))?;
        }
        let mut nodes = 0;
        emit(self.plan, &able, self.context.settings.group, &mut |rules| {
            nodes += 1;
            progress(nodes);
            self.format.rules(rules, &self.context, out)
        })?;
        Ok(())
    }

    /// What the list is, of what, and what is not in it.
    pub(crate) fn head(&self) -> Vec<String> {
        let Context { classifier, settings } = &self.context;
        let (info, counts) = (classifier.info(), self.tally.counts);
        let [exact, below, suffix] = counts.blocks;
        let mut head = vec![
            format!("Title: phonehome, policy {}", settings.policy),
            format!("Version: {}", info.version),
            format!("Last modified: {} (the knowledge)", date(info.date)),
            format!("Number of entries: {}", counts.blocking() + counts.exceptions),
            format!("Format: {}: {}", self.format.id(), self.format.semantics()),
            format!(
                "Blocked: name alone {exact}, name and all below {suffix}, only what is below {below}; exceptions {}",
                counts.exceptions
            ),
            format!("Of the blocked: making something worse {}, untested {}", counts.degraded, counts.untested),
        ];
        if counts.other_answer > 0 {
            head.push(format!(
                "Answered otherwise than wanted, since the format cannot say it: {}",
                counts.other_answer
            ));
        }
        if self.tally.fillers > 0 {
            head.push(format!("Said again so that names below do not escape: {}", self.tally.fillers));
        }
        if let Some(group) = settings.group {
            head.push(format!("Reason of this zone: {}", group.id()));
        }
        for (why, count, first) in self.left_out() {
            head.push(format!("Left out: {count}: {}", why.text()));
            for missing in first.iter().take(SHOWN) {
                head.push(format!("  {} ({})", cell::line(&missing.name), missing.scope.id()));
            }
            if count > SHOWN as u64 {
                head.push(format!("  and {} more", count - SHOWN as u64));
            }
        }
        head.into_iter().map(|line| cell::line(&line).into_owned()).collect()
    }

    pub(crate) const fn plan(&self) -> &Plan {
        self.plan
    }

    pub(crate) const fn settings(&self) -> &Settings {
        self.context.settings
    }

    /// Version and date of the knowledge.
    pub(crate) fn knowledge(&self) -> String {
        let info = self.context.classifier.info();
        format!("{} of {}", info.version, date(info.date))
    }
}

/// `2026-11-25` of 20261125.
fn date(number: u32) -> String {
    format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100)
}

/// Octets of the zone's name in wire form.
fn zone_length(settings: &Settings) -> usize {
    phonehome::Name::parse(settings.zone.as_bytes()).map_or(1, |zone| zone.as_bytes().len() + 2)
}
