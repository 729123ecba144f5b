//! The header of a table whose lines are rows: on one line, on two, or broken over several.

use super::rows::cut;
use super::{FEWEST_COLUMNS, Piece, Spot, is_band, is_blank, named};

/// A header goes over so many lines at most.
const LONGEST_HEADER: usize = 6;

/// The cells of a header, without the blank ones that only indent it; how many these are; the line
/// behind it.
pub fn header(lines: &[&str], start: usize) -> Option<(Vec<Piece>, usize, usize)> {
    if let Some((header, end)) = broken_header(lines, start) {
        return Some((header, 0, end));
    }
    let inner = lines[start].trim_matches([' ', '\u{3000}']).trim_start_matches('\t');
    if !inner.trim_end().contains('\t') && !inner.starts_with('"') {
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
    // A shorter one may be whole, too: 分管 of 分管领导.
    (start + 2..=start + LONGEST_HEADER).rev().find_map(|end| {
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
