//! The tables of accuracy.

use std::fmt::Write as _;

use phonehome::Band;

use crate::shapes::accuracy::{Flags, Rates};
use crate::shapes::statistics::{Estimate, Proportion};
use crate::shapes::{CLASSIFY, LABEL, MODEL, NDPI, Row, Shapes};
use crate::words::thousands;

const HEAD: &str = "\n| way | false positives | known arithmetic | known dictionary | unseen arithmetic, mean of families | unseen dictionary |\n\
                    |---|---:|---:|---:|---:|---:|\n";

/// How intervals come about.
pub(super) const INTERVALS: &str = "Percent flagged, with 95 % intervals: Wilson's for shares; for the mean over families 1000 draws of families. The \
     intervals do not\nhold the threshold's own error. A name that a way does not score is not flagged.\n";

/// All of the comparison.
pub(super) fn sections(shapes: &Shapes, out: &mut String) {
    let _ = write!(out, "\n## Accuracy\n\n{INTERVALS}");
    at_rates(shapes, &[(1e-2, "1 %"), (1e-3, "0.1 %")], out);
    at_ndpi(shapes, out);
    benign(shapes, out);
    families(shapes, out);
}

/// Shares found at thresholds that so many popular names exceed.
pub(super) fn at_rates(shapes: &Shapes, rates: &[(f64, &str)], out: &mut String) {
    for (rate, title) in rates {
        let _ = write!(out, "\n### At most {title} false positives\n{HEAD}");
        for row in scored(shapes) {
            line(&row.name, &row.answers.flags(&shapes.sets, *rate).rates(&shapes.sets), out);
        }
    }
}

/// Rows with a threshold of their own.
fn scored(shapes: &Shapes) -> impl Iterator<Item = &Row> {
    shapes.rows.iter().filter(|row| row.name != LABEL && row.name != NDPI)
}

fn find<'s>(shapes: &'s Shapes, name: &str) -> Option<&'s Row> {
    shapes.rows.iter().find(|row| row.name == name)
}

fn at_ndpi(shapes: &Shapes, out: &mut String) {
    let Some(ndpi) = find(shapes, NDPI) else { return };
    let rates = ndpi.answers.yes().rates(&shapes.sets);
    let _ = write!(
        out,
        "\n### At the false positives of nDPI\n\nnDPI answers yes or no: it has this one point. The others' thresholds are set to flag at most \
         as many popular names.\n{HEAD}"
    );
    line(NDPI, &rates, out);
    for row in scored(shapes) {
        line(&row.name, &row.answers.flags(&shapes.sets, rates.false_positives.rate()).rates(&shapes.sets), out);
    }
}

/// The bands as `classify` gives them.
pub(super) const BANDS: &[(Band, &str)] =
    &[(Band::Low, "low or higher"), (Band::Raised, "raised or higher"), (Band::High, "high")];

/// What the shipped thresholds flag.
pub(super) fn shipped(shapes: &Shapes, out: &mut String) {
    let _ = write!(
        out,
        "\n## Bands as shipped\n\nBy the thresholds of the built-in pack, which no name of these files has set. Names that an entry \
         covers have no band.\n{HEAD}"
    );
    for (least, title) in BANDS {
        line(title, &Flags::from_band(&shapes.briefs, *least).rates(&shapes.sets), out);
    }
}

/// Sets on which everything flagged is an error, or nearly everything.
fn benign(shapes: &Shapes, out: &mut String) {
    let mut columns: Vec<(String, Flags)> = Vec::new();
    for row in &shapes.rows {
        match row.name.as_str() {
            LABEL | CLASSIFY => {}
            NDPI => columns.push(("nDPI".to_owned(), row.answers.yes())),
            name => columns.push((format!("{name}, 1 %"), row.answers.flags(&shapes.sets, 1e-2))),
        }
    }
    let titles: Vec<&str> = columns.iter().map(|(title, _)| title.as_str()).collect();
    let _ = write!(
        out,
        "\n## Other names that are not machine-made\n\nPercent flagged. `hard_` files hold what looks machine-made and is not: ids of devices and \
         clouds, hosts of CDNs. Of the newly\nranked names an unknown part is machine-made.\n\n| names | | {} |\n|---|---:|{}\n",
        titles.join(" | "),
        "---:|".repeat(titles.len()),
    );
    for (title, rows) in &shapes.sets.benign {
        let shares = columns.iter().map(|(_, flags)| percent(flags.share(rows.iter().copied()).rate(), 2));
        let _ = writeln!(out, "| {title} | {} | {} |", thousands(rows.len()), shares.collect::<Vec<_>>().join(" | "));
    }
}

/// The unseen families one by one.
fn families(shapes: &Shapes, out: &mut String) {
    let mut columns: Vec<(&str, Flags)> = Vec::new();
    columns.extend(find(shapes, NDPI).map(|row| ("nDPI", row.answers.yes())));
    columns.extend(find(shapes, MODEL).map(|row| ("model at 1 %", row.answers.flags(&shapes.sets, 1e-2))));
    columns.extend(find(shapes, MODEL).map(|row| ("model at 0.1 %", row.answers.flags(&shapes.sets, 1e-3))));
    let titles: Vec<&str> = columns.iter().map(|(title, _)| *title).collect();
    let _ = write!(
        out,
        "\n## Unseen families one by one\n\nPercent flagged; nDPI at its own false positives.\n\n| family | names | {} |\n|---|---:|{}\n",
        titles.join(" | "),
        "---:|".repeat(titles.len()),
    );
    for (families, kind) in [(&shapes.sets.unseen_arithmetic, ""), (&shapes.sets.unseen_dictionary, " (dictionary)")] {
        for (family, rows) in families {
            let shares = columns.iter().map(|(_, flags)| percent(flags.share(rows.iter().copied()).rate(), 1));
            let _ = writeln!(out, "| {family}{kind} | {} | {} |", rows.len(), shares.collect::<Vec<_>>().join(" | "));
        }
    }
}

fn line(name: &str, rates: &Rates, out: &mut String) {
    let share = |proportion: Proportion, digits| estimate(proportion.estimate(), digits);
    let _ = writeln!(
        out,
        "| {name} | {} | {} | {} | {} | {} |",
        share(rates.false_positives, 2),
        share(rates.known_arithmetic, 1),
        share(rates.known_dictionary, 1),
        estimate(rates.unseen_arithmetic, 1),
        share(rates.unseen_dictionary, 1),
    );
}

pub(super) fn estimate(estimate: Estimate, digits: usize) -> String {
    let Estimate { value, low, high } = estimate;
    format!("{} ({} to {})", percent(value, digits), percent(low, digits), percent(high, digits))
}

/// Of a hundred, without the sign.
pub(super) fn percent(share: f64, digits: usize) -> String {
    format!("{:.digits$}", share * 100.0)
}
