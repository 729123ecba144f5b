//! A sheet's part → what its cells show.

use super::book::{Left, Shared};
use super::number;
use super::xml::{Step, Tag, Xml, broken};
use crate::diagnostic::{Diagnostic, faults};
use crate::import::document::letters;
use crate::limits;
use crate::words;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The last row and column that a sheet can have.
const LAST: (u32, u32) = (1_048_576, 16_384);

/// What a cell shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The text, with the line breaks in it.
    pub text: String,
    /// Whether it is the error of a formula, such as `#REF!`.
    pub is_error: bool,
}

/// Merged cells: the first and the last row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column.
    pub columns: (u32, u32),
}

/// What a sheet holds.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub cells: BTreeMap<(u32, u32), Content>,
    pub merged: Vec<Region>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: Vec<(u32, u32)>,
    pub beside: Vec<String>,
    pub unsolved: usize,
}

impl Region {
    /// Tells whether a cell belongs to it.
    pub fn holds(&self, row: u32, column: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row)
            && (self.columns.0..=self.columns.1).contains(&column)
    }
}

/// The row at hand and the cell that was read last.
#[derive(Default)]
struct Cursor {
    row: u32,
    column: u32,
    is_hidden: bool,
}

/// Reads a sheet. Only cells that show something are kept, however many it claims to have.
pub(super) fn read(
    path: &Path,
    text: &str,
    shared: &Shared,
    left: &mut Left,
) -> Result<Cells, Box<Diagnostic>> {
    let mut xml = Xml::new(path, text);
    let mut found = Cells::default();
    let mut at = Cursor::default();
    while let Some(step) = xml.step()? {
        let Step::Open(tag) = step else { continue };
        if tag.is("row") {
            at.row = tag.number("r").unwrap_or(at.row + 1);
            at.column = 0;
            at.is_hidden = tag.says("hidden") || tag.number::<f64>("ht") == Some(0.0);
            if !(1..=LAST.0).contains(&at.row) {
                return Err(broken(path));
            }
        } else if tag.is("c") {
            cell(path, &mut xml, &tag, &mut at, shared, left, &mut found)?;
        } else if tag.is("col") {
            column(path, &tag, &mut found)?;
        } else if tag.is("mergeCell") {
            let region = tag.get("ref").as_deref().and_then(region);
            found
                .merged
                .extend(region.filter(|r| r.rows.0 < r.rows.1 || r.columns.0 < r.columns.1));
            if found.merged.len() > limits::SOURCE_CELLS {
                let what = words!("合并的单元格太多", "too many merged cells");
                return Err(Box::new(faults::large_source(path, &what)));
            }
        } else if let Some(end) = PAGE_LINES.into_iter().find(|end| tag.is(end)) {
            let line = page_line(&rich_text(&mut xml, end)?);
            left.take(path, &line)?;
            found.beside.extend(Some(line).filter(|line| !line.is_empty()));
        }
    }
    Ok(found)
}

/// Elements that hold a header or footer of the pages.
const PAGE_LINES: [&str; 6] =
    ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];

/// Notes columns that are hidden.
fn column(path: &Path, tag: &Tag<'_>, found: &mut Cells) -> Result<(), Box<Diagnostic>> {
    if !tag.says("hidden") && tag.number::<f64>("width") != Some(0.0) {
        return Ok(());
    }
    if let (Some(first), Some(last)) = (tag.number("min"), tag.number("max")) {
        if found.hidden_columns.len() as u32 > LAST.1 {
            return Err(broken(path));
        }
        found.hidden_columns.push((first, last));
    }
    Ok(())
}

