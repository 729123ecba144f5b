//! What of a plan stands in a workbook: its texts and its tasks, field by field, in one wording.

use crate::plan::{Item, Offices, Plan, Union};
use crate::site::pages::notice::printed_label;
use crate::site::wording::numeral;
use chrono::Datelike;
use std::collections::BTreeMap;
use std::fmt;

/// Fields of a task, as `plan.yaml` calls them and as the table heads them.
pub const COLUMNS: [(&str, &str); FIELDS] = [
    ("task", "具体任务"),
    ("when", "完成时间"),
    ("leader", "责任领导"),
    ("office", "责任科室"),
    ("support", "配合科室"),
    ("audience", "参加人员"),
    ("remark", "备注"),
];

/// How many fields a task has.
pub const FIELDS: usize = 7;

/// The heading of the column that names sections.
pub const SECTION_COLUMN: &str = "事项";

/// The heading of the column that names items.
pub const ITEM_COLUMN: &str = "要点";

/// Who has a text, or tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The plan itself.
    Plan,
    /// The notice in front of it.
    Notice,
    /// A section, counted from 0.
    Section(usize),
    /// An item, counted from 0 through the whole plan.
    Item(usize),
}

/// A text of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field {
    /// Whose it is.
    pub owner: Owner,
    /// What `plan.yaml` calls it.
    pub name: &'static str,
}

/// A task's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number: `2.1`.
    pub number: String,
    /// Where it stands.
    pub owner: Owner,
    /// What stands in each of [`COLUMNS`]; blank where the plan says nothing.
    pub values: [String; FIELDS],
}

/// What stands in a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// Texts, one string a paragraph; what the plan does not have is not there.
    pub texts: BTreeMap<Field, Vec<String>>,
    /// Numbers of sections and items as printed: 一、 and 5.
    pub labels: BTreeMap<Owner, String>,
    /// The section of each item.
    pub sections: Vec<usize>,
    /// Tasks in the order of the schedule.
    pub rows: Vec<Row>,
}

/// Names of fields that have one line.
const LINES: [&str; 6] = ["title", "issued", "document_number", "schedule_title", "to", "group"];

/// Names of fields that have paragraphs.
const PARAGRAPHS: [&str; 3] = ["text", "overview", "attachments"];

impl Field {
    /// Of an owner by name.
    pub const fn new(owner: Owner, name: &'static str) -> Self {
        Self { owner, name }
    }

    /// Whether it has one line, not paragraphs.
    pub fn is_line(self) -> bool {
        LINES.contains(&self.name)
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn read(text: &str) -> Option<Self> {
        let (owner, name) = text.rsplit_once('.')?;
        let name = LINES.into_iter().chain(PARAGRAPHS).find(|known| *known == name)?;
        Some(Self { owner: Owner::read(owner)?, name })
    }
}

impl Owner {
    /// Reads what [`fmt::Display`] writes.
    pub fn read(text: &str) -> Option<Self> {
        let index = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
        match text.split_once('.') {
            None if text == "plan" => Some(Self::Plan),
            None if text == "notice" => Some(Self::Notice),
            Some(("section", number)) => index(number).map(Self::Section),
            Some(("item", number)) => index(number).map(Self::Item),
            _ => None,
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => out.write_str("plan"),
            Self::Notice => out.write_str("notice"),
            Self::Section(index) => write!(out, "section.{}", index + 1),
            Self::Item(index) => write!(out, "item.{}", index + 1),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.owner, self.name)
    }
}

impl Contents {
    /// Takes them from a plan.
    pub fn new(plan: &Plan, union: &Union) -> Self {
        let mut contents = Self::default();
        contents.head(plan);
        for (index, section) in plan.sections.iter().enumerate() {
            let owner = Owner::Section(index);
            contents.labels.insert(owner, format!("{}、", numeral(section.number)));
            contents.line(owner, "title", Some(&section.title));
            contents.line(owner, "schedule_title", section.schedule_title.as_ref());
            contents.put(owner, "text", &section.text);
        }
        for (index, item) in plan.items.iter().enumerate() {
            contents.item(index, item);
        }
        let rows = plan.tasks.iter().map(|task| Row {
            number: task.number.clone(),
            owner: match (task.item, task.section) {
                (Some(item), _) => Owner::Item(item),
                (None, Some(section)) => Owner::Section(section),
                (None, None) => Owner::Plan,
            },
            values: [
                task.text.clone(),
                task.when.as_ref().map_or_else(String::new, |when| when.text().to_owned()),
                union.leader_names(task).collect::<Vec<_>>().join("、"),
                names(union, &task.offices),
                names(union, &task.support),
                task.audience.clone().unwrap_or_default(),
                task.remark.clone().unwrap_or_default(),
            ],
        });
        contents.rows = rows.collect();
        contents
    }

