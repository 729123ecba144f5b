//! What a calendar file says of itself and of its events, in the site's language.

use crate::plan::Status;
use crate::site::wording::Wording;

/// Words of a calendar file.
pub struct Words {
    /// Beside the time as the plan or an update words it.
    pub when: &'static str,
    /// Beside the state of the work.
    pub status: &'static str,
    /// Beside offices.
    pub offices: &'static str,
    /// Beside leaders.
    pub leaders: &'static str,
    /// Beside offices that help.
    pub support: &'static str,
    /// Beside those who take part.
    pub audience: &'static str,
    /// Beside a remark.
    pub remark: &'static str,
    /// Beside the item that the work belongs to.
    pub item: &'static str,
    /// Between a label and what it labels.
    pub colon: &'static str,
    /// Between the titles of tasks.
    pub semicolon: &'static str,
    /// In front of the title of what has been cancelled.
    pub cancelled: &'static str,
    /// In front of the title of what has been postponed to a day not yet set.
    pub postponed: &'static str,
    /// `PRODID`.
    pub product: &'static str,
    wording: Wording,
}

impl Words {
    /// The words of a language.
    pub fn of(wording: Wording) -> Self {
        match wording {
            Wording::Chinese => Self {
                when: "时间",
                status: "状态",
                offices: "责任科室",
                leaders: "责任领导",
                support: "配合科室",
                audience: "参加人员",
                remark: "备注",
                item: "出自要点",
                colon: "：",
                semicolon: "；",
                cancelled: "（已取消）",
                postponed: "（已延期）",
                product: "PRODID:-//unionplan//unionplan//ZH",
                wording,
            },
            Wording::English => Self {
                when: "When",
                status: "Status",
                offices: "Office",
                leaders: "Leader",
                support: "Supporting offices",
                audience: "For",
                remark: "Remark",
                item: "From item",
                colon: ": ",
                semicolon: "; ",
                cancelled: "(Cancelled) ",
                postponed: "(Postponed) ",
                product: "PRODID:-//unionplan//unionplan//EN",
                wording,
            },
        }
    }

    /// The state of the work.
    pub fn status_word(&self, status: Status) -> &'static str {
        let (zh, en) = match status {
            Status::Planned => ("未开始", "Not started"),
            Status::Underway => ("进行中", "Under way"),
            Status::Done => ("已完成", "Done"),
            Status::Postponed => ("已延期", "Postponed"),
            Status::Cancelled => ("已取消", "Cancelled"),
        };
        match self.wording {
            Wording::Chinese => zh,
            Wording::English => en,
        }
    }

    /// The name of a plan's calendar, which a phone shows in a short line: whose it is comes first.
    pub fn name(&self, whose: Option<&str>, union: &str, year: i32) -> String {
        match (self.wording, whose) {
            (Wording::Chinese, Some(whose)) => format!("{whose} · {union}{year}年工作"),
            (Wording::Chinese, None) => format!("{union}{year}年工作"),
            (Wording::English, Some(whose)) => format!("{whose} · {union} {year}"),
            (Wording::English, None) => format!("{union} {year}"),
        }
    }

    /// That some work is in no month, and which.
    pub fn all_year(&self, titles: &[&str]) -> String {
        let (count, titles) = (titles.len(), titles.join(self.semicolon));
        match self.wording {
            Wording::Chinese => format!("全年任务{count}项，不列入日历：{titles}。"),
            Wording::English => format!("All year, on no day of the calendar ({count}): {titles}."),
        }
    }

    /// That some work is done as appropriate, and which.
    pub fn as_appropriate(&self, titles: &[&str]) -> String {
        let (count, titles) = (titles.len(), titles.join(self.semicolon));
        match self.wording {
            Wording::Chinese => format!("适时任务{count}项，没有定下日子：{titles}。"),
            Wording::English => format!("As appropriate, with no day set ({count}): {titles}."),
        }
    }
}
