//! What the pages of one plan list: tasks, entries, months, people. Made once a plan and shared by
//! its pages, since the same task stands on many of them.

mod updates;

use super::entries::{ALL_YEAR, AS_APPROPRIATE, Entry, Listing, Named};
use super::routes::YearRoutes;
use super::ruler::{ruler, when_view};
use super::view::{
    ActivityLine, DutyLine, ItemLine, LaneShare, LaneView, MonthView, SectionView, TaskView, Way,
    WhenView, WhoView,
};
use super::wording::Wording;
use crate::plan::calendar::{self, Calendar, lane};
use crate::plan::update::About;
use crate::plan::when::Lane;
use crate::plan::{Item, Offices, Plan, Section, Task, Union, When};
use minijinja::Value;
use minijinja::value::Serde;
use std::ops::Range;
use std::sync::Arc;

/// A plan's lists, with what is needed to make more.
pub struct Lists<'p> {
    /// The union.
    pub union: &'p Union,
    /// Its plan.
    pub plan: &'p Plan,
    /// Where the plan's pages stand.
    pub routes: YearRoutes,
    /// The language of titles.
    pub wording: Wording,
    /// The plan by month.
    pub calendar: Calendar,
    /// Every item as a [`Way`].
    pub item_ways: Vec<Value>,
    /// Every section as a [`SectionView`].
    pub sections: Vec<Value>,
    /// Every task as a [`TaskView`].
    pub tasks: Vec<Value>,
    /// Every task as an entry.
    pub task_entries: Vec<Arc<Entry>>,
    /// Every activity as an entry.
    pub activity_entries: Vec<Arc<Entry>>,
    /// January to December as [`MonthView`]s.
    pub months: Vec<Value>,
    /// The lane of the whole year as a [`LaneView`].
    pub all_year: Value,
    /// The lane without a time as a [`LaneView`].
    pub as_appropriate: Value,
}

impl<'p> Lists<'p> {
    /// Makes the lists of a plan.
    pub fn new(union: &'p Union, plan: &'p Plan, routes: YearRoutes, wording: Wording) -> Self {
        let mut lists = Self {
            union,
            plan,
            routes,
            wording,
            calendar: Calendar::of(plan),
            item_ways: Vec::new(),
            sections: Vec::new(),
            tasks: Vec::new(),
            task_entries: Vec::new(),
            activity_entries: Vec::new(),
            months: Vec::new(),
            all_year: Value::UNDEFINED,
            as_appropriate: Value::UNDEFINED,
        };
        lists.item_ways = plan.items.iter().map(|item| value(&lists.item_way(item))).collect();
        lists.sections =
            plan.sections.iter().map(|section| value(&lists.section(section))).collect();
        lists.tasks = (0..plan.tasks.len()).map(|index| value(&lists.task(index))).collect();
        lists.task_entries =
            (0..plan.tasks.len()).map(|index| Arc::new(lists.task_entry(index))).collect();
        lists.activity_entries =
            (0..plan.activities.len()).map(|index| Arc::new(lists.activity_entry(index))).collect();
        let months = 1..=12;
        lists.months =
            months.map(|month| value(&lists.month_view(month, Named::Both, |_| true))).collect();
        let Calendar { all_year, as_appropriate, .. } = &lists.calendar;
        lists.all_year = value(&lists.lane(all_year, "all-year", ALL_YEAR));
        lists.as_appropriate = value(&lists.lane(as_appropriate, "as-appropriate", AS_APPROPRIATE));
        lists
    }

    fn task(&self, index: usize) -> TaskView {
        let task = &self.plan.tasks[index];
        TaskView {
            number: task.number.clone(),
            id: task.id.clone(),
            text: task.text.clone(),
            page: self.routes.task(self.plan, task),
            when: task.when.as_ref().map(|when| self.task_when(task, when)),
            leaders: self.leaders(&task.leaders),
            leader_names: self.leader_names(task),
            offices: self.offices(&task.offices),
            office_names: self.office_names(&task.offices),
            support: self.offices(&task.support),
            support_names: self.office_names(&task.support),
            remark: task.remark.clone(),
            audience: task.audience.clone(),
            item: task.item.map(|item| self.item_ways[item].clone()),
            activities: self.activity_lines(task.activities.clone(), None),
            status: self.status(About::Task(index)),
        }
    }

    fn task_entry(&self, index: usize) -> Entry {
        let task = &self.plan.tasks[index];
        let when = task.when.as_ref().map(|when| self.task_when(task, when));
        self.make_entry(
            task,
            About::Task(index),
            &task.text,
            self.routes.task(self.plan, task),
            when,
        )
    }

