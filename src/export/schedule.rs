//! The sheet with the schedule, as issued: sections and items merged downwards, a task a row.

use super::SCHEDULE;
use super::contents::{COLUMNS, Contents, Field, ITEM_COLUMN, Owner, SECTION_COLUMN};
use super::look::{LINE, Look, for_print, lines, make_room};
use crate::plan::Plan;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The row of the header; the title stands above it.
const HEADER: u32 = 1;

/// What a column shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Section,
    Item,
    Value(usize),
}

impl Column {
    fn heading(self) -> &'static str {
        match self {
            Self::Section => SECTION_COLUMN,
            Self::Item => ITEM_COLUMN,
            Self::Value(at) => COLUMNS[at].1,
        }
    }

    /// In half-width characters.
    fn width(self) -> f64 {
        match self {
            Self::Section => 16.0,
            Self::Item => 24.0,
            Self::Value(at) => [52.0, 14.0, 10.0, 12.0, 12.0, 16.0, 16.0][at],
        }
    }
}

/// Cells of a column that belong together.
struct Run {
    first: u32,
    last: u32,
    owner: Option<Owner>,
}

/// Writes the sheet.
pub(super) fn add(
    sheet: &mut Worksheet,
    plan: &Plan,
    contents: &Contents,
    look: &Look,
) -> Result<(), XlsxError> {
    let columns = columns(plan, contents);
    let keys = number(columns.len());
    sheet.set_name("工作安排表")?.set_landscape();
    for_print(sheet, HEADER)?;
    let title = contents.table_title(Owner::Plan);
    match keys {
        0 | 1 => sheet.write_string_with_format(0, 0, title, &look.title)?,
        _ => sheet.merge_range(0, 0, 0, keys - 1, title, &look.title)?,
    };
    sheet.set_row_height(0, 2.0 * LINE)?;
    let key = Field::new(Owner::Plan, "schedule_title").to_string();
    sheet.write_string_with_format(0, keys, key, &look.plain)?;
    for (at, column) in columns.iter().enumerate() {
        sheet.set_column_width(number(at), column.width())?;
        sheet.write_string_with_format(HEADER, number(at), column.heading(), &look.header)?;
    }
    sheet.write_string_with_format(HEADER, keys, SCHEDULE, &look.plain)?;
    for (row, line) in (HEADER + 1..).zip(&contents.rows) {
        for (at, column) in columns.iter().enumerate() {
            let Column::Value(value) = *column else { continue };
            let format = if value == 0 { &look.cell } else { &look.middle };
            sheet.write_string_with_format(row, number(at), &line.values[value], format)?;
        }
        sheet.write_string_with_format(row, keys, &line.number, &look.plain)?;
    }
    for (at, column) in columns.iter().enumerate() {
        if let Column::Section | Column::Item = column {
            for run in runs(contents, *column) {
                merge(sheet, number(at), &run, contents, look)?;
            }
        }
    }
    set_heights(sheet, contents, &columns)?;
    sheet.set_column_hidden(keys)?;
    Ok(())
}

/// The columns that the plan has.
fn columns(plan: &Plan, contents: &Contents) -> Vec<Column> {
    let is_used = |at: &usize| *at == 0 || contents.rows.iter().any(|r| !r.values[*at].is_empty());
    let sections = (!plan.sections.is_empty()).then_some(Column::Section);
    let items = (!plan.items.is_empty()).then_some(Column::Item);
    let values = (0..COLUMNS.len()).filter(is_used).map(Column::Value);
    sections.into_iter().chain(items).chain(values).collect()
}

/// Which rows of a column are one cell.
fn runs(contents: &Contents, column: Column) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (row, line) in (HEADER + 1..).zip(&contents.rows) {
        let owner = match (column, line.owner) {
            (Column::Section, Owner::Item(item)) => {
                contents.sections.get(item).map(|section| Owner::Section(*section))
            }
            (Column::Section, owner @ Owner::Section(_)) => Some(owner),
            (Column::Item, owner @ Owner::Item(_)) => Some(owner),
            _ => None,
        };
        match runs.last_mut() {
            Some(run) if run.owner == owner && owner.is_some() => run.last = row,
            _ => runs.push(Run { first: row, last: row, owner }),
        }
    }
    runs
}

fn merge(
    sheet: &mut Worksheet,
    column: u16,
    run: &Run,
    contents: &Contents,
    look: &Look,
) -> Result<(), XlsxError> {
    let text = run.owner.map_or_else(String::new, |owner| contents.table_heading(owner));
    match run.last == run.first {
        true => sheet.write_string_with_format(run.first, column, text, &look.cell)?,
        false => sheet.merge_range(run.first, column, run.last, column, &text, &look.cell)?,
    };
    Ok(())
}

/// Makes rows high enough for their own cells, and together for the merged ones beside them.
fn set_heights(
    sheet: &mut Worksheet,
    contents: &Contents,
    columns: &[Column],
) -> Result<(), XlsxError> {
    let mut heights: Vec<u32> = contents
        .rows
        .iter()
        .map(|line| {
            let values = columns.iter().filter_map(|column| match column {
                Column::Value(at) => Some(lines(&line.values[*at], column.width())),
                _ => None,
            });
            values.max().unwrap_or(1)
        })
        .collect();
    for column in [Column::Item, Column::Section] {
        for Run { first, last, owner } in runs(contents, column) {
            let Some(owner) = owner else { continue };
            let (first, last) = ((first - HEADER - 1) as usize, (last - HEADER - 1) as usize);
            let needed = lines(&contents.table_heading(owner), column.width());
            let there: u32 = heights[first..=last].iter().sum();
            if needed > there {
                heights[last] += needed - there;
            }
        }
    }
    for (row, lines) in (HEADER + 1..).zip(heights) {
        make_room(sheet, row, lines)?;
    }
    Ok(())
}

/// A column's number. There are ten of them at most.
fn number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or_default()
}
