//! An item: its text as issued, its tasks and activities, what became of it.

use crate::plan::Item;
use crate::plan::update::About;
use crate::site::lists::value;
use crate::site::view::{UpdateView, Way};
use crate::site::{Head, PlanPages, crumb, here};
use minijinja::Value;
use serde::Serialize;

/// Variables of `item.html`.
#[derive(Serialize)]
struct ItemPage<'p> {
    item: ItemView<'p>,
    section: Value,
    tasks: Vec<Value>,
    updates: Vec<UpdateView>,
}

#[derive(Serialize)]
struct ItemView<'p> {
    number: usize,
    label: String,
    title: &'p str,
    schedule_title: &'p str,
    group: Option<&'p str>,
    text: &'p [String],
}

/// Adds a page an item.
pub fn add(pages: &mut PlanPages<'_>) {
    let plan = pages.lists.plan;
    for (index, item) in plan.items.iter().enumerate() {
        let lists = &pages.lists;
        let section = &plan.sections[item.section];
        let label = item.printed_label();
        let belongs = |about: About| match about {
            About::Item(other) => other == index,
            About::Task(task) => item.tasks.contains(&task),
            About::Activity(activity) => item.tasks.contains(&plan.activities[activity].task),
        };
        let view = value(&ItemPage {
            item: ItemView {
                number: item.number,
                label: label.clone(),
                title: &item.title,
                schedule_title: item.table_title(),
                group: item.group.as_deref(),
                text: &item.text,
            },
            section: lists.sections[item.section].clone(),
            tasks: lists.tasks[item.tasks.clone()].to_vec(),
            updates: lists.updates(belongs),
        });
        let head = Head {
            path: lists.routes.item(&item.id),
            kind: "item",
            title: lists.wording.titled(&item.title, &lists.wording.plan(plan)),
            description: lists.wording.describe_item(&label, &item.title, item.tasks.len()),
            door: None,
            crumbs: vec![
                crumb(lists.wording.section(section.number), lists.routes.section(&section.id)),
                here(lists.wording.item(&label)),
            ],
            previous: index.checked_sub(1).map(|before| way(pages, &plan.items[before])),
            next: plan.items.get(index + 1).map(|after| way(pages, after)),
        };
        pages.push(head, view);
    }
}

fn way(pages: &PlanPages<'_>, item: &Item) -> Way {
    Way {
        title: item.title.clone(),
        label: Some(item.printed_label()),
        page: pages.lists.routes.item(&item.id),
    }
}
