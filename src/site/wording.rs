//! The words that pages carry in their titles, descriptions and ways: what a browser tab, a search
//! result and a breadcrumb say. What stands on the page itself is the theme's.

use crate::plan::Plan;

/// Words in the site's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

/// Chooses between the two, with the same captured names.
macro_rules! say {
    ($wording:expr, $zh:literal, $en:literal) => {
        match $wording {
            Wording::Chinese => format!($zh),
            Wording::English => format!($en),
        }
    };
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// 1 → 一, 12 → 十二; up to 99, digits beyond.
pub fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, 0) => "〇".to_owned(),
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

impl Wording {
    /// The wording of a site's language.
    pub fn of(language: &str) -> Self {
        if language.starts_with("zh") { Self::Chinese } else { Self::English }
    }

    /// The number of a section as it stands beside its title: 一, or 1.
    pub fn numeral(self, number: usize) -> String {
        match self {
            Self::Chinese => numeral(number),
            Self::English => number.to_string(),
        }
    }

    /// The overview.
    pub fn overview(self) -> String {
        say!(self, "总览", "Overview")
    }

    /// The calendar of a year.
    pub fn calendar(self) -> String {
        say!(self, "月历", "Calendar")
    }

    /// The schedule table.
    pub fn schedule(self) -> String {
        say!(self, "安排表", "Schedule")
    }

    /// Offices and leaders.
    pub fn offices(self) -> String {
        say!(self, "科室", "Offices")
    }

    /// The notice.
    pub fn notice(self) -> String {
        say!(self, "通知", "Notice")
    }

    /// The full text of a plan that no letter carries.
    pub fn full_text(self) -> String {
        say!(self, "全文", "Full text")
    }

    /// The list of years.
    pub fn years(self) -> String {
        say!(self, "历年计划", "All years")
    }

    /// The list of branch unions.
    pub fn branches(self) -> String {
        say!(self, "分工会", "Branches")
    }

    /// The accessibility statement.
    pub fn accessibility(self) -> String {
        say!(self, "无障碍声明", "Accessibility statement")
    }

    /// The search page.
    pub fn search(self) -> String {
        say!(self, "搜索", "Search")
    }

    /// The page for addresses that lead nowhere.
    pub fn missing(self) -> String {
        say!(self, "没有这个页面", "Page not found")
    }

    /// An item in a crumb: 要点2.
    pub fn item(self, label: &str) -> String {
        say!(self, "要点{label}", "Item {label}")
    }

    /// A section in a crumb: 第一部分.
    pub fn section(self, number: usize) -> String {
        let han = numeral(number);
        say!(self, "第{han}部分", "Section {number}")
    }

    /// An activity in a crumb.
    pub fn activity(self) -> String {
        say!(self, "活动", "Activity")
    }

    /// A month: 5月.
    pub fn month(self, month: u8) -> String {
        let english = ENGLISH_MONTHS[usize::from(month.clamp(1, 12)) - 1];
        say!(self, "{month}月", "{english}")
    }

    /// A month of a year: 2021年5月.
    pub fn month_of_year(self, year: i32, month: u8) -> String {
        let english = ENGLISH_MONTHS[usize::from(month.clamp(1, 12)) - 1];
        say!(self, "{year}年{month}月", "{english} {year}")
    }

    /// The name of a plan in page titles, from its year on: 2021年工会工作要点.
    pub fn plan(self, plan: &Plan) -> String {
        let year = plan.year.to_string();
        plan.title.find(&year).map_or(plan.title.as_str(), |at| &plan.title[at..]).to_owned()
    }

    /// A section's title with its numeral: 一、强化政治引领.
    pub fn numbered_section(self, number: usize, title: &str) -> String {
        let han = numeral(number);
        say!(self, "{han}、{title}", "{number}. {title}")
    }

    /// The description of an overview.
    pub fn describe_overview(self, name: &str, plan: &Plan) -> String {
        let year = plan.year;
        let parts = self.counted([
            (plan.sections.len(), "个部分", "section"),
            (plan.items.len(), "项要点", "item"),
            (plan.tasks.len(), "项任务", "task"),
        ]);
        say!(
            self,
            "{name}{year}年的{parts}，按月份、部分、科室查看。",
            "{parts} of {name} in {year}, by month, section and office."
        )
    }

