//! What an edited workbook says now, in the numbers of what was exported.

use super::{rows, text_rows};
use crate::diagnostic::{Place, Report, faults, shown_path};
use crate::export::contents::{Contents, FIELDS, Field, Owner};
use crate::export::{SCHEDULE, TEXT, record};
use crate::import::document::{Piece, Spot};
use crate::import::read::sheet::{Book, Sheet, cell_name};
use std::collections::BTreeMap;
use std::path::Path;

/// Texts that differ from what was exported, and all rows of the schedule.
#[derive(Debug, Default)]
pub(super) struct Edited {
    /// Texts that differ; none are left where one was deleted.
    pub texts: BTreeMap<Field, Text>,
    /// Rows of the schedule in order.
    pub rows: Vec<Row>,
}

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub paragraphs: Vec<String>,
    pub cell: CellName,
}

/// A row of the schedule.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Which of the exported rows it is; none for a new one.
    pub base: Option<usize>,
    /// Where it stands now.
    pub owner: Owner,
    /// What it says.
    pub values: [String; FIELDS],
    /// Where it says so.
    pub cells: [CellName; FIELDS],
}

/// A cell as people are told of it: `计划.xlsx 工作安排表!D7`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellName {
    book: String,
    cell: String,
}

impl CellName {
    /// The cell as a place.
    pub fn place(&self) -> Place {
        Place { path: format!("{} {}", self.book, self.cell), spot: None }
    }

    /// The cell within its workbook.
    pub fn name(&self) -> &str {
        &self.cell
    }
}

/// A sheet that was exported, with where its header stands now.
pub(super) struct Page<'b> {
    book: String,
    pub sheet: &'b Sheet,
    /// The row of the header.
    pub header: u32,
    /// The hidden column with the keys.
    pub keys: u32,
    /// Merged cells by their column and first row, with their last row.
    merged: BTreeMap<(u32, u32), u32>,
}

impl Page<'_> {
    /// What a cell says.
    pub fn text(&self, row: u32, column: u32) -> &str {
        self.sheet.cells.get(&(row, column)).map_or("", |content| content.text.trim())
    }

    /// The cell that covers a row in a column: its own, or a merged one; and what it says.
    pub fn covering(&self, row: u32, column: u32) -> Option<(u32, &str)> {
        let above = self.merged.range((column, 0)..=(column, row)).next_back();
        let first = above.filter(|(_, last)| **last >= row).map_or(row, |((_, first), _)| *first);
        let text = self.text(first, column);
        (!text.is_empty()).then_some((first, text))
    }

    /// A cell as people are told of it.
    pub fn cell(&self, row: u32, column: u32) -> CellName {
        let cell = format!("{}!{}", self.sheet.name, cell_name(row, column));
        CellName { book: self.book.clone(), cell }
    }

    /// Rows in which something stands.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.sheet.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The columns of the header, with what they are headed, without blanks.
    pub fn headings(&self) -> Vec<(u32, String)> {
        let cells = self.sheet.cells.range((self.header, 0)..(self.header + 1, 0));
        let headings = cells.filter(|((_, column), _)| *column != self.keys);
        headings
            .map(|((_, column), content)| {
                (*column, content.text.chars().filter(|c| !c.is_whitespace()).collect())
            })
            .collect()
    }
}

/// Reads the sheets of an edited workbook.
pub(super) fn read(
    path: &Path,
    book: &Book,
    base: &Contents,
    warnings: &mut Report,
) -> Result<Edited, Report> {
    let mut report = Report::default();
    let mut edited = Edited::default();
    match find(path, book, SCHEDULE, "工作安排表") {
        Ok(page) => rows::read(&page, base, &mut edited, &mut report, warnings),
        Err(found) => report.extend(found),
    }
    match find(path, book, TEXT, "正文") {
        Ok(page) => text_rows::read(&page, base, &mut edited, &mut report),
        Err(found) => report.extend(found),
    }
    if report.errors() > 0 { Err(report) } else { Ok(edited) }
}

/// Finds a sheet by the mark beside its header.
fn find<'b>(path: &Path, book: &'b Book, mark: &str, name: &str) -> Result<Page<'b>, Report> {
    let sheets = book.sheets.iter().filter(|sheet| !record::is_record(sheet));
    let mut found = sheets.filter_map(|sheet| {
        let marked = sheet.cells.iter().find(|(_, content)| content.text.trim() == mark)?;
        let (&(header, keys), _) = marked;
        let merged = sheet.merged.iter().map(|r| ((r.columns.0, r.rows.0), r.rows.1)).collect();
        Some(Page { book: shown_path(path), sheet, header, keys, merged })
    });
    match (found.next(), found.next()) {
        (Some(page), None) => Ok(page),
        (Some(page), Some(other)) => {
            Err(faults::sheet_twice(path, &page.sheet.name, &other.sheet.name).into())
        }
        (None, _) => Err(faults::sheet_gone(path, name).into()),
    }
}

/// A text on one line, as it would be read.
pub(super) fn joined(text: &str) -> String {
    Piece::new(text, Spot::Aside).joined()
}
