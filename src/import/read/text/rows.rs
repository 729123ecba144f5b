//! Tables of which every line is a row, with tabs between its cells.

use super::{
    FEWEST_COLUMNS, Piece, Spot, Table, dates, go_on, is_band, is_blank, lines as kinds, named,
    numbering, row,
};
use crate::import::columns::{self, Column};
use crate::import::plausible::fits;

/// A header goes over so many lines at most.
const LONGEST_HEADER: usize = 6;

/// Reads the table that begins on a line, and tells the line behind its end.
pub fn read(lines: &[&str], start: usize) -> Option<(Table, usize)> {
    let (header, lead, mut at) = header(lines, start)?;
    let mut names = named(&header);
    // A header of two rows.
    if names == FEWEST_COLUMNS - 1 && at < lines.len() {
        names += named(&cut(lines, at).0);
    }
    // Two columns are a table if both are known: 月份 and 工作内容.
    let is_whole = names == 2 && header.len() == 2;
    if names < FEWEST_COLUMNS && !is_whole {
        return None;
    }
    let width = header.len();
    let columns: Vec<_> = header.iter().map(|cell| columns::named(&cell.joined())).collect();
    let mut rows = vec![header];
    // The lines of a cell that is written downwards, up to the one that has the tabs.
    let mut above: Vec<&str> = Vec::new();
    while at < lines.len() {
        let Some(next) = (at..lines.len()).find(|at| !is_blank(lines[*at])) else { break };
        let (cells, end) = cut(lines, next);
        let is_open = rows.last().is_some_and(|row| (2..width).contains(&row.len()));
        if cells.len() > 1 {
            let mut cells: Vec<Piece> = cells;
            // Another header begins another table.
            if named(&cells) >= 2 && named(&cells) == cells.len() && !is_same(&cells, &rows[0]) {
                break;
            }
            if cells.first().is_some_and(|cell| cell.text.is_empty()) {
                cells.drain(..lead);
            }
            let first = cells.first_mut()?;
            let are_single = above.iter().all(|line| line.chars().count() <= 1);
            if first.text.is_empty() {
                // They belong to the last cell of the row above.
                let last = rows.last_mut()?;
                above.drain(..).for_each(|line| append(last, line));
            } else if !above.is_empty() && are_single {
                *first = Piece::new(&format!("{}\n{}", above.join("\n"), first.text), first.place);
                above.clear();
            } else if !above.is_empty() && above.iter().all(|line| begins(&columns, line)) {
                // The first of several names in the first cell.
                let names = std::mem::take(&mut above).join("\n");
                *first = Piece::new(&format!("{names}\n{}", first.text), first.place);
            } else if !above.is_empty() {
                let text = std::mem::take(&mut above).join("");
                rows.push(vec![Piece::new(&text, Spot::Line(next))]);
            }
            let last = rows.last_mut()?;
            if is_open && last.len() + cells.len() - 1 <= width {
                // A cell in the middle of the row was broken.
                append(last, &cells[0].text);
                last.extend(cells.into_iter().skip(1));
            } else {
                rows.push(cells);
            }
        } else {
            let line = lines[next].trim();
            let goes_on = more(lines, end);
            let is_point = width == 2 && numbering::split(line).is_some();
            let is_end = kinds::is_note(line) || kinds::is_footer(line) || signs(lines, next);
            if next == at && !is_end && (is_point || is_open && !is_band(line)) {
                append(rows.last_mut()?, line);
            } else if next == at && goes_on && !is_end && continues(&rows, &columns, line) {
                let last = rows.last_mut()?;
                above.drain(..).for_each(|line| append(last, line));
                append(last, line);
            } else if !goes_on || kinds::is_appendix(line) {
                break;
            } else if !is_band(line) && line.chars().count() <= 3 {
                above.push(line);
            } else if is_band(line) || is_title(line) {
                rows.push(cells);
            } else if next == at && !is_end && line.chars().count() <= 12 {
                // The last cell of a row was broken.
                append(rows.last_mut()?, line);
            } else {
                break;
            }
        }
        at = end;
    }
    let rows = rows.into_iter().map(|cells| row(aligned(cells, &columns), width)).collect();
    Some((Table { rows }, at))
}

/// The cells of a header, without the blank ones that only indent it; how many these are; the line
/// behind it.
fn header(lines: &[&str], start: usize) -> Option<(Vec<Piece>, usize, usize)> {
    if let Some((header, end)) = broken_header(lines, start) {
        return Some((header, 0, end));
    }
    let inner = lines[start].trim_matches([' ', '\u{3000}']).trim_start_matches('\t');
    if !inner.trim_end().contains('\t') {
        return None;
    }
    let (header, end) = cut(lines, start);
    let lead = header.iter().take_while(|cell| cell.text.is_empty()).count();
    let mut header: Vec<Piece> = header.into_iter().skip(lead).collect();
    // A name that goes across several of the row below stands only once.
    if let Some(below) = lines.get(end).map(|_| cut(lines, end).0) {
        let filled = below.iter().filter(|cell| !cell.text.is_empty()).count();
        let first = below.iter().position(|cell| !cell.text.is_empty());
        let lacking = below.len().saturating_sub(header.len());
        if let Some(first) = first.filter(|first| {
            lacking > 0 && filled >= 2 && named(&below) == filled && *first < header.len()
        }) {
            header.splice(first + 1..first + 1, vec![Piece::default(); lacking]);
        }
    }
    Some((header, lead, end))
}

