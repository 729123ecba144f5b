//! Tables whose borders were dragged by hand: their rows have as many cells, but none stands exactly
//! below another.

use super::story::Row;
use std::collections::BTreeMap;
use std::ops::Range;

/// Puts cells below each other where rows have as many of them and only their borders differ.
pub fn straighten(rows: &mut [Row]) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.cells.len() > 1) {
        *counts.entry(row.cells.len()).or_default() += 1;
    }
    let Some((width, most)) = counts.iter().max_by_key(|(_, rows)| **rows) else { return };
    let (width, are_most) = (*width, most * 5 >= counts.values().sum::<usize>() * 4);
    let whole = |row: &&Row| row.cells.len() == width;
    let mut edges = rows.iter().filter(whole).map(edges);
    let Some(first) = edges.next() else { return };
    if !are_most || edges.all(|other| other == first) {
        return;
    }
    // A cell of another row reaches over those whose middle it covers.
    let middles: Vec<usize> = first.iter().map(|cell| (cell.start + cell.end) / 2).collect();
    let covered =
        |range: &Range<usize>| middles.iter().filter(|middle| range.contains(middle)).count();
    for row in rows {
        if row.cells.len() == width {
            row.cells.iter_mut().for_each(|cell| cell.reach.columns = 1);
            (row.before, row.after) = (0, 0);
            continue;
        }
        let edges = self::edges(row);
        let begin = edges.first().map_or(0, |cell| cell.start);
        (row.before, row.after) = (covered(&(0..begin)), 0);
        for (cell, edges) in row.cells.iter_mut().zip(&edges) {
            cell.reach.columns = covered(edges).max(1);
        }
    }
}

/// From which to which line of the grid each cell of a row reaches.
fn edges(row: &Row) -> Vec<Range<usize>> {
    let mut start = row.before;
    let mut edges = Vec::with_capacity(row.cells.len());
    for cell in &row.cells {
        let end = start.saturating_add(cell.reach.columns.max(1));
        edges.push(start..end);
        start = end;
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::straighten;
    use crate::import::read::word::story::{Piled, Reach, Row};

    fn row(spans: &[usize]) -> Row {
        let cell = |columns: &usize| Piled {
            reach: Reach { columns: *columns, ..Reach::default() },
            ..Piled::default()
        };
        let mut row = Row::default();
        row.cells = spans.iter().map(cell).collect();
        row
    }

    fn told(rows: &[&[usize]]) -> Vec<Vec<usize>> {
        let mut rows: Vec<Row> = rows.iter().map(|spans| row(spans)).collect();
        straighten(&mut rows);
        let spans = |row: &Row| row.cells.iter().map(|cell| cell.reach.columns).collect();
        rows.iter().map(spans).collect()
    }

    #[test]
    fn rows_with_as_many_cells_have_the_same_columns() {
        let dragged: [&[usize]; 5] =
            [&[6], &[1, 2, 1, 2], &[2, 1, 1, 2], &[1, 1, 2, 2], &[1, 2, 2, 1]];
        assert_eq!(told(&dragged), [vec![4], vec![1; 4], vec![1; 4], vec![1; 4], vec![1; 4]]);
        let even: [&[usize]; 3] = [&[1, 2, 1], &[1, 2, 1], &[1, 1, 1, 1]];
        assert_eq!(told(&even), even);
    }
}