    fn activity_entry(&self, index: usize) -> Entry {
        let activity = &self.plan.activities[index];
        let task = &self.plan.tasks[activity.task];
        let page = self.routes.activity(&activity.id);
        let when = self.plan.activity_when(activity).map(when_view);
        self.make_entry(task, About::Activity(index), &activity.name, page, when)
    }

    fn make_entry(
        &self,
        task: &Task,
        about: About,
        title: &str,
        page: String,
        when: Option<WhenView>,
    ) -> Entry {
        let (when, ruler) = when.map(|when| (when.text, when.ruler)).unzip();
        let item = task.item.map(|item| &self.plan.items[item]);
        Entry {
            title: title.into(),
            page: page.into(),
            item: item.map(Item::table_title).into(),
            item_label: item.map(Item::printed_label).into(),
            status: self.status(about).into(),
            date: self.set_date(about).into(),
            when: when.into(),
            ruler: ruler.into(),
            offices: self.office_names(&task.offices).into(),
            several_offices: task.offices.named.len() + usize::from(task.offices.everyone) > 1,
            leaders: self.leader_names(task).into(),
            several_leaders: task.leaders.len() > 1,
            support: self.office_names(&task.support).into(),
            audience: task.audience.clone().into(),
            remark: task.remark.clone().into(),
        }
    }

    /// The leaders of a task in a row.
    pub fn leader_names(&self, task: &Task) -> String {
        self.wording.row(self.union.leader_names(task))
    }

    /// Offices in a row, everyone first.
    pub fn office_names(&self, offices: &Offices) -> String {
        self.wording.row(self.union.office_names(offices))
    }

    /// The time of a task; one that is done as appropriate shows the months of its activities.
    fn task_when(&self, task: &Task, when: &When) -> WhenView {
        let mut view = when_view(when);
        if when.lane() == Lane::AsAppropriate {
            view.months = self.plan.months_of_activities(task);
            view.ruler = ruler(&view.months);
        }
        view
    }

    /// The activities of a task, without one of them if that is asked for.
    pub fn activity_lines(&self, range: Range<usize>, without: Option<usize>) -> Vec<ActivityLine> {
        range
            .filter(|index| Some(*index) != without)
            .map(|index| {
                let activity = &self.plan.activities[index];
                ActivityLine {
                    name: activity.name.clone(),
                    page: self.routes.activity(&activity.id),
                    when: activity.when.as_ref().map(when_view),
                    date: self.set_date(About::Activity(index)),
                    status: self.status(About::Activity(index)),
                }
            })
            .collect()
    }

    fn leaders(&self, leaders: &[usize]) -> Vec<WhoView> {
        let who = |index: &usize| {
            let leader = &self.union.leaders[*index];
            WhoView { name: leader.name.clone(), page: self.routes.leader(&leader.id) }
        };
        leaders.iter().map(who).collect()
    }

    fn offices(&self, offices: &Offices) -> Vec<WhoView> {
        let mut who: Vec<WhoView> = Vec::with_capacity(offices.named.len() + 1);
        if offices.everyone {
            who.push(WhoView { name: self.union.everyone.clone(), page: self.everyone_page() });
        }
        who.extend(offices.named.iter().map(|index| {
            let office = &self.union.offices[*index];
            WhoView { name: office.name.clone(), page: self.routes.office(&office.id) }
        }));
        who
    }

    /// Where everyone's tasks stand.
    pub fn everyone_page(&self) -> String {
        format!("{}#everyone", self.routes.offices())
    }

    /// The way to an item, in the table's wording.
    pub fn item_way(&self, item: &Item) -> Way {
        Way {
            title: item.table_title().to_owned(),
            label: Some(item.printed_label()),
            page: self.routes.item(&item.id),
        }
    }

    /// The entries of tasks as rows of a list.
    pub fn entries(&self, tasks: impl IntoIterator<Item = usize>, listing: Listing<'_>) -> Value {
        tasks.into_iter().map(|index| listing.row(&self.task_entries[index])).collect()
    }

