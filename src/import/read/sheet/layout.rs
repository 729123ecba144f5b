//! A sheet → paragraphs and tables.
//!
//! Where a row has three cells that are filled, a table begins; what stands alone in its row above
//! it or below it is a paragraph. A sheet without such a row is all paragraphs.

use super::book::Sheet;
use super::cells::{Content, Region};
use crate::import::document::{Block, Cell, Document, Merged, Piece, Spot, Table};
use crate::limits;
use crate::words;
use std::collections::BTreeMap;

/// A row with so many filled cells is a row of a table.
const FEWEST_COLUMNS: usize = 3;

/// More cells than are read.
#[derive(Debug)]
pub(super) struct TooLarge;

/// A sheet's visible cells in the rows and columns in which there are any.
struct Grid {
    rows: Vec<u32>,
    cells: Vec<Vec<Cell>>,
    /// How many cells of each row are filled; merged cells count once in each row.
    filled: Vec<usize>,
    /// Text that lies under merged cells, where nobody sees it.
    covered: Vec<Piece>,
}

/// Adds what a sheet holds to a document. `most` is how many cells its grid may have; how many it
/// has is returned.
pub(super) fn lay_out(
    sheet: &Sheet,
    number: usize,
    document: &mut Document,
    most: usize,
) -> Result<usize, TooLarge> {
    let spot = |row: u32, column: u32| Spot::Sheet {
        sheet: number,
        row: row as usize,
        column: column as usize,
    };
    let mut visible: BTreeMap<(u32, u32), &Content> = BTreeMap::new();
    let (all, mut hidden) = (Hidden::new(sheet), Vec::new());
    for (&(row, column), content) in &sheet.cells {
        match all.visible_place(row, column) {
            Some(place) => drop(visible.insert(place, content)),
            None => hidden.push(Piece::new(&content.text, spot(row, column))),
        }
    }
    if !hidden.is_empty() {
        let (name, count) = (&sheet.name, hidden.len());
        document.remarks.push(words!(
            "工作表“{name}”有隐藏的行或列，其中{count}个单元格没有导入",
            "{count} cells in hidden rows or columns of the sheet “{name}” were left out"
        ));
        document.asides.append(&mut hidden);
    }
    let grid = Grid::new(sheet, &visible, spot, most)?;
    if !grid.covered.is_empty() {
        let (name, count) = (&sheet.name, grid.covered.len());
        document.remarks.push(words!(
            "工作表“{name}”的合并单元格下面有{count}处看不见的文字，没有导入",
            "{count} texts under merged cells of the sheet “{name}” were left out"
        ));
    }
    let size = grid.cells.iter().map(Vec::len).sum();
    grid.cut_into(document);
    Ok(size)
}

/// What of a sheet is hidden.
struct Hidden<'s> {
    sheet: &'s Sheet,
    /// For each column, from 0, whether it is.
    columns: Vec<bool>,
    /// Merged cells by their first row and column.
    merged: BTreeMap<(u32, u32), Region>,
}

impl<'s> Hidden<'s> {
    fn new(sheet: &'s Sheet) -> Self {
        let last = sheet.cells.keys().map(|(_, column)| *column).max().unwrap_or_default();
        let mut columns = vec![false; last as usize + 1];
        for (first, last) in &sheet.hidden_columns {
            let end = (*last as usize).saturating_add(1).min(columns.len());
            if let Some(hidden) = columns.get_mut(*first as usize..end) {
                hidden.fill(true);
            }
        }
        let merged = sheet.merged.iter().map(|r| ((r.rows.0, r.columns.0), *r)).collect();
        Self { sheet, columns, merged }
    }

    fn has_column(&self, column: u32) -> bool {
        self.columns.get(column as usize).copied().unwrap_or_default()
    }

    /// Where a cell shows: a merged cell whose first row or column is hidden shows in the others.
    fn visible_place(&self, row: u32, column: u32) -> Option<(u32, u32)> {
        let has_row = |row: u32| self.sheet.hidden_rows.contains(&row);
        if !has_row(row) && !self.has_column(column) {
            return Some((row, column));
        }
        let region = self.merged.get(&(row, column))?;
        let row = (row..=region.rows.1).take(LOOKED_AT).find(|row| !has_row(*row))?;
        let column =
            (column..=region.columns.1).take(LOOKED_AT).find(|column| !self.has_column(*column))?;
        Some((row, column))
    }
}

/// How far a merged cell is followed from its hidden first row or column.
const LOOKED_AT: usize = 1_000;

