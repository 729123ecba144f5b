//! Tables of a page → grids; those that only place things on the page → what stands in them.

use super::flow::Flow;
use super::tree::Id;
use crate::import::document::{Block, Merged};
use crate::import::read::fault::Fault;
use crate::import::read::grid::{Grid, Piled};

/// The standard has a cell reach over so many columns at most.
const MOST_COLUMNS: usize = 1_000;

impl Flow<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, id: Id) -> Result<(), Fault> {
        self.flush()?;
        let mut rows = Vec::new();
        self.rows(id, &mut rows)?;
        if self.survey.is_frame(id) {
            for cell in rows.iter().flat_map(|row| self.cells(*row)).collect::<Vec<_>>() {
                self.blocks(cell)?;
            }
            return Ok(());
        }
        if self.is_gathering() {
            return self.table_as_lines(&rows);
        }
        let mut grid = Grid::default();
        for row in rows {
            let cells = self.cells(row);
            if cells.is_empty() {
                continue;
            }
            grid.row(&mut self.tally)?;
            for cell in cells {
                let lines = self.gather(|flow| flow.blocks(cell))?;
                let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                let look = self.tree.node(cell).look;
                let columns = usize::from(look.columns).min(MOST_COLUMNS);
                let rows = usize::from(look.rows);
                let cell = Piled { text: text.join("\n"), columns, rows, merged: Merged::No };
                grid.cell(cell, &mut self.tally)?;
            }
            grid.end(&mut self.tally)?;
        }
        self.tables += 1;
        let table = grid.finish(self.tables, &mut self.tally)?;
        self.document.blocks.push(Block::Table(table));
        Ok(())
    }

    /// A table in a cell, or beside the text: a row a line.
    fn table_as_lines(&mut self, rows: &[Id]) -> Result<(), Fault> {
        self.has_nested = true;
        for row in rows {
            let mut line = String::new();
            for cell in self.cells(*row) {
                for piece in self.gather(|flow| flow.blocks(cell))? {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    line.push_str(&piece.text.replace('\n', " "));
                }
            }
            self.line(line)?;
        }
        Ok(())
    }

    /// The rows of a table. What stands in a table and in no cell of it comes in front of it.
    fn rows(&mut self, id: Id, rows: &mut Vec<Id>) -> Result<(), Fault> {
        let tree = self.tree;
        for child in tree.children(id) {
            let node = tree.node(child);
            match node.name {
                _ if node.look.is_hidden => self.hide(),
                "tr" => rows.push(child),
                "tbody" | "thead" | "tfoot" | "form" => self.rows(child, rows)?,
                _ => self.stray(child)?,
            }
        }
        Ok(())
    }

    /// The cells of a row that are shown.
    fn cells(&self, row: Id) -> Vec<Id> {
        let is_cell = |id: &Id| {
            let node = self.tree.node(*id);
            matches!(node.name, "td" | "th") && !node.look.is_hidden
        };
        self.tree.children(row).filter(is_cell).collect()
    }
}
