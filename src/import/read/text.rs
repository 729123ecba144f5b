//! Plain text as pasted from a page, a word processor or a sheet → [`Document`].
//!
//! Tables arrive flattened, in one of three ways: a row a line with tabs between its cells, a cell a
//! line with a tab in front, or a cell a line with nothing. Where cells stand alone, the header tells
//! how many make a row; a merged cell is blank wherever it goes on. A row that is one cell across the
//! whole table is a line of its own.

use crate::import::columns;
use crate::import::document::{Block, Cell, Document, Merged, Piece, Spot, Table};
use crate::import::{lines, numbering};

/// A header names at least so many columns.
const FEWEST_COLUMNS: usize = 3;

/// Reads a text.
pub fn read(source: &str) -> Document {
    let lines: Vec<&str> = source.lines().collect();
    let width = wrapped(&lines);
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let table = rows::read(&lines, at)
            .or_else(|| cells::with_tabs(&lines, at))
            .or_else(|| cells::bare(&lines, at))
            .or_else(|| unknown(&lines, at));
        if let Some((table, end)) = table {
            blocks.push(Block::Table(table));
            at = end;
            continue;
        }
        let mut text = lines[at].trim().to_owned();
        let place = Spot::Line(at + 1);
        at += 1;
        while width.is_some_and(|width| goes_on(&text, &lines, at, width)) {
            text.push_str(lines[at].trim());
            at += 1;
        }
        let piece = Piece::new(&text, place);
        if !piece.text.is_empty() {
            blocks.push(piece.into());
        }
    }
    Document { blocks, ..Document::default() }
}

