//! A row of a table: what stands in its columns.

use crate::import::columns::Column;
use crate::import::document::{Piece, Spot};
use crate::import::numbering;

/// A task as its row says it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// What stands in its columns; nothing for a column that is blank here.
    cells: Vec<(Column, Piece)>,
    /// Where the row begins.
    pub place: Spot,
}

impl Row {
    /// Makes a row of what is said elsewhere than in a table.
    pub fn new(cells: Vec<(Column, Piece)>, place: Spot) -> Self {
        Self { cells, place }
    }

    #[cfg(test)]
    /// What stands in its columns, in their order.
    pub fn cells(&self) -> impl Iterator<Item = &(Column, Piece)> {
        self.cells.iter()
    }

    /// What stands in a column.
    pub fn get(&self, column: Column) -> Option<&Piece> {
        self.cells.iter().find(|(held, _)| *held == column).map(|(_, piece)| piece)
    }

    /// A row for each numbered line of its task; the row itself where not all of them are.
    pub fn points(&self) -> Vec<Self> {
        let Some(task) = self.get(Column::Task) else {
            return vec![self.clone()];
        };
        let lines = || task.text.lines().filter(|line| !line.trim().is_empty());
        if !lines().all(|line| numbering::split_paragraph(line.trim()).is_some()) {
            return vec![self.clone()];
        }
        let point = |line: &str| {
            let words = numbering::split_paragraph(line.trim()).map_or(line, |(_, rest)| rest);
            let words = words.trim_end_matches(['。', '；', ';']);
            let mut row = self.clone();
            row.cells.retain(|(column, _)| *column != Column::Task);
            row.put(Column::Task, Piece::new(words, task.place));
            row
        };
        lines().map(point).collect()
    }

    /// Takes the month of the heading that the row stands under.
    pub fn stand_under(&mut self, month: &Piece) {
        let column = match self.get(Column::When) {
            Some(_) => Column::Month,
            None => Column::When,
        };
        if self.get(column).is_none() {
            self.cells.push((column, month.clone()));
        }
    }

    /// Adds what a column holds; a second column of the same kind goes on with the first.
    pub fn put(&mut self, column: Column, piece: Piece) {
        match self.cells.iter_mut().find(|(held, _)| *held == column) {
            Some((_, held)) => {
                held.text.push_str(match column {
                    Column::When => "—",
                    Column::Remark => "；",
                    _ => "\n",
                });
                held.text.push_str(&piece.text);
            }
            None => self.cells.push((column, piece)),
        }
    }
}

/// A heading in a table or in the text, apart from its number.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Its number, if it has one.
    pub number: Option<usize>,
    /// The number as it is spoken of.
    pub label: Option<String>,
    /// Whether that is a plain 3. 3、 ３．
    pub is_arabic: bool,
    /// Its words without the number.
    pub title: String,
    /// Where it stands.
    pub place: Spot,
}

impl Heading {
    /// Reads a heading.
    pub fn of(piece: &Piece) -> Self {
        let joined = piece.joined();
        let split = numbering::split(&joined);
        let title = split.map_or(joined.as_str(), |(_, rest)| rest);
        Self {
            number: split.map(|(number, _)| number.value),
            label: split.map(|(number, _)| number.label()),
            is_arabic: split.is_some_and(|(number, _)| number.style == numbering::Style::Arabic),
            title: title.trim_end_matches(['。', '：']).to_owned(),
            place: piece.place,
        }
    }
}
