//! The shapes that several kinds of page show. Templates read these fields by name.
//!
//! Every field named `page` is a target for the template function `link(…)`: a path from the
//! site's root such as `2021/items/5.html#t5-1`, which `link` makes relative to the page at hand.
//! Text is plain text: templates escape it.

use minijinja::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A way to another page.
#[derive(Debug, Clone, Serialize)]
pub struct Way {
    /// What the link says.
    pub title: String,
    /// Its number or kind in front of the title (`1月`, `要点2`, `一`), or none.
    pub label: Option<String>,
    /// Where it leads.
    pub page: String,
}

/// One step of the breadcrumbs; the last has no `page`.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub page: Option<String>,
}

/// What every page says of itself, as `page`.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Path from the site's root: `2021/months/05.html`.
    pub path: String,
    /// The kind of page, which is also its template's name: `month`.
    pub kind: &'static str,
    /// For `<title>`, without the site's name.
    pub title: String,
    /// For `<meta name="description">`.
    pub description: String,
    /// Which door of the masthead it stands behind: `overview`, `calendar`, `schedule`,
    /// `offices`, `notice`, or none.
    pub door: Option<&'static str>,
    /// Whether it is the very page that the door leads to.
    pub at_door: bool,
    /// From the overview down to this page; empty on the overview itself.
    pub crumbs: Vec<Crumb>,
    /// The page before, where there is an order.
    pub previous: Option<Way>,
    /// The page after.
    pub next: Option<Way>,
    /// Full address, if the site's base address is known.
    pub canonical: Option<String>,
}

/// When something is on.
#[derive(Debug, Clone, Serialize)]
pub struct WhenView {
    /// As the plan words it: `3—5月`.
    pub text: String,
    /// `months`, `all-year` or `as-appropriate`.
    pub lane: &'static str,
    /// Months of the plan's year in which it is on, for the ruler.
    pub months: Vec<u8>,
    /// Path data of the ruler's blocks in a `0 0 47 6` view box: month n is a block of width 3 at
    /// x = 4(n−1), the whole year a low bar. Empty where no month is known.
    pub ruler: String,
    /// First day (`2021-05-14`) where days are known.
    pub from_day: Option<String>,
    /// Last day where days are known.
    pub to_day: Option<String>,
}

/// An office or a leader named by a task.
#[derive(Debug, Clone, Serialize)]
pub struct WhoView {
    /// 宣教科
    pub name: String,
    /// Its page.
    pub page: String,
}

/// A task, wherever it is listed.
#[derive(Debug, Clone, Serialize)]
pub struct TaskView {
    /// `2.1`
    pub number: String,
    /// The anchor on its page: `t2-1`.
    pub id: String,
    /// As the table says it.
    pub text: String,
    /// Where it stands in full.
    pub page: String,
    /// When it is due.
    pub when: Option<WhenView>,
    /// Leaders who answer for it.
    pub leaders: Vec<WhoView>,
    /// Their names in a row: 何频、刘婕.
    pub leader_names: String,
    /// Offices that do it; 全体 among them where it is everyone's.
    pub offices: Vec<WhoView>,
    /// Their names in a row.
    pub office_names: String,
    /// Offices that help.
    pub support: Vec<WhoView>,
    /// Their names in a row.
    pub support_names: String,
    /// 备注.
    pub remark: Option<String>,
    /// 参加人员.
    pub audience: Option<String>,
    /// The item it belongs to, a [`Way`]: `label` is the printed number, `title` the table's
    /// wording.
    pub item: Option<Value>,
    /// Its named activities.
    pub activities: Vec<ActivityLine>,
    /// `planned`, `underway`, `done`, `postponed`, `cancelled`, or none where nothing is recorded.
    pub status: Option<&'static str>,
}

/// A named activity as a line in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityLine {
    /// 拔河比赛
    pub name: String,
    /// Its page.
    pub page: String,
    /// When it is on.
    pub when: Option<WhenView>,
    /// The day and time once set, as the update words it.
    pub date: Option<String>,
    /// As for a task.
    pub status: Option<&'static str>,
}

/// A month of the strip and of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct MonthView {
    /// 1 to 12.
    pub number: u8,
    /// Its page.
    pub page: String,
    /// Its anchor on pages that list several: `m05`.
    pub anchor: String,
    /// How many entries stand in it.
    pub count: usize,
    /// `count`, three at most: how wide the month hangs.
    pub weight: usize,
    /// Its entries in order, as rows of [`entries`](super::entries).
    pub entries: Value,
}

/// Work without a month of its own (全年, 适时), counted for one office.
#[derive(Debug, Clone, Serialize)]
pub struct LaneShare {
    /// 宣教科, or 全体.
    pub name: String,
    /// How many tasks of the lane are the office's.
    pub count: usize,
    /// The office's page, at the lane.
    pub page: String,
}