/// How wide a line is printed: Chinese characters are twice as wide as Latin ones.
fn width_of(line: &str) -> usize {
    line.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// How wide the lines are of a text that was broken into lines of about one width; none if it was
/// not.
fn wrapped(lines: &[&str]) -> Option<usize> {
    let filled: Vec<&&str> = lines.iter().filter(|line| !is_blank(line)).collect();
    let widest = filled.iter().map(|line| width_of(line)).max();
    let width = widest.filter(|width| (36..=120).contains(width))?;
    let is_broken = |line: &&&&str| {
        width_of(line) + 5 >= width && !line.trim_end().ends_with(['。', '；', '：', '！'])
    };
    let broken = filled.iter().filter(is_broken).count();
    let has_table = lines.iter().any(|line| line.contains('\t'));
    (broken >= 4 && broken * 5 >= filled.len() && !has_table).then_some(width)
}

/// Whether the next line goes on with a text that ends as a full line does.
fn goes_on(text: &str, lines: &[&str], next: usize, width: usize) -> bool {
    let Some(line) = lines.get(next).filter(|line| !is_blank(line)) else {
        return false;
    };
    let is_short = text.len() < 400;
    let is_open = is_short && text.matches('《').count() > text.matches('》').count();
    (width_of(lines[next - 1]) + 5 >= width || is_open)
        && !text.ends_with(['。', '；', '：', '！'])
        && !line.starts_with(['\u{3000}', ' '])
        && numbering::split(line.trim()).is_none()
}

/// Lines with tabs that are no schedule are a table all the same.
fn unknown(lines: &[&str], start: usize) -> Option<(Table, usize)> {
    let is_row = |line: &&str| line.trim().contains('\t');
    let count = lines[start..].iter().take_while(|line| is_row(line)).count();
    if count < 2 {
        return None;
    }
    let cells = |at: usize| {
        lines[at]
            .split('\t')
            .map(move |cell| Piece::new(cell, Spot::Line(at + 1)))
            .collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Piece>> = (start..start + count).map(cells).collect();
    let width = rows.iter().map(Vec::len).max()?;
    Some((Table { rows: rows.into_iter().map(|cells| row(cells, width)).collect() }, start + count))
}

/// How many of these cells are names of columns.
fn named(cells: &[Piece]) -> usize {
    cells.iter().filter(|cell| columns::named(&cell.joined()).is_some()).count()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Whether a line that stands alone where a row should begin is a row across the whole table.
fn is_band(line: &str) -> bool {
    let line = line.trim();
    numbering::split(line).is_some()
        || line.contains("续表")
        || line.contains("接上表")
        || lines::month_heading(line).is_some_and(|(_, rest)| rest.is_empty())
}

/// Adds a line to a cell that was broken.
fn go_on(cell: &mut Piece, line: &str) {
    let text = format!("{}\n{}", cell.text, line.trim());
    *cell = Piece::new(&text, cell.place);
}

/// A row of the grid; one that is a single cell goes across all columns.
fn row(cells: Vec<Piece>, width: usize) -> Vec<Cell> {
    let is_band = cells.len() == 1;
    let place = cells.first().map(|cell| cell.place).unwrap_or_default();
    let mut row: Vec<Cell> = cells.into_iter().map(Cell::from).collect();
    let merged = if is_band { Merged::Left } else { Merged::No };
    row.resize_with(width.max(row.len()), || Cell {
        piece: Piece { text: String::new(), place },
        merged,
    });
    row.truncate(width);
    row
}

/// A row a line.
mod rows {
    use super::{
        FEWEST_COLUMNS, Piece, Spot, Table, go_on, is_band, is_blank, lines as kinds, named,
        numbering, row,
    };
    use crate::import::columns::{self, Column};
    use crate::import::plausible::fits;

    /// Reads the table that begins on a line, and tells the line behind its end.
    pub fn read(lines: &[&str], start: usize) -> Option<(Table, usize)> {
        let inner = lines[start].trim_matches([' ', '\u{3000}']).trim_start_matches('\t');
        if !inner.trim_end().contains('\t') {
            return None;
        }
        let (header, mut at) = cut(lines, start);
        let lead = header.iter().take_while(|cell| cell.text.is_empty()).count();
        let header: Vec<Piece> = header.into_iter().skip(lead).collect();
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
                if named(&cells) >= 2 && named(&cells) == cells.len() && !is_same(&cells, &rows[0])
                {
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
                    *first =
                        Piece::new(&format!("{}\n{}", above.join("\n"), first.text), first.place);
                    above.clear();
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
        let columns: Vec<_> = rows[0].iter().map(|cell| columns::named(&cell.joined())).collect();
        let rows = rows.into_iter().map(|cells| row(aligned(cells, &columns), width)).collect();
        Some((Table { rows }, at))
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
        let is_day = |line: &str| kinds::day(line).is_some() || kinds::signed(line).is_some();
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
}

/// A cell a line.
mod cells {
    use super::{
        FEWEST_COLUMNS, Piece, Spot, Table, go_on, is_band, is_blank, lines as kinds, named, row,
    };
    use crate::import::columns::{self, Column};

    /// Reads a table whose cells have a tab in front; blank lines stand between its rows.
    pub fn with_tabs(lines: &[&str], start: usize) -> Option<(Table, usize)> {
        if !lines[start].starts_with('\t') {
            return None;
        }
        let mut groups: Vec<Vec<Piece>> = vec![Vec::new()];
        let mut end = start;
        for (at, line) in lines.iter().enumerate().skip(start) {
            let group = groups.last_mut()?;
            if line.starts_with('\t') {
                group.push(Piece::new(line, Spot::Line(at + 1)));
            } else if is_blank(line) {
                if !group.is_empty() {
                    groups.push(Vec::new());
                }
                continue;
            } else if let Some(cell) = group.last_mut() {
                go_on(cell, line);
            } else {
                break;
            }
            end = at + 1;
        }
        groups.retain(|group| !group.is_empty());
        let width = groups.first()?.len();
        let mut names = named(groups.first()?);
        // A header of two rows.
        if names < FEWEST_COLUMNS && groups.get(1).is_some_and(|group| group.len() == width) {
            names += named(&groups[1]);
        }
        if names < FEWEST_COLUMNS {
            // Without blank lines the first cells that are names are the header.
            return run_together(groups, end);
        }
        let is_regular = groups.iter().all(|group| group.len() == width || group.len() == 1);
        if !is_regular {
            return run_together(groups, end);
        }
        let rows = groups.into_iter().map(|group| row(group, width)).collect();
        Some((Table { rows }, end))
    }

    fn run_together(groups: Vec<Vec<Piece>>, end: usize) -> Option<(Table, usize)> {
        let cells: Vec<Piece> = groups.into_iter().flatten().collect();
        let is_name = |cell: &&Piece| columns::named(&cell.joined()).is_some();
        let width = cells.iter().take_while(is_name).count();
        if width < FEWEST_COLUMNS {
            return None;
        }
        let rows = cells.chunks(width).map(|cells| row(cells.to_vec(), width)).collect();
        Some((Table { rows }, end))
    }

    /// Reads a table of which every line is a cell.
    pub fn bare(lines: &[&str], start: usize) -> Option<(Table, usize)> {
        let is_name = |line: &&&str| columns::named(line.trim()).is_some();
        let width = lines[start..].iter().take_while(is_name).count();
        if width < FEWEST_COLUMNS {
            return None;
        }
        let piece = |at: usize| Piece::new(lines[at], Spot::Line(at + 1));
        let last = lines.iter().rposition(|line| !is_blank(line))?;
        let mut rows = vec![row((start..start + width).map(piece).collect(), width)];
        let mut at = start + width;
        let apart = are_apart(lines, at, width);
        let counts = columns::named(lines[start].trim()) == Some(Column::Number);
        while at <= last {
            if apart && is_blank(lines[at]) {
                at += 1;
            }
            if at > last || kinds::is_footer(lines[at].trim()) || kinds::is_note(lines[at].trim()) {
                break;
            }
            if is_band(lines[at]) {
                rows.push(row(vec![piece(at)], width));
                at += 1;
                continue;
            }
            // A number that counts the rows tells where the next one begins; blank cells may be lost at
            // the very end.
            let end = if counts { next_row(lines, at, width) } else { at + width };
            if end > lines.len() && end > last + 1 + width / 2 {
                break;
            }
            let cells = (at..end.min(lines.len())).map(piece).collect::<Vec<_>>();
            if cells.iter().skip(1).any(|cell| kinds::is_footer(&cell.text)) {
                break;
            }
            rows.push(if cells.len() == 1 {
                row(pad(cells, width), width)
            } else {
                row(cells, width)
            });
            at = end;
        }
        Some((Table { rows }, at.min(lines.len())))
    }

    /// The line behind the row that begins on a line with its number.
    fn next_row(lines: &[&str], at: usize, width: usize) -> usize {
        let number = |at: usize| lines.get(at).and_then(|line| line.trim().parse::<usize>().ok());
        let Some(this) = number(at) else {
            return at + width;
        };
        let candidates = at + 2..=at + width + 3;
        let next = candidates.into_iter().find(|next| number(*next) == Some(this + 1));
        next.unwrap_or(at + width)
    }

    fn pad(mut cells: Vec<Piece>, width: usize) -> Vec<Piece> {
        cells.resize_with(width, Piece::default);
        cells
    }

    /// Whether a blank line stands behind each of the first rows.
    fn are_apart(lines: &[&str], from: usize, width: usize) -> bool {
        let gaps: Vec<usize> = (0..4).map(|row| from + row * (width + 1)).collect();
        gaps.iter().all(|at| lines.get(*at).is_some_and(|line| is_blank(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::import::document::Block;

    /// The rows of the only table, cells with bars between.
    fn table(source: &str) -> Vec<String> {
        let document = read(source);
        let mut tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        });
        let table = tables.next().unwrap();
        assert!(tables.next().is_none(), "{document:?}");
        let joined = |row: &Vec<crate::import::document::Cell>| {
            row.iter().map(|cell| cell.piece.joined()).collect::<Vec<_>>().join("|")
        };
        table.rows.iter().map(joined).collect()
    }

    #[test]
    fn a_table_with_tabs_is_read_row_by_row() {
        let source =
            "安排表\n任务\t时间\t责任人\n拔河\t5月\t刘婕\n体检\t\t何频\n\n抄送：各单位。\n";
        assert_eq!(table(source), ["任务|时间|责任人", "拔河|5月|刘婕", "体检||何频"]);
        assert_eq!(read(source).blocks.len(), 3);
    }

    #[test]
    fn cells_that_are_broken_over_lines_are_put_together() {
        let raw =
            "类别\t任务\t时间\t责任人\n思\n想\t拔河\t5月\t刘婕\n何频\n\t体检\n抽查\t6月\t何频\n";
        assert_eq!(
            table(raw),
            ["类别|任务|时间|责任人", "思想|拔河|5月|刘婕何频", "|体检抽查|6月|何频"]
        );
        let quoted =
            "任务\t时间\t责任人\n拔河\t5月\t\"刘婕\n何频\"\n\"“体\"\"检”\n抽查\"\t6月\t何频\n";
        assert_eq!(
            table(quoted),
            ["任务|时间|责任人", "拔河|5月|刘婕何频", "“体\"检”抽查|6月|何频"]
        );
    }

    #[test]
    fn a_line_between_rows_goes_across_the_table() {
        let source =
            "任务\t时间\t责任人\n一、文体\n拔河\t5月\t刘婕\n二、福利\n体检\t6月\t何频\n注：略。\n";
        assert_eq!(
            table(source),
            ["任务|时间|责任人", "一、文体||", "拔河|5月|刘婕", "二、福利||", "体检|6月|何频"]
        );
    }

    #[test]
    fn a_table_with_a_cell_a_line_is_cut_into_rows_as_long_as_its_header() {
        let tabs = "\t任务\n\t完成\n时间\n\t责任人\n\n\t拔河\n\t5月\n\t刘婕\n\n\t\n\t6月\n\t何频\n";
        assert_eq!(table(tabs), ["任务|完成时间|责任人", "拔河|5月|刘婕", "|6月|何频"]);
        let nothing = "任务\n时间\n责任人\n拔河\n5月\n刘婕\n\n6月\n何频\n";
        assert_eq!(table(nothing), ["任务|时间|责任人", "拔河|5月|刘婕", "|6月|何频"]);
        let apart = "任务\n时间\n责任人\n\n拔河\n5月\n刘婕\n\n体检\n6月\n何频\n\n跳绳\n7月\n何频\n\n踢毽\n8月\n何频\n";
        assert_eq!(table(apart).len(), 5);
    }

    #[test]
    fn a_number_tells_where_the_next_row_begins_though_cells_were_lost() {
        let source = "序号\n任务\n时间\n责任人\n备注\n1\n体检\n4月\n张三\n2\n疗养\n7月\n李四\n分批\n3\n运动会\n10月\n王五\n";
        assert_eq!(
            table(source),
            [
                "序号|任务|时间|责任人|备注",
                "1|体检|4月|张三|",
                "2|疗养|7月|李四|分批",
                "3|运动会|10月|王五|"
            ]
        );
    }

    #[test]
    fn lines_that_were_broken_at_one_width_are_put_together() {
        let source = "    2024年学校工会工作的总体要求是：以习近平新时代\n\
            中国特色社会主义思想为指导，全面贯彻党的二十大精\n\
            神，紧紧围绕学校中心工作，为建设高水平水利职业学\n院贡献工会力量。\n\
            一、加强引领\n    1.落实“第一议题”制度，开展主题教育，推荐先进集\n体。\n";
        let document = read(source);
        let texts: Vec<String> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph.piece.text.clone()),
                Block::Table(_) => None,
            })
            .collect();
        assert_eq!(
            texts,
            [
                "2024年学校工会工作的总体要求是：以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，紧紧围绕学校中心工作，为建设高水平水利职业学院贡献工会力量。",
                "一、加强引领",
                "1.落实“第一议题”制度，开展主题教育，推荐先进集体。",
            ]
        );
    }

    #[test]
    fn tabs_that_only_indent_make_no_table() {
        assert_eq!(read("\t各分工会：\n\t现将要点印发给你们。\n").blocks.len(), 2);
    }
}
