//! A section: its items, their tasks, their progress.

use crate::plan::Section;
use crate::plan::update::About;
use crate::site::lists::value;
use crate::site::view::{ItemLine, UpdateView, Way};
use crate::site::{Head, PlanPages, here};
use minijinja::Value;
use serde::Serialize;

/// Variables of `section.html`.
#[derive(Serialize)]
struct SectionPage<'p> {
    section: Value,
    text: &'p [String],
    items: Vec<ItemWithTasks>,
    /// Tasks that stand straight under the section.
    tasks: Vec<Value>,
    /// Reports about those tasks and their activities.
    updates: Vec<UpdateView>,
}

#[derive(Serialize)]
struct ItemWithTasks {
    label: String,
    title: String,
    schedule_title: String,
    page: String,
    group: Option<String>,
    tasks: Vec<Value>,
}

/// Adds a page a section.
pub fn add(pages: &mut PlanPages<'_>) {
    let plan = pages.lists.plan;
    for (index, section) in plan.sections.iter().enumerate() {
        let lists = &pages.lists;
        let items = plan.items[section.items.clone()].iter().map(|item| {
            let ItemLine { label, title, schedule_title, page, group } = lists.item_line(item);
            ItemWithTasks {
                label,
                title,
                schedule_title,
                page,
                group,
                tasks: lists.tasks[item.tasks.clone()].to_vec(),
            }
        });
        let straight =
            |task: usize| section.tasks.contains(&task) && plan.tasks[task].item.is_none();
        let about_straight = |about: About| match about {
            About::Item(_) => false,
            About::Task(task) => straight(task),
            About::Activity(activity) => straight(plan.activities[activity].task),
        };
        let view = value(&SectionPage {
            section: lists.sections[index].clone(),
            text: &section.text,
            items: items.collect(),
            tasks: section
                .tasks
                .clone()
                .filter(|task| straight(*task))
                .map(|task| lists.tasks[task].clone())
                .collect(),
            updates: lists.updates(about_straight),
        });
        let numbered = lists.wording.numbered_section(section.number, &section.title);
        let head = Head {
            path: lists.routes.section(&section.id),
            kind: "section",
            title: lists.wording.titled(&numbered, &lists.wording.plan(plan)),
            description: lists.wording.describe_section(
                &section.title,
                section.items.len(),
                section.tasks.len(),
            ),
            door: None,
            crumbs: vec![here(lists.wording.section(section.number))],
            previous: index.checked_sub(1).map(|before| way(pages, &plan.sections[before])),
            next: plan.sections.get(index + 1).map(|after| way(pages, after)),
        };
        pages.push(head, view);
    }
}

fn way(pages: &PlanPages<'_>, section: &Section) -> Way {
    Way {
        title: section.title.clone(),
        label: Some(pages.lists.wording.numeral(section.number)),
        page: pages.lists.routes.section(&section.id),
    }
}
