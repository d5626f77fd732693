//! The report on the shipped model alone.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use phonehome::Band;

use super::accuracy::{self, INTERVALS};
use super::verdicts;
use crate::shapes::accuracy::Flags;
use crate::shapes::{Row, Shapes};

/// The shipped model: what it finds, with and without its parts; what it suspects; what its scores are worth.
pub fn evaluation(shapes: &Shapes) -> String {
    let mut out = "# The name model\n\nWritten by `cargo dev model eval --data DIR`; do not edit. How the shipped model does, and what its parts are worth: each \
         variant was\nfitted anew without one of them. `MODEL.md` says what the names are and where they come from.\n"
        .to_owned();
    super::inputs(shapes, &mut out);
    let _ = write!(out, "\n## Found at set rates of false positives\n\n{INTERVALS}");
    accuracy::at_rates(shapes, &[(1e-2, "1 %"), (1e-3, "0.1 %"), (1e-4, "0.01 %")], &mut out);
    accuracy::shipped(shapes, &mut out);
    verdicts::sections(shapes, &mut out);
    calibration(shapes, &mut out);
    families(shapes, &mut out);
    out
}

/// Bounds of the bins of scores, in hundredths.
const BINS: [f64; 7] = [-1500.0, -1200.0, -1000.0, -800.0, -600.0, -400.0, -200.0];
/// A name is machine-made once in this many, as scores assume.
const BASE_RATE: f64 = 10_000.0;

/// A bin: weight and summed score of both classes.
#[derive(Clone, Copy, Default)]
struct Bin {
    harmless: f64,
    machine: f64,
    scores: f64,
}

fn calibration(shapes: &Shapes, out: &mut String) {
    let Some(Row { answers, .. }) = shapes.rows.first() else { return };
    let mut bins = [Bin::default(); BINS.len() + 1];
    let mut add = |row: usize, weight: [f64; 2]| {
        let Some(score) = answers.0.get(row).copied().filter(|score| score.is_finite()) else { return };
        let place = BINS.iter().take_while(|bound| score > **bound).count();
        if let Some(bin) = bins.get_mut(place) {
            bin.harmless += weight[0];
            bin.machine += weight[1];
            bin.scores += score * (weight[0] + weight[1]);
        }
    };
    let sets = &shapes.sets;
    sets.popular.iter().for_each(|row| add(*row, [1.0 / sets.popular.len() as f64, 0.0]));
    let families: Vec<&Vec<usize>> = sets.known_arithmetic.values().chain(sets.known_dictionary.values()).collect();
    for rows in &families {
        rows.iter().for_each(|row| add(*row, [0.0, 1.0 / (rows.len() * families.len()) as f64]));
    }
    out.push_str(
        "\n## What a score is worth\n\nPopular names of ben_test against the known families of dga_test, each family weighing the same, moved to the base rate of one \
         name in\n10,000. Hundredths of natural log-odds. Scores of names that an early step lets go are rough.\n\n\
         | score | popular, % | machine-made, % | mean score | log-odds observed |\n|---|---:|---:|---:|---:|\n",
    );
    for (place, bin) in bins.iter().enumerate() {
        let title = match (place.checked_sub(1).and_then(|before| BINS.get(before)), BINS.get(place)) {
            (None, Some(end)) => format!("up to {end}"),
            (Some(start), Some(end)) => format!("{start} to {end}"),
            (Some(start), None) => format!("above {start}"),
            (None, None) => continue,
        };
        let observed = if bin.harmless > 0.0 && bin.machine > 0.0 {
            format!("{:.0}", 100.0 * ((bin.machine / bin.harmless).ln() - (BASE_RATE - 1.0).ln()))
        } else {
            "-".to_owned()
        };
        let mean = bin.scores / (bin.harmless + bin.machine);
        let (harmless, machine) = (accuracy::percent(bin.harmless, 2), accuracy::percent(bin.machine, 2));
        let _ = writeln!(out, "| {title} | {harmless} | {machine} | {mean:.0} | {observed} |");
    }
}

/// Every family.
fn families(shapes: &Shapes, out: &mut String) {
    let Some(Row { answers, .. }) = shapes.rows.first() else { return };
    let columns = [
        ("at 1 %", answers.flags(&shapes.sets, 1e-2)),
        ("at 0.1 %", answers.flags(&shapes.sets, 1e-3)),
        ("raised or higher, as shipped", Flags::from_band(&shapes.briefs, Band::Raised)),
    ];
    let titles: Vec<&str> = columns.iter().map(|(title, _)| *title).collect();
    let _ = write!(
        out,
        "\n## Families one by one\n\nPercent flagged.\n\n| family | names | {} |\n|---|---:|---:|---:|---:|\n",
        titles.join(" | ")
    );
    let mut all: BTreeMap<String, &Vec<usize>> = BTreeMap::new();
    let sets = &shapes.sets;
    for (families, kind) in [
        (&sets.known_arithmetic, ""),
        (&sets.known_dictionary, ", of words"),
        (&sets.unseen_arithmetic, ", unseen"),
        (&sets.unseen_dictionary, ", unseen, of words"),
    ] {
        all.extend(families.iter().map(|(family, rows)| (format!("{family}{kind}"), rows)));
    }
    for (title, rows) in all {
        let shares = columns.iter().map(|(_, flags)| accuracy::percent(flags.share(rows.iter().copied()).rate(), 1));
        let _ = writeln!(out, "| {title} | {} | {} |", rows.len(), shares.collect::<Vec<_>>().join(" | "));
    }
}
