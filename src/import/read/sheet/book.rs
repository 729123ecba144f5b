//! The parts of a workbook: which sheets there are, the texts and formats that cells share.

use super::cells::{self, Cells, Content, Region};
use super::xml::{Step, Xml, broken, decode};
use crate::diagnostic::{Diagnostic, faults};
use crate::import::read::package::Package;
use crate::limits;
use crate::words;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// A workbook with the text of its cells.
#[derive(Debug, Default)]
pub struct Book {
    /// Its sheets in order, hidden ones among them.
    pub sheets: Vec<Sheet>,
    /// Comments and text boxes.
    pub beside: Vec<String>,
}

/// A sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// What its cells show, by row and column from 1; cells that show nothing are not there.
    pub cells: BTreeMap<(u32, u32), Content>,
    /// Merged cells.
    pub merged: Vec<Region>,
    /// Rows that are hidden and hold something.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are hidden, as first and last.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Headers and footers of its pages.
    pub beside: Vec<String>,
    /// How many formulas have no result.
    pub unsolved: usize,
}

/// What all sheets of a workbook share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Texts, which cells name by number.
    pub texts: Vec<String>,
    /// For each style of cells, how it shows numbers.
    pub formats: Vec<Format>,
    /// Codes of formats that the workbook brings along.
    pub codes: HashMap<u32, String>,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
}

/// A format of numbers, as a style names it.
pub(super) type Format = u32;

/// How much of a workbook may still be taken in.
#[derive(Debug)]
pub(super) struct Left {
    pub cells: usize,
    pub characters: usize,
}

impl Left {
    /// Counts a cell.
    pub fn take(&mut self, path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
        let large = |what| Box::new(faults::large_source(path, &what));
        self.cells = self
            .cells
            .checked_sub(1)
            .ok_or_else(|| large(words!("单元格太多", "too many cells")))?;
        let characters = text.len();
        self.characters = self
            .characters
            .checked_sub(characters)
            .ok_or_else(|| large(words!("文字太多", "too much text")))?;
        Ok(())
    }
}

/// A part that another one names.
struct Relation {
    id: String,
    kind: String,
    part: String,
}

/// A sheet as the workbook lists it.
struct Entry {
    name: String,
    is_hidden: bool,
    relation: String,
}

/// Reads a workbook.
pub(super) fn read(path: &Path, package: &mut Package<'_>) -> Result<Book, Box<Diagnostic>> {
    refuse_programs(path, package)?;
    let start = relations(path, package, "")?.into_iter().find(|r| r.kind == "officeDocument");
    let main = start.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.part);
    let (entries, from_1904) = match package.part(&main)? {
        Some(bytes) => list(path, &decode(path, bytes)?)?,
        None => {
            let what = words!("里面没有工作簿", "there is no workbook in it");
            return Err(Box::new(faults::damaged_source(path, &what)));
        }
    };
    let relations = relations(path, package, &main)?;
    let named = |kind: &str| relations.iter().find(|r| r.kind == kind).map(|r| r.part.as_str());
    let mut shared = Shared { from_1904, ..Shared::default() };
    if let Some(part) = named("sharedStrings").map_or(Ok(None), |part| package.part(part))? {
        shared.texts = texts(path, &decode(path, part)?)?;
    }
    if let Some(part) = named("styles").map_or(Ok(None), |part| package.part(part))? {
        read_styles(path, &decode(path, part)?, &mut shared)?;
    }
    let mut left = Left { cells: limits::SOURCE_CELLS, characters: most_bytes() };
    let mut book = Book::default();
    for entry in entries {
        let of = |r: &&Relation| r.id == entry.relation && r.kind == "worksheet";
        let Some(relation) = relations.iter().find(of) else { continue };
        let Some(part) = package.part(&relation.part)? else { continue };
        let Cells { cells, merged, hidden_rows, hidden_columns, beside, unsolved } =
            cells::read(path, &decode(path, part)?, &shared, &mut left)?;
        let Entry { name, is_hidden, .. } = entry;
        book.sheets.push(Sheet {
            name,
            is_hidden,
            cells,
            merged,
            hidden_rows,
            hidden_columns,
            beside,
            unsolved,
        });
    }
    book.beside = beside(path, package, &mut left)?;
    Ok(book)
}

/// Bytes of all text that is taken in: a Chinese character takes three.
fn most_bytes() -> usize {
    limits::SOURCE_CHARACTERS.saturating_mul(3)
}

/// Refuses workbooks with macros, and those of a kind that is no XML.
fn refuse_programs(path: &Path, package: &Package<'_>) -> Result<(), Box<Diagnostic>> {
    let is_macro = |name: &str| name.ends_with("vbaproject.bin") || name.contains("/macrosheets/");
    let named = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsm"));
    if named || package.names().any(is_macro) {
        return Err(Box::new(faults::workbook_with_macros(path)));
    }
    if package.has("xl/workbook.bin") {
        let way = words!(
            "在 Excel 或 WPS 里打开，“另存为”选 .xlsx，再导入",
            "open it, save it as .xlsx, and import that"
        );
        return Err(Box::new(faults::kind_of_source(path, ".xlsb", way)));
    }
    Ok(())
}

