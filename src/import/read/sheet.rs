//! A workbook (.xlsx) → [`Document`]: every visible sheet in order.
//!
//! Cells say what a spreadsheet program shows of them: dates as they are formatted, results of
//! formulas as they were last worked out. What is hidden is left out of the body and kept beside it.

mod book;
mod cells;
mod date;
mod layout;
mod number;
mod xml;

pub use book::{Book, Sheet};
pub use cells::{Content, Region, cell_name};

use super::package::Package;
use crate::diagnostic::{Diagnostic, faults};
use crate::import::document::{Document, Piece, Spot};
use crate::limits;
use crate::words;
use layout::TooLarge;
use std::path::Path;

/// Reads a workbook.
///
/// # Errors
/// The file is locked, damaged, too large, has macros or no text; the diagnostic says what to do.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
    let book = open(path, bytes)?;
    let mut document = Document::default();
    let (mut left, mut number) = (limits::SOURCE_CELLS, 0);
    for sheet in &book.sheets {
        if sheet.is_hidden {
            leave_out(sheet, &mut document);
            continue;
        }
        number += 1;
        let size = layout::lay_out(sheet, number, &mut document, left).map_err(|TooLarge| {
            Box::new(faults::large_source(path, &words!("单元格太多", "too many cells")))
        })?;
        left = left.saturating_sub(size);
        tell_of(sheet, &mut document);
    }
    let beside = book.sheets.iter().flat_map(|sheet| &sheet.beside).chain(&book.beside);
    document.asides.extend(beside.map(|text| Piece::new(text, Spot::Aside)));
    if document.blocks.is_empty() && document.asides.is_empty() {
        return Err(Box::new(faults::empty_source(path)));
    }
    Ok(document)
}

/// Opens a workbook and takes the text of its cells out, hidden ones among them.
///
/// # Errors
/// As [`read`].
pub fn open(path: &Path, bytes: &[u8]) -> Result<Book, Box<Diagnostic>> {
    let mut package = Package::open(path, bytes)?;
    book::read(path, &mut package)
}

/// Puts a hidden sheet beside the body.
fn leave_out(sheet: &Sheet, document: &mut Document) {
    if sheet.cells.is_empty() {
        return;
    }
    let name = &sheet.name;
    document.remarks.push(words!(
        "工作表“{name}”是隐藏的，没有导入",
        "the sheet “{name}” is hidden and was left out"
    ));
    let texts = sheet.cells.values().map(|content| Piece::new(&content.text, Spot::Aside));
    document.asides.extend(texts.filter(|piece| !piece.text.is_empty()));
}

/// Tells of formulas in a sheet that show an error or nothing.
fn tell_of(sheet: &Sheet, document: &mut Document) {
    let name = &sheet.name;
    let errors = sheet.cells.iter().filter(|(_, content)| content.is_error);
    for ((row, column), Content { text, .. }) in errors.take(TOLD) {
        let cell = cell_name(*row, *column);
        document.remarks.push(words!(
            "工作表“{name}”的{cell}显示错误“{text}”，请核对",
            "{cell} of the sheet “{name}” shows the error “{text}”"
        ));
    }
    if sheet.unsolved > 0 {
        let count = sheet.unsolved;
        document.remarks.push(words!(
            "工作表“{name}”有{count}个公式没有算出的结果，当作空白；在 Excel 或 WPS 里打开、保存一次再导入",
            "{count} formulas of the sheet “{name}” have no result and count as blank; open and save the workbook once"
        ));
    }
}

/// How many errors of a sheet are told.
const TOLD: usize = 20;
