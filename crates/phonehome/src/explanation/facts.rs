//! The facts of an explanation as labelled lines: the same in a terminal and on a page. What is not known has no line.

use super::{BreaksView, Explanation, OwnerView};
use crate::codes::{Impact, Storm, Verdict};

/// A label and a text.
pub type Fact = (&'static str, String);

impl Explanation<'_> {
    /// Everything known beside advice, reasons and sources, in the order in which people ask. `vendor_name` gives the name of a
    /// vendor by its slug.
    pub fn facts(&self, vendor_name: &dyn Fn(&str) -> Option<String>) -> Vec<Fact> {
        let mut facts = vec![("What it is", what(self))];
        facts.extend(whose(self, vendor_name));
        facts.extend(if self.brands.is_empty() { None } else { Some(("Sold as", self.brands.join(", "))) });
        facts.extend(devices(self));
        facts.extend(self.region.id().map(|region| ("Where", region_text(region))));
        facts.extend(self.breaks.iter().flat_map(|breaks| if_blocked(self, breaks)));
        facts.push(("How sure", sure(self)));
        facts
    }
}

fn what(answer: &Explanation<'_>) -> String {
    let verdict = answer.verdict();
    let purposes: Vec<&str> = answer.purposes.iter().map(|purpose| purpose.text()).collect();
    let kind = match verdict {
        Verdict::Unknown | Verdict::Risky => answer.what().into_iter().next().unwrap_or_default(),
        _ => verdict.text().to_owned(),
    };
    if purposes.is_empty() || (verdict == Verdict::Unknown && kind != verdict.text()) {
        return kind;
    }
    let guess = if answer.is_inferred() { " (guessed from the name)" } else { "" };
    format!("{}{guess}; {kind}", purposes.join(", "))
}

fn whose(answer: &Explanation<'_>, vendor_name: &dyn Fn(&str) -> Option<String>) -> Vec<Fact> {
    let parent = |owner: OwnerView<'_>| {
        let parent = vendor_name(owner.parent?)?;
        Some(format!("{}, which belongs to {parent}", owner.name))
    };
    let vendor = answer.vendor.map(|owner| ("Whose", parent(owner).unwrap_or_else(|| owner.name.to_owned())));
    let platform = answer.platform.filter(|platform| answer.vendor.is_none_or(|vendor| vendor.name != platform.name));
    let platform = platform.map(|owner| (if vendor.is_some() { "Platform" } else { "Whose" }, owner.name.to_owned()));
    vendor.into_iter().chain(platform).collect()
}

fn devices(answer: &Explanation<'_>) -> Option<Fact> {
    let classes: Vec<&str> = answer.classes.iter().map(|class| class.text()).collect();
    let by = match answer.contacted_by {
        "device" => "asked for by the device",
        "app" => "asked for by the app",
        "both" => "asked for by device and app",
        _ => "",
    };
    let every = answer.period_s.map(|seconds| format!("about every {}", interval(seconds)));
    let parts = [classes.join(", "), by.to_owned(), every.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| ("Devices", parts.join("; ")))
}

fn interval(seconds: u32) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} minutes", seconds / 60),
        _ => format!("{} hours", seconds / 3600),
    }
}

fn region_text(region: &str) -> String {
    match region {
        "global" => "worldwide".to_owned(),
        "eu" => "Europe".to_owned(),
        "ap" => "Asia-Pacific".to_owned(),
        "na" => "North America".to_owned(),
        "sa" => "South America".to_owned(),
        "me" => "Middle East".to_owned(),
        "af" => "Africa".to_owned(),
        country => country.to_ascii_uppercase(),
    }
}

fn if_blocked(answer: &Explanation<'_>, breaks: &BreaksView<'_>) -> Vec<Fact> {
    let impact = answer.brief.impact();
    let headline = match (impact, breaks.function) {
        (Impact::Unknown, "") => "nobody has reported what happens".to_owned(),
        (impact, "") => impact.text().to_owned(),
        (Impact::Unknown, function) => format!("no clear picture: {function}"),
        (impact, function) => format!("{}: {function}", impact.text()),
    };
    let modes: Vec<&str> = breaks.answers.iter().map(|mode| mode.text()).collect();
    let storm = if answer.brief.storm() == Storm::Unknown { "" } else { answer.brief.storm().text() };
    let lines = [
        ("Seen on", breaks.devices.to_owned()),
        ("When", breaks.when.to_owned()),
        ("Still works", breaks.keeps.to_owned()),
        ("Answer with", modes.join(", or ")),
        ("Retries", storm.to_owned()),
        ("What helps", breaks.remedy.to_owned()),
        ("Who says so", breaks.source.map_or(String::new(), |source| source.title.to_owned())),
    ];
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    std::iter::once(("If blocked", headline)).chain(lines).collect()
}

fn sure(answer: &Explanation<'_>) -> String {
    match answer.brief.confidence() {
        0 => "we know nothing more".to_owned(),
        percent => format!("{} ({percent} of 100)", answer.confidence_word()),
    }
}
