//! Which columns a table has, and how wide they are.

use anstyle::Style;

use crate::screen::BOLD;
use crate::text::width;

/// Blanks between columns.
pub(super) const GAP: usize = 2;

/// The columns, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Times,
    What,
    Whose,
    Block,
    Policy,
    Then,
}

/// How many columns there are.
pub(super) const COLUMNS: usize = 7;

/// A column, its title, and its floors: widths below which it is not shortened while others can still give more gladly.
/// Without floors it is never shortened.
struct About(Column, &'static str, Option<[usize; 3]>);

const ABOUT: [About; COLUMNS] = [
    About(Column::Name, "NAME", Some([34, 20, 20])),
    About(Column::Times, "", None),
    About(Column::What, "WHAT FOR", Some([26, 24, 16])),
    About(Column::Whose, "WHOSE", Some([16, 10, 8])),
    About(Column::Block, "BLOCK IT?", None),
    About(Column::Policy, "POLICY", None),
    About(Column::Then, "WHAT HAPPENS THEN", Some([34, 34, 34])),
];

/// Columns that a narrow table does without, the first to go first.
const SPARED: [Column; 4] = [Column::Whose, Column::Times, Column::What, Column::Policy];

/// The cells of one row.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells([Cell; COLUMNS]);

/// A text in several wordings, the fullest first, and how it looks where colour is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    wordings: Vec<String>,
    pub(super) style: Style,
}

impl Cell {
    /// The fullest wording that fits; where none does, the shortest.
    pub(super) fn wording(&self, most: usize) -> &str {
        let fitting = self.wordings.iter().find(|text| width(text) <= most);
        fitting.or(self.wordings.last()).map_or("", String::as_str)
    }
}

impl Cells {
    /// The heading.
    pub(super) fn titles() -> Self {
        Self(ABOUT.map(|About(_, title, _)| Cell { wordings: vec![title.to_owned()], style: BOLD }))
    }

    pub(super) fn get(&self, column: Column) -> Option<&Cell> {
        self.0.get(column as usize)
    }

    pub(super) fn set(&mut self, column: Column, wordings: Vec<String>, style: Style) {
        if let Some(cell) = self.0.get_mut(column as usize) {
            *cell = Cell { wordings, style };
        }
    }
}

/// The columns shown, with their widths.
#[derive(Debug)]
pub(super) struct Layout(Vec<Shown>);

#[derive(Clone, Copy, Debug)]
struct Shown {
    column: Column,
    width: usize,
    floors: [usize; 3],
}

impl Layout {
    /// Fits the rows into `room` columns. What happens then is shown where the other columns leave room.
    pub(super) fn new(rows: &[&Cells], room: usize, has_policy: bool) -> Self {
        let mut layout = Self(ABOUT.iter().filter_map(|about| shown(about, rows)).collect());
        layout.0.retain(|shown| has_policy || shown.column != Column::Policy);
        if layout.total(|shown| shown.floors[0]) > room {
            layout.0.retain(|shown| shown.column != Column::Then);
        }
        for spared in SPARED {
            if layout.total(|shown| shown.floors[2]) > room {
                layout.0.retain(|shown| shown.column != spared);
            }
        }
        let floors: [fn(&Shown) -> usize; 3] = [|it| it.floors[0], |it| it.floors[1], |it| it.floors[2]];
        for floor in floors {
            layout.shrink(room, floor);
        }
        layout
    }

    /// Gives the names what room is left, for rows that are not known yet.
    pub(super) fn widen(&mut self, room: usize) {
        let left = room.saturating_sub(self.total(|shown| shown.width));
        if let Some(name) = self.0.iter_mut().find(|shown| shown.column == Column::Name) {
            name.width += left;
        }
    }

    /// Takes from the widest column that can give, until all fits.
    fn shrink(&mut self, room: usize, floor: fn(&Shown) -> usize) {
        while self.total(|shown| shown.width) > room {
            let giving = self.0.iter_mut().filter(|shown| shown.width > floor(shown));
            let Some(widest) = giving.max_by_key(|shown| shown.width) else { break };
            widest.width -= 1;
        }
    }

    fn total(&self, width: impl Fn(&Shown) -> usize) -> usize {
        self.0.iter().map(width).sum::<usize>() + GAP * self.0.len().saturating_sub(1)
    }

    /// The columns and their widths, from left to right.
    pub(super) fn columns(&self) -> impl Iterator<Item = (Column, usize)> {
        self.0.iter().map(|shown| (shown.column, shown.width))
    }
}

/// A column as wide as its widest cell; none for a column that may be missing and is empty.
fn shown(About(column, title, floors): &About, rows: &[&Cells]) -> Option<Shown> {
    let widths = rows.iter().filter_map(|cells| cells.get(*column)).map(|cell| width(cell.wording(usize::MAX)));
    let widest = widths.max().unwrap_or(0);
    let width = widest.max(title.len());
    let is_missing = widest == 0 && matches!(column, Column::Times | Column::Then);
    let floors = floors.unwrap_or([width; 3]).map(|floor| floor.min(width));
    (!is_missing).then_some(Shown { column: *column, width, floors })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_fits() {
        let mut cells = Cells::default();
        for (column, text) in [
            (Column::Name, "a-rather-long-name-of-a-device.metrics.example.com"),
            (Column::Times, "12 000"),
            (Column::What, "usage and health reports, notifications +2"),
            (Column::Whose, "Some Maker of Things (eu)"),
            (Column::Block, "nothing to block"),
            (Column::Policy, "block: 0.0.0.0 and ::"),
            (Column::Then, "The television forgets which programme it was asked to show."),
        ] {
            cells.set(column, vec![text.to_owned()], Style::new());
        }
        for room in 40..250 {
            for has_policy in [false, true] {
                let layout = Layout::new(&[&cells, &Cells::titles()], room, has_policy);
                assert!(layout.total(|shown| shown.width) <= room, "{room}: {layout:?}");
                assert!(layout.columns().any(|(column, _)| column == Column::Block), "{room}");
            }
        }
        let narrow = Layout::new(&[&cells], 80, false);
        assert!(narrow.columns().any(|(column, _)| column == Column::What), "{narrow:?}");
    }
}
