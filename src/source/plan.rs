//! `plan.yaml` → [`Plan`], with its union at hand to know offices and leaders by name.

use super::fields::{Fields, Reader, all_keys};
use super::node::Node;
use super::people::People;
use super::spelling::half_width_digit;
use super::time;
use crate::diagnostic::{Span, faults};
use crate::plan::{Activity, Item, Notice, Plan, Section, Task, Terms, Union, When};
use chrono::Datelike;
use std::collections::HashMap;
use std::sync::LazyLock;

const PLAN: [&str; 8] = [
    "title",
    "issued",
    "document_number",
    "notice",
    "schedule_title",
    "overview",
    "sections",
    "tasks",
];
const NOTICE: [&str; 4] = ["title", "to", "text", "attachments"];
const SECTION: [&str; 6] = ["id", "title", "schedule_title", "text", "items", "tasks"];
const ITEM: [&str; 7] = ["id", "title", "schedule_title", "label", "group", "text", "tasks"];
const TASK: [&str; 9] =
    ["id", "task", "when", "leader", "office", "support", "remark", "audience", "activities"];
const ACTIVITY: [&str; 4] = ["id", "name", "when", "place"];

/// Every key that plan.yaml knows, for finding keys that slipped into a text.
pub static KEYS: LazyLock<Vec<&str>> =
    LazyLock::new(|| all_keys(&[&PLAN, &NOTICE, &SECTION, &ITEM, &TASK, &ACTIVITY, &time::FILED]));

/// Reads a plan. What could not be read is left out of it and stands in the reader's report.
pub fn read<'a>(
    reader: &mut Reader<'a>,
    root: &Node<'a>,
    union: &Union,
    year: i32,
) -> Option<Plan> {
    let fields = reader.fields(root, &PLAN)?;
    reader.require(root, "title", "计划的题目", "the plan's title");
    let title = reader.line(fields.get("title"), "title");
    let issued = reader.date(fields.get("issued"), "issued", year);
    let plan = Plan {
        year,
        title: title.clone().unwrap_or_default(),
        issued,
        document_number: reader.line(fields.get("document_number"), "document_number"),
        notice: fields.get("notice").and_then(|node| notice(reader, node)),
        schedule_title: reader.line(fields.get("schedule_title"), "schedule_title"),
        overview: reader.paragraphs(fields.get("overview"), "overview"),
        sections: Vec::new(),
        items: Vec::new(),
        tasks: Vec::new(),
        activities: Vec::new(),
        updates: Vec::new(),
    };
    check_years(reader, &fields, &plan);
    let mut schedule =
        Schedule { union, people: People::new(union), year, ids: HashMap::new(), plan };
    for node in reader.list(fields.get("sections"), "sections") {
        schedule.section(reader, node);
    }
    schedule.tasks(reader, fields.get("tasks"), None, None);
    let plan = schedule.plan;
    if plan.items.is_empty() && plan.tasks.is_empty() && reader.report.errors() == 0 {
        reader.fault(faults::empty_plan, fields.at);
    }
    title.map(|_| plan)
}

/// Compares the years in the title and in the day of issue with the folder's.
fn check_years<'a>(reader: &mut Reader<'a>, fields: &Fields<'_, 'a>, plan: &Plan) {
    let spoken: Vec<i32> = years_in(&plan.title);
    if let (Some(found), Some(node)) = (spoken.first(), fields.get("title"))
        && !spoken.contains(&plan.year)
    {
        reader.fault(|place| faults::title_of_other_year(place, *found, plan.year), node.span);
    }
    if let (Some(issued), Some(node)) = (plan.issued, fields.get("issued"))
        && !(plan.year - 1..=plan.year).contains(&issued.year())
    {
        reader.fault(
            |place| faults::issued_in_other_year(place, issued.year(), plan.year),
            node.span,
        );
    }
}

