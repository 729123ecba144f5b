//! The schedule table as issued, with its merged cells.

use super::notice::printed_label;
use crate::plan::update::About;
use crate::plan::when::Lane;
use crate::plan::{Plan, Status, Task};
use crate::site::lists::{Lists, value};
use crate::site::{Head, PlanPages, here};
use minijinja::Value;
use serde::Serialize;

/// Variables of `schedule.html`.
#[derive(Serialize)]
struct Schedule {
    title: String,
    /// Whether a notice was issued with it.
    has_notice: bool,
    /// Whether there is a text beside the table.
    has_text: bool,
    columns: Columns,
    bodies: Vec<Body>,
    choices: Choices,
}

/// What readers can narrow the table down to.
#[derive(Serialize)]
struct Choices {
    /// Offices of any row, everyone last.
    offices: Vec<Choice>,
    leaders: Vec<Choice>,
    /// Words of the progress that is recorded of some task.
    statuses: Vec<&'static str>,
}

/// One of them: its name in the table, and its id in the page's address.
#[derive(Serialize)]
struct Choice {
    id: String,
    name: String,
}

/// Which columns the table has: those in which anything stands.
#[derive(Serialize)]
struct Columns {
    section: bool,
    item: bool,
    when: bool,
    leaders: bool,
    offices: bool,
    support: bool,
    audience: bool,
    remark: bool,
    /// Whether any of the last three is there.
    more: bool,
}