impl Grid {
    fn new(
        sheet: &Sheet,
        visible: &BTreeMap<(u32, u32), &Content>,
        spot: impl Fn(u32, u32) -> Spot,
        most: usize,
    ) -> Result<Self, TooLarge> {
        let mut rows: Vec<u32> = visible.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        let mut columns: Vec<u32> = visible.keys().map(|(_, column)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        if rows.len().saturating_mul(columns.len()) > most {
            return Err(TooLarge);
        }
        let cell = |row: u32, column: u32| {
            let text = visible.get(&(row, column)).map_or("", |content| content.text.as_str());
            Cell::from(Piece::new(text, spot(row, column)))
        };
        let line = |row: &u32| columns.iter().map(|column| cell(*row, *column)).collect();
        let cells = rows.iter().map(line).collect();
        let mut grid = Self { rows, cells, filled: Vec::new(), covered: Vec::new() };
        grid.merge(sheet, &columns)?;
        grid.count();
        Ok(grid)
    }

    /// Marks what belongs to merged cells.
    fn merge(&mut self, sheet: &Sheet, columns: &[u32]) -> Result<(), TooLarge> {
        let within = |all: &[u32], (first, last): (u32, u32)| {
            all.partition_point(|at| *at < first)..all.partition_point(|at| *at <= last)
        };
        let mut left = 2 * limits::SOURCE_CELLS;
        for region in &sheet.merged {
            let (down, across) = (within(&self.rows, region.rows), within(columns, region.columns));
            left = left.checked_sub(down.len().saturating_mul(across.len())).ok_or(TooLarge)?;
            for row in down.clone() {
                for column in across.clone() {
                    let cell = &mut self.cells[row][column];
                    let merged = match (row == down.start, column == across.start) {
                        (true, true) => continue,
                        (false, true) => Merged::Above,
                        (_, false) => Merged::Left,
                    };
                    cell.merged = merged;
                    if !cell.piece.text.is_empty() {
                        let blank = Piece::new("", cell.piece.place);
                        self.covered.push(std::mem::replace(&mut cell.piece, blank));
                    }
                }
            }
        }
        Ok(())
    }

    /// Counts the filled cells of each row.
    fn count(&mut self) {
        let mut above: Vec<bool> = Vec::new();
        for row in &self.cells {
            let is_filled = |(at, cell): (usize, &Cell)| match cell.merged {
                Merged::Above => above.get(at).copied().unwrap_or_default(),
                _ => !cell.piece.text.is_empty(),
            };
            let filled: Vec<bool> = row.iter().enumerate().map(is_filled).collect();
            self.filled.push(filled.iter().filter(|filled| **filled).count());
            above = filled;
        }
    }

    /// Cuts the rows into paragraphs and tables.
    fn cut_into(self, document: &mut Document) {
        let Grid { rows, cells, filled, covered } = self;
        let is_row = |count: &usize| *count >= FEWEST_COLUMNS;
        let Some(first) = filled.iter().position(is_row) else {
            cells.into_iter().for_each(|row| paragraphs(row, document));
            document.asides.extend(covered);
            return;
        };
        let mut end = filled.iter().rposition(is_row).map_or(first, |last| last + 1);
        while end < filled.len()
            && filled[end] + 1 == FEWEST_COLUMNS
            && rows[end] == rows[end - 1] + 1
        {
            end += 1;
        }
        let header = texts(&cells[first]);
        let mut table = Table::default();
        for (at, row) in cells.into_iter().enumerate() {
            let outside = at < first || at >= end;
            if at >= end && !table.rows.is_empty() {
                push(std::mem::take(&mut table), document);
            }
            if outside {
                paragraphs(row, document);
                continue;
            }
            let begins_again = at > first && texts(&row) == header && rows[at] > rows[at - 1] + 1;
            if begins_again || table.rows.is_empty() && at > first {
                push(std::mem::take(&mut table), document);
            }
            table.rows.push(row);
        }
        push(table, document);
        document.asides.extend(covered);
    }
}

/// The texts of a row, to be compared.
fn texts(row: &[Cell]) -> Vec<String> {
    row.iter().map(|cell| cell.piece.joined()).collect()
}

/// Adds a table without the columns in which nothing stands.
fn push(mut table: Table, document: &mut Document) {
    let width = table.rows.first().map_or(0, Vec::len);
    let is_used = |column: usize| table.rows.iter().any(|row| !row[column].piece.text.is_empty());
    let used: Vec<bool> = (0..width).map(is_used).collect();
    for row in &mut table.rows {
        let mut used = used.iter();
        row.retain(|_| used.next().copied().unwrap_or_default());
    }
    if !table.rows.is_empty() {
        document.blocks.push(Block::Table(table));
    }
}

/// Adds the cells of a row as paragraphs.
fn paragraphs(row: Vec<Cell>, document: &mut Document) {
    let mut number: Option<Piece> = None;
    for Cell { piece, .. } in row {
        if piece.text.is_empty() {
            continue;
        }
        let mut piece = piece;
        if let Some(Piece { text, place }) = number.take() {
            piece = Piece::new(&format!("{text}{}", piece.text), place);
        } else if is_bare_number(&piece.text) {
            number = Some(piece);
            continue;
        }
        let lines: Vec<&str> =
            piece.text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        if is_one_heading(&lines) {
            document.blocks.push(piece.into());
            continue;
        }
        document.blocks.extend(lines.iter().map(|line| Piece::new(line, piece.place).into()));
    }
    document.blocks.extend(number.map(Into::into));
}

/// The most characters of a heading that is broken over lines.
const HEADING_CHARACTERS: usize = 60;

/// Tells whether the lines of a cell are one heading that is broken, not paragraphs.
fn is_one_heading(lines: &[&str]) -> bool {
    let characters: usize = lines.iter().map(|line| line.chars().count()).sum();
    let is_open = |line: &&str| !line.contains(['。', '：', '；', ':', ';']);
    lines.len() < 2 || characters <= HEADING_CHARACTERS && lines.iter().all(is_open)
}

/// Tells whether a cell holds nothing but the number of what stands beside it: 一、 or （二） or 3.
fn is_bare_number(text: &str) -> bool {
    let inside = text.trim_end_matches(['、', '.', '．', '）', ')']);
    let inside = inside.trim_start_matches(['（', '(', '第']);
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    inside.len() < text.len()
        && !inside.is_empty()
        && inside.chars().count() <= 3
        && inside.chars().all(is_digit)
}