/// Years of four digits followed by 年 or 学年, also spans such as 2021-2022学年.
pub fn years_in(title: &str) -> Vec<i32> {
    let mut years = Vec::new();
    let mut digits = String::new();
    for c in title.chars().chain([' ']) {
        if let Some(digit) = half_width_digit(c) {
            digits.push(digit);
            continue;
        }
        if digits.len() == 4
            && matches!(c, '年' | '-' | '—' | '－' | '–' | '~' | '～' | '学' | '學')
        {
            years.extend(digits.parse::<i32>().ok());
        }
        digits.clear();
    }
    years
}

fn notice<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Notice> {
    let fields = reader.fields(node, &NOTICE)?;
    reader.require(node, "title", "通知的题目", "the notice's title");
    let to = reader.line(fields.get("to"), "to");
    let text = reader.paragraphs(fields.get("text"), "text");
    let attachments = reader.paragraphs(fields.get("attachments"), "attachments");
    let title = reader.line(fields.get("title"), "title")?;
    Some(Notice { title, to, text, attachments })
}

/// The plan while it is being filled, section by section.
struct Schedule<'u> {
    union: &'u Union,
    people: People<'u>,
    year: i32,
    ids: HashMap<String, usize>,
    plan: Plan,
}

impl Schedule<'_> {
    fn section<'a>(&mut self, reader: &mut Reader<'a>, node: &Node<'a>) {
        let Some(fields) = reader.fields(node, &SECTION) else {
            return;
        };
        reader.require(node, "title", "部分的题目", "the section's title");
        let number = self.plan.sections.len() + 1;
        let index = self.plan.sections.len();
        let (first_item, first_task) = (self.plan.items.len(), self.plan.tasks.len());
        self.plan.sections.push(Section {
            number,
            id: reader.id(fields.get("id"), &mut self.ids).unwrap_or_else(|| number.to_string()),
            title: reader.line(fields.get("title"), "title").unwrap_or_default(),
            schedule_title: reader.line(fields.get("schedule_title"), "schedule_title"),
            text: reader.paragraphs(fields.get("text"), "text"),
            items: first_item..first_item,
            tasks: first_task..first_task,
        });
        for item in reader.list(fields.get("items"), "items") {
            self.item(reader, item, index);
        }
        self.tasks(reader, fields.get("tasks"), Some(index), None);
        let (items, tasks) = (self.plan.items.len(), self.plan.tasks.len());
        if let Some(section) = self.plan.sections.last_mut() {
            section.items.end = items;
            section.tasks.end = tasks;
        }
    }

    fn item<'a>(&mut self, reader: &mut Reader<'a>, node: &Node<'a>, section: usize) {
        let Some(fields) = reader.fields(node, &ITEM) else {
            return;
        };
        reader.require(node, "title", "要点的题目", "the item's title");
        let index = self.plan.items.len();
        let first_task = self.plan.tasks.len();
        self.plan.items.push(Item {
            number: index + 1,
            id: reader
                .id(fields.get("id"), &mut self.ids)
                .unwrap_or_else(|| (index + 1).to_string()),
            label: reader.line(fields.get("label"), "label"),
            group: reader.line(fields.get("group"), "group"),
            title: reader.line(fields.get("title"), "title").unwrap_or_default(),
            schedule_title: reader.line(fields.get("schedule_title"), "schedule_title"),
            text: reader.paragraphs(fields.get("text"), "text"),
            section,
            tasks: first_task..first_task,
        });
        self.tasks(reader, fields.get("tasks"), Some(section), Some(index));
        let tasks = self.plan.tasks.len();
        if let Some(item) = self.plan.items.last_mut() {
            item.tasks.end = tasks;
        }
    }

    fn tasks<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        node: Option<&Node<'a>>,
        section: Option<usize>,
        item: Option<usize>,
    ) {
        for (position, node) in reader.list(node, "tasks").iter().enumerate() {
            let number = match (section, item) {
                (_, Some(item)) => format!("{}.{}", item + 1, position + 1),
                (Some(section), None) => format!("s{}.{}", section + 1, position + 1),
                (None, None) => (position + 1).to_string(),
            };
            self.task(reader, node, number, section, item);
        }
    }

    fn task<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        node: &Node<'a>,
        number: String,
        section: Option<usize>,
        item: Option<usize>,
    ) {
        let Some(fields) = reader.fields(node, &TASK) else {
            return;
        };
        reader.require(node, "task", "任务的内容", "what is to be done");
        let first_activity = self.plan.activities.len();
        let task = Task {
            id: reader
                .id(fields.get("id"), &mut self.ids)
                .unwrap_or_else(|| format!("t{}", number.replace('.', "-"))),
            number,
            text: reader.line(fields.get("task"), "task").unwrap_or_default(),
            when: time::read(reader, fields.get("when"), self.year, &self.union.terms),
            leaders: self.people.leaders(reader, fields.get("leader"), "leader"),
            offices: self.people.offices(reader, fields.get("office"), "office"),
            support: self.people.offices(reader, fields.get("support"), "support"),
            remark: reader.line(fields.get("remark"), "remark"),
            audience: reader.line(fields.get("audience"), "audience"),
            section,
            item,
            activities: first_activity..first_activity,
        };
        self.plan.tasks.push(task);
        for activity in reader.list(fields.get("activities"), "activities") {
            self.activity(reader, activity);
        }
        let activities = self.plan.activities.len();
        if let Some(task) = self.plan.tasks.last_mut() {
            task.activities.end = activities;
        }
    }

    fn activity<'a>(&mut self, reader: &mut Reader<'a>, node: &Node<'a>) {
        let Some(fields) = reader.fields(node, &ACTIVITY) else {
            return;
        };
        reader.require(node, "id", "网址里用的代号", "names the page");
        reader.require(node, "name", "活动名称", "the activity's name");
        let id = reader.id(fields.get("id"), &mut self.ids);
        let name = reader.line(fields.get("name"), "name");
        let activity = Activity {
            id: id.clone().unwrap_or_default(),
            name: name.clone().unwrap_or_default(),
            when: time::read(reader, fields.get("when"), self.year, &self.union.terms),
            place: reader.line(fields.get("place"), "place"),
            task: self.plan.tasks.len().saturating_sub(1),
        };
        if name.is_some()
            && let Some(task) = self.plan.tasks.last()
        {
            compare_with_task(reader, &activity, task, &fields, self.year, &self.union.terms);
        }
        self.plan.activities.push(activity);
    }
}

