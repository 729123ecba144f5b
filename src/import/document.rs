//! What every reader makes of a source: paragraphs and tables in their order, each with its place.

use crate::diagnostic::Words;
use crate::source::is_invisible;
use crate::words;

/// A notice, read but not understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Paragraphs and tables in the order of the source.
    pub blocks: Vec<Block>,
    /// Text that stands beside the notice: headers and footers of pages, text boxes, comments,
    /// footnotes, sheets that hold something else.
    pub asides: Vec<Piece>,
    /// What was done about the source so that it could be read, to be told: that text marked as
    /// deleted was left out, say.
    pub remarks: Vec<Words>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text, or a heading. A number that the word processor prints by itself is part of the
    /// text.
    Paragraph(Paragraph),
    /// Rows of cells.
    Table(Table),
}

/// A paragraph of the body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Its text.
    pub piece: Piece,
    /// Its level as a heading, from 1, where the source says that it is one.
    pub level: Option<u8>,
    /// How many characters at its beginning are bold, where the source can say so.
    pub bold: usize,
}

/// A piece of text with its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// The text, without blanks at its ends. Lines that a cell is broken into are kept.
    pub text: String,
    /// Where it stands.
    pub place: Spot,
}

/// A place in the source, counted as people count: from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A line of a text.
    Line(usize),
    /// A paragraph of a document; those in tables don't count.
    Paragraph(usize),
    /// A cell of a table.
    Cell {
        /// The table.
        table: usize,
        /// The row, the header among them.
        row: usize,
        /// The column; a merged cell counts as all that it covers.
        column: usize,
    },
    /// A cell of a sheet, such as B5 of the first sheet.
    Sheet {
        /// The sheet.
        sheet: usize,
        /// The row.
        row: usize,
        /// The column: 1 for A.
        column: usize,
    },
    /// Beside the notice: in the header of its pages, say.
    Aside,
}

/// A table as a grid: every row has as many cells as the table has columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Rows from the top, the header among them.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of the grid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its text; blank where a merged cell goes on.
    pub piece: Piece,
    /// Whether a merged cell goes on here, as far as the source can say so. A plain text can't: what
    /// is merged is blank there, as is what was left out.
    pub merged: Merged,
}

/// Whether a cell of the grid belongs to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Merged {
    /// It is its own.
    #[default]
    No,
    /// It belongs to the cell above.
    Above,
    /// It belongs to the cell on its left.
    Left,
}

impl Default for Spot {
    fn default() -> Self {
        Self::Line(1)
    }
}

impl Spot {
    /// The place as people are told of it.
    pub fn words(self) -> Words {
        match self {
            Self::Line(line) => words!("第{line}行", "line {line}"),
            Self::Paragraph(number) => words!("正文第{number}段", "paragraph {number}"),
            Self::Cell { table, row, column } => words!(
                "第{table}个表第{row}行第{column}列",
                "table {table}, row {row}, column {column}"
            ),
            Self::Sheet { sheet, row, column } => {
                let cell = format!("{}{row}", letters(column));
                words!("第{sheet}张工作表{cell}", "sheet {sheet}, {cell}")
            }
            Self::Aside => words!("正文以外", "beside the text"),
        }
    }
}

/// The letters of a sheet's column: 1 is A, 27 is AA.
pub fn letters(column: usize) -> String {
    let mut left = column;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        left /= 26;
    }
    letters.iter().rev().collect()
}

impl Piece {
    /// Makes a piece of what stands at a place, without the characters that nobody sees.
    pub fn new(text: &str, place: Spot) -> Self {
        let seen = |c: char| match c {
            '\t' | '\u{a0}' => Some(' '),
            c if is_invisible(c) => None,
            c => Some(c),
        };
        let text: String = text.chars().filter_map(seen).collect();
        Self { text: text.trim().to_owned(), place }
    }

    /// The text on one line: Chinese is written together, other words with a blank between.
    pub fn joined(&self) -> String {
        let mut joined = String::with_capacity(self.text.len());
        for part in self.text.lines().map(str::trim).filter(|part| !part.is_empty()) {
            let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if is_latin(joined.chars().next_back()) && is_latin(part.chars().next()) {
                joined.push(' ');
            }
            joined.push_str(part);
        }
        joined
    }
}

impl From<Piece> for Block {
    fn from(piece: Piece) -> Self {
        Self::Paragraph(Paragraph { piece, ..Paragraph::default() })
    }
}

impl From<Piece> for Cell {
    fn from(piece: Piece) -> Self {
        Self { piece, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Spot, letters};

    #[test]
    fn a_broken_cell_is_joined_as_it_would_be_read() {
        assert_eq!(Piece::new("完成\n时间", Spot::Line(1)).joined(), "完成时间");
        assert_eq!(Piece::new("Open\nDay 开放日", Spot::Line(1)).joined(), "Open Day 开放日");
    }

    #[test]
    fn columns_of_a_sheet_have_letters() {
        assert_eq!([1, 26, 27, 702, 703].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
