//! The sheet with the schedule, edited → its rows.
//!
//! Which task a row is says its key; a row without one is new. Under which item it stands says the
//! cell of the item that covers it, else the rows around it.

use super::edited::{CellName, Edited, Page, Row, Text, joined};
use crate::diagnostic::{Report, faults};
use crate::export::contents::{
    COLUMNS, Contents, FIELDS, Field, ITEM_COLUMN, Owner, SECTION_COLUMN,
};
use crate::source::bare_name;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where the columns of the sheet are now.
#[derive(Default)]
struct Columns {
    section: Option<u32>,
    item: Option<u32>,
    values: [Option<u32>; FIELDS],
}

/// The sheet while it is read.
struct Schedule<'s> {
    page: &'s Page<'s>,
    base: &'s Contents,
    columns: Columns,
    /// Rows below the header in which something stands, and which exported row each is.
    rows: Vec<(u32, Option<usize>)>,
    /// Whom the headings stand for, by column and first row.
    headings: HashMap<(u32, u32), Owner>,
}

/// Reads the rows, and titles that were changed.
pub(super) fn read(
    page: &Page<'_>,
    base: &Contents,
    edited: &mut Edited,
    report: &mut Report,
    warnings: &mut Report,
) {
    title(page, base, edited, report);
    let columns = columns(page, base, report);
    if report.errors() > 0 {
        return;
    }
    let rows = keyed_rows(page, base, &columns);
    let mut schedule = Schedule { page, base, columns, rows, headings: HashMap::new() };
    for column in [schedule.columns.section, schedule.columns.item].into_iter().flatten() {
        schedule.read_headings(column, edited, report, warnings);
    }
    schedule.read_rows(edited, report);
}

/// The title above the header.
fn title(page: &Page<'_>, base: &Contents, edited: &mut Edited, report: &mut Report) {
    let key = Field::new(Owner::Plan, "schedule_title");
    let mut is_there = false;
    for row in page.rows().into_iter().filter(|row| *row < page.header) {
        let cells = page.sheet.cells.range((row, 0)..(row + 1, 0));
        let first = cells.map(|((_, column), _)| *column).find(|column| *column != page.keys);
        let Some(column) = first else { continue };
        if page.text(row, page.keys) != key.to_string() {
            report.push(faults::row_not_understood(page.cell(row, column).place()));
            continue;
        }
        is_there = true;
        let text = joined(page.text(row, column));
        if text != joined(base.table_title(Owner::Plan)) {
            let cell = page.cell(row, column);
            edited.texts.insert(key, Text { paragraphs: vec![text], cell });
        }
    }
    if !is_there {
        report.push(faults::heading_gone(page.cell(1, 1).place(), base.table_title(Owner::Plan)));
    }
}

/// Finds the columns by what they are headed.
fn columns(page: &Page<'_>, base: &Contents, report: &mut Report) -> Columns {
    let mut columns = Columns::default();
    for (column, heading) in page.headings() {
        let slot = match heading.as_str() {
            SECTION_COLUMN => Some(&mut columns.section),
            ITEM_COLUMN => Some(&mut columns.item),
            other => {
                let at = COLUMNS.iter().position(|(_, name)| *name == other);
                at.map(|at| &mut columns.values[at])
            }
        };
        match slot {
            Some(slot) if slot.is_none() => *slot = Some(column),
            _ => {
                let known: Vec<&str> = COLUMNS.iter().map(|(_, heading)| *heading).collect();
                let cell = page.cell(page.header, column);
                report.push(faults::unknown_column(cell.place(), &heading, &known));
            }
        }
    }
    let mut needed = vec![
        (SECTION_COLUMN, columns.section, base.section_count() > 0),
        (ITEM_COLUMN, columns.item, !base.sections.is_empty()),
    ];
    for (at, (_, heading)) in COLUMNS.into_iter().enumerate() {
        let is_used = at == 0 || base.rows.iter().any(|row| !row.values[at].is_empty());
        needed.push((heading, columns.values[at], is_used));
    }
    for (heading, column, is_used) in needed {
        if is_used && column.is_none() {
            report.push(faults::column_gone(page.cell(page.header, 1).place(), heading));
        }
    }
    columns
}

