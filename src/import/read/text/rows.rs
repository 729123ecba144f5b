//! Tables of which every line is a row, with tabs between its cells.

use super::header::header;
use super::{
    FEWEST_COLUMNS, Piece, Spot, Table, dates, go_on, is_band, is_blank, lines as kinds, named,
    numbering, row,
};
use crate::import::columns::{self, Column};
use crate::import::plausible::{ends_as_office, fits};
use crate::import::surnames;

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
    let columns = columns::of(&header.iter().map(Piece::joined).collect::<Vec<_>>());
    let mut rows = Rows { columns, lead, rows: vec![header], above: Vec::new() };
    while let Some(next) = (at..lines.len()).find(|at| !is_blank(lines[*at])) {
        let (cells, end) = cut(lines, next);
        let is_signature = cells.iter().filter(|cell| !cell.text.is_empty()).count() == 1
            && cells.len() > 1
            && signs(lines, next);
        if is_signature {
            break;
        }
        let goes_on = match cells.len() {
            1 => rows.line(lines, next, next == at, end)?,
            _ => rows.row(cells, next)?,
        };
        if !goes_on {
            break;
        }
        at = end;
    }
    Some((rows.table(), at))
}

/// The rows of a table in the making.
struct Rows<'l> {
    columns: Vec<Option<Column>>,
    /// Blank cells that only indent each row.
    lead: usize,
    rows: Vec<Vec<Piece>>,
    /// The lines of a cell that is written downwards, up to the one that has the tabs.
    above: Vec<&'l str>,
}

impl<'l> Rows<'l> {
    /// Takes a line with several cells; false if another table begins there.
    fn row(&mut self, mut cells: Vec<Piece>, at: usize) -> Option<bool> {
        // The last columns may be blank, as a sheet pads its rows.
        let padded = cells.iter().rev().take_while(|cell| cell.text.is_empty()).count();
        let is_header = named(&cells) >= 2 && named(&cells) == cells.len() - padded;
        if is_header && !is_same(&cells, &self.rows[0]) {
            return Some(false);
        }
        let is_open = self.is_open();
        if cells.first().is_some_and(|cell| cell.text.is_empty()) {
            cells.drain(..self.lead);
        }
        self.take_above(cells.first_mut()?, at)?;
        let width = self.columns.len();
        let last = self.rows.last_mut()?;
        if is_open && last.len() + cells.len() - 1 <= width {
            // A cell in the middle of the row was broken.
            append(last, &cells[0].text);
            last.extend(cells.into_iter().skip(1));
        } else {
            self.rows.push(cells);
        }
        Some(true)
    }

    /// Finds where the lines belong that stand above a row: to the last cell of the row before, to
    /// the first cell of this one, or to none of the two.
    fn take_above(&mut self, first: &mut Piece, at: usize) -> Option<()> {
        if self.above.is_empty() {
            return Some(());
        }
        let above = std::mem::take(&mut self.above);
        let are_single = above.iter().all(|line| line.chars().count() <= 1);
        let are_names = || above.iter().all(|line| begins(&self.columns, line));
        if first.text.is_empty() {
            let last = self.rows.last_mut()?;
            above.into_iter().for_each(|line| append(last, line));
        } else if are_single || are_names() {
            *first = Piece::new(&format!("{}\n{}", above.join("\n"), first.text), first.place);
        } else {
            self.rows.push(vec![Piece::new(&above.join(""), Spot::Line(at))]);
        }
        Some(())
    }

    /// Takes a line without tabs; false if the table has ended. `is_next` tells whether it follows
    /// the line above without a blank one.
    fn line(&mut self, lines: &[&'l str], at: usize, is_next: bool, end: usize) -> Option<bool> {
        let line = lines[at].trim();
        let goes_on = more(lines, end);
        let is_point = self.columns.len() == 2 && numbering::split(line).is_some();
        let is_end = kinds::is_note(line) || kinds::is_footer(line) || signs(lines, at);
        let is_inner = is_next && !is_end;
        let is_of_cell = || !is_band(line) || self.counts_on(line);
        if is_inner && (is_point || self.is_open() && is_of_cell()) {
            append(self.rows.last_mut()?, line);
        } else if is_inner && goes_on && continues(&self.rows, &self.columns, line) {
            let last = self.rows.last_mut()?;
            self.above.drain(..).for_each(|line| append(last, line));
            append(last, line);
        } else if is_inner && !goes_on && self.ends_with_person(line) {
            append(self.rows.last_mut()?, line);
        } else if !goes_on || kinds::is_appendix(line) {
            return Some(false);
        } else if !is_band(line) && line.chars().count() <= 3 {
            self.above.push(line);
        } else if is_band(line) || is_title(line) {
            self.rows.push(vec![Piece::new(line, Spot::Line(at + 1))]);
        } else if is_inner && line.chars().count() <= 12 {
            // The last cell of a row was broken.
            append(self.rows.last_mut()?, line);
        } else {
            return Some(false);
        }
        Some(true)
    }

    /// Whether a line has the number behind that of the last cell's last line: a list in a cell.
    fn counts_on(&self, line: &str) -> bool {
        let number = |line: &str| numbering::split(line).map(|(number, _)| number.value);
        let cell = self.rows.last().and_then(|row| row.last());
        let last = cell.and_then(|cell| cell.text.lines().last()).and_then(number);
        last.is_some_and(|last| number(line) == Some(last + 1))
    }

    /// Whether a line is a second leader in the last cell of the last row.
    fn ends_with_person(&self, line: &str) -> bool {
        let name: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        surnames::is_person(&name) && continues(&self.rows, &self.columns, line)
    }

    /// Whether the last row has cells to come.
    fn is_open(&self) -> bool {
        self.rows.last().is_some_and(|row| (2..self.columns.len()).contains(&row.len()))
    }

    fn table(self) -> Table {
        let columns = self.columns;
        let rows = self.rows.into_iter();
        let rows = rows.map(|cells| row(aligned(cells, &columns), columns.len())).collect();
        Table { rows }
    }
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
    let last = rows.last().and_then(|row| row.last()).map_or("", |cell| cell.text.as_str());
    let line = line.trim_end_matches(['、', '，']);
    let is_whole = rows.len() > 1 && rows.last().is_some_and(|row| row.len() == columns.len());
    let column = columns.last().copied().flatten();
    // A long name may be broken at the dot in it.
    let is_broken = last.ends_with(['·', '•']);
    let is_kind = is_broken
        || match column {
            Some(Column::Leaders | Column::Both) => true,
            Some(Column::Offices | Column::Support) => {
                ends_as_office(line) || last.ends_with(['、', '，'])
            }
            _ => false,
        };
    is_whole && is_kind && !is_band(line) && (is_broken || fits(column, line) > 0)
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
    let is_day = |line: &str| {
        let line = line.trim();
        dates::day(line).is_some() || dates::signed(line).is_some()
    };
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
pub fn cut(lines: &[&str], start: usize) -> (Vec<Piece>, usize) {
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
