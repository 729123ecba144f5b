//! Plain text as pasted from a page, a word processor or a sheet → [`Document`].
//!
//! Tables arrive flattened: a row a line with tabs between its cells (or bars, or blanks that align
//! them), a cell a line with a tab in front, or a cell a line with nothing. Where cells stand alone, the header tells
//! how many make a row; a merged cell is blank wherever it goes on. A row that is one cell across the
//! whole table is a line of its own.

mod aligned;
mod cells;
mod header;
mod markdown;
mod rows;
mod wrapping;

use crate::import::columns;
use crate::import::document::{Block, Cell, Document, Merged, Paragraph, Piece, Spot, Table};
use crate::import::{dates, lines, numbering};
use std::borrow::Cow;
use wrapping::{Wrapping, is_page_number};

/// A header names at least so many columns.
const FEWEST_COLUMNS: usize = 3;

/// Reads a text.
pub fn read(source: &str) -> Document {
    let lines: Vec<&str> = source.lines().collect();
    let is_markdown = markdown::is_markdown(&lines);
    let mut tabbed: Vec<Cow<'_, str>> = lines.into_iter().map(Cow::Borrowed).collect();
    if is_markdown {
        tabbed.iter_mut().for_each(markdown::set_tabs);
    }
    aligned::set_tabs(&mut tabbed);
    let lines: Vec<&str> = tabbed.iter().map(|line| &**line).collect();
    let wrapping = Wrapping::of(&lines);
    let (mut blocks, mut asides) = (Vec::new(), Vec::new());
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
        let mut text = numbered(lines[at]).unwrap_or_else(|| lines[at].trim().to_owned());
        let place = Spot::Line(at + 1);
        at += 1;
        if let Some(wrapping) = &wrapping {
            let mut last = at - 1;
            // The number of a page may stand between the lines of a paragraph.
            while let Some(next) = (at..lines.len()).find(|at| !is_page_number(lines[*at]))
                && wrapping.goes_on(&text, lines[last], lines[next])
            {
                asides.extend((at..next).map(|at| Piece::new(lines[at], Spot::Line(at + 1))));
                text.push_str(lines[next].trim());
                (last, at) = (next, next + 1);
            }
        }
        let text = unquoted(&text).to_owned();
        let paragraph = match is_markdown {
            true => marked(&text, place),
            false => Paragraph { piece: Piece::new(&text, place), ..Paragraph::default() },
        };
        if !paragraph.piece.text.is_empty() {
            blocks.push(Block::Paragraph(paragraph));
        }
    }
    Document { blocks, asides, ..Document::default() }
}

/// A line without the mark that a sheet sets before and behind a cell of several lines.
fn unquoted(line: &str) -> &str {
    if line.matches('"').count() != 1 {
        return line;
    }
    line.strip_prefix('"').or_else(|| line.strip_suffix('"')).unwrap_or(line)
}

/// A paragraph of Markdown.
fn marked(line: &str, place: Spot) -> Paragraph {
    let plain = markdown::paragraph(line);
    plain.map_or_else(Paragraph::default, |plain| Paragraph {
        piece: Piece::new(&plain.text, place),
        level: plain.level,
        bold: plain.bold,
    })
}

/// A paragraph whose number a word processor has set apart by a tab: 1.⇥完善民主管理。…
fn numbered(line: &str) -> Option<String> {
    let (number, rest) = line.trim().split_once('\t')?;
    let (number, rest) = (number.trim(), rest.trim());
    let joined = format!("{number}{rest}");
    let is_number = numbering::split(&joined).is_some_and(|(_, words)| words == rest);
    (is_number && !rest.contains('\t')).then_some(joined)
}

/// Lines with tabs that are no schedule are a table all the same.
fn unknown(lines: &[&str], start: usize) -> Option<(Table, usize)> {
    let is_row = |line: &&str| line.trim().contains('\t') && numbered(line).is_none();
    // Rows of a form may hold no more than their number.
    let is_form = |line: &&str| line.contains('\t') && !is_blank(line);
    let count = match lines.get(start).filter(|line| is_row(line)) {
        Some(_) => lines[start..].iter().take_while(|line| is_form(line)).count(),
        None => 0,
    };
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
    columns::of(&cells.iter().map(Piece::joined).collect::<Vec<_>>()).iter().flatten().count()
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
        || dates::month_heading(line).is_some_and(|(_, rest)| rest.is_empty())
}

/// Adds a line to a cell that was broken.
fn go_on(cell: &mut Piece, line: &str) {
    let text = format!("{}\n{}", cell.text, line.trim());
    *cell = Piece::new(&text, cell.place);
}

/// A row of the grid; one that is a single cell goes across all columns. What goes beyond the last
/// column belongs to its cell, so that nothing is lost.
fn row(mut cells: Vec<Piece>, width: usize) -> Vec<Cell> {
    let is_band = cells.len() == 1;
    let beyond = cells.split_off(cells.len().min(width.max(1)));
    if let Some(last) = cells.last_mut() {
        beyond.iter().filter(|cell| !cell.text.is_empty()).for_each(|cell| go_on(last, &cell.text));
    }
    let place = cells.first().map(|cell| cell.place).unwrap_or_default();
    let mut row: Vec<Cell> = cells.into_iter().map(Cell::from).collect();
    let merged = if is_band { Merged::Left } else { Merged::No };
    row.resize_with(width, || Cell { piece: Piece { text: String::new(), place }, merged });
    row
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
    fn a_second_name_below_the_last_cell_belongs_to_it() {
        let source = "序号\t任务\t责任领导\n1\t拔河\t刘婕\n何频\n2\t体检\t何频\n欧阳俊\n续表\n序号\t任务\t责任领导\n3\t疗养\t何频\n";
        assert_eq!(
            table(source),
            [
                "序号|任务|责任领导",
                "1|拔河|刘婕何频",
                "2|体检|何频欧阳俊",
                "续表||",
                "序号|任务|责任领导",
                "3|疗养|何频"
            ]
        );
    }

    #[test]
    fn headings_between_rows_that_are_counted_belong_to_none_of_them() {
        let source =
            "序号\n任务\n时间\n备注\n一、文体\n1\n拔河\n5月\n\n二、福利\n2\n体检\n6月\n分批\n";
        assert_eq!(
            table(source),
            ["序号|任务|时间|备注", "一、文体|||", "1|拔河|5月|", "二、福利|||", "2|体检|6月|分批"]
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
    fn numbers_that_a_tab_sets_apart_are_of_their_paragraph() {
        let document = read("一、民主管理\n1.\t开好教代会。做好筹备。\n2.\t做好提案。\n");
        let texts: Vec<&str> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => paragraph.piece.text.as_str(),
                Block::Table(_) => "a table",
            })
            .collect();
        assert_eq!(texts, ["一、民主管理", "1.开好教代会。做好筹备。", "2.做好提案。"]);
    }

    #[test]
    fn tabs_that_only_indent_make_no_table() {
        assert_eq!(read("\t各分工会：\n\t现将要点印发给你们。\n").blocks.len(), 2);
    }
}
