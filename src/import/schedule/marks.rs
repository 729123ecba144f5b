//! Tables with a column for each month or quarter and a mark where something is due.

use crate::import::document::{Cell, Merged, Piece, Table};
use crate::import::plausible;

/// So many columns of times make a calendar.
const FEWEST: usize = 3;

/// The header is one of so many rows.
const HEADER: usize = 6;

/// How the column of times is named that takes their place.
const NAME: &str = "完成时间";

/// Puts the times of marked columns into one column; a table without such columns stays as it is.
pub fn into_times(table: &mut Table) {
    let Some((header, columns)) = calendar(table) else { return };
    let names: Vec<String> =
        columns.iter().map(|at| table.rows[header][*at].piece.joined()).collect();
    for (number, row) in table.rows.iter_mut().enumerate() {
        let mut cell = Cell { merged: row[columns[0]].merged, ..Cell::default() };
        let filled = columns.iter().zip(&names).filter(|(at, _)| !row[**at].piece.text.is_empty());
        let marked: Vec<&str> = filled.clone().map(|(_, name)| name.as_str()).collect();
        let place = row.first().map(|cell| cell.piece.place).unwrap_or_default();
        let text = match number {
            above if above < header => {
                filled.clone().next().map_or("", |(at, _)| row[*at].piece.text.as_str())
            }
            this if this == header => NAME,
            _ if marked.is_empty() => "",
            _ => &marked.join("、"),
        };
        cell.piece = Piece::new(text, place);
        if !text.is_empty() {
            cell.merged = Merged::No;
        }
        row[columns[0]] = cell;
        for at in columns[1..].iter().rev() {
            row.remove(*at);
        }
    }
}

/// The row that names months or quarters, and the columns of these, if they hold nothing but marks.
fn calendar(table: &Table) -> Option<(usize, Vec<usize>)> {
    let named = |row: &Vec<Cell>| -> Vec<usize> {
        let times = row.iter().enumerate().filter(|(_, cell)| {
            let name = cell.piece.joined();
            plausible::is_time(&name) && name.contains(['月', '季'])
        });
        times.map(|(at, _)| at).collect()
    };
    let rows = table.rows.iter().take(HEADER).map(named).enumerate();
    let (header, columns) = rows.max_by_key(|(_, columns)| columns.len())?;
    let body = &table.rows[header + 1..];
    let mut cells = body.iter().flat_map(|row| columns.iter().map(|at| &row[*at].piece.text));
    let is_marked = cells.clone().any(|text| !text.is_empty());
    let is_calendar = columns.len() >= FEWEST && is_marked && cells.all(|text| is_mark(text));
    is_calendar.then_some((header, columns))
}

/// √, ✓, ●, or nothing.
fn is_mark(text: &str) -> bool {
    text.chars().count() <= 1 && text.chars().all(|c| "√✓✔☑●○■□▲△★☆◆◇※＊*V".contains(c))
}

#[cfg(test)]
mod tests {
    use super::into_times;
    use crate::import::document::{Cell, Piece, Spot, Table};

    fn told(rows: &[&str]) -> Vec<String> {
        let cell = |text: &str| Cell::from(Piece::new(text, Spot::Line(1)));
        let rows = rows.iter().map(|row| row.split('|').map(cell).collect()).collect();
        let mut table = Table { rows };
        into_times(&mut table);
        let joined = |row: &Vec<Cell>| {
            row.iter().map(|cell| cell.piece.joined()).collect::<Vec<_>>().join("|")
        };
        table.rows.iter().map(joined).collect()
    }

    #[test]
    fn marks_are_the_times_of_their_columns() {
        assert_eq!(
            told(&["任务|一季度|二季度|三季度|四季度|责任人", "学习|√||√||何频", "评优|||||刘婕"]),
            ["任务|完成时间|责任人", "学习|一季度、三季度|何频", "评优||刘婕"]
        );
        assert_eq!(
            told(&["任务|进度||", "|3月|4月|5月", "学习||●|●"]),
            ["任务|进度", "|完成时间", "学习|4月、5月"]
        );
    }

    #[test]
    fn columns_that_say_more_than_marks_stay() {
        let table = ["任务|3月|4月|5月", "学习|讲座||√"];
        assert_eq!(told(&table), table);
    }
}