/// Rows with their keys. Of rows that were copied with their key, the one that says what was
/// exported is the old one, else the first.
fn keyed_rows(page: &Page<'_>, base: &Contents, columns: &Columns) -> Vec<(u32, Option<usize>)> {
    let indexes: HashMap<&str, usize> =
        base.rows.iter().enumerate().map(|(index, row)| (row.number.as_str(), index)).collect();
    let mut rows: Vec<(u32, Option<usize>)> = Vec::new();
    let mut best: HashMap<usize, (bool, usize)> = HashMap::new();
    for row in page.rows().into_iter().filter(|row| *row > page.header) {
        let key = page.text(row, page.keys);
        let index = indexes.get(key).copied().filter(|_| !key.is_empty());
        if let (Some(index), Some(column)) = (index, columns.values[0]) {
            let is_same = joined(page.text(row, column)) == joined(&base.rows[index].values[0]);
            match best.get(&index) {
                Some((was_same, _)) if *was_same || !is_same => {}
                _ => drop(best.insert(index, (is_same, rows.len()))),
            }
        }
        rows.push((row, index));
    }
    for (at, (_, index)) in rows.iter_mut().enumerate() {
        if index.is_some_and(|index| best.get(&index).is_none_or(|(_, kept)| *kept != at)) {
            *index = None;
        }
    }
    rows
}

impl Schedule<'_> {
    /// Finds out whom the headings of a column stand for. One that nobody has is a new wording of
    /// the one whose rows stand beside it.
    fn read_headings(
        &mut self,
        column: u32,
        edited: &mut Edited,
        report: &mut Report,
        warnings: &mut Report,
    ) {
        let is_item = self.columns.item == Some(column);
        let owners: Vec<Owner> = self.base.labels.keys().copied().collect();
        let owners: Vec<Owner> =
            owners.into_iter().filter(|o| matches!(o, Owner::Item(_)) == is_item).collect();
        let mut beside: BTreeMap<u32, (String, Vec<Owner>)> = BTreeMap::new();
        for (row, base) in &self.rows {
            let Some((first, text)) = self.page.covering(*row, column) else { continue };
            let entry = beside.entry(first).or_insert_with(|| (joined(text), Vec::new()));
            let owner = base.and_then(|base| self.projected(self.base.rows[base].owner, is_item));
            entry.1.extend(owner);
        }
        let mut taken: BTreeSet<Owner> = BTreeSet::new();
        let mut unknown = Vec::new();
        for (first, (text, owners_beside)) in beside {
            match self.known(&text, &owners, &owners_beside) {
                Some(owner) => {
                    taken.insert(owner);
                    self.headings.insert((column, first), owner);
                }
                None => unknown.push((first, text, owners_beside)),
            }
        }
        for (first, text, owners_beside) in unknown {
            let cell = self.page.cell(first, column);
            let Some(owner) = owners_beside.first().copied().filter(|o| taken.insert(*o)) else {
                // Of a row without a task it is told that it is none.
                if self.has_task(first) {
                    report.push(faults::unknown_heading(cell.place(), &text));
                }
                continue;
            };
            self.headings.insert((column, first), owner);
            let label = self.base.labels.get(&owner).map_or("", String::as_str);
            let (number, title) = split(&text, label);
            if number != label {
                warnings.push(faults::number_not_taken(cell.place(), label));
            }
            if title != self.base.table_title(owner) {
                let text = Text { paragraphs: vec![title.to_owned()], cell };
                edited.texts.insert(Field::new(owner, "schedule_title"), text);
            }
        }
    }

    fn has_task(&self, row: u32) -> bool {
        self.columns.values[0].is_some_and(|column| !self.page.text(row, column).is_empty())
    }

    /// The item of a row, or its section.
    fn projected(&self, owner: Owner, is_item: bool) -> Option<Owner> {
        match (owner, is_item) {
            (Owner::Item(item), false) => {
                self.base.sections.get(item).map(|section| Owner::Section(*section))
            }
            (Owner::Item(_), true) | (Owner::Section(_), false) => Some(owner),
            _ => None,
        }
    }

    /// Who is headed so; of several, one whose rows stand beside the heading.
    fn known(&self, text: &str, owners: &[Owner], beside: &[Owner]) -> Option<Owner> {
        let is_headed = |owner: &&Owner| joined(&self.base.table_heading(**owner)) == text;
        let is_titled = |owner: &&Owner| {
            self.base.table_title(**owner) == text
                || self.base.title(Field::new(**owner, "title")) == text
        };
        let headed: Vec<Owner> = owners.iter().filter(is_headed).copied().collect();
        let found = if headed.is_empty() {
            owners.iter().filter(is_titled).copied().collect()
        } else {
            headed
        };
        found.iter().find(|owner| beside.contains(owner)).or(found.first()).copied()
    }

    fn read_rows(&self, edited: &mut Edited, report: &mut Report) {
        let mut above: Option<Owner> = None;
        for (at, (row, base)) in self.rows.iter().enumerate() {
            let (values, cells) = self.values(*row, *base);
            let has_own =
                |column: Option<u32>| column.is_some_and(|c| !self.page.text(*row, c).is_empty());
            let is_blank = !self.columns.values.iter().any(|column| has_own(*column));
            if is_blank && (base.is_some() || !self.says_anything(*row)) {
                continue;
            }
            if values[0].is_empty() {
                let cell = cells[0].place();
                report.push(match base {
                    Some(_) => faults::row_without_task(cell),
                    None => faults::row_not_understood(cell),
                });
                continue;
            }
            let next = self.rows[at + 1..].iter().find_map(|(_, base)| *base);
            let next = next.map(|next| self.base.rows[next].owner);
            let Some(owner) = self.owner(*row, *base, above, next) else {
                report.push(faults::row_of_nobody(cells[0].place()));
                continue;
            };
            above = Some(owner);
            edited.rows.push(Row { base: *base, owner, values, cells });
        }
    }

    /// Whether anything stands in a row beside its key.
    fn says_anything(&self, row: u32) -> bool {
        let cells = self.page.sheet.cells.range((row, 0)..(row + 1, 0));
        cells.into_iter().any(|((_, column), _)| *column != self.page.keys)
    }

    fn values(&self, row: u32, base: Option<usize>) -> ([String; FIELDS], [CellName; FIELDS]) {
        let mut values: [String; FIELDS] = Default::default();
        let cells = std::array::from_fn(|at| {
            self.page.cell(row, self.columns.values[at].unwrap_or(self.page.keys))
        });
        for (at, value) in values.iter_mut().enumerate() {
            let was = base.map_or("", |base| self.base.rows[base].values[at].as_str());
            let Some(column) = self.columns.values[at] else {
                was.clone_into(value);
                continue;
            };
            let text = self.page.covering(row, column).map_or("", |(_, text)| text);
            *value = said(at, text);
            if *value == said(at, was) {
                was.clone_into(value);
            }
        }
        (values, cells)
    }

    /// Under whom a row stands. `above` is whose the row above is, `next` whose the next row was.
    fn owner(
        &self,
        row: u32,
        base: Option<usize>,
        above: Option<Owner>,
        next: Option<Owner>,
    ) -> Option<Owner> {
        let heading = |column: Option<u32>| {
            let column = column?;
            let (first, _) = self.page.covering(row, column)?;
            self.headings.get(&(column, first)).copied()
        };
        if let Some(item) = heading(self.columns.item) {
            return Some(item);
        }
        let section = heading(self.columns.section);
        let section_of = |owner: Owner| self.projected(owner, false);
        let was = base.map(|base| self.base.rows[base].owner);
        match was {
            // Between two rows of another it has been moved there.
            Some(was)
                if was != Owner::Plan && above != Some(was) && above.is_some() && above == next =>
            {
                above
            }
            Some(Owner::Section(_)) if section.is_some() => section,
            Some(was) => Some(was),
            None => match (above, section) {
                (Some(above), Some(section)) if section_of(above) != Some(section) => Some(section),
                (Some(above), _) => Some(above),
                (None, Some(section)) => Some(section),
                (None, None) => (self.base.section_count() == 0).then_some(Owner::Plan),
            },
        }
    }
}

