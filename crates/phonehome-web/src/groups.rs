//! Lines of the table: names, and headings that stand for the names of a registrable domain or for all outside the base.

use phonehome::{Brief, Classifier, Name, Reason, Verdict};
use serde::{Deserialize, Serialize};

use crate::heap::Heap;
use crate::interner::Interner;

/// Fewer names outside the base are not folded: they bury nothing.
const FOLDED: usize = 6;

/// A line number that is a heading's.
const HEADING: u32 = 1 << 31;
/// A name below a heading.
const BELOW: u32 = 1 << 30;

/// How names stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub enum Grouping {
    /// Those outside the base below one heading, by registrable domain; all others alone.
    #[default]
    Outside,
    /// All by registrable domain.
    Domain,
    /// Each alone.
    None,
}

/// What stands for several names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Heading {
    /// The registrable domain; empty for all names outside the base.
    pub domain: String,
    /// Different names.
    pub names: u32,
    /// How often they came, all together.
    pub count: u64,
    /// Registrable domains.
    pub domains: u32,
    /// Whether the names follow.
    pub open: bool,
    /// Whether it stands below another heading.
    pub below: bool,
}

/// What a line of a view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A row of the heap, and whether it stands below a heading.
    Name(u32, bool),
    /// A heading, by its number.
    Heading(u32),
}

impl Line {
    /// The line with this number in a view.
    pub(crate) fn from_number(number: u32) -> Self {
        if number & HEADING != 0 {
            Self::Heading(number & !HEADING)
        } else {
            Self::Name(number & !BELOW, number & BELOW != 0)
        }
    }
}

/// The registrable domain of each row, found once.
#[derive(Debug, Default)]
pub(crate) struct Domains {
    names: Interner,
    of_row: Vec<u32>,
}

impl Domains {
    /// Finds those of rows that were added.
    pub(crate) fn update(&mut self, heap: &Heap, classifier: &Classifier<'_>) {
        for row in self.of_row.len()..heap.len() {
            let name = heap.name(row);
            let registrable = Name::parse(name).ok().and_then(|name| classifier.registrable(&name));
            let number = self.names.add(registrable.as_deref().map_or(name, str::as_bytes));
            self.of_row.push(number.and_then(|(number, _)| u32::try_from(number).ok()).unwrap_or(0));
        }
    }
}

/// A view as it is made: lines and the headings among them.
#[derive(Debug, Default)]
pub(crate) struct View {
    pub(crate) lines: Vec<u32>,
    pub(crate) headings: Vec<Heading>,
}

/// How a view is folded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folding<'f> {
    pub(crate) grouping: Grouping,
    /// Registrable domains that are open.
    pub(crate) open: &'f [String],
    /// Whether everything is, because somebody looks for something.
    pub(crate) all_open: bool,
}

/// Rows in order become lines.
pub(crate) fn fold(rows: Vec<u32>, heap: &Heap, domains: &Domains, folding: Folding<'_>) -> View {
    let mut view = View::default();
    match folding.grouping {
        Grouping::None => view.lines = rows,
        Grouping::Domain => view.add_groups(by_domain(&rows, domains), heap, domains, folding, false),
        Grouping::Outside => view.add_outside(rows, heap, domains, folding),
    }
    view
}

impl View {
    /// Names of the base alone, all others below one heading, odd-looking ones first.
    fn add_outside(&mut self, rows: Vec<u32>, heap: &Heap, domains: &Domains, folding: Folding<'_>) {
        let is_outside = |row: &u32| heap.brief(*row as usize).is_none_or(|brief| brief.verdict() == Verdict::Unknown);
        let (outside, inside): (Vec<u32>, Vec<u32>) = rows.iter().partition(|row| is_outside(row));
        if outside.len() < FOLDED {
            self.lines = rows;
            return;
        }
        let mut groups = by_domain(&outside, domains);
        let oddity = |group: &Vec<u32>| group.iter().filter_map(|row| heap.brief(*row as usize)).map(oddity).max();
        groups.sort_by_cached_key(|group| std::cmp::Reverse((oddity(group), group.len())));
        // Where nothing else is there, there is nothing to fold it away from.
        let open = folding.all_open || inside.is_empty() || folding.open.iter().any(String::is_empty);
        let heading = Heading { open, domains: number(groups.len()), ..Heading::of(&outside, heap) };
        self.lines = inside;
        self.lines.push(HEADING | number(self.headings.len()));
        self.headings.push(heading);
        if open {
            self.add_groups(groups, heap, domains, folding, true);
        }
    }

    fn add_groups(&mut self, groups: Vec<Vec<u32>>, heap: &Heap, domains: &Domains, folding: Folding<'_>, below: bool) {
        for group in groups {
            if let [row] = group[..] {
                self.lines.push(if below { row | BELOW } else { row });
                continue;
            }
            let first = group.first().and_then(|row| domains.of_row.get(*row as usize)).copied().unwrap_or(0);
            let domain = String::from_utf8_lossy(domains.names.get(first as usize)).into_owned();
            let open = folding.all_open || folding.open.contains(&domain);
            self.lines.push(HEADING | number(self.headings.len()));
            self.headings.push(Heading { domain, domains: 1, open, below, ..Heading::of(&group, heap) });
            if open {
                self.lines.extend(group.iter().map(|row| row | BELOW));
            }
        }
    }
}

impl Heading {
    fn of(rows: &[u32], heap: &Heap) -> Self {
        let count = rows.iter().map(|row| u64::from(heap.seen(*row as usize).count)).sum();
        Self { names: number(rows.len()), count, ..Self::default() }
    }
}

/// Rows by domain; domains in the order of their first rows.
fn by_domain(rows: &[u32], domains: &Domains) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut place = vec![u32::MAX; domains.names.len()];
    for row in rows {
        let Some(place) = domains.of_row.get(*row as usize).and_then(|domain| place.get_mut(*domain as usize)) else {
            continue;
        };
        if *place == u32::MAX {
            *place = number(groups.len());
            groups.push(Vec::new());
        }
        if let Some(group) = groups.get_mut(*place as usize) {
            group.push(*row);
        }
    }
    groups
}

/// How odd a name looks: below a much abused suffix, and how machine-made.
fn oddity(brief: &Brief) -> (bool, i16) {
    let is_abused = brief.reasons().any(|reason| reason == Reason::SuffixAbusedTld);
    (is_abused, brief.score().unwrap_or(i16::MIN))
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
