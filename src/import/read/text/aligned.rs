//! Tables whose columns are set apart by blanks, as they come out of a listing or a PDF.

use super::{FEWEST_COLUMNS, is_blank};
use crate::import::columns;
use std::borrow::Cow;

/// A cell may stand so many columns of the screen beside the name of its column.
const SLACK: usize = 1;

/// A piece of a line with the column of the screen that it begins in.
type Placed<'t> = (usize, &'t str);

/// Sets tabs between the cells of tables whose columns are aligned by blanks; other lines stay as they
/// are.
pub fn set_tabs(lines: &mut [Cow<'_, str>]) {
    let mut at = 0;
    while at < lines.len() {
        let Some(starts) = header(&lines[at]) else {
            at += 1;
            continue;
        };
        while at < lines.len() && !is_blank(&lines[at]) && !lines[at].contains('\t') {
            let Some(row) = row(&lines[at], &starts) else { break };
            lines[at] = Cow::Owned(row);
            at += 1;
        }
    }
}

/// Where the columns begin whose names stand on a line.
fn header(line: &str) -> Option<Vec<usize>> {
    let pieces = pieces(line, 2);
    let names: Vec<String> = pieces.iter().map(|(_, name)| (*name).to_owned()).collect();
    let known = columns::of(&names).iter().flatten().count();
    let is_header = !line.contains('\t') && known >= FEWEST_COLUMNS && known + 2 >= names.len();
    is_header.then(|| pieces.into_iter().map(|(start, _)| start).collect())
}

/// The cells of a row with tabs between. A line that is no row goes across the table if it begins
/// where the table does. None if it is neither.
fn row(line: &str, starts: &[usize]) -> Option<String> {
    let mut cells: Vec<String> = vec![String::new(); starts.len()];
    let below = |start: usize| starts.iter().position(|column| column.abs_diff(start) <= SLACK);
    let placed =
        |pieces: &[Placed<'_>]| pieces.iter().filter(|(start, _)| below(*start).is_some()).count();
    // A quotation mark takes two columns or one; that is right which puts more cells in their place.
    let (wide, narrow) = (pieces(line, 2), pieces(line, 1));
    let pieces = if placed(&narrow) > placed(&wide) { narrow } else { wide };
    let placed = placed(&pieces);
    if pieces.len() == starts.len() && placed * 2 <= starts.len() {
        // As many as there are columns, if they are not aligned at all.
        let cells: Vec<&str> = pieces.iter().map(|(_, piece)| *piece).collect();
        return Some(cells.join("\t"));
    }
    let mut last = None;
    for (start, piece) in pieces {
        let found = below(start);
        match (found, last) {
            (Some(column), _) => last = Some(column),
            // Blanks may also align the characters of a name.
            (None, Some(_)) => {}
            (None, None) => return None,
        }
        let cell = &mut cells[last?];
        if !cell.is_empty() {
            cell.push_str("  ");
        }
        cell.push_str(piece);
    }
    match cells.iter().filter(|cell| !cell.is_empty()).count() {
        0 => None,
        1 if last == Some(0) => Some(line.trim().to_owned()),
        _ => Some(cells.join("\t")),
    }
}

/// The pieces of a line that two or more blanks part, each with where it begins. Quotation marks and
/// dashes take `quote` columns.
fn pieces(line: &str, quote: usize) -> Vec<Placed<'_>> {
    let mut pieces = Vec::new();
    let (mut column, mut begin, mut blanks) = (0, None, 0);
    let mut end = 0;
    for (at, c) in line.char_indices() {
        let is_blank = matches!(c, ' ' | '\u{a0}' | '\u{3000}');
        let width = match c {
            c if c.is_ascii() || c == '\u{a0}' => 1,
            '“' | '”' | '‘' | '’' | '—' | '…' | '·' => quote,
            _ => 2,
        };
        if is_blank {
            blanks += width;
        } else {
            if let Some((start, from)) = begin.filter(|_| blanks >= 2) {
                pieces.push((start, &line[from..end]));
                begin = None;
            }
            begin = begin.or(Some((column, at)));
            (blanks, end) = (0, at + c.len_utf8());
        }
        column += width;
    }
    pieces.extend(begin.map(|(start, from)| (start, &line[from..end])));
    pieces
}

#[cfg(test)]
mod tests {
    use super::set_tabs;
    use std::borrow::Cow;

    #[test]
    fn cells_are_those_below_the_names_of_their_columns() {
        let mut lines = [
            "安排表",
            "序号  类别      工作内容      时间    负责人",
            "1     思想教育  党史学习      3月     高凤岐",
            "2               红色歌曲传唱          郑  凯",
            "二、文体",
            "说明：略。",
        ]
        .map(Cow::Borrowed);
        set_tabs(&mut lines);
        assert_eq!(
            lines,
            [
                "安排表",
                "序号\t类别\t工作内容\t时间\t负责人",
                "1\t思想教育\t党史学习\t3月\t高凤岐",
                "2\t\t红色歌曲传唱\t\t郑  凯",
                "二、文体",
                "说明：略。",
            ]
        );
    }

    #[test]
    fn a_text_with_blanks_is_no_table() {
        let mut lines =
            ["责任单位：办公室    完成时间：5月", "何  频    刘  婕"].map(Cow::Borrowed);
        let before = lines.clone();
        set_tabs(&mut lines);
        assert_eq!(lines, before);
    }
}
