//! The year at a glance: twelve months, lanes, sections, offices, what is new.

use crate::plan::update::About;
use crate::site::lists::value;
use crate::site::view::{DutyLine, UpdateView};
use crate::site::{Head, PlanPages};
use minijinja::Value;
use serde::Serialize;

/// How many reports the overview shows.
const LATEST: usize = 5;

/// Variables of `overview.html`.
#[derive(Serialize)]
struct Overview {
    sections: Vec<Value>,
    /// Tasks that stand straight under the plan.
    tasks: Vec<Value>,
    offices: Vec<DutyLine>,
    everyone: Option<DutyLine>,
    leaders: Vec<DutyLine>,
    overview: Vec<String>,
    /// The latest reports.
    updates: Vec<UpdateView>,
    has_updates: bool,
    /// The page of all reports, and how many there are.
    updates_page: String,
    update_count: usize,
}

/// Adds the overview in the plan's folder, and as the union's home if the plan is the current one.
pub fn add(pages: &mut PlanPages<'_>) {
    let lists = &pages.lists;
    let (plan, union) = (lists.plan, lists.union);
    let (offices, everyone, leaders) = duties(pages);
    // Reports about tasks that stand straight under the plan have no other page to stand on.
    let loose = |about: About| match about {
        About::Task(task) => plan.tasks[task].section.is_none(),
        _ => false,
    };
    let mut place = 0;
    let updates = lists.updates(|about| {
        place += 1;
        place <= LATEST || loose(about)
    });
    let view = value(&Overview {
        sections: lists.sections.clone(),
        tasks: (0..plan.tasks.len())
            .filter(|index| plan.tasks[*index].section.is_none())
            .map(|index| lists.tasks[index].clone())
            .collect(),
        offices,
        everyone,
        leaders,
        overview: plan.overview.clone(),
        updates,
        has_updates: !plan.updates.is_empty(),
        updates_page: lists.routes.updates(),
        update_count: plan.updates.len(),
    });
    let description = lists.wording.describe_overview(&union.short_name, plan);
    let title = plan.title.clone();
    let mut paths = vec![lists.routes.overview()];
    if plan.year == pages.union.current_year() {
        paths.push(pages.union.routes().home());
    }
    for path in paths {
        let head = Head {
            path,
            kind: "overview",
            title: title.clone(),
            description: description.clone(),
            door: Some("overview"),
            crumbs: Vec::new(),
            previous: None,
            next: None,
        };
        pages.push(head, view.clone());
    }
}

/// Offices and leaders that answer for something, with how much.
pub fn duties(pages: &PlanPages<'_>) -> (Vec<DutyLine>, Option<DutyLine>, Vec<DutyLine>) {
    let lists = &pages.lists;
    let union = lists.union;
    let offices = union.offices.iter().enumerate().map(|(index, office)| {
        lists.duty(
            &office.name,
            lists.routes.office(&office.id),
            |task| task.offices.named.contains(&index),
            |task| task.support.everyone || task.support.named.contains(&index),
        )
    });
    let leaders = union.leaders.iter().enumerate().map(|(index, leader)| {
        let page = lists.routes.leader(&leader.id);
        lists.duty(&leader.name, page, |task| task.leaders.contains(&index), |_| false)
    });
    let everyone = lists.duty(
        &union.everyone,
        lists.everyone_page(),
        |task| task.offices.everyone,
        |task| task.support.everyone,
    );
    let busy = |duty: &DutyLine| duty.count + duty.helps > 0;
    (offices.collect(), Some(everyone).filter(busy), leaders.filter(busy).collect())
}