/// Reads a cell up to its end.
fn cell(
    path: &Path,
    xml: &mut Xml<'_>,
    tag: &Tag<'_>,
    at: &mut Cursor,
    shared: &Shared,
    left: &mut Left,
    found: &mut Cells,
) -> Result<(), Box<Diagnostic>> {
    let (row, column) = match tag.get("r") {
        Some(name) => place(&name).ok_or_else(|| broken(path))?,
        None => (at.row, at.column + 1),
    };
    if !(1..=LAST.0).contains(&row) || !(1..=LAST.1).contains(&column) {
        return Err(broken(path));
    }
    at.column = column;
    let kind = tag.get("t").unwrap_or_default();
    let style: usize = tag.number("s").unwrap_or_default();
    let (mut value, mut inline, mut is_formula) = (String::new(), None, false);
    loop {
        match xml.step()?.ok_or_else(|| broken(path))? {
            Step::Open(tag) if tag.is("v") => value = rich_text_of_value(xml)?,
            Step::Open(tag) if tag.is("is") => inline = Some(rich_text(xml, "is")?),
            Step::Open(tag) if tag.is("f") => is_formula = true,
            Step::Close(name) if name == "c" => break,
            _ => {}
        }
    }
    let text = match kind.as_str() {
        "s" => value.trim().parse::<usize>().ok().and_then(|at| shared.texts.get(at).cloned()),
        "inlineStr" => inline,
        "str" => Some(unescape(&value)),
        "b" => Some(if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        "e" => Some(value.trim().to_owned()),
        "d" => Some(value.trim().trim_end_matches("T00:00:00").to_owned()),
        _ => number::shown(value.trim(), style, shared),
    };
    let text = text.unwrap_or_default();
    if is_formula && text.is_empty() && kind != "str" {
        found.unsolved += 1;
    }
    if text.trim().is_empty() {
        return Ok(());
    }
    left.take(path, &text)?;
    if at.is_hidden {
        found.hidden_rows.insert(row);
    }
    found.cells.insert((row, column), Content { text, is_error: kind == "e" });
    Ok(())
}

/// The text of a value, which has no elements in it.
fn rich_text_of_value(xml: &mut Xml<'_>) -> Result<String, Box<Diagnostic>> {
    let mut text = String::new();
    while let Some(step) = xml.step()? {
        match step {
            Step::Text(piece) => text.push_str(&piece),
            Step::Close(name) if name == "v" => break,
            _ => {}
        }
    }
    Ok(text)
}

/// The text of an element up to its end, whatever its runs look like, without how it is
/// pronounced. Paragraphs are parted by line breaks.
pub(super) fn rich_text(xml: &mut Xml<'_>, end: &str) -> Result<String, Box<Diagnostic>> {
    let is_plain = PAGE_LINES.contains(&end);
    let (mut text, mut is_text, mut pronounced) = (String::new(), is_plain, false);
    while let Some(step) = xml.step()? {
        match step {
            Step::Open(tag) if tag.is("t") => is_text = true,
            Step::Open(tag) if tag.is("rPh") => pronounced = true,
            Step::Open(tag) if tag.is("br") => text.push('\n'),
            Step::Close(name) if name == end => break,
            Step::Close(name) if name == "t" => is_text = is_plain,
            Step::Close(name) if name == "rPh" => pronounced = false,
            Step::Close(name) if name == "p" => text.push('\n'),
            Step::Text(piece) if is_text && !pronounced => text.push_str(&piece),
            _ => {}
        }
    }
    Ok(unescape(&text))
}

/// Turns `_x000A_` into the character that it stands for, and drops carriage returns.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let code = rest.get(2..6).filter(|_| rest.get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = &rest[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    plain.push_str(rest);
    plain.retain(|c| c == '\n' || c == '\t' || !c.is_control());
    plain
}

/// The words of a header or footer without its codes: `&C第&P页` is 第页. A line without any word
/// is blank.
fn page_line(line: &str) -> String {
    let mut words = String::new();
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        if c != '&' {
            words.push(c);
            continue;
        }
        match characters.next() {
            Some('&') => words.push('&'),
            Some('"') => {
                while characters.next_if(|c| *c != '"').is_some() {}
                characters.next();
            }
            Some('K') => while characters.next_if(char::is_ascii_hexdigit).is_some() {},
            Some('0'..='9') => while characters.next_if(char::is_ascii_digit).is_some() {},
            Some('L' | 'C' | 'R') => words.push(' '),
            _ => {}
        }
    }
    let words = words.trim();
    if words.chars().any(|c| c.is_alphanumeric() && !"第页共".contains(c)) {
        words.to_owned()
    } else {
        String::new()
    }
}

/// Row and column of a cell's name, such as B5.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim().replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let mut column: u32 = 0;
    for c in name[..digits].bytes() {
        let letter = c.to_ascii_uppercase().checked_sub(b'A').filter(|letter| *letter < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(letter) + 1)?;
    }
    Some((name[digits..].parse().ok()?, column))
}

/// A region by its name, such as A1:C3.
fn region(name: &str) -> Option<Region> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    let fine = 1 <= top && top <= bottom && bottom <= LAST.0 && 1 <= left && left <= right;
    (fine && right <= LAST.1).then_some(Region { rows: (top, bottom), columns: (left, right) })
}

/// The name of a cell: B5.
pub fn cell_name(row: u32, column: u32) -> String {
    let letters = letters(usize::try_from(column).unwrap_or_default());
    format!("{letters}{row}")
}

#[cfg(test)]
mod tests {
    use super::{cell_name, page_line, place, region, unescape};

    #[test]
    fn cells_have_names() {
        for (name, at) in [
            ("A1", (1, 1)),
            ("Z9", (9, 26)),
            ("AA10", (10, 27)),
            ("XFD1048576", (1_048_576, 16_384)),
        ] {
            assert_eq!(place(name), Some(at));
            assert_eq!(cell_name(at.0, at.1), name);
        }
        for name in ["", "A", "1-", "ÄA1", "ZZZZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(place(name), None, "{name}");
        }
        assert_eq!(region("B2:A1"), None);
        assert_eq!(region("A1:XFE1"), None);
    }

    #[test]
    fn escapes_of_characters_are_read() {
        assert_eq!(unescape("完成_x000D_\n时间"), "完成\n时间");
        assert_eq!(unescape("_x005F_x0041_ _xZZ"), "_x0041_ _xZZ");
        assert_eq!(unescape("_x中文中_"), "_x中文中_");
    }

    #[test]
    fn lines_of_pages_are_read_without_their_codes() {
        assert_eq!(page_line("&L&\"宋体,常规\"&10内部资料&C第&P页，共&N页"), "内部资料 第页，共页");
        assert_eq!(page_line("&C第 &P 页"), "");
    }
}
