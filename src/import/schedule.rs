//! A table → the rows of a schedule.

use super::columns::{self, Column};
use super::document::{Cell, Merged, Piece, Spot, Table};
use super::{lines, numbering, plausible, responsibility};
use header::{columns_of, find, further, guessed, is_below, roles};

mod flow;
mod halves;
mod header;
mod marks;
mod row;

pub use row::{Heading, Row};

/// A schedule as its table says it.
#[derive(Debug, Default)]
pub struct Schedule {
    /// Its heading, if that is a row of the table.
    pub title: Option<Piece>,
    /// What its columns hold, each once, from the left.
    pub columns: Vec<Column>,
    /// Its rows in order.
    pub entries: Vec<Entry>,
    /// Cells that belong to no column that is known, and notes.
    pub leftovers: Vec<Piece>,
    /// How the columns are named whose contents are known.
    pub names: Vec<String>,
    /// Columns whose names are not known, with what they seem to hold.
    pub guessed: Vec<(Piece, Column)>,
    /// Columns whose blank cells were taken as merged with the cell above, with the blank cells.
    pub flowing: Vec<(String, Vec<Spot>)>,
}

/// A row of the table.
#[derive(Debug)]
pub enum Entry {
    /// A heading across the whole table.
    Band(Piece),
    /// A text across the whole table.
    Text(Piece),
    /// A task, with the section and item that it stands under.
    Row(Row),
}

impl Schedule {
    /// Takes away what stands across the table below its last row and has no number: a legend, and no
    /// heading.
    fn drop_legend(&mut self) {
        let is_row = |entry: &Entry| matches!(entry, Entry::Row(_));
        let end = self.entries.iter().rposition(is_row).map_or(0, |last| last + 1);
        let below = self.entries.split_off(end);
        for entry in below {
            match entry {
                Entry::Band(piece) if end > 0 && numbering::split(&piece.text).is_none() => {
                    self.leftovers.push(piece);
                }
                entry => self.entries.push(entry),
            }
        }
    }
}

/// Reads a table as schedules: several where another header stands further down, as two tables do on
/// one sheet.
///
/// # Errors
/// The table itself, if it is no schedule.
pub fn read_all(mut table: Table) -> Result<Vec<Schedule>, Table> {
    marks::into_times(&mut table);
    halves::below_each_other(&mut table);
    let Some(first) = find(&table) else { return Err(table) };
    let cuts = further(&table, first);
    if cuts.is_empty() {
        return read(&table).map(|schedule| vec![schedule]).ok_or(table);
    }
    let mut schedules = Vec::new();
    for cut in cuts.into_iter().rev() {
        let below = Table { rows: table.rows.split_off(cut) };
        schedules.extend(read(&below));
    }
    schedules.extend(read(&table));
    schedules.reverse();
    Ok(schedules)
}

