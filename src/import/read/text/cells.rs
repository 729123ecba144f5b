//! Tables of which every line is a cell.

use super::{
    FEWEST_COLUMNS, Piece, Spot, Table, dates, go_on, is_band, is_blank, lines as kinds, named, row,
};
use crate::import::columns::{self, Column};
use crate::import::numbering::{self, Style};

/// Reads a table whose cells have a tab in front; blank lines stand between its rows.
pub fn with_tabs(lines: &[&str], start: usize) -> Option<(Table, usize)> {
    if !lines[start].starts_with('\t') {
        return None;
    }
    let mut groups: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut end = start;
    for (at, line) in lines.iter().enumerate().skip(start) {
        let group = groups.last_mut()?;
        if line.starts_with('\t') {
            group.push(Piece::new(line, Spot::Line(at + 1)));
        } else if is_blank(line) {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
            continue;
        } else if let Some(cell) = group.last_mut() {
            go_on(cell, line);
        } else {
            break;
        }
        end = at + 1;
    }
    groups.retain(|group| !group.is_empty());
    let width = groups.first()?.len();
    let mut names = named(groups.first()?);
    // A header of two rows.
    if names < FEWEST_COLUMNS && groups.get(1).is_some_and(|group| group.len() == width) {
        names += named(&groups[1]);
    }
    if names < FEWEST_COLUMNS {
        // Without blank lines the first cells that are names are the header.
        return run_together(groups, end);
    }
    let is_regular = groups.iter().all(|group| group.len() == width || group.len() == 1);
    if !is_regular {
        return run_together(groups, end);
    }
    let rows = groups.into_iter().map(|group| row(group, width)).collect();
    Some((Table { rows }, end))
}

fn run_together(groups: Vec<Vec<Piece>>, end: usize) -> Option<(Table, usize)> {
    let cells: Vec<Piece> = groups.into_iter().flatten().collect();
    let is_name = |cell: &&Piece| columns::named(&cell.joined()).is_some();
    let width = cells.iter().take_while(is_name).count();
    if width < FEWEST_COLUMNS {
        return None;
    }
    let rows = cells.chunks(width).map(|cells| row(cells.to_vec(), width)).collect();
    Some((Table { rows }, end))
}

/// Reads a table of which every line is a cell.
pub fn bare(lines: &[&str], start: usize) -> Option<(Table, usize)> {
    let is_name = |line: &&&str| columns::named(line.trim()).is_some();
    let width = lines[start..].iter().take_while(is_name).count();
    if width < FEWEST_COLUMNS {
        return None;
    }
    let piece = |at: usize| Piece::new(lines[at], Spot::Line(at + 1));
    let last = lines.iter().rposition(|line| !is_blank(line))?;
    let mut rows = vec![row((start..start + width).map(piece).collect(), width)];
    let mut at = start + width;
    let apart = are_apart(lines, at, width);
    let first = columns::named(lines[start].trim());
    let counts = first == Some(Column::Number);
    // Months and sections are headings unless the first column holds them.
    let has_months = matches!(first, Some(Column::Month | Column::When));
    let has_sections = first == Some(Column::Section);
    let heads = |line: &str| {
        let is_month = dates::month_heading(line).is_some();
        is_band(line) && !(is_month && has_months) && (is_month || !has_sections)
    };
    while at <= last {
        if apart && is_blank(lines[at]) {
            at += 1;
        }
        if at > last || kinds::is_footer(lines[at].trim()) || kinds::is_note(lines[at].trim()) {
            break;
        }
        if ends(lines, at, &lines[start..start + width]) {
            break;
        }
        if heads(lines[at]) {
            rows.push(row(vec![piece(at)], width));
            at += 1;
            continue;
        }
        // A number that counts the rows tells where the next one begins; blank cells may be lost at
        // the very end.
        let end = if counts { next_row(lines, at, width) } else { at + width };
        if end > lines.len() && end > last + 1 + width / 2 {
            break;
        }
        let cells = (at..end.min(lines.len())).map(piece).collect::<Vec<_>>();
        if cells.iter().skip(1).any(|cell| kinds::is_footer(&cell.text)) {
            break;
        }
        rows.push(if cells.len() == 1 { row(pad(cells, width), width) } else { row(cells, width) });
        at = end;
    }
    Some((Table { rows }, at.min(lines.len())))
}

/// Whether the table ends where a row should begin: the header of another follows, or the heading of
/// a text or of another table.
fn ends(lines: &[&str], at: usize, header: &[&str]) -> bool {
    let heads = |at: usize| {
        let is_name = |line: &&&str| columns::named(line.trim()).is_some();
        let is_same =
            |rest: &[&str]| rest.iter().zip(header).all(|(line, name)| line.trim() == name.trim());
        lines.get(at..).is_some_and(|rest| {
            rest.iter().take_while(is_name).count() >= FEWEST_COLUMNS && !is_same(rest)
        })
    };
    let is_text = |line: &&str| {
        let line = line.trim();
        line.ends_with('。') && line.chars().count() > 20
    };
    heads(at) || is_band(lines[at]) && (heads(at + 1) || lines.get(at + 1).is_some_and(is_text))
}

/// The line behind the row that begins on a line with its number.
fn next_row(lines: &[&str], at: usize, width: usize) -> usize {
    let number = |at: usize| lines.get(at).and_then(|line| line.trim().parse::<usize>().ok());
    let Some(this) = number(at) else {
        return at + width;
    };
    let mut next = (at + 2..=at + width + 3).find(|next| number(*next) == Some(this + 1));
    // Headings may stand between the two: 二、文体. A month may be the last cell of a whole row.
    let heads = |next: &usize| {
        let line = lines[next - 1].trim();
        let is_numbered =
            numbering::split(line).is_some_and(|(number, _)| number.style != Style::Arabic);
        *next > at + 2 && (is_numbered || next - at > width && is_band(line))
    };
    while let Some(heading) = next.filter(heads) {
        next = Some(heading - 1);
    }
    next.unwrap_or(at + width)
}

fn pad(mut cells: Vec<Piece>, width: usize) -> Vec<Piece> {
    cells.resize_with(width, Piece::default);
    cells
}

/// Whether a blank line stands behind each of the first rows.
fn are_apart(lines: &[&str], from: usize, width: usize) -> bool {
    let gaps: Vec<usize> = (0..4).map(|row| from + row * (width + 1)).collect();
    gaps.iter().all(|at| lines.get(*at).is_some_and(|line| is_blank(line)))
}
