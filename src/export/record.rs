//! The hidden sheet that keeps what was exported, so that edits can be told from it.

use super::Mark;
use super::contents::{Contents, FIELDS, Field, Owner, Row};
use super::look::Look;
use crate::import::read::sheet::{Book, Sheet};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Stands in the first cell of the record, with the version of its form beside it.
const RECORD: &str = "unionplan:record";

/// The form of records that this program writes, and the only one that it reads.
const FORM: &str = "1";

/// A record, read.
#[derive(Debug)]
pub struct Record {
    /// What was exported.
    pub mark: Mark,
    /// As it was then.
    pub contents: Contents,
}

/// Writes the sheet: a line a fact, its kind in the first column.
pub(super) fn add(
    sheet: &mut Worksheet,
    contents: &Contents,
    mark: &Mark,
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.set_name("导出记录")?.set_very_hidden(true);
    let branch = mark.branch.clone().unwrap_or_default();
    let year = mark.year.to_string();
    let mut lines: Vec<Vec<&str>> = vec![
        vec![RECORD, FORM],
        vec!["year", &year],
        vec!["branch", &branch],
        vec!["plan", &mark.fingerprint],
    ];
    let labels: Vec<_> = contents.labels.iter().map(|(o, label)| (o.to_string(), label)).collect();
    lines.extend(labels.iter().map(|(owner, label)| vec!["label", owner, label]));
    let sections: Vec<String> = contents.sections.iter().map(usize::to_string).collect();
    lines.extend(sections.iter().map(|section| vec!["section", section]));
    let texts: Vec<_> = contents.texts.iter().map(|(f, text)| (f.to_string(), text)).collect();
    for (field, text) in &texts {
        lines.extend(text.iter().map(|text| vec!["text", field, text]));
    }
    let owners: Vec<String> = contents.rows.iter().map(|row| row.owner.to_string()).collect();
    for (row, owner) in contents.rows.iter().zip(&owners) {
        let mut line = vec!["task", &row.number, owner];
        line.extend(row.values.iter().map(String::as_str));
        lines.push(line);
    }
    for (row, line) in (0..).zip(lines) {
        for (column, text) in (0..).zip(line) {
            sheet.write_string_with_format(row, column, text, &look.plain)?;
        }
    }
    Ok(())
}

/// Tells whether a sheet is a record.
pub fn is_record(sheet: &Sheet) -> bool {
    cell(sheet, 1, 1) == RECORD
}

/// Reads the record of a workbook; none if it has none in a form that is known.
pub fn read(book: &Book) -> Option<Record> {
    let sheet = book.sheets.iter().find(|sheet| is_record(sheet))?;
    if cell(sheet, 1, 2) != FORM {
        return None;
    }
    let mut mark = Mark { year: 0, branch: None, fingerprint: String::new() };
    let mut contents = Contents::default();
    let last = sheet.cells.keys().next_back().map_or(0, |(row, _)| *row);
    for row in 2..=last {
        let at = |column: u32| cell(sheet, row, column);
        match at(1) {
            "year" => mark.year = at(2).parse().ok()?,
            "branch" => mark.branch = Some(at(2).to_owned()).filter(|id| !id.is_empty()),
            "plan" => mark.fingerprint = at(2).to_owned(),
            "label" => drop(contents.labels.insert(Owner::read(at(2))?, at(3).to_owned())),
            "section" => contents.sections.push(at(2).parse().ok()?),
            "text" => {
                contents.texts.entry(Field::read(at(2))?).or_default().push(at(3).to_owned());
            }
            "task" => contents.rows.push(task(sheet, row)?),
            _ => return None,
        }
    }
    is_sound(&contents).then_some(Record { mark, contents })
}

/// More sections, items or tasks than any plan has.
const MOST: usize = 20_000;

/// Tells whether a record names nothing that it does not hold: it may have been edited, too.
fn is_sound(contents: &Contents) -> bool {
    let (sections, items) = (contents.section_count(), contents.sections.len());
    let is_there = |owner: &Owner| match owner {
        Owner::Plan | Owner::Notice => true,
        Owner::Section(index) => *index < sections,
        Owner::Item(index) => *index < items,
    };
    contents.labels.len() == sections + items
        && contents.labels.len() <= MOST
        && contents.rows.len() <= MOST
        && contents.labels.keys().all(is_there)
        && contents.texts.keys().all(|field| is_there(&field.owner))
        && contents.rows.iter().all(|row| is_there(&row.owner) && row.owner != Owner::Notice)
        && contents.sections.is_sorted()
        && contents.sections.iter().all(|section| *section < sections)
}

fn task(sheet: &Sheet, row: u32) -> Option<Row> {
    let mut values: [String; FIELDS] = Default::default();
    for (column, value) in (4..).zip(&mut values) {
        cell(sheet, row, column).clone_into(value);
    }
    let number = cell(sheet, row, 2).to_owned();
    Some(Row { number, owner: Owner::read(cell(sheet, row, 3))?, values })
}

fn cell(sheet: &Sheet, row: u32, column: u32) -> &str {
    sheet.cells.get(&(row, column)).map_or("", |content| content.text.trim())
}
