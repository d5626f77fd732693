//! Which rows are judged together.

use std::collections::BTreeMap;

use super::inputs::{CITIZENLAB, Inputs, NEW, is_popular};

/// Families that put words together; the others compute letters.
const DICTIONARY: &[&str] = &[
    "suppobox",
    "matsnu",
    "gozi",
    "pizd",
    "rovnix",
    "banjori",
    "beebone",
    "downloader",
    "bigviktor",
    "nymaim_dict",
    "ngioweb",
    "volatilecedar",
];

/// A list of names of China.
const CHINA: &str = "china_list2026";
/// The title of the set of short labels.
pub(super) const SHORT: &str = "popular of ben_test, labels of at most 5 characters";

/// Rows by family.
pub(super) type Families = BTreeMap<String, Vec<usize>>;

#[derive(Debug)]
pub(super) struct Sets {
    /// What false positives are counted on.
    pub(super) popular: Vec<usize>,
    pub(super) known_arithmetic: Families,
    pub(super) known_dictionary: Families,
    pub(super) unseen_arithmetic: Families,
    pub(super) unseen_dictionary: Families,
    /// Other names that are not machine-made, or made by machines of honest owners.
    pub(super) benign: Vec<(String, Vec<usize>)>,
}

impl Sets {
    pub(super) fn of(inputs: &Inputs) -> Self {
        let with = |start: &str, is_wanted: &dyn Fn(&str) -> bool| -> Vec<usize> {
            inputs.rows(start).filter(|(_, label)| is_wanted(label)).map(|(row, _)| row).collect()
        };
        let (known_dictionary, known_arithmetic) = families(inputs, "dga_test");
        let (unseen_dictionary, unseen_arithmetic) = families(inputs, "dga_unseen");
        let mut benign = vec![
            ("ben_test, `newly_ranked2025` alone".to_owned(), with("ben_test", &|label| label == NEW)),
            ("ben_test, `citizenlab2026` alone".to_owned(), with("ben_test", &|label| label == CITIZENLAB)),
            ("ben_test, among others `china_list2026`".to_owned(), with("ben_test", &|label| label.contains(CHINA))),
            (SHORT.to_owned(), short(inputs)),
            ("full_test without `citizenlab2026`: host names".to_owned(), with("full_test", &is_popular)),
        ];
        for file in inputs.files.iter().filter(|file| file.title.starts_with("hard_")) {
            benign.push((file.title.trim_end_matches(".txt.gz").to_owned(), file.rows.clone().collect()));
        }
        Self {
            popular: with("ben_test", &is_popular),
            known_arithmetic,
            known_dictionary,
            unseen_arithmetic,
            unseen_dictionary,
            benign,
        }
    }
}

/// Popular registrable names whose label has at most five characters.
fn short(inputs: &Inputs) -> Vec<usize> {
    let is_short = |row: &usize| inputs.names.get(*row).is_some_and(|name| name.find('.').is_some_and(|end| end <= 5));
    inputs.rows("ben_test").filter(|(_, label)| is_popular(label)).map(|(row, _)| row).filter(is_short).collect()
}

/// Dictionary families and the others.
fn families(inputs: &Inputs, start: &str) -> (Families, Families) {
    let mut families = Families::new();
    for (row, family) in inputs.rows(start) {
        families.entry(family.to_owned()).or_default().push(row);
    }
    families.into_iter().partition(|(family, _)| DICTIONARY.contains(&family.as_str()))
}
