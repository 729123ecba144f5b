//! The sheet with the text, edited → the texts that differ from what was exported.

use super::edited::{CellName, Edited, Page, Text, joined};
use crate::diagnostic::{Report, faults};
use crate::export::contents::{Contents, Field, Owner};
use crate::export::{BODY, KINDS};
use std::collections::BTreeMap;

/// The sheet while it is read.
struct Reading<'s> {
    page: &'s Page<'s>,
    base: &'s Contents,
    kinds: u32,
    texts: u32,
    /// What was found of each field.
    found: BTreeMap<Field, Text>,
    /// Sections and items in the order in which their titles stand.
    order: Vec<Owner>,
    /// Whose title was the last.
    owner: Owner,
    /// Which field the row above belongs to.
    above: Option<Field>,
}

/// Reads the texts.
pub(super) fn read(page: &Page<'_>, base: &Contents, edited: &mut Edited, report: &mut Report) {
    let headings = page.headings();
    let find = |name: &str| headings.iter().find(|(_, heading)| heading == name).map(|(c, _)| *c);
    let (Some(kinds), Some(texts)) = (find("类别"), find("内容")) else {
        let cell = page.cell(page.header, 1).place();
        report.push(faults::column_gone(cell, "内容"));
        return;
    };
    let mut reading = Reading {
        page,
        base,
        kinds,
        texts,
        found: BTreeMap::new(),
        order: Vec::new(),
        owner: Owner::Plan,
        above: None,
    };
    for row in page.rows().into_iter().filter(|row| *row > page.header) {
        reading.row(row, report);
    }
    reading.finish(edited, report);
}

impl Reading<'_> {
    fn row(&mut self, row: u32, report: &mut Report) {
        let (kind, text) = (self.page.text(row, self.kinds), self.page.text(row, self.texts));
        let key = Field::read(self.page.text(row, self.page.keys));
        let cell = self.page.cell(row, self.texts);
        let cells = self.page.sheet.cells.range((row, 0)..(row + 1, 0));
        let known = [self.kinds, self.texts, self.page.keys];
        if let Some(((_, column), _)) = cells.into_iter().find(|((_, c), _)| !known.contains(c)) {
            report.push(faults::row_not_understood(self.page.cell(row, *column).place()));
        }
        if let Some(field) = key.filter(|key| key.is_line()) {
            self.line(field, text, cell, report);
            return;
        }
        if text.is_empty() {
            return;
        }
        match self.field(kind, key) {
            Some(field) if field.is_line() => self.line(field, text, cell, report),
            Some(field) => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                let entry = self.found.entry(field);
                let entry = entry.or_insert_with(|| Text { paragraphs: Vec::new(), cell });
                entry.paragraphs.extend(lines.map(str::to_owned));
                self.above = Some(field);
            }
            None => report.push(faults::row_not_understood(cell.place())),
        }
    }

    /// A field of one line.
    fn line(&mut self, field: Field, text: &str, cell: CellName, report: &mut Report) {
        if field.name == "title" {
            self.owner = field.owner;
            if matches!(field.owner, Owner::Section(_) | Owner::Item(_)) {
                self.order.push(field.owner);
            }
        }
        self.above = Some(field);
        let place = cell.place();
        if text.is_empty() && field.name == "title" {
            report.push(faults::heading_gone(place, self.base.title(field)));
            // It has been told.
            self.found.insert(field, Text { paragraphs: self.base.text(field).to_vec(), cell });
            return;
        }
        let paragraphs = Some(joined(text)).filter(|text| !text.is_empty()).into_iter().collect();
        if self.found.insert(field, Text { paragraphs, cell }).is_some() {
            report.push(faults::heading_twice(place, text));
        }
    }

    /// Which field a row of text belongs to.
    fn field(&self, kind: &str, key: Option<Field>) -> Option<Field> {
        if let Some((_, owner, name)) = KINDS.into_iter().find(|(known, ..)| *known == kind) {
            let field = Field::new(owner, name);
            let has_owner =
                owner == Owner::Plan || !self.base.text(Field::new(owner, "title")).is_empty();
            let is_second = field.is_line() && self.found.contains_key(&field);
            return (has_owner && !is_second).then_some(field);
        }
        let own = match self.owner {
            Owner::Section(_) | Owner::Item(_) => Some(Field::new(self.owner, "text")),
            _ => key,
        };
        match kind {
            BODY => own,
            "" => self.above.filter(|above| !above.is_line()).or(own),
            _ => key,
        }
    }

    /// Compares what was found with what was exported.
    fn finish(mut self, edited: &mut Edited, report: &mut Report) {
        if !self.order.is_sorted_by_key(|owner| self.rank(*owner)) {
            let cell = self.page.cell(self.page.header, self.texts).place();
            report.push(faults::headings_out_of_order(cell));
        }
        for (field, base) in &self.base.texts {
            if !self.is_shown(*field) || self.found.contains_key(field) {
                continue;
            }
            let cell = self.page.cell(self.page.header, self.texts);
            if field.name == "title" {
                report.push(faults::heading_gone(cell.place(), &base.join("")));
            }
            self.found.insert(*field, Text { paragraphs: Vec::new(), cell });
        }
        for (field, text) in self.found {
            let said = |text: &[String]| text.iter().map(|t| joined(t)).collect::<Vec<_>>();
            if said(&text.paragraphs) == said(self.base.text(field)) {
                continue;
            }
            for owner in group_of(self.base, field) {
                edited.texts.insert(Field::new(owner, field.name), text.clone());
            }
        }
    }

    /// Whether a field has rows of its own on this sheet.
    fn is_shown(&self, field: Field) -> bool {
        match (field.name, field.owner) {
            ("schedule_title", _) => false,
            ("group", _) => group_of(self.base, field).first() == Some(&field.owner),
            _ => true,
        }
    }

    /// The place of a title among all: a section stands before its items.
    fn rank(&self, owner: Owner) -> (usize, usize) {
        match owner {
            Owner::Section(section) => (section + 1, 0),
            Owner::Item(item) => {
                (self.base.sections.get(item).map_or(0, |section| section + 1), item + 1)
            }
            _ => (0, 0),
        }
    }
}

/// Whose field it is: a heading above several items is said of each of them.
fn group_of(base: &Contents, field: Field) -> Vec<Owner> {
    let Owner::Item(item) = field.owner else { return vec![field.owner] };
    if field.name != "group" {
        return vec![field.owner];
    }
    let group = |item: usize| base.title(Field::new(Owner::Item(item), "group"));
    let alike = |other: &usize| {
        base.sections.get(*other) == base.sections.get(item) && group(*other) == group(item)
    };
    let first = (0..item).rev().take_while(alike).last().unwrap_or(item);
    (first..base.sections.len()).take_while(alike).map(Owner::Item).collect()
}
