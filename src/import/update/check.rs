//! Whether a changed file says what was meant, before anybody gets it.

use super::Project;
use super::apply::{Applied, Source};
use super::edited::CellName;
use super::located::{Located, entry};
use super::merge::Changes;
use crate::diagnostic::{Diagnostic, Report, faults};
use crate::export::contents::{COLUMNS, Contents, FIELDS, Field};
use crate::limits;
use crate::plan::Plan;
use crate::plan::update::About;
use crate::source::node;
use std::collections::BTreeMap;

/// Reads the changed text and compares it with what was meant. Returns what is to be looked at.
pub(super) fn check(
    project: &Project<'_>,
    plan: &Plan,
    current: &Contents,
    changes: &Changes,
    applied: &Applied,
) -> Result<Report, Report> {
    let size = applied.text.len() as u64;
    if size > limits::DATA_FILE_BYTES {
        return Err(faults::file_too_large(project.place(), size, limits::DATA_FILE_BYTES).into());
    }
    let (changed, report) = project.read(&applied.text);
    let known = project.read(&project.raw).1;
    let is_new = |found: &Diagnostic| {
        !known.diagnostics().iter().any(|k| k.code == found.code && k.message == found.message)
    };
    let cells = Cells::new(project, changes, applied);
    let mut fresh = Report::default();
    for found in report.diagnostics().iter().filter(|found| is_new(found)) {
        fresh.push(cells.moved(found));
    }
    if fresh.errors() > 0 {
        return Err(fresh);
    }
    let meant = Meant { current, changes, applied };
    let Some(changed) = changed.filter(|changed| meant.is_said_by(changed, plan, project)) else {
        return Err(faults::cannot_change_in_place(project.place()).into());
    };
    for (old, new) in plan.updates.iter().zip(&changed.updates) {
        let (About::Task(old), About::Task(new)) = (old.about, new.about) else { continue };
        let is_same = applied.tasks.get(new).is_some_and(|(_, s)| *s == Source::Old(old));
        if !is_same {
            let task = &plan.tasks[old];
            let now = applied.tasks.iter().position(|(_, source)| *source == Source::Old(old));
            let number =
                now.and_then(|now| changed.tasks.get(now)).map(|task| task.number.as_str());
            let file = project.year.updates_file.as_deref();
            let shown = file.map(|f| f.strip_prefix(project.root).unwrap_or(f));
            fresh.push(faults::update_of_other_task(shown, &task.number, number, &task.text));
        }
    }
    Ok(fresh)
}

/// What the changed plan has to say.
struct Meant<'c> {
    current: &'c Contents,
    changes: &'c Changes,
    applied: &'c Applied,
}

impl Meant<'_> {
    fn is_said_by(&self, changed: &Plan, plan: &Plan, project: &Project<'_>) -> bool {
        let contents = Contents::new(changed, &project.union);
        self.has_texts(&contents) && self.has_tasks(&contents) && self.has_activities(changed, plan)
    }

    fn has_texts(&self, contents: &Contents) -> bool {
        let mut meant = self.current.texts.clone();
        for change in &self.changes.texts {
            match change.text.is_empty() {
                true => drop(meant.remove(&change.field)),
                false => drop(meant.insert(change.field, change.text.clone())),
            }
        }
        // A day is told in one way, however it was typed.
        let said = |texts: &BTreeMap<Field, Vec<String>>| {
            let mut texts = texts.clone();
            texts.retain(|field, _| field.name != "issued");
            texts
        };
        said(&meant) == said(&contents.texts)
    }

    fn values(&self, source: Source) -> [String; FIELDS] {
        match source {
            Source::New(added) => self.changes.added[added].values.clone(),
            Source::Old(task) => {
                let mut values = self.current.rows[task].values.clone();
                for change in self.changes.values.iter().filter(|change| change.task == task) {
                    values[change.column].clone_from(&change.value);
                }
                values
            }
        }
    }

    fn has_tasks(&self, contents: &Contents) -> bool {
        let said = |values: &[String; FIELDS]| {
            let mut values = values.clone();
            for (value, (name, _)) in values.iter_mut().zip(COLUMNS) {
                // Everyone is named first, wherever that was typed.
                if matches!(name, "office" | "support") {
                    let mut names: Vec<&str> = value.split('、').collect();
                    names.sort_unstable();
                    *value = names.join("、");
                }
            }
            values
        };
        contents.rows.len() == self.applied.tasks.len()
            && contents.rows.iter().zip(&self.applied.tasks).all(|(row, (owner, source))| {
                row.owner == *owner && said(&row.values) == said(&self.values(*source))
            })
    }

    /// Activities keep their ids and their task.
    fn has_activities(&self, changed: &Plan, plan: &Plan) -> bool {
        let ids = |plan: &Plan, task: usize| -> Vec<String> {
            let range = plan.tasks[task].activities.clone();
            plan.activities[range].iter().map(|activity| activity.id.clone()).collect()
        };
        self.applied.tasks.iter().enumerate().all(|(now, (_, source))| match source {
            Source::Old(task) => ids(changed, now) == ids(plan, *task),
            Source::New(_) => ids(changed, now).is_empty(),
        })
    }
}

/// Which cell of the workbook stands behind a line of the changed file.
struct Cells {
    lines: Vec<(usize, CellName)>,
}

impl Cells {
    fn new(project: &Project<'_>, changes: &Changes, applied: &Applied) -> Self {
        let mut lines = Vec::new();
        let file = project.file(&applied.text);
        let Ok(root) = node::parse(&file) else { return Self { lines } };
        let located = Located::new(&root);
        for change in &changes.texts {
            let map = located.map(change.field.owner);
            let found = map.and_then(|map| entry(map, change.field.name));
            lines.extend(found.map(|(_, value)| (value.span.line, change.cell.clone())));
        }
        for (task, (_, source)) in located.tasks.iter().zip(&applied.tasks) {
            for (column, (name, _)) in COLUMNS.into_iter().enumerate() {
                let cell = match source {
                    Source::New(added) => Some(&changes.added[*added].cells[column]),
                    Source::Old(old) => {
                        let of =
                            |c: &&super::merge::ValueChange| c.task == *old && c.column == column;
                        changes.values.iter().find(of).map(|change| &change.cell)
                    }
                };
                if let (Some(cell), Some((_, value))) = (cell, entry(task.node, name)) {
                    lines.push((value.span.line, cell.clone()));
                }
            }
        }
        Self { lines }
    }

    /// What was found, at the cell where it was typed.
    fn moved(&self, found: &Diagnostic) -> Diagnostic {
        let line = found.place.as_ref().and_then(|place| place.spot.as_ref()).map(|s| s.span.line);
        let cell = self.lines.iter().find(|(at, _)| Some(*at) == line);
        let mut moved = found.clone();
        // Else the line is one of a file that is not there yet; what stands in it is shown.
        if let Some((_, cell)) = cell {
            moved.place = Some(cell.place());
        }
        moved
    }
}