    /// What there is of each kind, without kinds of which there is none: 4个部分、16项要点和36项任务.
    fn counted(self, kinds: [(usize, &str, &str); 3]) -> String {
        let said: Vec<String> = kinds
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, zh, en)| match self {
                Self::Chinese => format!("{count}{zh}"),
                Self::English if count == 1 => format!("1 {en}"),
                Self::English => format!("{count} {en}s"),
            })
            .collect();
        match (self, said.split_last()) {
            (_, None) => String::new(),
            (_, Some((only, []))) => only.clone(),
            (Self::Chinese, Some((last, rest))) => format!("{}和{last}", rest.join("、")),
            (Self::English, Some((last, rest))) => format!("{} and {last}", rest.join(", ")),
        }
    }

    /// The description of a notice.
    pub fn describe_notice(self, plan: &Plan) -> String {
        let title = &plan.title;
        match plan.notice {
            Some(_) => say!(self, "《{title}》通知与全文。", "Notice and full text: {title}."),
            None => say!(self, "《{title}》全文。", "Full text: {title}."),
        }
    }

    /// The description of a schedule.
    pub fn describe_schedule(self, plan: &Plan) -> String {
        let (title, tasks) = (&plan.title, plan.tasks.len());
        if tasks == 0 {
            return say!(self, "《{title}》没有列出任务。", "{title} lists no tasks.");
        }
        say!(
            self,
            "《{title}》的工作安排表：{tasks}项任务的完成时间、责任领导和责任科室。",
            "The schedule of {title}: when each of {tasks} tasks is due, and who answers for it."
        )
    }

    /// The description of a section.
    pub fn describe_section(self, title: &str, items: usize, tasks: usize) -> String {
        let parts =
            self.counted([(items, "项要点", "item"), (tasks, "项任务", "task"), (0, "", "")]);
        match parts.is_empty() {
            true => say!(self, "{title}。", "{title}."),
            false => say!(self, "{title}：{parts}。", "{title}: {parts}."),
        }
    }

    /// The description of an item.
    pub fn describe_item(self, label: &str, title: &str, tasks: usize) -> String {
        match tasks {
            0 => say!(self, "要点{label}：{title}。", "Item {label}: {title}."),
            1 => say!(self, "要点{label}：{title}，1项任务。", "Item {label}: {title}, 1 task."),
            _ => say!(
                self,
                "要点{label}：{title}，{tasks}项任务。",
                "Item {label}: {title}, {tasks} tasks."
            ),
        }
    }

    /// The description of a calendar.
    pub fn describe_calendar(self, name: &str, plan: &Plan) -> String {
        let year = plan.year;
        say!(
            self,
            "{name}{year}年工作按月排列，全年和适时的任务单列。",
            "The work of {name} in {year} by month, with year-round work beside it."
        )
    }

    /// The description of a month.
    pub fn describe_month(self, name: &str, year: i32, month: u8, count: usize) -> String {
        let when = self.month_of_year(year, month);
        match count {
            0 => say!(
                self,
                "{name}{when}没有单列的任务，全年任务照常进行。",
                "{name} lists no task of its own for {when}; year-round work goes on."
            ),
            _ => say!(
                self,
                "{name}{when}的{count}项任务和活动。",
                "{count} tasks and activities of {name} in {when}."
            ),
        }
    }

    /// The description of an activity.
    pub fn describe_activity(self, name: &str, when: &str, offices: &str) -> String {
        match (when, offices) {
            ("", "") => name.to_owned(),
            (_, "") => say!(self, "{name}：{when}。", "{name}: {when}."),
            ("", _) => say!(self, "{name}：{offices}负责。", "{name}, by {offices}."),
            _ => say!(self, "{name}：{when}，{offices}负责。", "{name}: {when}, by {offices}."),
        }
    }

    /// The description of the list of offices.
    pub fn describe_offices(self, plan: &Plan) -> String {
        let year = plan.year;
        say!(
            self,
            "{year}年工会工作的责任科室与责任领导，各负责哪些任务。",
            "The offices and leaders of the {year} work plan, and what each answers for."
        )
    }

    /// The description of an office's or a leader's page.
    pub fn describe_duties(self, name: &str, plan: &Plan, count: usize, helps: usize) -> String {
        let year = plan.year;
        match (count, helps) {
            (0, 1..) => say!(
                self,
                "{name}{year}年配合的{helps}项任务。",
                "Tasks in which {name} helps in {year}: {helps}."
            ),
            (_, 0) => say!(
                self,
                "{name}{year}年负责的{count}项任务，按月排列。",
                "{count} tasks of {name} in {year}, by month."
            ),
            _ => say!(
                self,
                "{name}{year}年负责的{count}项任务，按月排列；另有配合的{helps}项。",
                "{count} tasks of {name} in {year}, by month, and {helps} in which it helps."
            ),
        }
    }

    /// The title of the offices page.
    pub fn offices_and_leaders(self) -> String {
        say!(self, "科室与领导", "Offices and leaders")
    }

    /// The title of the page of all updates.
    pub fn updates(self) -> String {
        say!(self, "全部进展", "All progress")
    }

    /// The description of the page of all updates.
    pub fn describe_updates(self, name: &str, plan: &Plan) -> String {
        let (year, count) = (plan.year, plan.updates.len());
        say!(
            self,
            "{name}{year}年工作已登记的{count}条进展，最新的在前。",
            "{count} reports of progress on the work of {name} in {year}, the latest first."
        )
    }

    /// The title of the year's calendar page.
    pub fn calendar_of_year(self, year: i32) -> String {
        say!(self, "{year}年月历", "Calendar {year}")
    }

    /// Two parts of a title: 宣教科 · 2021年工会工作要点.
    pub fn titled(self, what: &str, of: &str) -> String {
        format!("{what} · {of}")
    }

    /// Names in a row: 宣教科、综合科.
    pub fn row<'n>(self, names: impl Iterator<Item = &'n str>) -> String {
        let mut row = String::new();
        for name in names {
            if !row.is_empty() {
                row.push_str(match self {
                    Self::Chinese => "、",
                    Self::English => ", ",
                });
            }
            row.push_str(name);
        }
        row
    }
}
