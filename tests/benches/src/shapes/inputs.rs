//! All names of a run in one list: the files' rows, the streams that are timed, and probes.

use std::ops::Range;

use anyhow::Result;

use super::files::Folder;
use crate::random::Random;

/// Names of the mixed stream.
const MIXED: usize = 100_000;
/// Of a hundred names of the mixed stream: whole host names, registrable names; the rest are machine-made.
const HOSTS: usize = 80;
const REGISTRABLE: usize = 15;
/// Every so many machine-made names one is asked with a change too.
const PROBE_EVERY: usize = 10;

/// Names with what is known of them.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    pub(super) names: Vec<String>,
    labels: Vec<String>,
    /// The files that are answered.
    pub(super) files: Vec<Part>,
    /// The files that the bigram model is fitted on: name and SHA-256.
    pub(super) fitted: Vec<(String, String)>,
    /// What is timed.
    pub(super) streams: Vec<Part>,
    /// The same names with a change each; the first are unchanged.
    pub(super) probes: Vec<Part>,
}

/// Some rows, and what they are.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) title: String,
    pub(super) sha256: String,
    pub(super) rows: Range<usize>,
}

impl Inputs {
    pub(super) fn read(folder: &Folder) -> Result<Self> {
        let mut inputs = Self::default();
        for start in ["ben_train", "dga_train"] {
            let rows = folder.read(start)?;
            inputs.fitted.push((rows.file, rows.sha256));
        }
        let hard = folder.matching("hard_").map(str::to_owned);
        for start in ["ben_test", "dga_test", "dga_unseen", "full_test"].map(str::to_owned).into_iter().chain(hard) {
            let rows = folder.read(&start)?;
            let from = inputs.names.len();
            rows.iter().for_each(|(name, label)| inputs.add(name, label));
            let part = Part { title: rows.file, sha256: rows.sha256, rows: from..inputs.names.len() };
            inputs.files.push(part);
        }
        inputs.add_streams();
        inputs.add_probes();
        Ok(inputs)
    }

    fn add(&mut self, name: &str, label: &str) {
        self.names.push(name.to_owned());
        self.labels.push(label.to_owned());
    }

    /// Appends a part made of other rows.
    fn part(&mut self, title: &str, names: Vec<String>) -> Part {
        let from = self.names.len();
        names.iter().for_each(|name| self.add(name, ""));
        Part { title: title.to_owned(), sha256: String::new(), rows: from..self.names.len() }
    }

    /// Row and label of each name of the files that begin so.
    pub(super) fn rows(&self, start: &str) -> impl Iterator<Item = (usize, &str)> {
        let parts = self.files.iter().filter(move |file| file.title.starts_with(start));
        parts.flat_map(|file| file.rows.clone().filter_map(|row| Some((row, self.labels.get(row)?.as_str()))))
    }

    fn names_where(&self, start: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let wanted = self.rows(start).filter(|(_, label)| is_wanted(label));
        wanted.filter_map(|(row, _)| self.names.get(row).cloned()).collect()
    }

    fn add_streams(&mut self) {
        let popular = self.names_where("ben_test", is_popular);
        let hosts = self.names_where("full_test", is_popular);
        let machine = self.names_where("dga_test", |_| true);
        let mut random = Random::new(1);
        let mut mixed = Vec::with_capacity(MIXED);
        for _ in 0..MIXED {
            let source = match random.below(100) {
                draw if draw < HOSTS => &hosts,
                draw if draw < HOSTS + REGISTRABLE => &popular,
                _ => &machine,
            };
            mixed.extend(source.get(random.below(source.len())).cloned());
        }
        // In the files machine-made names stand family by family; no stream does.
        let (mut popular, mut machine) = (popular, machine);
        random.shuffle(&mut popular);
        random.shuffle(&mut machine);
        for (title, names) in [("dga_test", machine), ("popular of ben_test", popular), ("mixed", mixed)] {
            let stream = self.part(title, names);
            self.streams.push(stream);
        }
    }

    fn add_probes(&mut self) {
        let plain = self.names_where("dga_test", |_| true);
        let plain: Vec<String> = plain.into_iter().step_by(PROBE_EVERY).filter(|name| !name.contains('-')).collect();
        let changed = |change: fn(&str, &str) -> String| -> Vec<String> {
            let halves = plain.iter().map(|name| name.split_at(name.find('.').unwrap_or(name.len()) / 2));
            halves.map(|(start, end)| change(start, end)).collect()
        };
        for (title, names) in [
            ("as they are", changed(|start, end| format!("{start}{end}"))),
            ("with `_` in the middle of the first label", changed(|start, end| format!("{start}_{end}"))),
            ("with `-` in the middle of the first label", changed(|start, end| format!("{start}-{end}"))),
            ("below `www.`", changed(|start, end| format!("www.{start}{end}"))),
            ("in front of `.cdn.example.net`", changed(|start, end| format!("{start}{end}.cdn.example.net"))),
        ] {
            let probe = self.part(title, names);
            self.probes.push(probe);
        }
    }
}

/// Whether a benign row counts as popular: some other source than the list of new names or the one that is not for use names it.
pub(super) fn is_popular(label: &str) -> bool {
    label != NEW && label != CITIZENLAB
}

/// Names ranked for the first time; machine-made ones are among them.
pub(super) const NEW: &str = "newly_ranked2025";
/// A list whose licence allows measuring and no more.
pub(super) const CITIZENLAB: &str = "citizenlab2026";
