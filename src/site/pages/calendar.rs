//! The year by month, and each month.

use crate::site::lists::value;
use crate::site::view::{CalendarView, Way};
use crate::site::{Head, PlanPages, crumb, here};
use minijinja::Value;
use serde::Serialize;

/// Variables of `calendar.html`.
#[derive(Serialize)]
struct CalendarPage {
    /// How many months hold something.
    month_count: usize,
    /// How many entries the months hold together.
    entry_count: usize,
    calendar_file: CalendarView,
}

/// Variables of `month.html`.
#[derive(Serialize)]
struct MonthPage {
    month: Value,
}

/// Adds the calendar and twelve months.
pub fn add(pages: &mut PlanPages<'_>) {
    let lists = &pages.lists;
    let (plan, wording) = (lists.plan, lists.wording);
    let filed = &lists.calendar.months;
    let view = value(&CalendarPage {
        month_count: filed.iter().filter(|month| !month.is_empty()).count(),
        entry_count: filed.iter().map(Vec::len).sum(),
        calendar_file: pages.union.calendar_view(lists.routes.calendar_file()),
    });
    let head = Head {
        path: lists.routes.calendar(),
        kind: "calendar",
        title: wording.titled(&wording.calendar_of_year(plan.year), &wording.plan(plan)),
        description: wording.describe_calendar(&lists.union.short_name, plan),
        door: Some("calendar"),
        crumbs: vec![here(wording.calendar())],
        previous: None,
        next: None,
    };
    pages.push(head, view);
    for month in 1..=12 {
        add_month(pages, month);
    }
}

fn add_month(pages: &mut PlanPages<'_>, number: u8) {
    let lists = &pages.lists;
    let (plan, wording) = (lists.plan, lists.wording);
    let index = usize::from(number) - 1;
    let way = |other: u8| Way {
        title: wording.month(other),
        label: None,
        page: lists.routes.month(other),
    };
    let head = Head {
        path: lists.routes.month(number),
        kind: "month",
        title: wording.month_of_year(plan.year, number),
        description: wording.describe_month(
            &lists.union.short_name,
            plan.year,
            number,
            lists.calendar.months[index].len(),
        ),
        door: Some("calendar"),
        crumbs: vec![
            crumb(wording.calendar(), lists.routes.calendar()),
            here(wording.month(number)),
        ],
        previous: (number > 1).then(|| way(number - 1)),
        next: (number < 12).then(|| way(number + 1)),
    };
    let view = value(&MonthPage { month: lists.months[index].clone() });
    pages.push(head, view);
}
