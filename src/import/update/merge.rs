//! What was exported, what the workbook says and what `plan.yaml` says → the changes to be made.

use super::edited::{CellName, Edited, Row};
use super::located::Located;
use super::matching::Matching;
use crate::diagnostic::{Report, SourceFile, faults};
use crate::export::contents::{self, Contents, FIELDS, Field, Owner};
use std::collections::{BTreeMap, BTreeSet};

/// The three states of a plan, and what is where.
pub(super) struct Sides<'s> {
    pub base: &'s Contents,
    pub edited: &'s Edited,
    pub current: &'s Contents,
    pub matching: &'s Matching,
    pub located: &'s Located<'s, 's>,
    pub file: &'s SourceFile,
}

/// A text that changes; nothing is left of one that goes.
#[derive(Debug, Clone)]
pub(super) struct TextChange {
    pub field: Field,
    pub text: Vec<String>,
    pub cell: CellName,
}

/// A field of a task that changes; blank where it goes.
#[derive(Debug, Clone)]
pub(super) struct ValueChange {
    pub task: usize,
    pub column: usize,
    pub value: String,
    pub cell: CellName,
}

/// A task that is new.
#[derive(Debug, Clone)]
pub(super) struct Added {
    pub owner: Owner,
    pub values: [String; FIELDS],
    pub cells: [CellName; FIELDS],
}

/// A task in the order in which an owner's tasks are to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// It stays where it is.
    Stays(usize),
    /// It comes here from elsewhere.
    Moves(usize),
    /// It is new, by its position among those that are.
    Added(usize),
}

/// All changes, in the numbers of `plan.yaml` as it is now.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub texts: Vec<TextChange>,
    pub values: Vec<ValueChange>,
    pub removed: BTreeSet<usize>,
    pub added: Vec<Added>,
    /// Tasks that move, and to whom.
    pub moved: BTreeMap<usize, Owner>,
    /// The order of tasks, of owners that get any.
    pub slots: BTreeMap<Owner, Vec<Slot>>,
}

impl Changes {
    /// Tells whether nothing is to be changed.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
            && self.values.is_empty()
            && self.removed.is_empty()
            && self.added.is_empty()
            && self.moved.is_empty()
    }

    /// Tells whether a task leaves its place.
    pub fn leaves(&self, task: usize) -> bool {
        self.removed.contains(&task) || self.moved.contains_key(&task)
    }
}

/// Makes the changes.
pub(super) fn merge(sides: &Sides<'_>) -> Result<Changes, Report> {
    let mut merging = Merging { sides, changes: Changes::default(), report: Report::default() };
    merging.texts();
    for row in &sides.edited.rows {
        merging.values(row);
    }
    merging.removed();
    merging.placed();
    match merging.report.errors() {
        0 => Ok(merging.changes),
        _ => Err(merging.report),
    }
}

struct Merging<'s> {
    sides: &'s Sides<'s>,
    changes: Changes,
    report: Report,
}

