//! The facts of an explanation as labelled lines; what is not known has no line.

use phonehome::{Action, BreaksView, Explanation, Impact, ListView, OwnerView, SourceView, Storm, Verdict};

use crate::classify;
use crate::date::Date;
use crate::engine::Engine;

/// A label on the left (empty: it belongs to the line above) and a text.
pub(super) type Fact = (&'static str, String);

/// Everything worth a line, in the order in which people ask.
pub(super) fn facts(engine: &Engine, answer: &Explanation<'_>, today: Date) -> Vec<Fact> {
    let mut facts = vec![("What it is", what(answer))];
    facts.extend(whose(engine, answer));
    facts.extend(if answer.brands.is_empty() { None } else { Some(("Sold as", answer.brands.join(", "))) });
    facts.extend(devices(answer));
    facts.extend(answer.region.id().map(|region| ("Where", region_text(region))));
    facts.extend(answer.breaks.iter().flat_map(|breaks| if_blocked(answer, breaks)));
    facts.push(("How sure", sure(answer)));
    facts.extend(labelled("Why", answer.reasons.iter().map(|reason| reason.text.clone())));
    facts.extend(labelled("Your lists", answer.lists.iter().map(list)));
    facts.extend(policy(engine, answer));
    facts.extend(sources(answer, today));
    facts
}

fn what(answer: &Explanation<'_>) -> String {
    let verdict = answer.verdict();
    let purposes: Vec<&str> = answer.purposes.iter().map(|purpose| purpose.text()).collect();
    let kind = match verdict {
        Verdict::Unknown | Verdict::Risky => classify::what(answer).into_iter().next().unwrap_or_default(),
        _ => verdict.text().to_owned(),
    };
    if purposes.is_empty() || (verdict == Verdict::Unknown && kind != verdict.text()) {
        return kind;
    }
    let guess = if answer.is_inferred() { " (guessed from the name)" } else { "" };
    format!("{}{guess}; {kind}", purposes.join(", "))
}

fn whose(engine: &Engine, answer: &Explanation<'_>) -> Vec<Fact> {
    let parent = |owner: OwnerView<'_>| {
        let parent = engine.vendor_name(owner.parent?)?;
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

fn labelled(label: &'static str, texts: impl Iterator<Item = String>) -> impl Iterator<Item = Fact> {
    texts.enumerate().map(move |(number, text)| (if number == 0 { label } else { "" }, text))
}

fn list(list: &ListView) -> String {
    let purpose = list.purpose.map_or("", |purpose| purpose.text());
    let own: Vec<&str> =
        [list.vendor.as_str(), purpose, &list.note].into_iter().filter(|part| !part.is_empty()).collect();
    let own = if own.is_empty() { String::new() } else { format!(": {}", own.join("; ")) };
    format!("{} ({}){own}", list.list, list.kind.text())
}

fn policy(engine: &Engine, answer: &Explanation<'_>) -> Option<Fact> {
    if !engine.has_policy() {
        return None;
    }
    let by = answer.policy_line.map_or("no line decides".to_owned(), |line| format!("line {line}"));
    let text = match answer.action() {
        Action::Block(mode) => {
            format!("would block it ({by}): {}, TTL {} s", mode.text(), answer.brief.blocked_ttl())
        }
        Action::Allow => format!("would let it through ({by})"),
    };
    let noted = if answer.brief.logged() { "; a log line notes it" } else { "" };
    Some(("Policy", format!("{text}{noted}")))
}

fn sources(answer: &Explanation<'_>, today: Date) -> Vec<Fact> {
    let mut facts = Vec::new();
    let evidence = answer.evidence.iter().map(|item| (item.source, item.kind.text(), item.date));
    let risks = answer.risks.iter().filter_map(|risk| risk.source).map(|source| (source, "on the risk", source.date));
    let mut seen: Vec<&str> = Vec::new();
    let impact =
        answer.breaks.as_ref().and_then(|breaks| breaks.source).map(|source| (source, "on what breaks", source.date));
    for (source, kind, date) in evidence.chain(risks).chain(impact) {
        if seen.contains(&source.id) {
            continue;
        }
        let label = if seen.is_empty() { "Sources" } else { "" };
        seen.push(source.id);
        facts.push((label, source_line(source, kind, date, today)));
        if !source.url.is_empty() {
            facts.push(("", source.url.to_owned()));
        }
    }
    facts
}

fn source_line(source: SourceView<'_>, kind: &str, date: &str, today: Date) -> String {
    let age = Date::parse(date).map(|date| date.age(today)).unwrap_or_default();
    let about: Vec<&str> = [kind, date, &age].into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} ({})", source.title, about.join(", "))
}