    /// One month with the entries whose task is wanted.
    pub fn month_view(&self, month: u8, named: Named, wanted: impl Fn(usize) -> bool) -> MonthView {
        let unsaid = format!("{month}月");
        let listing = Listing { items: true, named, unsaid: &unsaid };
        let row = |entry: &calendar::Entry| match *entry {
            calendar::Entry::Task(index) => listing.row(&self.task_entries[index]),
            calendar::Entry::Activity(index) => listing.row(&self.activity_entries[index]),
        };
        let filed = &self.calendar.months[usize::from(month) - 1];
        let entries: Vec<Value> =
            filed.iter().filter(|entry| wanted(entry.task(self.plan))).map(row).collect();
        MonthView {
            number: month,
            page: self.routes.month(month),
            anchor: format!("m{month:02}"),
            count: entries.len(),
            weight: entries.len().min(3),
            entries: Value::from(entries),
        }
    }

    fn lane(&self, tasks: &[usize], anchor: &str, unsaid: &str) -> LaneView {
        let listing = Listing { items: false, named: Named::Both, unsaid };
        let plan = self.plan;
        let has_months = |index: &&usize| {
            let activities = &plan.activities[plan.tasks[**index].activities.clone()];
            activities.iter().any(|activity| lane(activity.when.as_ref()) == Lane::Months)
        };
        let mut shares: Vec<LaneShare> = Vec::new();
        let mut share = |name: &str, page: String, count: usize| {
            if count > 0 {
                shares.push(LaneShare { name: name.to_owned(), count, page });
            }
        };
        for (index, office) in self.union.offices.iter().enumerate() {
            let count =
                tasks.iter().filter(|t| plan.tasks[**t].offices.named.contains(&index)).count();
            share(&office.name, format!("{}#{anchor}", self.routes.office(&office.id)), count);
        }
        let shared = tasks.iter().filter(|t| plan.tasks[**t].offices.everyone).count();
        share(&self.union.everyone, self.everyone_page(), shared);
        LaneView {
            count: tasks.len(),
            with_months: tasks.iter().filter(has_months).count(),
            page: format!("{}#{anchor}", self.routes.calendar()),
            entries: self.entries(tasks.iter().copied(), listing),
            shares,
        }
    }

    fn section(&self, section: &Section) -> SectionView {
        SectionView {
            number: section.number,
            numeral: self.wording.numeral(section.number),
            title: section.title.clone(),
            keep: breaks_at_punctuation(&section.title),
            page: self.routes.section(&section.id),
            items: self.plan.items[section.items.clone()]
                .iter()
                .map(|item| self.item_line(item))
                .collect(),
            task_count: section.tasks.len(),
        }
    }

    /// An item as a line; its group is given where the group begins.
    pub fn item_line(&self, item: &Item) -> ItemLine {
        let before = item.number.checked_sub(2).map(|index| &self.plan.items[index]);
        let same = before
            .is_some_and(|before| before.group == item.group && before.section == item.section);
        ItemLine {
            label: item.printed_label(),
            title: item.title.clone(),
            schedule_title: item.table_title().to_owned(),
            page: self.routes.item(&item.id),
            group: item.group.clone().filter(|_| !same),
        }
    }

    /// The group of an item, if the table comes to it with this item: those before it in the group
    /// have no row.
    pub fn group_begun(&self, item: &Item) -> Option<String> {
        let before = &self.plan.items[..item.number - 1];
        let same = before
            .iter()
            .rev()
            .take_while(|before| before.group == item.group && before.section == item.section)
            .any(|before| !before.tasks.is_empty());
        item.group.clone().filter(|_| !same)
    }

    /// Tasks and activities of an office or leader, as a line.
    pub fn duty(
        &self,
        name: &str,
        page: String,
        wanted: impl Fn(&Task) -> bool,
        helps: impl Fn(&Task) -> bool,
    ) -> DutyLine {
        let helped = self.plan.tasks.iter().filter(|task| helps(task) && !wanted(task)).count();
        let tasks = self.plan.tasks.iter().filter(|task| wanted(task));
        let (count, activities) = tasks.fold((0, 0), |(count, activities), task| {
            (count + 1, activities + task.activities.len())
        });
        DutyLine { name: name.to_owned(), page, count, activities, helps: helped }
    }
}

/// A view as a template value.
pub fn value<T: serde::Serialize>(view: &T) -> Value {
    Value::from(Serde(view))
}

/// Tells whether a title's phrases are short enough (ten characters) to break only between them.
pub fn breaks_at_punctuation(title: &str) -> bool {
    let mark = |c: char| {
        matches!(c, '，' | '、' | '；' | '：' | '。' | '—' | ' ' | '·' | '”' | '》' | '）')
    };
    title.split(mark).all(|phrase| phrase.chars().count() <= 10)
}
