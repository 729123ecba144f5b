//! A named activity: when, where, who, what became of it.

use crate::plan::Activity;
use crate::plan::update::About;
use crate::plan::when::Lane;
use crate::site::lists::{breaks_at_punctuation, value};
use crate::site::routes::YearRoutes;
use crate::site::ruler::when_view;
use crate::site::view::{ActivityLine, UpdateView, Way, WhenView};
use crate::site::{Head, PlanPages, crumb, here};
use minijinja::Value;
use serde::Serialize;

/// Variables of `activity.html`.
#[derive(Serialize)]
struct ActivityPage<'p> {
    activity: ActivityView<'p>,
    task: Value,
    /// The months it falls in, with their pages.
    months: Vec<MonthWay>,
    /// The task's other activities.
    siblings: Vec<ActivityLine>,
    updates: Vec<UpdateView>,
    /// A calendar file of the activity alone, once its day is set.
    calendar_file: Option<String>,
}

#[derive(Serialize)]
struct ActivityView<'p> {
    name: &'p str,
    /// True where the name breaks only at its punctuation.
    keep: bool,
    when: Option<WhenView>,
    /// The day and time once set.
    date: Option<String>,
    place: Option<String>,
    status: Option<&'static str>,
}

#[derive(Serialize)]
struct MonthWay {
    number: u8,
    page: String,
}

/// Adds a page an activity.
pub fn add(pages: &mut PlanPages<'_>) {
    let plan = pages.lists.plan;
    let agenda = pages.agenda;
    for (index, activity) in plan.activities.iter().enumerate() {
        let lists = &pages.lists;
        let wording = lists.wording;
        let about = About::Activity(index);
        let task = &plan.tasks[activity.task];
        let when = plan.activity_when(activity);
        let own_months = when.filter(|when| when.lane() == Lane::Months);
        let view = value(&ActivityPage {
            activity: ActivityView {
                name: &activity.name,
                keep: breaks_at_punctuation(&activity.name),
                when: when.map(when_view),
                date: lists.set_date(about),
                place: lists.set_place(about).or_else(|| activity.place.clone()),
                status: lists.status(about),
            },
            task: lists.tasks[activity.task].clone(),
            months: own_months
                .into_iter()
                .flat_map(|when| when.months().iter())
                .map(|number| MonthWay { number, page: lists.routes.month(number) })
                .collect(),
            siblings: lists.activity_lines(task.activities.clone(), Some(index)),
            updates: lists.updates(|other| other == about),
            calendar_file: agenda
                .has_settled_day(index)
                .then(|| YearRoutes::calendar_file_of(&lists.routes.activity(&activity.id))),
        });
        let offices = lists.office_names(&task.offices);
        let parent = match (task.item, task.section) {
            (Some(item), _) => {
                let item = &plan.items[item];
                Some(crumb(wording.item(&item.printed_label()), lists.routes.item(&item.id)))
            }
            (None, Some(section)) => {
                let section = &plan.sections[section];
                Some(crumb(wording.section(section.number), lists.routes.section(&section.id)))
            }
            (None, None) => None,
        };
        let head = Head {
            path: lists.routes.activity(&activity.id),
            kind: "activity",
            title: wording.titled(&activity.name, &wording.plan(plan)),
            description: wording.describe_activity(
                &activity.name,
                when.map_or("", |when| when.text()),
                &offices,
            ),
            door: None,
            crumbs: parent.into_iter().chain([here(wording.activity())]).collect(),
            previous: index.checked_sub(1).map(|before| way(pages, &plan.activities[before])),
            next: plan.activities.get(index + 1).map(|after| way(pages, after)),
        };
        pages.push(head, view);
    }
}

fn way(pages: &PlanPages<'_>, activity: &Activity) -> Way {
    Way {
        title: activity.name.clone(),
        label: None,
        page: pages.lists.routes.activity(&activity.id),
    }
}
