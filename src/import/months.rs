//! Work listed month by month without a table: 三月份： above numbered lines, or 3月：召开教代会；….

use super::columns::Column;
use super::document::{Paragraph, Piece};
use super::schedule::{Entry, Row, Schedule};
use super::{dates, lines, numbering, responsibility};

/// So many months make a list.
const FEWEST: usize = 2;

/// Cuts a list of months off a text, as a schedule.
pub fn cut(text: &mut Vec<Paragraph>) -> Option<Schedule> {
    let heading = |paragraph: &Paragraph| dates::month_heading(&paragraph.piece.text).is_some();
    let first = text.iter().position(heading)?;
    if text.iter().filter(|paragraph| heading(paragraph)).count() < FEWEST {
        return None;
    }
    let ends = |piece: &Piece| {
        lines::is_footer(&piece.text)
            || dates::day(&piece.text).is_some()
            || dates::signed(&piece.text).is_some()
    };
    let mut end = text[first..].iter().position(|paragraph| ends(&paragraph.piece));
    // Who signs stands above the day.
    if let Some(at) =
        end.filter(|at| *at > 0 && dates::day(&text[first + *at].piece.text).is_some())
    {
        let above = &text[first + at - 1].piece.text;
        let signs = lines::is_line(above) && numbering::split(above).is_none();
        end = Some(if signs { at - 1 } else { at });
    }
    let end = end.map_or(text.len(), |end| first + end);
    let listed: Vec<Paragraph> = text.drain(first..end).collect();
    let mut schedule =
        Schedule { columns: vec![Column::When, Column::Task], title: None, ..Schedule::default() };
    let titled = first.checked_sub(1).filter(|at| {
        let words = text[*at].piece.text.trim_start_matches(['附', '：', ':', '件']);
        lines::is_table_title(words) && numbering::split(words).is_none() && *at > 0
    });
    if let Some(at) = titled {
        let piece = text.remove(at).piece;
        let words = piece.text.trim_start_matches(['附', '：', ':', '件']).to_owned();
        schedule.title = Some(Piece::new(&words, piece.place));
    }
    let mut month = Piece::default();
    for Paragraph { piece, .. } in listed {
        let Some((_, behind)) = dates::month_heading(&piece.text) else {
            add(&mut schedule, &month, &piece);
            continue;
        };
        let named = piece.text[..piece.text.len() - behind.len()].trim();
        month = Piece::new(named.trim_end_matches(['：', ':']), piece.place);
        for part in behind.split('；').filter(|part| !part.trim().is_empty()) {
            add(&mut schedule, &month, &Piece::new(part, piece.place));
        }
    }
    Some(schedule)
}

/// Adds a line of a month's list.
fn add(schedule: &mut Schedule, month: &Piece, piece: &Piece) {
    let words = numbering::split(&piece.text).map_or(piece.text.as_str(), |(_, rest)| rest);
    let parted = responsibility::part(words, false);
    let task = parted.text.trim().trim_end_matches(['。', '；', '，']);
    let mut cells = vec![(Column::Task, Piece::new(task, piece.place))];
    for (_, found) in &parted.found {
        for (column, value) in &found.cells {
            if !schedule.columns.contains(column) {
                schedule.columns.push(*column);
            }
            cells.push((*column, Piece::new(value, piece.place)));
        }
    }
    if !cells.iter().any(|(column, _)| *column == Column::When) {
        cells.push((Column::When, month.clone()));
    }
    schedule.entries.push(Entry::Row(Row::new(cells, piece.place)));
}
