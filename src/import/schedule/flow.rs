//! Columns whose blank cells go on with the cell above, where the source can't say what is merged.

use super::header::filled;
use super::numbering;
use crate::import::columns::Column;
use crate::import::document::{Cell, Merged, Spot};

/// So many blank cells are no accident …
const FEWEST_BLANK: usize = 3;

/// … if they are one in so many rows …
const ONE_IN: usize = 7;

/// … or, where some stand beside a new item, one in so many.
const ONE_IN_BESIDE: usize = 4;

/// How the cells of a column go on.
#[derive(Debug, Default)]
pub struct Flow {
    /// Whether a blank cell goes on with the one above.
    pub flows: bool,
    /// Whether that is no more than likely, and has to be told.
    pub is_guess: bool,
    /// The rows in which the cell is blank.
    pub blank: Vec<Spot>,
}

/// How the cells of each column go on: what heads several rows stands on the first of them only.
/// `named` is what the columns are by their names alone.
pub fn flowing(
    columns: &[Option<Column>],
    named: &[Option<Column>],
    rows: &[Vec<Cell>],
) -> Vec<Flow> {
    let says_so = rows.iter().flatten().any(|cell| cell.merged == Merged::Above);
    let task = columns.iter().position(|column| *column == Some(Column::Task));
    (0..columns.len())
        .map(|at| {
            let is_before_task = task.is_some_and(|task| at < task);
            let flows = Flow { flows: true, ..Flow::default() };
            match columns[at] {
                Some(Column::Section | Column::Project | Column::Item | Column::Month) => flows,
                Some(Column::When) if at == 0 => flows,
                // Months beside quarters head their rows, too.
                Some(Column::When) if named[at] == Some(Column::Month) && !says_so => flows,
                // Beside a column of months a blank time is the month.
                Some(Column::When) if columns.contains(&Some(Column::Month)) => Flow::default(),
                Some(
                    Column::When
                    | Column::Leaders
                    | Column::Offices
                    | Column::Both
                    | Column::Support,
                ) if is_before_task && !says_so => flows,
                Some(Column::Leaders | Column::Offices | Column::Both) if !says_so => {
                    guess(columns, rows, at)
                }
                _ => Flow::default(),
            }
        })
        .collect()
}

/// Whether the blank cells of a column are merged ones: they are many, and none stands below a
/// heading.
fn guess(columns: &[Option<Column>], rows: &[Vec<Cell>], at: usize) -> Flow {
    let heads = |column: &Option<Column>| {
        matches!(column, Some(Column::Section | Column::Project | Column::Item))
    };
    let is_blank =
        |row: &[Cell], at: usize| row.get(at).is_none_or(|cell| cell.piece.text.is_empty());
    let head: Vec<usize> = (0..columns.len()).filter(|at| heads(&columns[*at])).collect();
    let (mut blank, mut count, mut begins) = (Vec::new(), 0, true);
    let mut one_in = ONE_IN;
    for row in rows {
        if filled(row) <= 1 {
            // A heading across the table.
            begins |= row.iter().any(|cell| numbering::split(&cell.piece.text).is_some());
            continue;
        }
        count += 1;
        let goes_on = head.is_empty() || head.iter().any(|at| is_blank(row, *at));
        if is_blank(row, at) {
            if begins {
                return Flow::default();
            }
            one_in = if goes_on { one_in } else { ONE_IN_BESIDE };
            blank.extend(row.first().map(|cell| cell.piece.place));
        }
        begins = false;
    }
    let is_many = blank.len() >= FEWEST_BLANK && blank.len() * one_in >= count;
    Flow { flows: is_many, is_guess: is_many, blank }
}