    fn head(&mut self, plan: &Plan) {
        self.line(Owner::Plan, "title", Some(&plan.title));
        let issued =
            plan.issued.map(|day| format!("{}年{}月{}日", day.year(), day.month(), day.day()));
        self.line(Owner::Plan, "issued", issued.as_ref());
        self.line(Owner::Plan, "document_number", plan.document_number.as_ref());
        self.line(Owner::Plan, "schedule_title", plan.schedule_title.as_ref());
        self.put(Owner::Plan, "overview", &plan.overview);
        if let Some(notice) = &plan.notice {
            self.line(Owner::Notice, "title", Some(&notice.title));
            self.line(Owner::Notice, "to", notice.to.as_ref());
            self.put(Owner::Notice, "text", &notice.text);
            self.put(Owner::Notice, "attachments", &notice.attachments);
        }
    }

    fn item(&mut self, index: usize, item: &Item) {
        let owner = Owner::Item(index);
        self.labels.insert(owner, printed_label(item));
        self.line(owner, "group", item.group.as_ref());
        self.line(owner, "title", Some(&item.title));
        self.line(owner, "schedule_title", item.schedule_title.as_ref());
        self.put(owner, "text", &item.text);
        self.sections.push(item.section);
    }

    fn line(&mut self, owner: Owner, name: &'static str, text: Option<&String>) {
        self.put(owner, name, text.map(std::slice::from_ref).unwrap_or_default());
    }

    fn put(&mut self, owner: Owner, name: &'static str, text: &[String]) {
        if !text.is_empty() {
            self.texts.insert(Field::new(owner, name), text.to_vec());
        }
    }

    /// A text; nothing where the plan has none.
    pub fn text(&self, field: Field) -> &[String] {
        self.texts.get(&field).map_or(&[], Vec::as_slice)
    }

    /// A text of one line; blank where the plan has none.
    pub fn title(&self, field: Field) -> &str {
        self.text(field).first().map_or("", String::as_str)
    }

    /// How the schedule heads a section, an item or itself.
    pub fn table_title(&self, owner: Owner) -> &str {
        let own = self.title(Field::new(owner, "schedule_title"));
        if own.is_empty() { self.title(Field::new(owner, "title")) } else { own }
    }

    /// The same with its number.
    pub fn table_heading(&self, owner: Owner) -> String {
        let label = self.labels.get(&owner).map_or("", String::as_str);
        headed(label, self.table_title(owner))
    }

    /// How many sections there are.
    pub fn section_count(&self) -> usize {
        self.labels.keys().filter(|owner| matches!(owner, Owner::Section(_))).count()
    }
}

/// A title behind its number; a blank parts Latin ones: `5. 落实福利政策`.
pub fn headed(label: &str, title: &str) -> String {
    let blank = if label.ends_with('.') { " " } else { "" };
    format!("{label}{blank}{title}")
}

fn names(union: &Union, offices: &Offices) -> String {
    union.office_names(offices).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::{Field, Owner};

    #[test]
    fn fields_are_read_as_they_are_written() {
        for (owner, name) in [
            (Owner::Plan, "overview"),
            (Owner::Notice, "to"),
            (Owner::Section(0), "title"),
            (Owner::Item(15), "text"),
        ] {
            let field = Field::new(owner, name);
            assert_eq!(Field::read(&field.to_string()), Some(field));
        }
        for text in ["", "item.0.text", "item.x.text", "plan.id", "section.title"] {
            assert_eq!(Field::read(text), None, "{text}");
        }
    }
}
