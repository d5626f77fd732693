//! `phonehome overlay build`: an operator's list to an overlay. Each line is kept exactly, or counted and shown.

use std::fs::{self, File};
use std::io::{Read, Write, stdin, stdout};
use std::path::Path;

use phonehome::OverlayKind;
use phonehome_pack::{BuiltOverlay, LISTED_SKIPS, ListFormat, OverlayBuilder, OverlaySpec, RuleScope};

use crate::args::{BuildOptions, Kind, OpenOptions, OverlayCommand, OverlayFormat, Scope};
use crate::date::Date;
use crate::error::{Error, shown};
use crate::exit_code::Exit;
use crate::input::STDIN;
use crate::open;
use crate::output::Draft;
use crate::progress::Progress;
use crate::text::{clean, count, grouped};

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;
/// Skipped lines that are shown unless all are wanted.
const SHOWN: usize = 10;

/// Runs a command on overlays.
pub(crate) fn run(open: &OpenOptions, command: &OverlayCommand) -> Result<Exit, Error> {
    open::refuse(open, "overlay build", &["--pack", "--overlay", "--policy", "--component"])?;
    let OverlayCommand::Build(options) = command;
    let builder = OverlayBuilder::new(spec(options)).map_err(|error| Error::file(&options.list, error))?;
    let built = feed(builder, &options.list)?.finish().map_err(|error| Error::file(&options.list, error))?;
    write(&options.list, &options.output, &built.bytes)?;
    report(options, &built)?;
    Ok(Exit::Done)
}

fn spec(options: &BuildOptions) -> OverlaySpec {
    OverlaySpec {
        format: match options.from {
            OverlayFormat::Hosts => ListFormat::Hosts,
            OverlayFormat::Domains => ListFormat::Domains,
            OverlayFormat::Rpz => ListFormat::Rpz,
            OverlayFormat::Adguard => ListFormat::Adguard,
            OverlayFormat::Csv => ListFormat::Csv,
        },
        kind: match options.kind {
            Kind::Threat => OverlayKind::Threat,
            Kind::Block => OverlayKind::Block,
            Kind::Allow => OverlayKind::Allow,
            Kind::Label => OverlayKind::Label,
        },
        name: options.name.clone(),
        scope: options.scope.map(|scope| match scope {
            Scope::Exact => RuleScope::Exact,
            Scope::Suffix => RuleScope::Suffix,
        }),
        date: options.date.map_or(0, Date::number),
    }
}

fn feed(mut builder: OverlayBuilder, path: &Path) -> Result<OverlayBuilder, Error> {
    let mut source: Box<dyn Read> = if path.as_os_str() == STDIN {
        Box::new(stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|error| Error::file(path, error))?)
    };
    let mut piece = vec![0; PIECE];
    let (mut progress, mut bytes) = (Progress::new(false), 0);
    loop {
        let length = source.read(&mut piece).map_err(|error| Error::file(path, error))?;
        let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else { break };
        if bytes == 0 {
            crate::refuse::binary(path, read)?;
        }
        builder.feed(read);
        bytes += length as u64;
        progress.tick(bytes);
    }
    progress.clear();
    Ok(builder)
}

fn write(list: &Path, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let (Ok(list), Ok(path)) = (fs::canonicalize(list), fs::canonicalize(path))
        && list == path
    {
        return Err(Error::file(&path, "this is the list itself: write the overlay to another file"));
    }
    let mut draft = Draft::new(path)?;
    draft.write_all(bytes).map_err(|error| Error::file(path, error))?;
    draft.publish()
}

fn report(options: &BuildOptions, built: &BuiltOverlay) -> Result<(), Error> {
    let mut out = stdout().lock();
    let kind = spec(options).kind.text();
    let rules = count(u64::from(built.rules), "rule", "rules");
    writeln!(out, "{}: {kind} {:?} with {rules}", shown(&options.output), clean(&options.name))?;
    let bytes = built.bytes.len() as u64;
    let tenths = bytes * 10 / u64::from(built.rules.max(1));
    writeln!(out, "  {} bytes, {}.{} a rule", grouped(bytes), tenths / 10, tenths % 10)?;
    if built.repeated > 0 {
        writeln!(out, "  {} said again what another line says", count(built.repeated, "line", "lines"))?;
    }
    if built.skipped > 0 {
        writeln!(out, "  {} not kept:", count(built.skipped, "entry", "entries"))?;
        for (reason, number) in &built.skips_by_reason {
            writeln!(out, "    {:>8}  {}", grouped(*number), clean(reason))?;
        }
        let most = if options.show_skipped { LISTED_SKIPS } else { SHOWN };
        for skip in built.skips.iter().take(most) {
            writeln!(out, "  {}:{}: {}", shown(&options.list), skip.line, clean(&skip.reason))?;
        }
        let listed = built.skips.len().min(most) as u64;
        if built.skipped > listed {
            let how = if options.show_skipped { "" } else { " (--show-skipped shows more)" };
            writeln!(out, "  and {} more{how}", grouped(built.skipped - listed))?;
        }
    }
    Ok(())
}
