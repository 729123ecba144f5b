//! The domain: a union, its plan of a year, and what the plan says of months and people.
//!
//! Pure: this room touches no file, no clock, no template and no URL. What stands here has been
//! checked; the words as they were read, with their positions, live in [`crate::source`].

pub mod appointment;
pub mod calendar;
pub mod event;
pub mod update;
pub mod when;

use chrono::NaiveDate;
use std::ops::Range;

pub use update::{Status, Update};
pub use when::{Terms, When};

/// A union that publishes plans: the university's, or a branch (分工会).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    /// Full name as it signs: 中国教育工会湖南科技大学委员会.
    pub name: String,
    /// Name for mastheads: 湖南科技大学工会. The full name where none is given.
    pub short_name: String,
    /// Offices in the order of `union.yaml`.
    pub offices: Vec<Office>,
    /// The word that stands for every office: 全体.
    pub everyone: String,
    /// Leaders in the order of `union.yaml`.
    pub leaders: Vec<Leader>,
    /// Months of the phrases that have none of their own: 春季学期, 寒假.
    pub terms: Terms,
    /// The office that answers questions about the site, shown in the footer.
    pub contact: Option<String>,
}

/// An office that answers for tasks (责任科室).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// `[a-z0-9-]+`, names the office's page.
    pub id: String,
    /// As written in the schedule: 宣教科.
    pub name: String,
}

/// A leader who answers for tasks (责任领导).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    /// `[a-z0-9-]+`, names the leader's page.
    pub id: String,
    /// Without the blanks that only align a name: 何频, never 何  频.
    pub name: String,
}

/// A year's work plan (工作要点) as issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The year that the plan is for, four digits, from the folder's name.
    pub year: i32,
    /// 湖南科技大学2021年工会工作要点.
    pub title: String,
    /// The day on which the notice was issued.
    pub issued: Option<NaiveDate>,
    /// Document number (文号): 科大工〔2021〕3号.
    pub document_number: Option<String>,
    /// The letter that carries the plan.
    pub notice: Option<Notice>,
    /// How the schedule table is headed.
    pub schedule_title: Option<String>,
    /// The overall idea (总体思路), one string a paragraph.
    pub overview: Vec<String>,
    /// Sections in order; empty where a plan has none.
    pub sections: Vec<Section>,
    /// Items in order, numbered through the whole plan.
    pub items: Vec<Item>,
    /// Every task in the order of the schedule.
    pub tasks: Vec<Task>,
    /// Every named activity in the order of the schedule.
    pub activities: Vec<Activity>,
    /// What has happened since, in the order of the days.
    pub updates: Vec<Update>,
}

/// The letter in front of the plan (通知).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// 关于印发《…》的通知.
    pub title: String,
    /// Whom it addresses: 各分工会.
    pub to: Option<String>,
    /// Its paragraphs.
    pub text: Vec<String>,
    /// What it says is attached (附件), as worded there.
    pub attachments: Vec<String>,
}

/// A part of the plan: 一、强化政治引领，理论武装提升新境界.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Position from 1.
    pub number: usize,
    /// Chosen id, or the position; names the page.
    pub id: String,
    /// Without its numeral.
    pub title: String,
    /// As the table heads it, where that differs.
    pub schedule_title: Option<String>,
    /// Paragraphs between the heading and the first item.
    pub text: Vec<String>,
    /// Range into [`Plan::items`].
    pub items: Range<usize>,
    /// Range into [`Plan::tasks`]: every task of the section, its items' tasks first.
    pub tasks: Range<usize>,
}

/// A numbered item (要点) of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Position in the whole plan, from 1.
    pub number: usize,
    /// Chosen id, or the position; names the page.
    pub id: String,
    /// The number as printed, where that restarts or differs.
    pub label: Option<String>,
    /// A heading between section and item: （一）学习教育.
    pub group: Option<String>,
    /// As the text heads it.
    pub title: String,
    /// As the table heads it, where that differs.
    pub schedule_title: Option<String>,
    /// Paragraphs of the text as issued.
    pub text: Vec<String>,
    /// Index into [`Plan::sections`].
    pub section: usize,
    /// Range into [`Plan::tasks`].
    pub tasks: Range<usize>,
}

/// A row of the schedule: what, when, who (具体任务).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Position: `2.1` is the first task of item 2, `s2.1` the first that stands straight under
    /// section 2, `1` the first of a plan without sections.
    pub number: String,
    /// Chosen id, or `t` and the number with a dash for its dot (`t2-1`); names the anchor.
    pub id: String,
    /// As the table says it.
    pub text: String,
    /// When it is due; none where the plan says nothing.
    pub when: Option<When>,
    /// Who answers for it, positions in [`Union::leaders`].
    pub leaders: Vec<usize>,
    /// Which offices do it.
    pub offices: Offices,
    /// Which offices help (配合科室).
    pub support: Offices,
    /// 备注.
    pub remark: Option<String>,
    /// 参加人员.
    pub audience: Option<String>,
    /// Index into [`Plan::sections`], if the task stands in one.
    pub section: Option<usize>,
    /// Index into [`Plan::items`], if the task stands under one.
    pub item: Option<usize>,
    /// Range into [`Plan::activities`].
    pub activities: Range<usize>,
}

/// Which offices a task names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offices {
    /// True where the task is everyone's (全体).
    pub everyone: bool,
    /// Positions in [`Union::offices`].
    pub named: Vec<usize>,
}

impl Offices {
    /// Tells whether nobody is named.
    pub fn is_empty(&self) -> bool {
        !self.everyone && self.named.is_empty()
    }
}

/// A named event inside a task: “奋进新征程”拔河比赛（5月）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// `[a-z0-9-]+`, names the page.
    pub id: String,
    /// 拔河比赛.
    pub name: String,
    /// Its own time; none where only the task has one.
    pub when: Option<When>,
    /// Place, where the plan names one.
    pub place: Option<String>,
    /// Index into [`Plan::tasks`].
    pub task: usize,
}

impl Union {
    /// The names of offices, everyone first.
    pub fn office_names<'u>(&'u self, offices: &'u Offices) -> impl Iterator<Item = &'u str> {
        let everyone = offices.everyone.then_some(self.everyone.as_str());
        everyone.into_iter().chain(offices.named.iter().map(|at| self.offices[*at].name.as_str()))
    }

    /// The names of the leaders who answer for a task.
    pub fn leader_names<'u>(&'u self, task: &'u Task) -> impl Iterator<Item = &'u str> {
        task.leaders.iter().map(|at| self.leaders[*at].name.as_str())
    }
}

impl Item {
    /// Its title in the table's wording.
    pub fn table_title(&self) -> &str {
        self.schedule_title.as_ref().unwrap_or(&self.title)
    }

    /// Its number as printed.
    pub fn printed_label(&self) -> String {
        self.label.clone().unwrap_or_else(|| self.number.to_string())
    }
}

impl Plan {
    /// What the reports about a piece of work say last, of those that say it.
    pub fn latest<'p, T>(
        &'p self,
        about: update::About,
        pick: impl Fn(&'p Update) -> Option<T>,
    ) -> Option<T> {
        let of = |update: &&Update| update.about == about;
        self.updates.iter().rev().filter(of).find_map(pick)
    }

    /// The time of an activity: its own, else its task's.
    pub fn activity_when<'p>(&'p self, activity: &'p Activity) -> Option<&'p When> {
        activity.when.as_ref().or(self.tasks[activity.task].when.as_ref())
    }
}