impl Merging<'_> {
    fn texts(&mut self) {
        let Sides { base, edited, current, matching, located, file } = self.sides;
        for (field, text) in &edited.texts {
            let Some(owner) = matching.owner(field.owner) else {
                self.report.push(faults::part_gone(text.cell.place(), file));
                continue;
            };
            let (here, new) = (Field::new(owner, field.name), &text.paragraphs);
            let (was, now) = (base.text(*field), current.text(here));
            // Where the table had the title's wording and still has it, there is one wording.
            let title = Field::new(field.owner, "title");
            let follows = field.name == "schedule_title"
                && was.is_empty()
                && edited.texts.get(&title).is_some_and(|title| title.paragraphs == *new);
            if follows || new == now {
                continue;
            }
            if was == now {
                let (text, cell) = (new.clone(), text.cell.clone());
                self.changes.texts.push(TextChange { field: here, text, cell });
                continue;
            }
            let place = located.place_of(file, here);
            self.report.push(faults::changed_in_both(
                place,
                text.cell.name(),
                [&was.join("／"), &now.join("／"), &new.join("／")],
            ));
        }
    }

    fn values(&mut self, row: &Row) {
        let Sides { base, current, matching, located, file, .. } = self.sides;
        let Some(index) = row.base else { return };
        let was = &base.rows[index].values;
        let changed: Vec<usize> = (0..FIELDS).filter(|at| row.values[*at] != was[*at]).collect();
        let Some(task) = matching.task(index) else {
            if let Some(at) = changed.first() {
                self.report.push(faults::part_gone(row.cells[*at].place(), file));
            }
            return;
        };
        for column in changed {
            let (new, now) = (&row.values[column], &current.rows[task].values[column]);
            if new == now {
                continue;
            }
            let cell = row.cells[column].clone();
            if *now == was[column] {
                self.changes.values.push(ValueChange { task, column, value: new.clone(), cell });
                continue;
            }
            let place = located.place_of_task(file, task, column);
            let wordings = [was[column].as_str(), now, new];
            self.report.push(faults::changed_in_both(place, cell.name(), wordings));
        }
    }

    /// Tasks whose rows have gone from the workbook.
    fn removed(&mut self) {
        let Sides { base, edited, current, matching, located, file } = self.sides;
        let kept: BTreeSet<usize> = edited.rows.iter().filter_map(|row| row.base).collect();
        for index in (0..base.rows.len()).filter(|index| !kept.contains(index)) {
            let Some(task) = matching.task(index) else { continue };
            if current.rows[task].values != base.rows[index].values {
                let place = located.place_of_task(file, task, 0);
                self.report
                    .push(faults::removed_here_changed_there(place, &base.rows[index].values[0]));
                continue;
            }
            self.changes.removed.insert(task);
        }
    }

    /// Where the tasks stand that are new or have moved.
    fn placed(&mut self) {
        let Sides { base, edited, matching, file, .. } = self.sides;
        let mut owners: BTreeMap<Owner, Vec<&Row>> = BTreeMap::new();
        for row in &edited.rows {
            owners.entry(row.owner).or_default().push(row);
        }
        for (was, rows) in owners {
            let from_elsewhere =
                |row: &&&Row| row.base.is_some_and(|index| base.rows[index].owner != was);
            let Some(owner) = matching.owner(was) else {
                for row in rows.iter().filter(|row| row.base.is_none() || from_elsewhere(row)) {
                    self.report.push(faults::part_gone(row.cells[0].place(), file));
                }
                continue;
            };
            let own: Vec<usize> =
                rows.iter().filter(|row| !from_elsewhere(row)).filter_map(|row| row.base).collect();
            let in_order = longest_ascent(&own);
            let slots: Vec<Slot> =
                rows.iter().filter_map(|row| self.slot(row, owner, &in_order)).collect();
            if slots.iter().any(|slot| !matches!(slot, Slot::Stays(_))) {
                self.changes.slots.insert(owner, slots);
            }
        }
    }

    fn slot(&mut self, row: &Row, owner: Owner, in_order: &BTreeSet<usize>) -> Option<Slot> {
        let Sides { current, matching, located, file, .. } = self.sides;
        let Some(index) = row.base else {
            // What both sides have added is there already.
            let is_there =
                |other: &contents::Row| other.owner == owner && other.values == row.values;
            let added = matching.added.iter().find(|task| is_there(&current.rows[**task]));
            if let Some(task) = added {
                return Some(Slot::Stays(*task));
            }
            let (values, cells) = (row.values.clone(), row.cells.clone());
            self.changes.added.push(Added { owner, values, cells });
            return Some(Slot::Added(self.changes.added.len() - 1));
        };
        let task = matching.task(index)?;
        if in_order.contains(&index) {
            return Some(Slot::Stays(task)).filter(|_| current.rows[task].owner == owner);
        }
        let was = matching.owner(self.sides.base.rows[index].owner);
        let now = current.rows[task].owner;
        if now == owner && was != Some(owner) {
            // It has been moved here on both sides.
            return Some(Slot::Stays(task));
        }
        if Some(now) != was {
            let place = located.place_of_task(file, task, 0);
            self.report.push(faults::moved_in_both(place, row.cells[0].name()));
            return None;
        }
        self.changes.moved.insert(task, owner);
        Some(Slot::Moves(task))
    }
}

/// The longest run of numbers that ascend, others left out: what has not moved.
fn longest_ascent(numbers: &[usize]) -> BTreeSet<usize> {
    // For each number, the length of the longest run that ends with it, and what stands before it.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let before = (0..at).filter(|b| numbers[*b] < *number).max_by_key(|b| (runs[*b].0, at - b));
        runs.push((before.map_or(1, |before| runs[before].0 + 1), before));
    }
    let mut ascent = BTreeSet::new();
    let mut at = (0..numbers.len()).max_by_key(|at| (runs[*at].0, numbers.len() - at));
    while let Some(here) = at {
        ascent.insert(numbers[here]);
        at = runs[here].1;
    }
    ascent
}

#[cfg(test)]
mod tests {
    use super::longest_ascent;

    #[test]
    fn what_moves_is_as_little_as_can_be() {
        let ascent = |numbers: &[usize]| longest_ascent(numbers).into_iter().collect::<Vec<_>>();
        assert_eq!(ascent(&[0, 1, 2]), [0, 1, 2]);
        assert_eq!(ascent(&[2, 0, 1]), [0, 1]);
        assert_eq!(ascent(&[0, 3, 1, 2]), [0, 1, 2]);
        assert_eq!(ascent(&[]), [0_usize; 0]);
    }
}
