//! What can be found of a plan, and of the site's own pages.

use super::{Entry, Kind, Part};
use crate::plan::update::About;
use crate::plan::{Item, Plan, Task, Union};
use crate::site::UnionFrame;
use crate::site::routes::{self, YearRoutes};
use crate::site::wording::Wording;
use crate::source::SitePage;

/// What can be found of a plan. `attachments` are names below the plan's `files/`.
pub fn of_plan(frame: &UnionFrame<'_>, plan: &Plan, attachments: &[String]) -> Part {
    let site = frame.site;
    let making = Making {
        union: frame.union,
        plan,
        routes: frame.routes().year(plan.year),
        wording: site.wording(),
    };
    let mut entries = Vec::with_capacity(16 + plan.items.len() + plan.tasks.len());
    making.people(&mut entries);
    making.work(&mut entries);
    making.updates(&mut entries);
    making.whole(&mut entries, attachments);
    Part {
        year: Some(plan.year),
        folder: making.routes.folder().to_owned(),
        union: if site.has_branches { frame.union.short_name.clone() } else { String::new() },
        entries,
    }
}

/// What can be found of the site's own pages.
pub fn of_pages(pages: &[SitePage]) -> Part {
    let entries = pages.iter().map(|page| Entry {
        text: page.text.clone(),
        ..named(Kind::Page, &page.title, routes::site_page(&page.name))
    });
    Part { entries: entries.collect(), ..Part::default() }
}

/// A plan whose entries are made.
struct Making<'p> {
    union: &'p Union,
    plan: &'p Plan,
    routes: YearRoutes,
    wording: Wording,
}

impl Making<'_> {
    /// Offices and leaders; those without a task have no page that is linked from anywhere, and
    /// leaders are listed only where they answer for something.
    fn people(&self, entries: &mut Vec<Entry>) {
        let tasks = &self.plan.tasks;
        for (index, office) in self.union.offices.iter().enumerate() {
            let has_work = tasks.iter().any(|task| {
                task.offices.named.contains(&index) || task.support.named.contains(&index)
            });
            if has_work {
                let page = self.routes.office(&office.id);
                entries.push(named(Kind::Office, &office.name, page));
            }
        }
        for (index, leader) in self.union.leaders.iter().enumerate() {
            if tasks.iter().any(|task| task.leaders.contains(&index)) {
                let page = self.routes.leader(&leader.id);
                entries.push(named(Kind::Leader, &leader.name, page));
            }
        }
    }

    /// Activities, tasks, items and sections.
    fn work(&self, entries: &mut Vec<Entry>) {
        let Self { plan, routes, .. } = self;
        for (index, activity) in plan.activities.iter().enumerate() {
            let when = plan.activity_when(activity).map(|when| when.text().to_owned());
            let about = About::Activity(index);
            let date = plan.latest(about, |update| update.date.clone()).or(when);
            let place = plan.latest(about, |update| update.place.clone());
            let place = place.or_else(|| activity.place.clone());
            let who = self.who(&plan.tasks[activity.task]);
            let facts = date.into_iter().chain(place).chain(who);
            entries.push(Entry {
                facts: joined(facts),
                ..named(Kind::Activity, &activity.name, routes.activity(&activity.id))
            });
        }
        for task in &plan.tasks {
            let when = task.when.as_ref().map(|when| when.text().to_owned());
            let more = task.audience.iter().chain(&task.remark).map(String::as_str);
            entries.push(Entry {
                text: more.collect::<Vec<_>>().join("\n"),
                facts: joined(when.into_iter().chain(self.who(task))),
                ..named(Kind::Task, &task.text, routes.task(plan, task))
            });
        }
        for item in &plan.items {
            entries.push(Entry {
                text: item.text.join("\n"),
                anchor: "words",
                facts: joined(item.group.iter().cloned().chain(other_title(item))),
                ..named(Kind::Item, &item.title, routes.item(&item.id))
            });
        }
        for section in &plan.sections {
            let other = section.schedule_title.clone().filter(|other| *other != section.title);
            entries.push(Entry {
                text: section.text.join("\n"),
                facts: joined(other),
                ..named(Kind::Section, &section.title, routes.section(&section.id))
            });
        }
    }

    /// Reports, each leading to where it is told.
    fn updates(&self, entries: &mut Vec<Entry>) {
        let Self { plan, routes, .. } = self;
        for update in &plan.updates {
            let (title, page) = match update.about {
                About::Item(index) => {
                    let item = &plan.items[index];
                    (item.table_title(), format!("{}#news", routes.item(&item.id)))
                }
                About::Task(index) => {
                    let task = &plan.tasks[index];
                    (task.text.as_str(), routes.task(plan, task))
                }
                About::Activity(index) => {
                    let activity = &plan.activities[index];
                    (activity.name.as_str(), format!("{}#news", routes.activity(&activity.id)))
                }
            };
            let facts = [update.on.to_string()].into_iter();
            let facts = facts.chain(update.date.clone()).chain(update.place.clone());
            entries.push(Entry {
                text: update.text.join("\n"),
                facts: joined(facts),
                ..named(Kind::Update, title, page)
            });
        }
    }

    /// The plan as a whole, and the letter that carries it.
    fn whole(&self, entries: &mut Vec<Entry>, attachments: &[String]) {
        let Self { plan, routes, .. } = self;
        entries.push(Entry {
            text: plan.overview.join("\n"),
            anchor: "idea",
            facts: joined(plan.document_number.clone()),
            ..named(Kind::Overview, &plan.title, routes.overview())
        });
        let notice = plan.notice.as_ref();
        if notice.is_none() && attachments.is_empty() {
            return;
        }
        let letter = notice.iter().flat_map(|notice| notice.text.iter().chain(&notice.attachments));
        let text: Vec<&str> = letter.chain(attachments).map(String::as_str).collect();
        let title = notice.map_or(&plan.title, |notice| &notice.title);
        entries.push(Entry {
            text: text.join("\n"),
            facts: joined(notice.and_then(|notice| notice.to.clone())),
            ..named(Kind::Notice, title, routes.notice())
        });
    }

    /// The offices, leaders and helpers of a task.
    fn who(&self, task: &Task) -> impl Iterator<Item = String> {
        let union = self.union;
        let rows = [
            self.wording.row(union.office_names(&task.offices)),
            self.wording.row(union.leader_names(task)),
            self.wording.row(union.office_names(&task.support)),
        ];
        rows.into_iter().filter(|row| !row.is_empty())
    }
}

fn named(kind: Kind, title: &str, page: String) -> Entry {
    Entry { kind, title: title.to_owned(), page, ..Entry::default() }
}

/// The table's wording of an item's title, where it is another.
fn other_title(item: &Item) -> Option<String> {
    item.schedule_title.clone().filter(|other| *other != item.title)
}

fn joined(facts: impl IntoIterator<Item = String>) -> String {
    facts.into_iter().collect::<Vec<_>>().join(" · ")
}