/// Compares an activity with what its task's text says of it: 拔河比赛（5月）.
fn compare_with_task<'a>(
    reader: &mut Reader<'a>,
    activity: &Activity,
    task: &Task,
    fields: &Fields<'_, 'a>,
    year: i32,
    terms: &Terms,
) {
    let at = |key: &str| fields.get(key).map_or(Span::default(), |node| node.span);
    if task.text.is_empty() {
        return;
    }
    let Some((_, after)) = task.text.split_once(activity.name.as_str()) else {
        let name = &activity.name;
        reader.fault(|place| faults::activity_not_in_task(place, name), at("name"));
        return;
    };
    let inside = after.trim_start().strip_prefix(['（', '(']);
    let Some((said, _)) = inside.and_then(|rest| rest.split_once(['）', ')'])) else {
        return;
    };
    let Some(when) = &activity.when else { return };
    if let Ok(spoken) = When::read(said, year, terms)
        && spoken.months() != when.months()
    {
        let name = &activity.name;
        reader.fault(|place| faults::activity_month_differs(place, name, said), at("when"));
    }
}

#[cfg(test)]
mod tests {
    use super::years_in;

    #[test]
    fn a_titles_years_are_four_digits_before_a_word_for_year() {
        for (title, years) in [
            ("湖南科技大学2021年工会工作要点", vec![2021]),
            ("湖南科技大学２０２１年工会工作要点", vec![2021]),
            ("2021-2022学年工会工作计划", vec![2021, 2022]),
            ("2021—2022年工作要点", vec![2021, 2022]),
            ("科大工〔2021〕3号", vec![]),
            ("第12345年", vec![]),
            ("庆祝建党100周年", vec![]),
        ] {
            assert_eq!(years_in(title), years, "{title}");
        }
    }
}