/// A lane: `all_year` (全年) or `as_appropriate` (适时).
#[derive(Debug, Clone, Serialize)]
pub struct LaneView {
    /// How many tasks run in it.
    pub count: usize,
    /// How many of them have activities with a month of their own.
    pub with_months: usize,
    /// The lane on the calendar page.
    pub page: String,
    /// Its tasks, as rows of [`entries`](super::entries).
    pub entries: Value,
    /// The same counted by office.
    pub shares: Vec<LaneShare>,
}

/// A section in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    /// 1, 2, …
    pub number: usize,
    /// 一, 二, …
    pub numeral: String,
    /// As the text heads it.
    pub title: String,
    /// True where the title's phrases are short enough to break only at its punctuation.
    pub keep: bool,
    /// Its page.
    pub page: String,
    /// Its items.
    pub items: Vec<ItemLine>,
    /// How many tasks it has.
    pub task_count: usize,
}

/// An item as a line in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ItemLine {
    /// The number as printed.
    pub label: String,
    /// As the text heads it.
    pub title: String,
    /// As the table heads it; the same as `title` where the plan has one wording.
    pub schedule_title: String,
    /// Its page.
    pub page: String,
    /// A heading between section and item; given on the first item of each group.
    pub group: Option<String>,
}

/// An office or leader with how much it answers for.
#[derive(Debug, Clone, Serialize)]
pub struct DutyLine {
    /// 宣教科
    pub name: String,
    /// Its page.
    pub page: String,
    /// How many tasks.
    pub count: usize,
    /// How many named activities within those tasks.
    pub activities: usize,
    /// In how many tasks of others it helps.
    pub helps: usize,
}

/// A report of progress.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateView {
    /// `2021-05-10`
    pub on: String,
    /// What it is about.
    pub about: Way,
    /// As for a task.
    pub status: Option<&'static str>,
    /// The day and time once set.
    pub date: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Paragraphs.
    pub text: Vec<String>,
    /// A link to more, for `link(…)`: an address, or a path of the site.
    pub link: Option<String>,
}

/// A date in the plan.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `2021-03-29`
    pub iso: String,
    /// Year, month and day as numbers, for the language's own wording.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

/// What every page of a plan says of the plan, as `plan`.
#[derive(Debug, Clone, Serialize)]
pub struct PlanView {
    /// 2021
    pub year: i32,
    /// 湖南科技大学2021年工会工作要点
    pub title: String,
    /// Whether a letter carries it.
    pub has_notice: bool,
    /// Whether its schedule was issued as a table with a title of its own.
    pub has_table: bool,
    /// The day of issue.
    pub issued: Option<DateView>,
    /// 科大工〔2021〕3号
    pub document_number: Option<String>,
    /// Who issued it: the union's full name.
    pub issuer: String,
    /// The doors of the masthead.
    pub doors: Doors,
    /// How many sections, items, tasks, activities.
    pub counts: Counts,
}

/// Where the doors of the masthead lead.
#[derive(Debug, Clone, Serialize)]
pub struct Doors {
    /// The year's overview: `index.html` for the current year, else `2020/index.html`.
    pub overview: String,
    /// `2021/calendar.html`
    pub calendar: String,
    /// `2021/schedule.html`
    pub schedule: String,
    /// `2021/offices.html`
    pub offices: String,
    /// `2021/notice.html`
    pub notice: String,
}

/// How much a plan holds.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Counts {
    /// Sections.
    pub sections: usize,
    /// Items.
    pub items: usize,
    /// Tasks.
    pub tasks: usize,
    /// Named activities.
    pub activities: usize,
}

/// A calendar file that pages offer for subscription.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarView {
    /// The file: `2021/offices/publicity.ics`.
    pub file: String,
    /// Its full address, if the site's is known.
    pub address: Option<String>,
    /// The same with `webcal:`, which calendar programs open as a subscription.
    pub subscribe: Option<String>,
}

/// The site, as `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The union's short name, or the site's own title.
    pub name: String,
    /// `zh-CN`
    pub language: String,
    /// The home of this union: `index.html`, `branches/library/index.html`.
    pub home: String,
    /// The home of the whole site, where that is another union's: its name and page.
    pub parent: Option<Way>,
    /// The list of years, where there is more than one.
    pub years: Option<String>,
    /// The list of branch unions, where there are any.
    pub branches: Option<String>,
    /// The page that searches the whole site.
    pub search: &'static str,
    /// Site pages in the footer: 关于本站, 无障碍声明.
    pub pages: Vec<Way>,
    /// The accessibility statement: the site's own page, or the theme's.
    pub accessibility: &'static str,
    /// The office to ask.
    pub contact: Option<String>,
    /// A picture beside the name, for `link(…)`.
    pub logo: Option<String>,
    /// ICP filing number and its registry's address.
    pub icp: Option<String>,
}

/// Where the theme's files are, as `asset`.
#[derive(Debug, Clone, Serialize)]
pub struct AssetsView {
    /// The one style sheet.
    pub style: String,
    /// The script of every page.
    pub script: String,
    /// The scripts of single kinds of page, by kind.
    pub scripts: BTreeMap<&'static str, String>,
    /// The icon.
    pub icon: String,
}
