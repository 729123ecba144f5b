//! Changes of a plan → changes of its file, and nothing else in it.

use super::entries::{Entries, order, order_of_task};
use super::located::{Located, Task, entry};
use super::merge::{Added, Changes, Slot};
use super::pen::{Overlap, Pen};
use super::scalar;
use super::typed::Typed;
use crate::export::contents::{COLUMNS, Contents, Owner};
use crate::source::node::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The file is typed in a way in which something can't be changed in place.
#[derive(Debug)]
pub(super) struct NoPlace;

impl From<Overlap> for NoPlace {
    fn from(_: Overlap) -> Self {
        Self
    }
}

/// The changed text.
#[derive(Debug)]
pub(super) struct Applied {
    pub text: String,
    /// Where the tasks of the changed plan come from, in its order.
    pub tasks: Vec<(Owner, Source)>,
}

/// Where a task comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// It was there.
    Old(usize),
    /// It is new.
    New(usize),
}

/// Makes the changes.
pub(super) fn apply(
    typed: &Typed,
    located: &Located<'_, '_>,
    current: &Contents,
    changes: &Changes,
) -> Result<Applied, NoPlace> {
    let mut pen = Pen::new(&typed.raw);
    change_fields(typed, &mut pen, located, current, changes)?;
    let mut moving = Moving { typed, pen, located, changes, cut: BTreeMap::new() };
    moving.cut()?;
    let mut owners: BTreeSet<Owner> = changes.slots.keys().copied().collect();
    owners.extend(located.tasks.iter().map(|task| task.owner));
    let mut orders = BTreeMap::new();
    for owner in owners {
        orders.insert(owner, moving.place(owner)?);
    }
    let text = moving.pen.finish()?;
    Ok(Applied { text, tasks: flat(&orders, current) })
}

/// Changes texts and fields of tasks. Entries that go are taken out first, so that none is added
/// behind one of them.
fn change_fields<'t>(
    typed: &'t Typed,
    pen: &mut Pen<'t>,
    located: &Located<'_, '_>,
    current: &Contents,
    changes: &Changes,
) -> Result<(), NoPlace> {
    let mut owners: Vec<Owner> = changes.texts.iter().map(|change| change.field.owner).collect();
    owners.dedup();
    for owner in owners.into_iter().collect::<BTreeSet<_>>() {
        let map = located.map(owner).ok_or(NoPlace)?;
        let mut entries = Entries { typed, pen, map, order: order(owner), gone: Vec::new() };
        let mut own: Vec<_> = changes.texts.iter().filter(|c| c.field.owner == owner).collect();
        let rank = |name: &str| order(owner).iter().position(|known| *known == name);
        own.sort_by_key(|change| (!change.text.is_empty(), rank(change.field.name)));
        for change in own {
            match (change.field.is_line(), change.text.as_slice()) {
                (true, [text]) => entries.line(change.field.name, text)?,
                (true, _) => entries.line(change.field.name, "")?,
                (false, text) => {
                    entries.paragraphs(change.field, current.text(change.field), text)?;
                }
            }
        }
    }
    let tasks: BTreeSet<usize> = changes.values.iter().map(|change| change.task).collect();
    for task in tasks {
        let map = located.tasks.get(task).ok_or(NoPlace)?.node;
        let mut entries = Entries { typed, pen, map, order: order_of_task(), gone: Vec::new() };
        let mut own: Vec<_> = changes.values.iter().filter(|c| c.task == task).collect();
        own.sort_by_key(|change| (!change.value.is_empty(), change.column));
        for change in own {
            entries.line(COLUMNS[change.column].0, &change.value)?;
        }
    }
    Ok(())
}

/// Takes tasks out and puts them in.
struct Moving<'m, 't, 'n, 'a> {
    typed: &'t Typed,
    pen: Pen<'t>,
    located: &'m Located<'n, 'a>,
    changes: &'m Changes,
    /// The lines of tasks that move, and how far their dash was set in.
    cut: BTreeMap<usize, (String, usize)>,
}

