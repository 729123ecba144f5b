//! Where in a file the parts of a plan stand.

use crate::diagnostic::{Place, SourceFile};
use crate::export::contents::{COLUMNS, Field, Owner};
use crate::source::node::{Kind, Node};
use std::collections::HashMap;

/// The nodes of a plan's parts, numbered as the plan numbers them.
#[derive(Debug)]
pub(super) struct Located<'n, 'a> {
    /// The maps that hold the fields of each owner.
    maps: HashMap<Owner, &'n Node<'a>>,
    /// The tasks in order.
    pub tasks: Vec<Task<'n, 'a>>,
}

/// A task's node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'n, 'a> {
    pub node: &'n Node<'a>,
    pub owner: Owner,
}

/// An entry of a map.
pub(super) type Entry<'n, 'a> = (&'n Node<'a>, &'n Node<'a>);

impl<'n, 'a> Located<'n, 'a> {
    /// Looks a plan without faults over.
    pub fn new(root: &'n Node<'a>) -> Self {
        let mut located = Self { maps: HashMap::new(), tasks: Vec::new() };
        located.maps.insert(Owner::Plan, root);
        if let Some((_, notice)) = entry(root, "notice") {
            located.maps.insert(Owner::Notice, notice);
        }
        let mut items = 0;
        for (index, section) in list(root, "sections").iter().enumerate() {
            located.maps.insert(Owner::Section(index), section);
            for item in list(section, "items") {
                located.maps.insert(Owner::Item(items), item);
                located.add_tasks(item, Owner::Item(items));
                items += 1;
            }
            located.add_tasks(section, Owner::Section(index));
        }
        located.add_tasks(root, Owner::Plan);
        located
    }

    fn add_tasks(&mut self, node: &'n Node<'a>, owner: Owner) {
        self.tasks.extend(list(node, "tasks").iter().map(|node| Task { node, owner }));
    }

    /// The map of an owner's fields.
    pub fn map(&self, owner: Owner) -> Option<&'n Node<'a>> {
        self.maps.get(&owner).copied()
    }

    /// Where a field stands; where it would, if it is not there.
    pub fn place_of(&self, file: &SourceFile, field: Field) -> Place {
        self.map(field.owner).map_or_else(|| whole(file), |map| place(file, map, field.name))
    }

    /// Where a task's field stands; where the task does, if it has no such field.
    pub fn place_of_task(&self, file: &SourceFile, task: usize, column: usize) -> Place {
        let (name, _) = COLUMNS[column.min(COLUMNS.len() - 1)];
        self.tasks.get(task).map_or_else(|| whole(file), |task| place(file, task.node, name))
    }
}

fn whole(file: &SourceFile) -> Place {
    Place { path: file.path.clone(), spot: None }
}

fn place(file: &SourceFile, map: &Node<'_>, key: &str) -> Place {
    file.place(entry(map, key).map_or(map.span, |(_, value)| value.span))
}

/// An entry of a map by its key.
pub(super) fn entry<'n, 'a>(map: &'n Node<'a>, key: &str) -> Option<Entry<'n, 'a>> {
    let Kind::Map(pairs) = &map.kind else { return None };
    let (name, value) = pairs.iter().find(|(name, _)| name.text() == Some(key))?;
    Some((name, value))
}

fn list<'n, 'a>(map: &'n Node<'a>, key: &str) -> &'n [Node<'a>] {
    match entry(map, key).map(|(_, value)| &value.kind) {
        Some(Kind::List(list)) => list,
        _ => &[],
    }
}
