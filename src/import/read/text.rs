//! Plain text as pasted from a page or a word processor → [`Document`].
//!
//! Tables arrive flattened, in one of three ways: a row a line with tabs between its cells, a cell a
//! line with a tab in front, or a cell a line with nothing. Where cells stand alone, the header tells
//! how many make a row; a merged cell is blank wherever it goes on.

use super::columns;
use super::document::{Block, Document, Piece, Table};

/// A header names at least so many columns.
const FEWEST_COLUMNS: usize = 3;

/// Reads a text.
pub fn read(source: &str) -> Document {
    let lines: Vec<&str> = source.lines().collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some((table, end)) = tabbed(&lines, at).or_else(|| bare(&lines, at)) {
            blocks.push(Block::Table(table));
            at = end;
            continue;
        }
        let piece = Piece::new(lines[at], at + 1);
        if !piece.text.is_empty() {
            blocks.push(Block::Paragraph(piece));
        }
        at += 1;
    }
    Document { blocks }
}

/// A table that begins on a line with a tab, and the line behind its end.
fn tabbed(lines: &[&str], start: usize) -> Option<(Table, usize)> {
    if !lines[start].contains('\t') {
        return None;
    }
    let mut end = start;
    while end < lines.len() {
        let line = lines[end];
        let follows_text = end > start && !lines[end - 1].trim().is_empty();
        if !line.contains('\t') && !line.trim().is_empty() && !follows_text {
            break;
        }
        end += 1;
    }
    let lines = &lines[start..end];
    let is_row = |line: &&str| {
        line.trim_matches([' ', '\u{3000}']).trim_start_matches('\t').trim_end().contains('\t')
    };
    let table =
        if lines.iter().any(is_row) { rows(lines, start) } else { grid(cells(lines, start)) };
    Some((table?, end))
}

/// A row a line.
fn rows(lines: &[&str], start: usize) -> Option<Table> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match rows.last_mut().and_then(|row| row.last_mut()) {
            // A cell that is broken goes on on the next line.
            Some(last) if !line.contains('\t') => append(last, line),
            _ if line.trim().is_empty() && !line.contains('\t') => {}
            _ => rows
                .push(line.split('\t').map(|cell| Piece::new(cell, start + index + 1)).collect()),
        }
    }
    let is_header = |row: &Vec<Piece>| named(row) >= FEWEST_COLUMNS;
    rows.iter().any(is_header).then_some(())?;
    let width = rows.iter().map(Vec::len).max()?;
    for row in &mut rows {
        let line = row.first().map_or(0, |cell| cell.line);
        row.resize(width, Piece { text: String::new(), line });
    }
    // A tab in front of every line, or behind it, is no column.
    for edge in [0, width - 1] {
        let at = edge.min(rows[0].len() - 1);
        if rows.iter().all(|row| row[at].text.is_empty()) {
            rows.iter_mut().for_each(|row| drop(row.remove(at)));
        }
    }
    Some(Table { rows })
}

/// A cell a line, with a tab in front of each.
fn cells(lines: &[&str], start: usize) -> Vec<Piece> {
    let mut cells: Vec<Piece> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match cells.last_mut() {
            _ if line.starts_with('\t') => cells.push(Piece::new(line, start + index + 1)),
            Some(last) => append(last, line),
            None => cells.push(Piece::new(line, start + index + 1)),
        }
    }
    cells
}

/// A table of which every line is a cell, and the line behind its end.
fn bare(lines: &[&str], start: usize) -> Option<(Table, usize)> {
    let name = |line: &&&str| columns::named(line.trim()).is_some();
    let width = lines[start..].iter().take_while(name).count();
    if width < FEWEST_COLUMNS {
        return None;
    }
    let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(start, |last| last + 1);
    let cells = lines[start..end].iter().enumerate();
    let cells = cells.map(|(index, line)| Piece::new(line, start + index + 1));
    Some((grid(cells.collect())?, end))
}

/// Cells one after the other as rows. The header tells how many make one.
fn grid(cells: Vec<Piece>) -> Option<Table> {
    let first = cells.iter().position(|cell| !cell.text.is_empty())?;
    let cells = &cells[first..];
    let width = named(cells);
    if width < FEWEST_COLUMNS {
        return None;
    }
    let row = |row: &[Piece]| {
        let mut row = row.to_vec();
        row.resize(width, Piece::default());
        row
    };
    Some(Table { rows: cells.chunks(width).map(row).collect() })
}

/// How many cells in a row are names of columns, from the first that is one.
fn named(cells: &[Piece]) -> usize {
    let is_name = |cell: &&Piece| columns::named(&cell.joined()).is_some();
    cells.iter().skip_while(|cell| cell.text.is_empty()).take_while(is_name).count()
}

fn append(cell: &mut Piece, line: &str) {
    if !line.trim().is_empty() {
        cell.text.push('\n');
        cell.text.push_str(line.trim());
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::import::document::Block;

    /// The rows of the only table, cells with bars between.
    fn table(source: &str) -> Vec<String> {
        let document = read(source);
        let tables: Vec<_> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Table(table) => Some(table),
                Block::Paragraph(_) => None,
            })
            .collect();
        assert_eq!(tables.len(), 1, "{document:?}");
        let row = |row: &Vec<_>| {
            row.iter().map(crate::import::document::Piece::joined).collect::<Vec<_>>().join("|")
        };
        tables[0].rows.iter().map(row).collect()
    }

    #[test]
    fn a_table_with_tabs_is_read_row_by_row() {
        let source = "安排表\n任务\t时间\t责任人\n拔河\t5月\t刘婕\n体检\t\t何频\n\n抄送：各单位\n";
        assert_eq!(table(source), ["任务|时间|责任人", "拔河|5月|刘婕", "体检||何频"]);
    }

    #[test]
    fn a_table_with_a_cell_a_line_is_cut_into_rows_as_long_as_its_header() {
        let tabs = "\t任务\n\t完成\n时间\n\t责任人\n\n\t拔河\n\t5月\n\t刘婕\n\n\t\n\t6月\n\t何频\n";
        assert_eq!(table(tabs), ["任务|完成时间|责任人", "拔河|5月|刘婕", "|6月|何频"]);
        let nothing = "任务\n时间\n责任人\n拔河\n5月\n刘婕\n\n6月\n何频\n";
        assert_eq!(table(nothing), ["任务|时间|责任人", "拔河|5月|刘婕", "|6月|何频"]);
    }

    #[test]
    fn tabs_that_only_indent_make_no_table() {
        assert_eq!(read("\t各分工会：\n\t现将要点印发给你们。\n").blocks.len(), 2);
    }
}
