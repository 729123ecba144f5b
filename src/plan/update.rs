//! What has happened since the plan was issued (进展).

use chrono::NaiveDate;

/// One report of progress, from `updates.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The day of the report.
    pub on: NaiveDate,
    /// What it is about.
    pub about: About,
    /// Where the work stands, if the report says so.
    pub status: Option<Status>,
    /// The day and time once set, as written: 2021-05-14 15:00–17:00.
    pub date: Option<String>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Paragraphs.
    pub text: Vec<String>,
    /// A link to more: http, https, mailto, or a path inside the site.
    pub link: Option<String>,
}

/// What an update is about: positions in the plan's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An item.
    Item(usize),
    /// A task.
    Task(usize),
    /// A named activity.
    Activity(usize),
}

/// Where a piece of work stands. Nothing said is no status, and never reads as late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 未开始
    Planned,
    /// 进行中
    Underway,
    /// 已完成
    Done,
    /// 已延期
    Postponed,
    /// 已取消
    Cancelled,
}

impl Status {
    /// All statuses with the word that data files use.
    pub const ALL: [(&'static str, Self); 5] = [
        ("planned", Self::Planned),
        ("underway", Self::Underway),
        ("done", Self::Done),
        ("postponed", Self::Postponed),
        ("cancelled", Self::Cancelled),
    ];

    /// The word that data files and templates use.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).map_or("", |(word, _)| word)
    }
}
