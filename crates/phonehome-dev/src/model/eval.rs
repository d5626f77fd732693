//! `model eval`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use phonehome::Classifier;
use phonehome::format::model::NameModel;

use super::data::{self, Judged};

pub(super) fn quick(classifier: &Classifier<'_>, model: &NameModel, folder: &Path, split: &str) -> Result<()> {
    let score = |row: &Judged| model.score(&row.label, &row.top, row.suffix_labels).unwrap_or(i16::MIN);
    let load = |file: String, is_dga| -> Result<Vec<Judged>> { Ok(data::judged(classifier, data::read(folder, &file, is_dga)?)) };
    let mut popular: Vec<i16> = load(format!("ben_{split}.tsv.gz"), false)?.iter().filter(|row| row.row.is_popular()).map(score).collect();
    popular.sort_unstable();
    let threshold = |rate: f64| popular[popular.len() - 1 - (popular.len() as f64 * rate) as usize];
    let thresholds = [threshold(1e-2), threshold(1e-3), threshold(1e-4)];
    println!("{} popular; thresholds {thresholds:?}, shipped {:?}", popular.len(), model.bands());
    let known = load(format!("dga_{split}.tsv.gz"), true)?;
    let mut sets = vec![("known arithmetic", known.iter().filter(|row| !row.row.is_dictionary()).collect::<Vec<_>>()), ("known dictionary", known.iter().filter(|row| row.row.is_dictionary()).collect())];
    let unseen = if split == "test" { load("dga_unseen.tsv.gz".to_owned(), true)? } else { Vec::new() };
    sets.push(("unseen arithmetic", unseen.iter().filter(|row| !row.row.is_dictionary()).collect()));
    sets.push(("unseen dictionary", unseen.iter().filter(|row| row.row.is_dictionary()).collect()));
    for (name, rows) in sets {
        if rows.is_empty() { continue; }
        let mut line = format!("{name} ({}):", rows.len());
        for limit in thresholds {
            let mut families: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
            for row in &rows {
                let (found, all) = families.entry(&row.row.label).or_default();
                *all += 1;
                *found += usize::from(score(row) > limit);
            }
            let found: usize = families.values().map(|pair| pair.0).sum();
            let mean: f64 = families.values().map(|(found, all)| *found as f64 / *all as f64).sum::<f64>() / families.len() as f64;
            line += &format!("  {:.4} (macro {:.4})", found as f64 / rows.len() as f64, mean);
        }
        println!("{line}");
    }
    Ok(())
}
