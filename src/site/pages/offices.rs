//! Who does what: the list of offices and leaders, and a page for each.

use super::overview::duties;
use crate::plan::Task;
use crate::site::entries::{ALL_YEAR, AS_APPROPRIATE, Listing, Named};
use crate::site::lists::value;
use crate::site::routes::YearRoutes;
use crate::site::view::{CalendarView, DutyLine, MonthView};
use crate::site::{Head, PlanPages, crumb, here};
use minijinja::Value;
use serde::Serialize;

/// Variables of `offices.html`.
#[derive(Serialize)]
struct OfficesPage {
    offices: Vec<DutyLine>,
    everyone: Option<DutyLine>,
    leaders: Vec<DutyLine>,
    /// Everyone's tasks.
    shared: Value,
    /// Tasks in which everyone helps.
    support: Value,
}

/// Variables of `office.html` and `leader.html`.
#[derive(Serialize)]
struct DutiesPage<'p> {
    who: DutyLine,
    /// The months that hold something.
    months: Vec<MonthView>,
    all_year: Value,
    as_appropriate: Value,
    /// Tasks in which the office helps.
    support: Value,
    /// Everyone's tasks that are not listed above.
    shared: Value,
    /// The word for everyone: 全体.
    everyone: &'p str,
    calendar_file: CalendarView,
}

/// How everyone's tasks are listed: that the offices are all of them goes without saying.
const SHARED: Listing<'static> = Listing { items: false, named: Named::Leaders, unsaid: "" };

/// Adds the list, a page an office and a page a leader.
pub fn add(pages: &mut PlanPages<'_>) {
    let lists = &pages.lists;
    let (plan, union, wording) = (lists.plan, lists.union, lists.wording);
    let (offices, everyone, leaders) = duties(pages);
    let view = value(&OfficesPage {
        offices,
        everyone,
        leaders,
        shared: lists.entries(tasks_where(pages, |task| task.offices.everyone), SHARED),
        support: lists.entries(
            tasks_where(pages, |task| task.support.everyone && !task.offices.everyone),
            Listing { named: Named::Both, ..SHARED },
        ),
    });
    let head = Head {
        path: lists.routes.offices(),
        kind: "offices",
        title: wording.titled(&wording.offices_and_leaders(), &wording.plan(plan)),
        description: wording.describe_offices(plan),
        door: Some("offices"),
        crumbs: vec![here(wording.offices())],
        previous: None,
        next: None,
    };
    pages.push(head, view);
    for (index, office) in union.offices.iter().enumerate() {
        let own = |task: &Task| task.offices.named.contains(&index);
        let helps = |task: &Task| task.support.everyone || task.support.named.contains(&index);
        let page = pages.lists.routes.office(&office.id);
        add_duties(pages, ("office", Named::Leaders), &office.name, page, own, helps);
    }
    for (index, leader) in union.leaders.iter().enumerate() {
        let own = |task: &Task| task.leaders.contains(&index);
        let page = pages.lists.routes.leader(&leader.id);
        add_duties(pages, ("leader", Named::Offices), &leader.name, page, own, |_| false);
    }
}

fn tasks_where(pages: &PlanPages<'_>, wanted: impl Fn(&Task) -> bool) -> Vec<usize> {
    let tasks = pages.lists.plan.tasks.iter().enumerate();
    tasks.filter(|(_, task)| wanted(task)).map(|(index, _)| index).collect()
}

fn add_duties(
    pages: &mut PlanPages<'_>,
    (kind, named): (&'static str, Named),
    name: &str,
    path: String,
    own: impl Fn(&Task) -> bool,
    helps: impl Fn(&Task) -> bool,
) {
    let lists = &pages.lists;
    let (plan, wording) = (lists.plan, lists.wording);
    let lane = |tasks: &[usize], unsaid: &str| {
        let own = tasks.iter().copied().filter(|index| own(&plan.tasks[*index]));
        lists.entries(own, Listing { items: false, named, unsaid })
    };
    let months =
        (1..=12).map(|month| lists.month_view(month, named, |index| own(&plan.tasks[index])));
    let support = Listing { named: Named::Both, ..SHARED };
    let who = lists.duty(name, path.clone(), &own, &helps);
    let (count, helped) = (who.count, who.helps);
    let view = value(&DutiesPage {
        who,
        months: months.filter(|month| month.count > 0).collect(),
        all_year: lane(&lists.calendar.all_year, ALL_YEAR),
        as_appropriate: lane(&lists.calendar.as_appropriate, AS_APPROPRIATE),
        support: lists.entries(tasks_where(pages, |task| helps(task) && !own(task)), support),
        shared: lists
            .entries(tasks_where(pages, |task| task.offices.everyone && !own(task)), SHARED),
        everyone: &lists.union.everyone,
        calendar_file: pages.union.calendar_view(YearRoutes::calendar_file_of(&path)),
    });
    let head = Head {
        path,
        kind,
        title: wording.titled(name, &wording.plan(plan)),
        description: wording.describe_duties(name, plan, count, helped),
        door: Some("offices"),
        crumbs: vec![crumb(wording.offices(), lists.routes.offices()), here(name.to_owned())],
        previous: None,
        next: None,
    };
    pages.push(head, view);
}
