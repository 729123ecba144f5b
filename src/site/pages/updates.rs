//! Every report of progress, the latest first; only where there are any.

use crate::plan::when::Month;
use crate::site::lists::value;
use crate::site::view::UpdateView;
use crate::site::{Head, PlanPages, here};
use serde::Serialize;

/// Variables of `updates.html`.
#[derive(Serialize)]
struct UpdatesPage {
    count: usize,
    months: Vec<MonthOfUpdates>,
}

/// The reports of one month.
#[derive(Serialize)]
struct MonthOfUpdates {
    /// The year, where it is not the plan's own.
    year: Option<i32>,
    number: u8,
    updates: Vec<UpdateView>,
}

/// Adds the page of all updates, if the plan has any.
pub fn add(pages: &mut PlanPages<'_>) {
    let lists = &pages.lists;
    let (plan, wording) = (lists.plan, lists.wording);
    if plan.updates.is_empty() {
        return;
    }
    let mut months: Vec<MonthOfUpdates> = Vec::new();
    let mut current = None;
    let days = plan.updates.iter().rev().map(|update| Month::from(update.on));
    for (month, update) in days.zip(lists.updates(|_| true)) {
        if current != Some(month) {
            current = Some(month);
            let year = Some(month.year).filter(|year| *year != plan.year);
            months.push(MonthOfUpdates { year, number: month.month, updates: Vec::new() });
        }
        if let Some(month) = months.last_mut() {
            month.updates.push(update);
        }
    }
    let head = Head {
        path: lists.routes.updates(),
        kind: "updates",
        title: wording.titled(&wording.updates(), &wording.plan(plan)),
        description: wording.describe_updates(&lists.union.short_name, plan),
        door: Some("overview"),
        crumbs: vec![here(wording.updates())],
        previous: None,
        next: None,
    };
    let view = value(&UpdatesPage { count: plan.updates.len(), months });
    pages.push(head, view);
}
