//! `phonehome export`: what a policy blocks, as rules for resolvers or as a report.

mod asking;
mod serial;

use std::fs;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use phonehome::{Classifier, Name};
use phonehome_export::{Asked, Devices, Document, Format, Group, Plan, Settings};

use crate::args::{ExportOptions, OpenOptions, ZoneOptions};
use crate::error::{Error, shown};
use crate::exit_code::Exit;
use crate::open::{self, PolicyText};
use crate::output::{Draft, Text};
use crate::progress::Progress;
use crate::say;
use crate::text::{clean, count, grouped};

/// The policy of those who name none.
const DEFAULT_POLICY: &str = "gentle";

/// Runs the command.
pub(crate) fn run(open: &OpenOptions, options: &ExportOptions) -> Result<Exit, Error> {
    open::refuse(open, "export", &["--component"])?;
    let zone = &options.zone;
    check(options)?;
    let policy = PolicyText::read(open.policy.as_deref().unwrap_or(Path::new(DEFAULT_POLICY)))?;
    let classifier = open::classifier(open, Some(&policy))?;
    let devices = zone.devices.as_deref().map(devices).transpose()?.unwrap_or_default();
    let asked = asking::all(&classifier, options)?;
    let plan = plan(&classifier, asked)?;
    let settings = Settings { policy: shown(&policy.path), zone: zone.zone.clone(), serial: 0, group: None, devices };
    match (&options.output, zone.split) {
        (Some(folder), Some(_)) => split(&classifier, &plan, settings, folder, zone)?,
        (Some(path), None) => {
            let is_zone = options.format == Format::Rpz;
            let serial = if is_zone { serial::next(path, zone.serial)? } else { 0 };
            let settings = Settings { serial, ..settings };
            let document = Document::new(&classifier, &plan, options.format, &settings);
            draft(&document, path)?.publish()?;
            report(&shown(path), &document);
        }
        (None, _) => {
            let settings = Settings { serial: zone.serial.unwrap_or_else(serial::of_today), ..settings };
            let document = Document::new(&classifier, &plan, options.format, &settings);
            write(&document, BufWriter::new(stdout().lock()))?;
            report("standard output", &document);
        }
    }
    Ok(Exit::Done)
}

/// Refuses options that do not fit together.
fn check(options: &ExportOptions) -> Result<(), Error> {
    let ZoneOptions { zone, serial, split, devices } = &options.zone;
    if options.format != Format::Rpz {
        let given = [("--serial", serial.is_some()), ("--split", split.is_some()), ("--devices", devices.is_some())];
        if let Some((option, _)) = given.iter().find(|(_, is_given)| *is_given) {
            return Err(Error::new(format!("{option} belongs to --format rpz")));
        }
    }
    if devices.is_some() && split.is_none() {
        // In a zone with other rules Unbound 1.17 does not let an exempt client off them.
        return Err(Error::new("--devices writes a zone of its own, to be listed first: add --split reason"));
    }
    if split.is_some() && options.output.is_none() {
        return Err(Error::new("--split writes several files: say in which folder by --output"));
    }
    match Name::parse(zone.as_bytes()) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::new(format!("--zone {}: not a domain name: {error}", clean(zone)))),
    }
}

fn devices(path: &Path) -> Result<Devices, Error> {
    let text = fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
    Devices::parse(&text)
        .map_err(|error| Error::new(format!("{}:{}: {}", shown(path), error.line, clean(&error.problem))))
}

fn plan(classifier: &Classifier<'_>, asked: Asked) -> Result<Plan, Error> {
    let mut progress = Progress::new(false);
    let plan = Plan::new(classifier, asked, 0, &mut |done| {
        progress.say(|| format!("{} names decided", grouped(done as u64)));
    });
    progress.clear();
    plan.map_err(|error| Error::new(error.to_string()))
}

/// Writes a document into a pipe or a file that is not in its place yet.
fn write<W: Write>(document: &Document<'_>, out: W) -> Result<W, Error> {
    let mut progress = Progress::new(false);
    let mut text = Text::new(out);
    let written = document.write(&mut text, &mut |done| {
        progress.say(|| format!("{} rules written", grouped(done as u64)));
    });
    progress.clear();
    let out = text.finish()?;
    written.map_err(|_| Error::new("the output could not be written"))?;
    Ok(out)
}

fn draft(document: &Document<'_>, path: &Path) -> Result<Draft, Error> {
    let draft = Draft::new(path)?;
    write(document, draft).map_err(|error| match error {
        Error::Message(message) => Error::file(path, message),
        closed => closed,
    })
}

/// One zone a reason, all of them even where one is empty: a resolver's configuration need not change with the knowledge.
fn split(
    classifier: &Classifier<'_>,
    plan: &Plan,
    settings: Settings,
    folder: &Path,
    options: &ZoneOptions,
) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| Error::file(folder, error))?;
    let place = |zone: &str| -> PathBuf { folder.join(format!("{zone}.zone")) };
    let mut drafts = Vec::new();
    let mut write = |plan: &Plan, settings: &Settings| -> Result<(), Error> {
        let path = place(&settings.zone);
        let settings = Settings { serial: serial::next(&path, options.serial)?, ..settings.clone() };
        let document = Document::new(classifier, plan, Format::Rpz, &settings);
        drafts.push(draft(&document, &path)?);
        report(&shown(&path), &document);
        Ok(())
    };
    if options.devices.is_some() {
        let zone = format!("devices.{}", settings.zone);
        let nothing = self::plan(classifier, Asked::new())?;
        write(&nothing, &Settings { zone, ..settings.clone() })?;
    }
    for group in Group::all() {
        let zone = format!("{}.{}", group.id(), settings.zone);
        write(plan, &Settings { zone, group: Some(group), devices: Devices::default(), ..settings.clone() })?;
    }
    drafts.into_iter().try_for_each(Draft::publish)
}

/// Says what was written, and what not.
fn report(place: &str, document: &Document<'_>) {
    let counts = document.counts();
    let blocking = count(counts.blocking(), "rule blocks", "rules block");
    let exceptions = count(counts.exceptions, "exception", "exceptions");
    say(&format!("{place}: {blocking}, {exceptions}"));
    for (why, number, _) in document.left_out() {
        say(&format!("  left out: {}: {}", grouped(number), why.text()));
    }
}
