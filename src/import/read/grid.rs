//! Rows of cells that reach over several columns and rows → the grid of a [`Table`].

use super::fault::Fault;
use super::tally::Tally;
use crate::import::document::{Cell, Merged, Piece, Spot, Table};

/// A grid that is being filled, row by row.
#[derive(Debug, Default)]
pub struct Grid {
    rows: Vec<Vec<(String, Merged)>>,
    /// For each column, how many more rows the cell above reaches down.
    hanging: Vec<usize>,
}

/// A cell as a source has it.
#[derive(Debug, Default)]
pub struct Piled {
    /// Its text.
    pub text: String,
    /// How many columns it takes; at least one.
    pub columns: usize,
    /// How many rows it takes; at least one.
    pub rows: usize,
    /// What it goes on with, where the source says so in the cell itself.
    pub merged: Merged,
}

impl Grid {
    /// Begins a row.
    pub fn row(&mut self, tally: &mut Tally) -> Result<(), Fault> {
        self.rows.push(Vec::new());
        self.reach(tally)
    }

    /// Adds cells to the row.
    pub fn cell(&mut self, cell: Piled, tally: &mut Tally) -> Result<(), Fault> {
        let columns = cell.columns.max(1);
        tally.cells(columns)?;
        let at_top = self.rows.len() <= 1;
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        let start = row.len();
        let merged = match cell.merged {
            // Nothing is above or on the left for it to go on with.
            Merged::Above if at_top => Merged::No,
            Merged::Left if start == 0 => Merged::No,
            merged => merged,
        };
        let text = if merged == Merged::No { cell.text } else { String::new() };
        row.push((text, merged));
        let rest = if merged == Merged::Above { Merged::Above } else { Merged::Left };
        row.extend((1..columns).map(|_| (String::new(), rest)));
        if cell.rows > 1 {
            let end = row.len();
            if self.hanging.len() < end {
                self.hanging.resize(end, 0);
            }
            self.hanging[start..end].fill(cell.rows);
        }
        self.reach(tally)
    }

    /// Ends the row: what reaches down from above on its right belongs to it.
    pub fn end(&mut self, tally: &mut Tally) -> Result<(), Fault> {
        let last = self.hanging.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1);
        let Some(row) = self.rows.last() else { return Ok(()) };
        let length = row.len();
        if last > length {
            tally.cells(last - length)?;
        }
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        for column in length..last {
            let merged = if self.hanging[column] > 0 { Merged::Above } else { Merged::No };
            row.push((String::new(), merged));
        }
        for rows in &mut self.hanging {
            *rows = rows.saturating_sub(1);
        }
        Ok(())
    }

    /// How many rows and columns there are.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.rows.iter().map(Vec::len).max().unwrap_or(0))
    }

    /// The table, with its number in the source.
    pub fn finish(self, table: usize, tally: &mut Tally) -> Result<Table, Fault> {
        let (height, width) = self.size();
        let filled: usize = self.rows.iter().map(Vec::len).sum();
        tally.cells((width * height).saturating_sub(filled))?;
        let cells = |(row, cells): (usize, Vec<(String, Merged)>)| {
            let blank = std::iter::repeat_with(|| (String::new(), Merged::No));
            let cells = cells.into_iter().chain(blank).take(width).enumerate();
            let cell = |(column, (text, merged)): (usize, (String, Merged))| {
                let place = Spot::Cell { table, row: row + 1, column: column + 1 };
                Cell { piece: Piece::new(&text, place), merged }
            };
            cells.map(cell).collect()
        };
        Ok(Table { rows: self.rows.into_iter().enumerate().map(cells).collect() })
    }

    /// Fills the row with what reaches down from above, up to the first free column.
    fn reach(&mut self, tally: &mut Tally) -> Result<(), Fault> {
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        while self.hanging.get(row.len()).is_some_and(|rows| *rows > 0) {
            tally.cells(1)?;
            row.push((String::new(), Merged::Above));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Grid, Piled};
    use crate::import::document::Merged;
    use crate::import::read::tally::Tally;

    /// The cells of a grid made of rows of (text, columns, rows): `^` and `<` where merged.
    fn grid(rows: &[&[(&str, usize, usize)]]) -> Vec<String> {
        let mut tally = Tally::default();
        let mut grid = Grid::default();
        for cells in rows {
            grid.row(&mut tally).unwrap();
            for (text, columns, rows) in *cells {
                let text = (*text).to_owned();
                let cell = Piled { text, columns: *columns, rows: *rows, merged: Merged::No };
                grid.cell(cell, &mut tally).unwrap();
            }
            grid.end(&mut tally).unwrap();
        }
        let table = grid.finish(1, &mut tally).unwrap();
        let shown = |cell: &crate::import::document::Cell| match cell.merged {
            Merged::No => cell.piece.text.clone(),
            Merged::Above => "^".to_owned(),
            Merged::Left => "<".to_owned(),
        };
        let row = |row: &Vec<_>| row.iter().map(shown).collect::<Vec<_>>().join("|");
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn cells_that_reach_down_push_others_aside() {
        let rows: &[&[_]] =
            &[&[("a", 1, 2), ("b", 2, 2), ("c", 1, 1)], &[("d", 1, 1)], &[("e", 1, 1)]];
        assert_eq!(grid(rows), ["a|b|<|c", "^|^|^|d", "e|||"]);
        let last: &[&[_]] = &[&[("a", 1, 1), ("b", 1, 3)], &[("c", 1, 1)], &[]];
        assert_eq!(grid(last), ["a|b", "c|^", "|^"]);
    }

    #[test]
    fn a_cell_wider_than_all_bounds_is_refused_before_it_is_made() {
        let mut tally = Tally::default();
        let mut grid = Grid::default();
        grid.row(&mut tally).unwrap();
        let cell = Piled { columns: usize::MAX, rows: 1, ..Piled::default() };
        assert!(grid.cell(cell, &mut tally).is_err());
    }
}