impl Moving<'_, '_, '_, '_> {
    fn cut(&mut self) -> Result<(), NoPlace> {
        for (index, task) in self.located.tasks.iter().enumerate() {
            if !self.changes.leaves(index) {
                continue;
            }
            let (lines, dash) = self.lines(task)?;
            let text = self.pen.cut(lines)?;
            if self.changes.moved.contains_key(&index) {
                self.cut.insert(index, (text, dash));
            }
        }
        Ok(())
    }

    /// The whole lines of a task, and how far its dash is set in.
    fn lines(&self, task: &Task<'_, '_>) -> Result<(Range<usize>, usize), NoPlace> {
        let dash = self.typed.indent(task.node.span.line);
        if !self.typed.line(task.node.span.line)[dash..].starts_with("- ") {
            return Err(NoPlace);
        }
        let end = self.typed.range(task.node, dash).end;
        let last = self.typed.line_at(end);
        let range = self.typed.line_start(task.node.span.line)..self.typed.line_start(last + 1);
        Ok((range, dash))
    }

    /// Puts an owner's tasks in their order, and returns it.
    fn place(&mut self, owner: Owner) -> Result<Vec<Source>, NoPlace> {
        let all = &self.located.tasks;
        let own: Vec<usize> = (0..all.len()).filter(|at| all[*at].owner == owner).collect();
        let stay: Vec<usize> =
            own.iter().copied().filter(|task| !self.changes.leaves(*task)).collect();
        let mut order: Vec<Source> = stay.iter().map(|task| Source::Old(*task)).collect();
        let slots = self.changes.slots.get(&owner).cloned().unwrap_or_default();
        let comes = slots.iter().any(|slot| !matches!(slot, Slot::Stays(_)));
        if stay.is_empty() && !comes && !own.is_empty() {
            self.remove_list(owner, own[0])?;
        }
        if own.is_empty() && comes {
            return self.begin_list(owner, &slots);
        }
        let mut above: Option<usize> = None;
        let mut at = 0;
        for slot in slots {
            let source = match slot {
                Slot::Stays(task) => {
                    above = Some(task);
                    let here = order.iter().position(|source| *source == Source::Old(task));
                    at = here.map_or(at, |here| here + 1);
                    continue;
                }
                Slot::Moves(task) => Source::Old(task),
                Slot::Added(added) => Source::New(added),
            };
            let offset = match above {
                Some(task) => self.lines(&all[task])?.0.end,
                None => self.lines(&all[own[0]])?.0.start,
            };
            let dash = self.lines(&all[own[0]])?.1;
            let text = self.text(slot, dash)?;
            self.insert(offset, text);
            order.insert(at, source);
            at += 1;
        }
        Ok(order)
    }

    /// Puts lines in front of a byte at which a line begins, or behind the last line.
    fn insert(&mut self, offset: usize, text: String) {
        let raw = &self.typed.raw;
        let is_open = offset == raw.len() && !raw.ends_with(['\n', '\r']);
        let line_break = self.typed.line_break();
        match is_open {
            true => self.pen.insert(offset, format!("{line_break}{}", text.trim_end())),
            false => self.pen.insert(offset, text),
        }
    }

    /// The lines of a task that comes to a place whose dashes are set in so far.
    fn text(&self, slot: Slot, dash: usize) -> Result<String, NoPlace> {
        let line_break = self.typed.line_break();
        match slot {
            Slot::Moves(task) => {
                let (text, was) = self.cut.get(&task).ok_or(NoPlace)?;
                let mut moved = shifted(text, *was, dash);
                if !moved.ends_with(['\n', '\r']) {
                    moved.push_str(line_break);
                }
                Ok(moved)
            }
            Slot::Added(added) => {
                Ok(new_lines(self.changes.added.get(added).ok_or(NoPlace)?, dash, line_break))
            }
            Slot::Stays(_) => Err(NoPlace),
        }
    }