/// What a part names, except what lies outside of the file. The file itself is the part without a
/// name.
fn relations(
    path: &Path,
    package: &mut Package<'_>,
    part: &str,
) -> Result<Vec<Relation>, Box<Diagnostic>> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(bytes) = package.part(&format!("{folder}{slash}_rels/{name}.rels"))? else {
        return Ok(Vec::new());
    };
    let text = decode(path, bytes)?;
    let mut xml = Xml::new(path, &text);
    let mut found = Vec::new();
    while let Some(step) = xml.step()? {
        let Step::Open(tag) = step else { continue };
        if !tag.is("Relationship") || tag.get("TargetMode").as_deref() == Some("External") {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) =
            (tag.get("Id"), tag.get("Type"), tag.get("Target"))
        else {
            continue;
        };
        if found.len() == limits::ARCHIVE_PARTS {
            return Err(broken(path));
        }
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        found.push(Relation { id, kind, part: resolve(folder, &target) });
    }
    Ok(found)
}

/// The name of a part that another in `folder` calls `target`.
fn resolve(folder: &str, target: &str) -> String {
    let mut names: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|name| !name.is_empty()).collect(),
    };
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            _ => names.push(name),
        }
    }
    names.join("/")
}

/// The sheets of a workbook, and whether its days are counted from 1904.
fn list(path: &Path, text: &str) -> Result<(Vec<Entry>, bool), Box<Diagnostic>> {
    let mut xml = Xml::new(path, text);
    let (mut entries, mut from_1904) = (Vec::new(), false);
    while let Some(step) = xml.step()? {
        let Step::Open(tag) = step else { continue };
        if tag.is("workbookPr") {
            from_1904 = tag.says("date1904");
        }
        if tag.is("sheet") && entries.len() < limits::ARCHIVE_PARTS {
            entries.push(Entry {
                name: tag.get("name").unwrap_or_default(),
                is_hidden: matches!(tag.get("state").as_deref(), Some("hidden" | "veryHidden")),
                relation: tag.get("id").unwrap_or_default(),
            });
        }
    }
    Ok((entries, from_1904))
}

/// How many texts may be shared; some of them may stand in sheets that have gone.
const MOST_TEXTS: usize = 2 * limits::SOURCE_CELLS;

/// The texts that cells share.
fn texts(path: &Path, text: &str) -> Result<Vec<String>, Box<Diagnostic>> {
    let large = |what| Box::new(faults::large_source(path, &what));
    let mut xml = Xml::new(path, text);
    let mut texts = Vec::new();
    let mut bytes = 0;
    while let Some(step) = xml.step()? {
        if !matches!(&step, Step::Open(tag) if tag.is("si")) {
            continue;
        }
        let text = cells::rich_text(&mut xml, "si")?;
        bytes += text.len();
        if texts.len() == MOST_TEXTS || bytes > most_bytes() {
            return Err(large(words!("文字太多", "too much text")));
        }
        texts.push(text);
    }
    Ok(texts)
}

/// The longest code of a format that Excel takes.
const LONGEST_CODE: usize = 255;

/// How cells show numbers.
fn read_styles(path: &Path, text: &str, shared: &mut Shared) -> Result<(), Box<Diagnostic>> {
    let mut xml = Xml::new(path, text);
    let mut is_of_cells = false;
    while let Some(step) = xml.step()? {
        match step {
            Step::Open(tag) if tag.is("numFmt") => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode"))
                    && code.chars().count() <= LONGEST_CODE
                {
                    shared.codes.insert(id, code);
                }
            }
            Step::Open(tag) if tag.is("cellXfs") => is_of_cells = true,
            Step::Open(tag) if tag.is("xf") && is_of_cells => {
                shared.formats.push(tag.number("numFmtId").unwrap_or_default());
            }
            Step::Close(name) if name == "cellXfs" => is_of_cells = false,
            _ => {}
        }
    }
    Ok(())
}

/// The texts of comments and text boxes.
fn beside(
    path: &Path,
    package: &mut Package<'_>,
    left: &mut Left,
) -> Result<Vec<String>, Box<Diagnostic>> {
    let holds = |name: &&str| {
        name.ends_with(".xml")
            && (name.starts_with("xl/comments") || name.starts_with("xl/drawings/drawing"))
    };
    let mut names: Vec<String> = package.names().filter(holds).map(str::to_owned).collect();
    names.sort();
    let mut texts = Vec::new();
    for name in names {
        let Some(bytes) = package.part(&name)? else { continue };
        let text = decode(path, bytes)?;
        let mut xml = Xml::new(path, &text);
        while let Some(step) = xml.step()? {
            let Step::Open(tag) = step else { continue };
            let Some(end) = ["comment", "txBody"].into_iter().find(|end| tag.is(end)) else {
                continue;
            };
            let text = cells::rich_text(&mut xml, end)?;
            left.take(path, &text)?;
            if !text.trim().is_empty() {
                texts.push(text);
            }
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn parts_are_named_from_where_they_are_named() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("", "../../../etc/passwd"), "etc/passwd");
    }
}