/// The rows of a section.
#[derive(Serialize)]
struct Body {
    section: Option<SectionCell>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct SectionCell {
    number: usize,
    numeral: String,
    title: String,
    page: String,
    rowspan: usize,
}

#[derive(Serialize)]
struct Row {
    task: Value,
    /// The item's cell, on its first row; on rows of tasks without an item an empty cell.
    item: Option<ItemCell>,
    first: bool,
    last: bool,
    /// The months in which the task is on, `3 4 5`; `0` for the whole year; `5 6 any` where only
    /// its activities have months. None where the wording tells (`5月`) or no month is known.
    months: Option<String>,
}

#[derive(Serialize, Default)]
struct ItemCell {
    /// A heading between section and item, where the group begins.
    group: Option<String>,
    label: String,
    title: String,
    page: Option<String>,
    rowspan: usize,
}

/// Adds the schedule page.
pub fn add(pages: &mut PlanPages<'_>) {
    let lists = &pages.lists;
    let plan = lists.plan;
    let mut bodies: Vec<Body> = Vec::with_capacity(plan.sections.len() + 1);
    for section in plan.sections.iter().filter(|section| !section.tasks.is_empty()) {
        let title = section.schedule_title.as_ref().unwrap_or(&section.title).clone();
        bodies.push(Body {
            section: Some(SectionCell {
                number: section.number,
                numeral: lists.wording.numeral(section.number),
                title,
                page: lists.routes.section(&section.id),
                rowspan: section.tasks.len(),
            }),
            rows: section.tasks.clone().map(|index| row(pages, index)).collect(),
        });
    }
    let loose: Vec<Row> = (0..plan.tasks.len())
        .filter(|index| plan.tasks[*index].section.is_none())
        .map(|index| row(pages, index))
        .collect();
    if !loose.is_empty() {
        bodies.push(Body { section: None, rows: loose });
    }
    let title = plan.schedule_title.as_ref().unwrap_or(&plan.title).clone();
    let view = value(&Schedule {
        title: title.clone(),
        has_notice: plan.notice.is_some(),
        has_text: plan.notice.is_some()
            || !plan.overview.is_empty()
            || !plan.items.is_empty()
            || plan.sections.iter().any(|section| !section.text.is_empty()),
        columns: columns(plan),
        bodies,
        choices: choices(lists),
    });
    let head = Head {
        path: lists.routes.schedule(),
        kind: "schedule",
        title,
        description: lists.wording.describe_schedule(plan),
        door: Some("schedule"),
        crumbs: vec![here(lists.wording.schedule())],
        previous: None,
        next: None,
    };
    pages.push(head, view);
}

fn row(pages: &PlanPages<'_>, index: usize) -> Row {
    let lists = &pages.lists;
    let plan = lists.plan;
    let task = &plan.tasks[index];
    let item = task.item.map(|item| &plan.items[item]);
    let first = item.is_none_or(|item| index == item.tasks.start);
    let cell = match item {
        Some(item) => first.then(|| {
            let way = lists.item_way(item);
            ItemCell {
                group: lists.group_begun(item),
                label: printed_label(item),
                title: way.title,
                page: Some(way.page),
                rowspan: item.tasks.len(),
            }
        }),
        None => has_items(plan).then(|| ItemCell { rowspan: 1, ..ItemCell::default() }),
    };
    Row {
        task: lists.tasks[index].clone(),
        item: cell,
        first,
        last: item.is_none_or(|item| index + 1 == item.tasks.end),
        months: months(lists, index),
    }
}

fn months(lists: &Lists<'_>, index: usize) -> Option<String> {
    let task = &lists.plan.tasks[index];
    let when = task.when.as_ref()?;
    if when.lane() == Lane::AllYear {
        return Some("0".to_owned());
    }
    let months = lists.plan.months_of(task);
    if let [month] = months[..]
        && when.text() == format!("{month}月")
    {
        return None;
    }
    let any = (when.lane() == Lane::AsAppropriate).then(|| "any".to_owned());
    let known: Vec<String> = months.iter().map(u8::to_string).chain(any).collect();
    (!months.is_empty()).then(|| known.join(" "))
}

fn choices(lists: &Lists<'_>) -> Choices {
    let (plan, union) = (lists.plan, lists.union);
    let does = |index: usize| {
        let named = |task: &Task| {
            task.offices.named.contains(&index) || task.support.named.contains(&index)
        };
        plan.tasks.iter().any(named)
    };
    let offices = union.offices.iter().enumerate().filter(|(index, _)| does(*index));
    let shared = plan.tasks.iter().any(|task| task.offices.everyone || task.support.everyone);
    let everyone = Choice { id: "everyone".to_owned(), name: union.everyone.clone() };
    let answers = |index: usize| plan.tasks.iter().any(|task| task.leaders.contains(&index));
    let leaders = union.leaders.iter().enumerate().filter(|(index, _)| answers(*index));
    let recorded = |word: &&str| {
        (0..plan.tasks.len()).any(|index| lists.status(About::Task(index)) == Some(*word))
    };
    Choices {
        offices: offices
            .map(|(_, office)| Choice { id: office.id.clone(), name: office.name.clone() })
            .chain(Some(everyone).filter(|_| shared))
            .collect(),
        leaders: leaders
            .map(|(_, leader)| Choice { id: leader.id.clone(), name: leader.name.clone() })
            .collect(),
        statuses: Status::ALL.iter().map(|(word, _)| *word).filter(recorded).collect(),
    }
}

/// Whether any row belongs to an item.
fn has_items(plan: &Plan) -> bool {
    plan.tasks.iter().any(|task| task.item.is_some())
}

fn columns(plan: &Plan) -> Columns {
    let tasks = &plan.tasks;
    let support = tasks.iter().any(|task| !task.support.is_empty());
    let audience = tasks.iter().any(|task| task.audience.is_some());
    let remark = tasks.iter().any(|task| task.remark.is_some());
    Columns {
        section: !plan.sections.is_empty(),
        item: has_items(plan),
        when: tasks.iter().any(|task| task.when.is_some()),
        leaders: tasks.iter().any(|task| !task.leaders.is_empty()),
        offices: tasks.iter().any(|task| !task.offices.is_empty()),
        support,
        audience,
        remark,
        more: support || audience || remark,
    }
}