    /// Takes the key of a list out of which all tasks go.
    fn remove_list(&mut self, owner: Owner, first: usize) -> Result<(), NoPlace> {
        let map = self.located.map(owner).ok_or(NoPlace)?;
        let (key, _) = entry(map, "tasks").ok_or(NoPlace)?;
        let start = self.typed.line_start(key.span.line);
        let is_alone = self.typed.raw[start..self.typed.start(key)].trim().is_empty();
        let end = self.lines(&self.located.tasks[first])?.0.start;
        if !is_alone || end < start {
            return Err(NoPlace);
        }
        self.pen.replace(start..end, "");
        Ok(())
    }

    /// Adds a list of tasks to an owner that has none.
    fn begin_list(&mut self, owner: Owner, slots: &[Slot]) -> Result<Vec<Source>, NoPlace> {
        let map = self.located.map(owner).ok_or(NoPlace)?;
        let indent = match &map.kind {
            Kind::Map(pairs) => pairs.first().map(|(key, _)| key.span.column - 1),
            _ => None,
        };
        let dash = indent.ok_or(NoPlace)? + self.offset();
        let (mut text, mut order) = (String::new(), Vec::new());
        for slot in slots {
            text.push_str(&self.text(*slot, dash)?);
            order.push(match slot {
                Slot::Moves(task) => Source::Old(*task),
                Slot::Added(added) => Source::New(*added),
                Slot::Stays(_) => return Err(NoPlace),
            });
        }
        let line_break = self.typed.line_break();
        let value = format!("{line_break}{}", text.trim_end());
        let typed = self.typed;
        let pen = &mut self.pen;
        Entries { typed, pen, map, order: super::entries::order(owner), gone: Vec::new() }
            .insert("tasks", &value)?;
        Ok(order)
    }

    /// How much further than their key the dashes of lists stand in this file.
    fn offset(&self) -> usize {
        let offsets = self.located.tasks.iter().filter_map(|task| {
            let (key, _) = entry(self.located.map(task.owner)?, "tasks")?;
            (self.typed.indent(task.node.span.line) + 1).checked_sub(key.span.column)
        });
        offsets.min().unwrap_or(2)
    }
}

/// Lines set in by more or less.
fn shifted(text: &str, was: usize, is: usize) -> String {
    let mut moved = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match was.checked_sub(is) {
            _ if line.trim().is_empty() => moved.push_str(line),
            Some(less) => {
                let blanks = line.len() - line.trim_start_matches(' ').len();
                moved.push_str(&line[less.min(blanks)..]);
            }
            None => {
                moved.push_str(&" ".repeat(is - was));
                moved.push_str(line);
            }
        }
    }
    moved
}

/// The lines of a new task.
fn new_lines(added: &Added, dash: usize, line_break: &str) -> String {
    let mut text = String::new();
    for ((key, _), value) in COLUMNS.iter().zip(&added.values).filter(|(_, v)| !v.is_empty()) {
        let front = if text.is_empty() { "- " } else { "  " };
        let value = scalar::line(value, "", false);
        text.push_str(&format!("{}{front}{key}: {value}{line_break}", " ".repeat(dash)));
    }
    text
}

/// The tasks of all owners in the order of a plan: those of a section's items, its own, and last
/// those of the plan.
fn flat(orders: &BTreeMap<Owner, Vec<Source>>, current: &Contents) -> Vec<(Owner, Source)> {
    let mut owners: Vec<Owner> = Vec::new();
    for section in 0..current.section_count() {
        let items = (0..current.sections.len()).filter(|item| current.sections[*item] == section);
        owners.extend(items.map(Owner::Item));
        owners.push(Owner::Section(section));
    }
    owners.push(Owner::Plan);
    let of = |owner: Owner| {
        let sources = orders.get(&owner).map_or(&[][..], Vec::as_slice);
        sources.iter().map(move |source| (owner, *source))
    };
    owners.into_iter().flat_map(of).collect()
}