/// Reads a table as a schedule. None if its header names no tasks, or too few columns.
pub fn read(table: &Table) -> Option<Schedule> {
    let header = find(table)?;
    let has_two = is_below(table, header);
    let mut found = columns_of(&table.rows[header]);
    if has_two {
        let below = columns_of(&table.rows[header + 1]);
        found.iter_mut().zip(below).for_each(|(above, below)| *above = below.or(*above));
    }
    let body = &table.rows[header + 1 + usize::from(has_two)..];
    let guessed = guessed(&mut found, &table.rows[header], body);
    let columns = roles(found.clone())?;
    let tells = [Column::When, Column::Month, Column::Leaders, Column::Offices, Column::Both];
    if !columns.iter().flatten().any(|column| tells.contains(column)) {
        return None;
    }
    let mut schedule = Schedule::default();
    for row in &table.rows[..header] {
        let filled: Vec<&Cell> = row.iter().filter(|cell| !cell.piece.text.is_empty()).collect();
        for cell in &filled {
            match &schedule.title {
                _ if filled.len() == 1 && numbering::split(&cell.piece.text).is_some() => {
                    schedule.entries.push(Entry::Band(cell.piece.clone()));
                }
                _ if filled.len() == 1 && !schedule.entries.is_empty() => {
                    schedule.entries.push(Entry::Text(cell.piece.clone()));
                }
                None if lines::is_table_title(&cell.piece.joined()) => {
                    schedule.title = Some(cell.piece.clone());
                }
                _ => schedule.leftovers.push(cell.piece.clone()),
            }
        }
    }
    schedule.columns = columns.iter().flatten().copied().collect();
    schedule.guessed = guessed;
    let heads = table.rows[header..=header + usize::from(has_two)].iter();
    let known =
        heads.flat_map(|row| row.iter().zip(&columns)).filter(|(_, column)| column.is_some());
    schedule.names = known.map(|(cell, _)| cell.piece.text.clone()).collect();
    // Two columns of tasks are written as one.
    let tasks = (0..columns.len()).filter(|at| columns[*at] == Some(Column::Task)).skip(1);
    let names = tasks.map(|at| (table.rows[header][at].piece.clone(), Column::Task));
    schedule.guessed.extend(names.filter(|(name, _)| !name.text.is_empty()));
    let flows = flow::flowing(&columns, &found, body);
    for (at, blank) in flows.iter().enumerate().filter(|(_, flow)| flow.is_guess) {
        let name = lines::plain(&table.rows[header][at].piece.text);
        schedule.flowing.push((name, blank.blank.clone()));
    }
    let flows: Vec<bool> = flows.iter().map(|flow| flow.flows).collect();
    let header = &table.rows[header];
    Reading { columns: &columns, flows: &flows, header, schedule: &mut schedule }.rows(body);
    schedule.drop_legend();
    Some(schedule)
}

/// 续表, （接上表）
pub fn is_continued(text: &str) -> bool {
    let plain = lines::plain(text);
    plain.chars().count() <= 8 && (plain.contains("续表") || plain.contains("接上表"))
}

/// What a cell says by itself: 牵头：宣传组　配合：信息中心.
fn said(column: Column, piece: &Piece) -> Option<Vec<(Column, Piece)>> {
    let is_who = matches!(column, Column::Both | Column::Offices | Column::Leaders);
    let text = piece.text.as_str();
    let said = responsibility::read(text).filter(|_| is_who && text.contains(['：', ':']))?;
    let piece = |text: &str| Piece::new(text, piece.place);
    Some(said.cells.iter().map(|(column, text)| (*column, piece(text))).collect())
}

/// Where a table ends that another one follows on the same sheet: 附：经费预算.
fn end_of(rows: &[Vec<Cell>]) -> usize {
    let is_other = |row: &Vec<Cell>| {
        let mut filled = row.iter().filter(|cell| !cell.piece.text.is_empty());
        let first = filled.next().filter(|_| filled.next().is_none());
        first.is_some_and(|cell| {
            let words = lines::plain(&cell.piece.text);
            words.starts_with("附:") || words.starts_with("附表") || words.starts_with("附件")
        })
    };
    rows.iter().position(is_other).filter(|end| *end > 0).unwrap_or(rows.len())
}

struct Reading<'t> {
    columns: &'t [Option<Column>],
    /// Whose blank cells go on with the cell above.
    flows: &'t [bool],
    header: &'t [Cell],
    schedule: &'t mut Schedule,
}

