//! Tables that are set in two halves side by side to fit the page.

use super::header::{columns_of, filled};
use crate::import::document::{Cell, Table};

/// A half has at least so many columns that are known.
const FEWEST: usize = 2;

/// The header is one of so many rows.
const HEADER: usize = 6;

/// Puts the right half below the left one, if the header says the same columns twice.
pub fn below_each_other(table: &mut Table) {
    let is_double = |row: &Vec<Cell>| {
        let columns = columns_of(row);
        let (left, right) = columns.split_at(columns.len() / 2);
        left == right && left.iter().flatten().count() >= FEWEST
    };
    let Some(header) = table.rows.iter().take(HEADER).position(is_double) else { return };
    let width = table.rows[header].len() / 2;
    let body = table.rows.split_off(header + 1);
    for row in &mut table.rows {
        let right = row.split_off(width);
        // What stands above the header may go across both halves.
        if let Some(first) = row.first_mut().filter(|first| first.piece.text.is_empty()) {
            first.piece = right
                .into_iter()
                .map(|cell| cell.piece)
                .find(|piece| !piece.text.is_empty())
                .unwrap_or_default();
        }
    }
    let mut right = Vec::with_capacity(body.len());
    for mut row in body {
        let cells = row.split_off(width);
        if filled(&cells) > 0 {
            right.push(cells);
        }
        if filled(&row) > 0 {
            table.rows.push(row);
        }
    }
    table.rows.append(&mut right);
}

#[cfg(test)]
mod tests {
    use super::below_each_other;
    use crate::import::document::{Cell, Piece, Spot, Table};

    #[test]
    fn the_right_half_goes_on_with_the_left_one() {
        let cell = |text: &str| Cell::from(Piece::new(text, Spot::Line(1)));
        let rows = ["序号|内容|时间|序号|内容|时间", "1|拔河|3月|3|跳绳|5月", "2|体检|4月|||"];
        let rows = rows.iter().map(|row| row.split('|').map(cell).collect()).collect();
        let mut table = Table { rows };
        below_each_other(&mut table);
        let joined = |row: &Vec<Cell>| {
            row.iter().map(|cell| cell.piece.joined()).collect::<Vec<_>>().join("|")
        };
        let told: Vec<String> = table.rows.iter().map(joined).collect();
        assert_eq!(told, ["序号|内容|时间", "1|拔河|3月", "2|体检|4月", "3|跳绳|5月"]);
    }
}
