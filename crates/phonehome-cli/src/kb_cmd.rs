//! `phonehome kb`: the knowledge that answers come from: what it is, its entries, what changed.

mod diff;

use std::io::{BufWriter, Write, stdout};

use phonehome::{Classifier, EntryView, Name, PackInfo};
use serde_json::Value;

use crate::args::{ExportFormat, KbCommand, OpenOptions};
use crate::cells;
use crate::date::Date;
use crate::engine::Engine;
use crate::error::{Error, shown};
use crate::exit_code::Exit;
use crate::open;
use crate::screen::{DIM, Screen};
use crate::text::{clean, count, grouped, pad};

/// Columns of the labels on the left.
const LABEL: usize = 11;

/// Runs a command on the knowledge.
pub(crate) fn run(open: &OpenOptions, command: &KbCommand) -> Result<Exit, Error> {
    match command {
        KbCommand::Info => {
            open::refuse(open, "kb info", &["--policy"])?;
            info(open, &open::engine(open)?)?;
        }
        KbCommand::Export { format, under } => {
            open::refuse(open, "kb export", &["--overlay", "--policy", "--component"])?;
            export(&open::classifier(open, None)?, *format, under.as_deref())?;
        }
        KbCommand::Diff { old, new } => {
            open::refuse(open, "kb diff", &["--pack", "--overlay", "--policy", "--component"])?;
            diff::run(&open::pack(old)?, &open::pack(new)?)?;
        }
    }
    Ok(Exit::Done)
}

fn info(open: &OpenOptions, engine: &Engine) -> Result<(), Error> {
    let screen = Screen::new(open.width);
    let info = engine.info();
    let from = match (&open.pack, open.component()) {
        (Some(pack), _) => shown(pack),
        (None, Some(component)) => format!("inside {}", shown(component)),
        (None, None) => "built in".to_owned(),
    };
    let version = if info.suffix_version.is_empty() { "version not stated" } else { info.suffix_version };
    let number = |number: u32, one, many| count(u64::from(number), one, many);
    let mut lines = vec![
        ("Knowledge", format!("{} ({from})", release(&info))),
        (
            "Entries",
            format!(
                "{}, of which {} are patterns; {} say from a source what breaks",
                grouped(u64::from(info.entries)),
                grouped(u64::from(info.patterns)),
                grouped(u64::from(info.impacts))
            ),
        ),
        (
            "Owners",
            format!(
                "{}, {}",
                number(info.vendors, "vendor", "vendors"),
                number(info.platforms, "platform", "platforms")
            ),
        ),
        ("Sources", grouped(u64::from(info.sources))),
        ("Suffixes", format!("{} of the public suffix list, {version}", number(info.suffix_rules, "rule", "rules"))),
        ("Size", format!("{} bytes", grouped(info.size as u64))),
        ("Checksum", format!("{:016x}", info.checksum)),
        ("Licences", "entries: CC0-1.0".to_owned()),
        ("", format!("public-suffix rules ({version}): MPL-2.0, https://publicsuffix.org/list/")),
        ("", "program: MIT OR Apache-2.0".to_owned()),
    ];
    if let Some(release) = engine.component_release() {
        lines.push(("Component", format!("built from release {release}")));
    }
    for overlay in engine.overlays() {
        let date = Date::from_number(overlay.date).map_or(String::new(), |date| format!(" of {date}"));
        let skipped = if overlay.skipped == 0 { String::new() } else { format!(", {} not kept", overlay.skipped) };
        let rules = number(overlay.rules, "rule", "rules");
        let size = grouped(overlay.size as u64);
        lines.push((
            "Overlay",
            format!("{}{date}: {}, {rules}{skipped}, {size} bytes", overlay.name, overlay.kind.text()),
        ));
    }
    let mut out = stdout().lock();
    for (label, text) in lines {
        writeln!(out, "{}{}", screen.paint(DIM, &pad(label, LABEL)), clean(&text))?;
    }
    Ok(())
}

/// `0.1.0 of 2026-11-24`.
fn release(info: &PackInfo<'_>) -> String {
    let date = Date::from_number(info.date).map_or(String::new(), |date| format!(" of {date}"));
    clean(&format!("{}{date}", info.version))
}

fn export(classifier: &Classifier<'_>, format: ExportFormat, under: Option<&str>) -> Result<(), Error> {
    let entries: Box<dyn Iterator<Item = EntryView<'_>>> = match under {
        None => Box::new(classifier.entries()),
        Some(text) => {
            let name = Name::parse(text.as_bytes())
                .map_err(|error| Error::new(format!("--under {}: not a domain name: {error}", clean(text))))?;
            let entries = classifier.entries_under(&name, usize::MAX).map_err(|error| Error::new(error.to_string()))?;
            Box::new(entries.into_iter())
        }
    };
    let mut out = BufWriter::new(stdout().lock());
    match format {
        ExportFormat::Jsonl => {
            for entry in entries {
                writeln!(out, "{}", classifier.entry_json(&entry))?;
            }
        }
        ExportFormat::Csv => {
            let mut out = cells::writer(&mut out, b',');
            cells::record(&mut out, &COLUMNS.map(|(title, _)| title))?;
            for entry in entries {
                let entry = json(classifier, &entry)?;
                cells::record(&mut out, &COLUMNS.map(|(_, pointer)| cell(&entry, pointer)))?;
            }
            out.flush()?;
        }
    }
    Ok(out.flush()?)
}

/// Titles, and where in an entry's JSON the cell stands.
const COLUMNS: [(&str, &str); 16] = [
    ("id", "/id"),
    ("match_kind", "/match/kind"),
    ("match", "/match/value"),
    ("verdict", "/verdict"),
    ("confidence", "/confidence"),
    ("vendor", "/vendor/id"),
    ("platform", "/platform/id"),
    ("brands", "/brands"),
    ("classes", "/classes"),
    ("region", "/region"),
    ("purposes", "/purposes"),
    ("risk", "/risk"),
    ("impact", "/breaks/impact"),
    ("function", "/breaks/function"),
    ("retry_storm", "/breaks/retry_storm"),
    ("sources", "/evidence"),
];

/// An entry as the library writes it: the one owner of what an entry shows.
fn json(classifier: &Classifier<'_>, entry: &EntryView<'_>) -> Result<Value, Error> {
    serde_json::from_str(&classifier.entry_json(entry)).map_err(|error| Error::new(format!("an entry's JSON: {error}")))
}

/// A value as one cell; of objects in a list their `id` or `source`.
fn cell(entry: &Value, pointer: &str) -> String {
    match entry.pointer(pointer) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let texts = items.iter().filter_map(|item| item.get("id").or(item.get("source")).unwrap_or(item).as_str());
            texts.collect::<Vec<_>>().join(" ")
        }
        Some(other) => other.to_string(),
    }
}