impl Reading<'_> {
    fn rows(&mut self, rows: &[Vec<Cell>]) {
        let mut above: Vec<Option<Piece>> = vec![None; self.columns.len()];
        let end = end_of(rows);
        for cell in rows[end..].iter().flatten().filter(|cell| !cell.piece.text.is_empty()) {
            self.schedule.leftovers.push(cell.piece.clone());
        }
        for cells in &rows[..end] {
            let filled: Vec<&Cell> =
                cells.iter().filter(|cell| !cell.piece.text.is_empty()).collect();
            let [first, others @ ..] = filled.as_slice() else { continue };
            if self.is_header(cells, filled.len()) {
                continue;
            }
            if lines::is_note(&first.piece.text) || lines::is_footer(&first.piece.text) {
                let pieces = filled.iter().map(|cell| cell.piece.clone());
                self.schedule.leftovers.extend(pieces);
                continue;
            }
            if others.is_empty() && self.is_band(cells, first) {
                let piece = first.piece.clone();
                if piece.text.ends_with('。') {
                    self.schedule.entries.push(Entry::Text(piece));
                } else if !is_continued(&piece.text) {
                    self.schedule.entries.push(Entry::Band(piece));
                    above.fill(None);
                }
                continue;
            }
            self.row(cells, &mut above);
        }
    }

    /// Whether the only cell of a row that says anything heads those below: it goes across the table,
    /// is numbered as headings are, or is nothing that its column could hold.
    fn is_band(&self, cells: &[Cell], filled: &Cell) -> bool {
        let across = cells.iter().filter(|cell| cell.merged == Merged::Left).count();
        let column = self.columns.first().copied().flatten();
        let counts = column == Some(Column::Number);
        let is_heading =
            |number: numbering::Number<'_>| counts || number.style != numbering::Style::Arabic;
        let text = &filled.piece.text;
        let is_first = cells.first().is_some_and(|first| !first.piece.text.is_empty());
        let is_strange = matches!(column, Some(Column::When | Column::Month | Column::Number))
            && plausible::fits(column, text) < 0;
        let is_numbered = numbering::split(text).is_some_and(|(number, _)| is_heading(number));
        cells.len() > 1 && (across + 1 >= cells.len() || is_first && (is_numbered || is_strange))
    }

    /// A table that goes on on the next page says its header again.
    fn is_header(&self, cells: &[Cell], filled: usize) -> bool {
        let named = cells.iter().filter(|cell| columns::named(&cell.piece.joined()).is_some());
        let same = cells.iter().zip(self.header).filter(|(cell, head)| {
            !cell.piece.text.is_empty() && cell.piece.joined() == head.piece.joined()
        });
        named.count() >= 2 && same.count() * 2 >= filled || self.is_second_header(cells, filled)
    }

    fn is_second_header(&self, cells: &[Cell], filled: usize) -> bool {
        filled >= 2
            && cells
                .iter()
                .filter(|cell| !cell.piece.text.is_empty())
                .all(|cell| columns::named(&cell.piece.joined()).is_some())
    }

    fn row(&mut self, cells: &[Cell], above: &mut [Option<Piece>]) {
        let first = cells.iter().find(|cell| !cell.piece.text.is_empty());
        let mut row =
            Row::new(Vec::new(), first.map_or_else(Spot::default, |cell| cell.piece.place));
        for (at, (cell, column)) in cells.iter().zip(self.columns).enumerate() {
            let is_blank = cell.piece.text.is_empty();
            // What heads several rows stands on the first of them only; a plain text does not even
            // say that the cell is merged.
            let heads = self.flows[at];
            // A month or section that goes across the columns beside it.
            let goes_on = cell.merged == Merged::Above && *column != Some(Column::Number);
            let piece = match is_blank {
                false => Some(cell.piece.clone()),
                true if heads || goes_on => above[at].clone(),
                true => None,
            };
            if !is_blank && matches!(column, Some(Column::Section | Column::Project)) {
                // A new section begins without the item of the one above.
                for (lower, column) in above.iter_mut().zip(self.columns).skip(at + 1) {
                    if matches!(column, Some(Column::Project | Column::Item)) {
                        *lower = None;
                    }
                }
            }
            above[at].clone_from(&piece);
            match (column, piece) {
                // Position tells as much.
                (Some(Column::Number), _) | (_, None) => {}
                (Some(column), Some(piece)) => match said(*column, &piece) {
                    Some(cells) => {
                        cells.into_iter().for_each(|(column, piece)| row.put(column, piece))
                    }
                    None => row.put(*column, self.named(*column, at, piece)),
                },
                (None, Some(piece)) if !is_blank => self.schedule.leftovers.push(piece),
                (None, Some(_)) => {}
            }
        }
        self.schedule.entries.push(Entry::Row(row));
    }

    /// A remark of a column that is named otherwise says its name: 地点：图书馆.
    fn named(&self, column: Column, at: usize, piece: Piece) -> Piece {
        let name = self.header.get(at).map(|cell| cell.piece.joined()).unwrap_or_default();
        match column {
            Column::Remark if !columns::is_plain_remark(&name) => {
                Piece { text: format!("{name}：{}", piece.joined()), ..piece }
            }
            _ => piece,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, read};
    use crate::import::document::Block;
    use crate::import::read::text;

    /// Each row with what its columns hold.
    fn rows(source: &str) -> Vec<String> {
        let document = text::read(source);
        let Some(Block::Table(table)) = document.blocks.first() else { panic!("{document:?}") };
        let schedule = read(table).unwrap();
        let told = |entry: &Entry| match entry {
            Entry::Band(piece) | Entry::Text(piece) => format!("= {}", piece.text),
            Entry::Row(row) => {
                let cells =
                    row.cells().map(|(column, piece)| format!("{column:?}:{}", piece.joined()));
                cells.collect::<Vec<_>>().join(" ")
            }
        };
        schedule.entries.iter().map(told).collect()
    }

    #[test]
    fn what_heads_several_rows_holds_for_each_of_them() {
        assert_eq!(
            rows("类别\t要点\t任务\t时间\n甲\t1.乙\t丙\t5月\n\t\t丁\t\n戊\t\t己\t6月\n"),
            [
                "Section:甲 Item:1.乙 Task:丙 When:5月",
                "Section:甲 Item:1.乙 Task:丁",
                "Section:戊 Task:己 When:6月",
            ]
        );
    }

    #[test]
    fn months_are_times_or_stand_above_them() {
        assert_eq!(
            rows("月份\t任务\t责任人\n3月\t甲\t乙\n\t丙\t丁\n"),
            ["When:3月 Task:甲 Leaders:乙", "When:3月 Task:丙 Leaders:丁"]
        );
        assert_eq!(
            rows("月份\t时间\t任务\t责任人\n3月\t8日\t甲\t乙\n\t中旬\t丙\t丁\n"),
            ["Month:3月 When:8日 Task:甲 Leaders:乙", "Month:3月 When:中旬 Task:丙 Leaders:丁"]
        );
    }

    #[test]
    fn headers_of_two_rows_and_headers_that_come_again_are_no_tasks() {
        assert_eq!(
            rows(
                "任务\t责任分工\t\t时间\n\t牵头领导\t牵头单位\t\n甲\t乙\t丙\t5月\n任务\t责任分工\t\t时间\n\t牵头领导\t牵头单位\t\n丁\t戊\t己\t6月\n"
            ),
            ["Task:甲 Leaders:乙 Offices:丙 When:5月", "Task:丁 Leaders:戊 Offices:己 When:6月"]
        );
    }

    #[test]
    fn columns_of_unknown_names_are_told_by_their_cells() {
        assert_eq!(
            rows(
                "重点项目\t工作推进清单\t何时办\t谁牵头\t责任人\t备注\n甲\t召开教代会大会\t5月\t办公室\t乙\t\n丙\t组织教职工体检\t6月底前\t福利部\t丁\t分批\n"
            ),
            [
                "Project:甲 Task:召开教代会大会 When:5月 Offices:办公室 Leaders:乙",
                "Project:丙 Task:组织教职工体检 When:6月底前 Offices:福利部 Leaders:丁 Remark:分批",
            ]
        );
    }

    #[test]
    fn a_table_without_tasks_has_its_items_for_them() {
        assert_eq!(rows("项目\t责任单位\t时限\n甲\t乙\t5月\n"), ["Task:甲 Offices:乙 When:5月"]);
    }
}
