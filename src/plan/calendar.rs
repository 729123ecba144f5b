//! The plan by month: which months hold what, and what has no month of its own.
//!
//! A task with named activities that have months stands in those months by its activities; the
//! task itself stands in the months of its own time. Work of the whole year (全年), and work
//! whenever it suits (适时) or without any time, has a lane of its own and is never lost.

use super::when::Lane;
use super::{Plan, Task, When};

/// A task or an activity, by its position in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Position in [`Plan::tasks`].
    Task(usize),
    /// Position in [`Plan::activities`].
    Activity(usize),
}

/// A plan by month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// January to December, each in the order of days, then of the schedule.
    pub months: [Vec<Entry>; 12],
    /// Tasks of the whole year, in the order of the schedule.
    pub all_year: Vec<usize>,
    /// Tasks as appropriate, and those without a time.
    pub as_appropriate: Vec<usize>,
}

impl Calendar {
    /// Files every task and activity of a plan.
    pub fn of(plan: &Plan) -> Self {
        let mut calendar = Self::default();
        for (index, task) in plan.tasks.iter().enumerate() {
            match lane(task.when.as_ref()) {
                Lane::AllYear => calendar.all_year.push(index),
                Lane::AsAppropriate => calendar.as_appropriate.push(index),
                Lane::Months => calendar.file(Entry::Task(index), task.when.as_ref()),
            }
            for activity in task.activities.clone() {
                calendar.file(Entry::Activity(activity), plan.activities[activity].when.as_ref());
            }
        }
        for month in &mut calendar.months {
            month.sort_by_key(|entry| entry.when(plan).map(When::order_key));
        }
        calendar
    }

    fn file(&mut self, entry: Entry, when: Option<&When>) {
        if lane(when) != Lane::Months {
            return;
        }
        for month in when.into_iter().flat_map(|when| when.months().iter()) {
            self.months[usize::from(month) - 1].push(entry);
        }
    }
}

impl Entry {
    /// The task that the entry is, or belongs to.
    pub fn task(self, plan: &Plan) -> usize {
        match self {
            Self::Task(task) => task,
            Self::Activity(activity) => plan.activities[activity].task,
        }
    }

    /// Its time.
    pub fn when(self, plan: &Plan) -> Option<&When> {
        match self {
            Self::Task(task) => plan.tasks[task].when.as_ref(),
            Self::Activity(activity) => plan.activity_when(&plan.activities[activity]),
        }
    }
}

impl Plan {
    /// The months in which a task is on; of one that is done as appropriate, those of its
    /// activities.
    pub fn months_of(&self, task: &Task) -> Vec<u8> {
        match &task.when {
            Some(when) if when.lane() != Lane::AsAppropriate => when.months().iter().collect(),
            Some(_) => self.months_of_activities(task),
            None => Vec::new(),
        }
    }

    /// The months of a task's activities, in order.
    pub fn months_of_activities(&self, task: &Task) -> Vec<u8> {
        let activities = &self.activities[task.activities.clone()];
        let months = activities.iter().filter_map(|activity| activity.when.as_ref());
        let mut months: Vec<u8> = months
            .filter(|when| when.lane() == Lane::Months)
            .flat_map(|when| when.months().iter())
            .collect();
        months.sort_unstable();
        months.dedup();
        months
    }
}

/// The lane of a time; what has none is done when it suits.
pub fn lane(when: Option<&When>) -> Lane {
    when.map_or(Lane::AsAppropriate, When::lane)
}
