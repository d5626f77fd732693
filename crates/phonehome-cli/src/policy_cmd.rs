//! `phonehome policy check`: mistakes in a policy, and what it would do to a list. Nothing is blocked by asking.

mod dry_run;
mod report;

use std::path::Path;

use phonehome::Classifier;

use crate::args::{ListOptions, OpenOptions, PolicyCommand};
use crate::error::Error;
use crate::exit_code::Exit;
use crate::input::{Input, Reading};
use crate::open::{self, PolicyText};
use crate::screen::Screen;
use dry_run::DryRun;
use report::Report;

/// Runs a command on policies.
pub(crate) fn run(open: &OpenOptions, command: &PolicyCommand) -> Result<Exit, Error> {
    open::refuse(open, "policy check", &["--policy", "--component"])?;
    let PolicyCommand::Check { file, names, format, list } = command;
    let policy = PolicyText::read(file)?;
    let classifier = open::classifier(open, Some(&policy))?;
    let dry_run = names.as_deref().map(|names| dry_run(&classifier, names, list)).transpose()?;
    Report { classifier: &classifier, policy: &policy, dry_run: dry_run.as_ref(), screen: Screen::new(open.width) }
        .write(*format)?;
    Ok(Exit::Done)
}

fn dry_run<'c>(classifier: &'c Classifier<'c>, names: &Path, list: &ListOptions) -> Result<DryRun<'c>, Error> {
    let mut dry_run = DryRun::new(classifier);
    Reading::new(list, false)?.read(&Input::List(names.to_owned()), &mut dry_run)?;
    Ok(dry_run)
}