/// A header whose cells are broken over lines without a mark that says so: all of it names columns
/// once the lines are put together.
fn broken_header(lines: &[&str], start: usize) -> Option<(Vec<Piece>, usize)> {
    let is_short = |line: &&str| !is_blank(line) && line.chars().count() <= 60 && !is_band(line);
    let window = lines.get(start..lines.len().min(start + LONGEST_HEADER))?;
    if !is_short(&lines[start]) || !window.iter().any(|line| line.contains('\t')) {
        return None;
    }
    let (first, _) = cut(lines, start);
    if named(&first) == first.len() && first.len() >= FEWEST_COLUMNS {
        return None;
    }
    (start + 2..=start + LONGEST_HEADER).find_map(|end| {
        let lines = lines.get(start..end).filter(|lines| lines.iter().all(is_short))?;
        let text = lines.join("\n");
        let place = Spot::Line(start + 1);
        let cells: Vec<Piece> = text.split('\t').map(|cell| Piece::new(cell, place)).collect();
        let is_whole = cells.len() >= FEWEST_COLUMNS
            && cells.iter().any(|cell| cell.text.contains('\n'))
            && named(&cells) == cells.len();
        is_whole.then_some((cells, end))
    })
}

/// A row that lacks cells stands at the left, unless what is left of it fits the columns at the
/// right better: some pages leave out the cells that a merged one covers.
fn aligned(mut cells: Vec<Piece>, columns: &[Option<Column>]) -> Vec<Piece> {
    if cells.len() < 3 || cells.len() >= columns.len() {
        return cells;
    }
    let lacking = columns.len() - cells.len();
    let fit = |from: usize| -> i32 {
        let columns = columns[from..].iter();
        cells.iter().zip(columns).map(|(cell, column)| fits(*column, &cell.text)).sum()
    };
    if fit(lacking) > fit(0) + 1 {
        cells.splice(0..0, vec![Piece::default(); lacking]);
    }
    cells
}

/// Whether a line begins the first cell of a row, by what its column holds.
fn begins(columns: &[Option<Column>], line: &str) -> bool {
    let column = columns.first().copied().flatten();
    column == Some(Column::Leaders) && fits(column, line) > 0
}

/// Whether a line goes on with the last cell of a whole row, by what its column holds: a second name
/// below the first.
fn continues(rows: &[Vec<Piece>], columns: &[Option<Column>], line: &str) -> bool {
    const OFFICES: [char; 15] =
        ['科', '部', '室', '处', '会', '办', '心', '院', '系', '组', '位', '局', '委', '府', '联'];
    let last = rows.last().and_then(|row| row.last()).map_or("", |cell| cell.text.as_str());
    let line = line.trim_end_matches(['、', '，']);
    let is_whole = rows.len() > 1 && rows.last().is_some_and(|row| row.len() == columns.len());
    let column = columns.last().copied().flatten();
    let is_kind = match column {
        Some(Column::Leaders) => true,
        Some(Column::Offices | Column::Support) => {
            line.ends_with(OFFICES) || last.ends_with(['、', '，'])
        }
        _ => false,
    };
    is_whole && is_kind && !is_band(line) && fits(column, line) > 0
}

/// Whether a row follows, perhaps behind lines of cells that are written downwards.
fn more(lines: &[&str], from: usize) -> bool {
    let mut following = lines[from..].iter().filter(|line| !is_blank(line)).take(8);
    following
        .by_ref()
        .find(|line| line.contains('\t') || line.chars().count() > 30)
        .is_some_and(|line| line.contains('\t'))
}

/// Whether somebody signs here.
fn signs(lines: &[&str], at: usize) -> bool {
    let is_day = |line: &str| dates::day(line).is_some() || dates::signed(line).is_some();
    is_day(lines[at]) || lines.get(at + 1).is_some_and(|line| is_day(line))
}

fn is_same(cells: &[Piece], header: &[Piece]) -> bool {
    cells.iter().zip(header).filter(|(cell, head)| cell.text == head.text).count() * 2
        >= header.len()
}

/// Whether a line between rows heads those below.
fn is_title(line: &str) -> bool {
    !kinds::is_note(line) && !line.ends_with(['。', '；'])
}

fn append(row: &mut [Piece], text: &str) {
    if let Some(cell) = row.last_mut() {
        go_on(cell, text);
    }
}

/// The cells of a line, and the line behind them: a cell in quotes, as a sheet copies it, may go
/// over several.
fn cut(lines: &[&str], start: usize) -> (Vec<Piece>, usize) {
    let place = Spot::Line(start + 1);
    let mut cells = Vec::new();
    let mut at = start;
    let mut parts = lines[at].split('\t');
    while let Some(part) = parts.next() {
        let quoted = part.trim_start().strip_prefix('"');
        let Some(mut rest) = quoted else {
            cells.push(Piece::new(part, place));
            continue;
        };
        let mut text = String::new();
        loop {
            if let Some(end) = closing(rest) {
                text.push_str(&rest[..end]);
                break;
            }
            text.push_str(rest);
            // The quotation may go on behind a tab, else on the next line.
            if let Some(next) = parts.next() {
                text.push('\t');
                rest = next;
            } else if at + 1 < lines.len() && at < start + 50 {
                at += 1;
                text.push('\n');
                parts = lines[at].split('\t');
                rest = parts.next().unwrap_or_default();
            } else {
                // A quotation mark that nothing closes is a character like others.
                let cells = lines[start].split('\t').map(|cell| Piece::new(cell, place));
                return (cells.collect(), start + 1);
            }
        }
        cells.push(Piece::new(&text.replace("\"\"", "\""), place));
    }
    (cells, at + 1)
}

/// Where a cell's closing quotation mark stands; doubled ones are characters.
fn closing(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find('"').map(|at| from + at) {
        if text[at + 1..].starts_with('"') {
            from = at + 2;
            continue;
        }
        return text[at + 1..].trim().is_empty().then_some(at);
    }
    None
}