/// What a cell says as a value: names one after the other, everything else on one line.
fn said(column: usize, text: &str) -> String {
    let (name, _) = COLUMNS[column];
    if !matches!(name, "leader" | "office" | "support") {
        return joined(text);
    }
    let names = text.split(['\n', '、', '，', ',', '；', ';', '/']).map(bare_name);
    names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join("、")
}

/// Parts the number in front of a heading from the title.
fn split<'t>(text: &'t str, label: &str) -> (&'t str, &'t str) {
    if let Some(title) = text.strip_prefix(label) {
        return (&text[..label.len()], title.trim_start());
    }
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let opened = text.trim_start_matches(['（', '(', '第']);
    let behind = opened.trim_start_matches(is_digit);
    let rest = behind.trim_start_matches(['、', '.', '．', '）', ')', '部', '分']);
    if behind.len() == opened.len() || rest.len() == behind.len() {
        return ("", text);
    }
    (&text[..text.len() - rest.len()], rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::{said, split};

    #[test]
    fn a_number_in_front_of_a_title_is_no_part_of_it() {
        assert_eq!(split("5. 完善民主管理", "5."), ("5.", "完善民主管理"));
        assert_eq!(split("6、完善民主管理", "5."), ("6、", "完善民主管理"));
        assert_eq!(split("（二）完善", "（一）"), ("（二）", "完善"));
        assert_eq!(split("三八节活动", "5."), ("", "三八节活动"));
        assert_eq!(split("2021年活动", "5."), ("", "2021年活动"));
    }

    #[test]
    fn names_are_said_in_one_way() {
        assert_eq!(said(2, "何  频\n刘婕"), "何频、刘婕");
        assert_eq!(said(3, "宣教科，综合科"), "宣教科、综合科");
        assert_eq!(said(0, "召开\n会议"), "召开会议");
    }
}
