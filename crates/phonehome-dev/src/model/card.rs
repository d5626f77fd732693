//! `model card`: what `MODEL.md` says in numbers, between two marks. The rest of that page is written by hand.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use phonehome::format::model::NameModel;

use super::data;
use crate::dist::sha256;
use crate::{kb, root};

const CARD: &str = "MODEL.md";
const REPORT: &str = "tests/reports/name-model.md";
const START: &str = "<!-- written by `cargo dev model card` -->\n";
const END: &str = "<!-- end -->\n";
/// Titles of the report between which its figures stand.
const FIGURES: [&str; 2] = ["## Found at set rates of false positives\n", "## What a score is worth\n"];
/// Files that a training reads, and whether they hold machine-made names.
pub(super) const FILES: [(&str, bool, &str); 4] = [
    ("dga_train_cap3000.tsv.gz", true, "to fit"),
    ("ben_train_240k_clean.tsv.gz", false, "to fit"),
    ("dga_val.tsv.gz", true, "to choose"),
    ("ben_val.tsv.gz", false, "to choose"),
];

/// Writes the numbers of the shipped model, of the files in a folder, and of the last evaluation.
pub(super) fn run(folder: &Path) -> Result<()> {
    let card = root::read(CARD)?;
    let (before, rest) = card.split_once(START).with_context(|| format!("{CARD} has no line {START}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("{CARD} has no line {END}"))?;
    let text = format!("{before}{START}\n{}\n{}\n{END}{after}", model(folder)?, figures(&root::read(REPORT)?)?);
    fs::write(root::path(CARD), text).with_context(|| format!("cannot write {CARD}"))?;
    println!("{CARD} is up to date with {REPORT}");
    Ok(())
}

/// The shipped section and what it was fitted on.
fn model(folder: &Path) -> Result<String> {
    let path = kb::MODEL;
    let section = fs::read(root::path(path)).with_context(|| format!("cannot read {path}"))?;
    let (bytes, digest) = (section.len(), sha256(&section));
    let model = NameModel::open(section).with_context(|| format!("{path} is damaged"))?;
    let [low, raised, high] = model.bands();
    let mut text = format!(
        "## The model\n\n`{path}`: {bytes} bytes, SHA-256 `{digest}`.\n\
         Thresholds: low {low}, raised {raised}, high {high}; base rate: one name in {}.\n\n\
         | file | names | SHA-256 | read |\n|---|---:|---|---|\n",
        model.base_rate()
    );
    for (file, is_dga, purpose) in FILES {
        let names = data::read(folder, file, is_dga)?.len();
        let digest = sha256(&fs::read(folder.join(file)).with_context(|| format!("cannot read {file}"))?);
        let _ = writeln!(text, "| {file} | {names} | `{digest}` | {purpose} |");
    }
    Ok(text)
}

/// The figures of the report, one level lower.
fn figures(report: &str) -> Result<String> {
    let [start, end] = FIGURES;
    let (_, rest) = report.split_once(start).with_context(|| format!("{REPORT} has no section {start}"))?;
    let (figures, _) = rest.split_once(end).with_context(|| format!("{REPORT} has no section {end}"))?;
    ensure!(!figures.trim().is_empty(), "{REPORT} has no figures");
    let lowered: String = figures
        .trim()
        .lines()
        .map(|line| if line.starts_with("##") { format!("#{line}\n") } else { format!("{line}\n") })
        .collect();
    Ok(format!("## Figures\n\nFrom [the evaluation]({REPORT}), on names that set nothing of the model.\n\n{lowered}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_cut_out_and_lowered() {
        let report = format!(
            "# R\n\n{}\nIntervals.\n\n### At most 1 %\n\n| a |\n\n## Bands\n\n{}\nrest\n",
            FIGURES[0], FIGURES[1]
        );
        let text = figures(&report).unwrap();
        assert!(text.ends_with("\n\nIntervals.\n\n#### At most 1 %\n\n| a |\n\n### Bands\n"), "{text}");
        assert!(figures("# R\n").is_err());
    }
}
