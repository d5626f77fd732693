//! A small sample of names that may be kept: made by generators and word lists written for it, from general principles.
//!
//! It lets a test go the whole road, fit and measure, without lists whose rows may not be copied. It says nothing about how a model
//! does on real names. No generator follows one that was seen in the wild, and the same seed gives the same names.

mod devices;
mod human;
mod machine;
mod random;
mod words;

use std::collections::BTreeSet;

use super::data::Row;
use random::Random;

pub(super) use devices::device_ids;
pub(super) use words::all as words;

/// Machine-made names, as many of each generator.
const MACHINE_EACH: usize = 600;
/// Names as people choose them, in all.
const HUMAN: usize = 12_000;

/// Names of both kinds, each once.
pub(super) fn rows(seed: u64) -> Vec<Row> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    let mut random = Random::new(seed);
    for generator in machine::ALL {
        let mut left = MACHINE_EACH;
        while left > 0 {
            let name = generator.name(&mut random);
            if seen.insert(name.clone()) {
                rows.push(Row { name, label: generator.label.to_owned(), is_dga: true });
                left -= 1;
            }
        }
    }
    let mut left = HUMAN;
    while left > 0 {
        let (name, label) = human::name(&mut random);
        if seen.insert(name.clone()) {
            rows.push(Row { name, label: label.to_owned(), is_dga: false });
            left -= 1;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use phonehome::{Classifier, Name};

    use super::*;

    #[test]
    fn a_seed_gives_the_same_rows_and_another_seed_others() {
        let first = rows(1);
        assert_eq!(first, rows(1));
        let names: BTreeSet<&str> = first.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names.len(), first.len(), "no name stands twice");
        let shared = rows(2).iter().filter(|row| row.is_dga && names.contains(row.name.as_str())).count();
        assert!(shared < 600, "{shared} machine-made names come with every seed");
    }

    #[test]
    fn there_are_so_many_of_each_kind() {
        let rows = rows(7);
        let machine: Vec<&Row> = rows.iter().filter(|row| row.is_dga).collect();
        assert_eq!((machine.len(), rows.len() - machine.len()), (6_000, 12_000));
        let labels = |is_dga| -> BTreeSet<&str> {
            rows.iter().filter(|row| row.is_dga == is_dga).map(|row| row.label.as_str()).collect()
        };
        assert_eq!(labels(true).len(), 10);
        assert!(labels(false).len() >= 6, "{:?}", labels(false));
        assert!(labels(true).is_disjoint(&labels(false)));
    }

    #[test]
    fn every_name_is_registrable_as_it_stands() {
        let pack = std::fs::read(crate::root::path("crates/phonehome-data/phonehome.pack")).unwrap();
        let classifier = Classifier::open(pack.into(), Vec::new(), &[]).unwrap();
        for row in rows(3) {
            let name = Name::parse(row.name.as_bytes()).expect(&row.name);
            assert_eq!(classifier.registrable(&name).as_deref(), Some(row.name.as_str()), "{row:?}");
        }
    }

    #[test]
    fn a_generator_shows_its_shape() {
        let rows = rows(5);
        let labels_of = |label: &str| -> Vec<&str> {
            let of_generator = rows.iter().filter(|row| row.label == label);
            of_generator.filter_map(|row| row.name.split('.').next()).collect()
        };
        assert!(labels_of("digest").iter().all(|own| own.bytes().all(|octet| octet.is_ascii_hexdigit())));
        assert!(labels_of("dated").iter().all(|own| own.len() == 12));
        assert!(labels_of("long").iter().all(|own| (20..=30).contains(&own.len())));
        assert!(labels_of("dashed").iter().all(|own| own.contains('-')));
    }

    #[test]
    fn device_ids_are_names_and_each_is_there_once() {
        let ids = device_ids(1);
        assert_eq!(ids, device_ids(1));
        assert!(ids.len() > 1_000, "{}", ids.len());
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        for id in &ids {
            let name = Name::parse(id.as_bytes()).expect(id);
            assert_eq!(name.to_string(), *id, "canonical");
        }
    }
}
