//! The report as Markdown, without a date: inputs, time, accuracy, what is not looked at.

mod accuracy;
mod evaluation;
mod verdicts;

use std::fmt::Write as _;

use super::{NDPI, Shapes, Weight};
use crate::measure::Measured;
use crate::words::{machine, spread, thousands};

pub use evaluation::evaluation;

/// The comparison with other ways.
pub fn text(shapes: &Shapes) -> String {
    let mut out = format!(
        "# Shapes of names\n\n\
         Written by `cargo dev report shapes --data DIR`; do not edit. What phonehome's name model finds and takes, beside a threshold on\n\
         entropy, a bigram model, and the check of nDPI as Debian 12 packages it. One run, one thread, all in turn, {rounds} rounds that\n\
         count; nDPI in a process of its own. Thread CPU time, median with least and greatest; a ratio is taken inside each round.\n\
         Absolute times move with the machine and its neighbours: read the ratios.\n\n\
         - Machine: {machine}\n\
         - {ndpi}\n\
         - phonehome is asked through its public calls; entropy and bigrams get the registrable label, which was found before the clock\n  \
         runs (the first row is what that takes by the library's public call, which gives a `String`). The bigram model is fitted on the two files for fitting; no other way is fitted here.\n",
        rounds = shapes.rounds,
        machine = machine(),
        ndpi = shapes.absent.map_or_else(
            || "nDPI: the package `libndpi-dev`, compiled against by `cc -O2`".to_owned(),
            |absent| format!("**nDPI is not measured**: {absent}; it needs `cc` and the package `libndpi-dev`"),
        ),
    );
    inputs(shapes, &mut out);
    times(shapes, &mut out);
    accuracy::sections(shapes, &mut out);
    probes(shapes, &mut out);
    out
}

fn inputs(shapes: &Shapes, out: &mut String) {
    out.push_str("\n## Names\n\n| file | names | SHA-256 |\n|---|---:|---|\n");
    for (file, sha256) in &shapes.inputs.fitted {
        let _ = writeln!(out, "| {file} (for fitting) | | `{sha256}` |");
    }
    for file in &shapes.inputs.files {
        let _ = writeln!(out, "| {} | {} | `{}` |", file.title, thousands(file.rows.len()), file.sha256);
    }
    let families = |families: &super::sets::Families| {
        format!("{} names of {} families", thousands(families.values().map(Vec::len).sum()), families.len())
    };
    let sets = &shapes.sets;
    let _ = write!(
        out,
        "\n- Popular: the {} names of ben_test that some source lists beside `newly_ranked2025` (machine-made names are among the new\n  \
         ones) and `citizenlab2026`. Thresholds are set on them, so a rate of false positives is met by construction.\n\
         - Known families are in dga_test, and other names of theirs in the files for fitting: arithmetic {}, dictionary {}.\n  \
         Some labels stand there too, under another suffix, so these figures flatter.\n\
         - Unseen families are in no file for fitting: arithmetic {}, dictionary {}. **These are the figures to read.**\n",
        thousands(sets.popular.len()),
        families(&sets.known_arithmetic),
        families(&sets.known_dictionary),
        families(&sets.unseen_arithmetic),
        families(&sets.unseen_dictionary),
    );
}

fn times(shapes: &Shapes, out: &mut String) {
    out.push_str("\n## Time\n\nNanoseconds a name.\n\n| way | bytes of its model |");
    for stream in &shapes.inputs.streams {
        let _ = write!(out, " {} | x nDPI |", stream.title);
    }
    out.push_str("\n|---|---:|");
    out.push_str(&"---:|---:|".repeat(shapes.inputs.streams.len()));
    out.push('\n');
    let ndpi = shapes.rows.iter().find(|row| row.name == NDPI);
    for row in &shapes.rows {
        let _ = write!(out, "| {} | {} |", row.name, weight(&row.weight));
        for (place, measured) in row.times.iter().enumerate() {
            let ratio = ndpi
                .and_then(|ndpi| ndpi.times.get(place))
                .map_or_else(|| "-".to_owned(), |other| ratio(measured, other));
            let _ = write!(out, " {} | {ratio} |", spread(measured.time(), 0));
        }
        out.push('\n');
    }
    if let Some(absent) = shapes.absent {
        let _ = writeln!(out, "| {NDPI} | not measured: {absent} |{}", " | |".repeat(shapes.inputs.streams.len()));
    }
    out.push_str(
        "\nMixed: 80 % whole host names of full_test, 15 % popular names of ben_test, 5 % names of dga_test, drawn with a fixed seed. The\n\
         rows of phonehome and nDPI begin with the text of the name. phonehome's whole answer also says whose a name is, and does not\n\
         score the names it knows.\n",
    );
}

fn weight(weight: &Weight) -> String {
    match weight {
        Weight::Bytes(bytes) => thousands(*bytes),
        Weight::Words(words) => words.clone(),
    }
}

fn ratio(measured: &Measured, other: &Measured) -> String {
    spread(measured.ratio(other), 2)
}

/// What a change of the name does to nDPI's answer and to the model's, among names that were flagged without it.
fn probes(shapes: &Shapes, out: &mut String) {
    let Some(plain) = shapes.inputs.probes.first() else { return };
    let row = |name: &str| shapes.rows.iter().find(|row| row.name == name);
    let (Some(ndpi), Some(model)) = (row(NDPI), row(super::MODEL)) else { return };
    let kept = |flags: &super::accuracy::Flags, to: usize| {
        let flagged = plain.rows.clone().filter(|at| flags.has(*at));
        flags.share(flagged.map(|at| at - plain.rows.start + to))
    };
    let (ndpi, model) = (ndpi.answers.yes(), model.answers.flags(&shapes.sets, 1e-2));
    let _ = write!(
        out,
        "\n## What is not looked at\n\nEvery tenth name of dga_test without a hyphen, {} names, asked again with a change: how many of the \
         names that were flagged\nas they are stay flagged. Where none stays flagged, a way does not look at such names, and is \
         fast on them for\nthat reason. phonehome looks at the registrable part alone: what stands in front of it is another's choice.\n\n\
         | change | nDPI, % | phonehome's model at 1 %, % |\n|---|---:|---:|\n",
        thousands(plain.rows.len()),
    );
    for probe in &shapes.inputs.probes {
        let percent = |flags| accuracy::percent(kept(flags, probe.rows.start).rate(), 1);
        let _ = writeln!(out, "| {} | {} | {} |", probe.title, percent(&ndpi), percent(&model));
    }
}
