//! Paragraphs and tables as they stand in the file → the blocks of a [`Document`].

use super::Met;
use super::borders::straighten;
use super::story::{Part, Rows};
use crate::import::document::{Block, Document, Merged, Paragraph, Piece, Spot};
use crate::import::read::fault::Fault;
use crate::import::read::grid::{Grid, Piled};
use crate::import::read::tally::Tally;

/// Puts the parts of the body into a document, each with its place.
pub fn document(parts: Vec<Part>, met: &mut Met) -> Result<Document, Fault> {
    let document = Document::default();
    let mut layout = Layout { document, paragraphs: 0, tables: 0, tally: Tally::default(), met };
    layout.place(parts)?;
    Ok(layout.document)
}

/// All text of some parts, a paragraph a line; a row of a table is a line, too.
pub fn lines(parts: &[Part]) -> String {
    let mut text = String::new();
    write(parts, '\n', &mut text);
    text
}

fn write(parts: &[Part], between: char, text: &mut String) {
    let start = text.len();
    for part in parts {
        match part {
            Part::Paragraph(line) => {
                separate(text, start, between);
                text.push_str(line.text.trim());
            }
            Part::Table(Rows(rows)) => {
                for row in rows {
                    separate(text, start, between);
                    let row_start = text.len();
                    for cell in &row.cells {
                        separate(text, row_start, ' ');
                        write(&cell.parts, ' ', text);
                    }
                }
            }
        }
    }
}

/// Parts what follows from what was written since a place.
fn separate(text: &mut String, start: usize, between: char) {
    if text.len() > start && !text.ends_with(between) {
        text.push(between);
    }
}

struct Layout<'a> {
    document: Document,
    paragraphs: usize,
    tables: usize,
    tally: Tally,
    met: &'a mut Met,
}

impl Layout<'_> {
    fn place(&mut self, parts: Vec<Part>) -> Result<(), Fault> {
        for part in parts {
            match part {
                Part::Paragraph(line) => {
                    let piece = Piece::new(&line.text, Spot::Paragraph(self.paragraphs + 1));
                    // There may be nothing but characters that nobody sees.
                    if piece.text.is_empty() {
                        continue;
                    }
                    self.paragraphs += 1;
                    let bold = line.bold.min(piece.text.chars().count());
                    let paragraph = Paragraph { piece, level: line.level, bold };
                    self.document.blocks.push(Block::Paragraph(paragraph));
                }
                Part::Table(rows) => self.table(rows)?,
            }
        }
        Ok(())
    }

    fn table(&mut self, Rows(mut rows): Rows) -> Result<(), Fault> {
        // A table of one cell is a frame around text.
        if let [row] = rows.as_mut_slice()
            && row.cells.len() == 1
        {
            return row.cells.pop().map_or(Ok(()), |cell| self.place(cell.parts));
        }
        straighten(&mut rows);
        let mut grid = Grid::default();
        for row in rows {
            grid.row(&mut self.tally)?;
            for _ in 0..row.before {
                grid.cell(Piled::default(), &mut self.tally)?;
            }
            for cell in row.cells {
                let text = lines(&cell.parts);
                if cell.parts.iter().any(|part| matches!(part, Part::Table(_))) {
                    self.met.has_nested = true;
                }
                // Word shows nothing of what stands in a cell that goes on with another.
                if cell.reach.merged != Merged::No && !text.trim().is_empty() {
                    self.met.asides.push(text.clone());
                }
                let (columns, merged) = (cell.reach.columns, cell.reach.merged);
                grid.cell(Piled { text, columns, rows: 1, merged }, &mut self.tally)?;
            }
            for _ in 0..row.after {
                grid.cell(Piled::default(), &mut self.tally)?;
            }
            grid.end(&mut self.tally)?;
        }
        if grid.size().1 > 0 {
            self.tables += 1;
            let table = grid.finish(self.tables, &mut self.tally)?;
            self.document.blocks.push(Block::Table(table));
        }
        Ok(())
    }
}
