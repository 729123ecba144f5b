//! What a plan puts into a calendar: events on days and at hours.
//!
//! A month is no day. Work that is known by its months stands on the first day of each, as it
//! stands on each month's page: a bar of thirty days would cover a phone's calendar and say less.
//! A stretch of days is a bar if it is at most a week, else its first day; a deadline is its day.
//! Work of the whole year and work as appropriate are no events: they would stand on every day, or
//! on one that nobody has named. Once an update sets a day, it takes the place of the plan's.

use super::appointment::Appointment;
use super::update::About;
use super::when::{Grain, Lane, When};
use super::{Plan, Status};
use chrono::{NaiveDate, NaiveDateTime};

/// The longest stretch of days that is shown as a bar.
const BAR_DAYS: i64 = 7;

/// Something on a day or at an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The task or the activity.
    pub about: About,
    /// Its position among the events of the same task or activity, from 1.
    pub ordinal: usize,
    /// When it is.
    pub time: Time,
    /// Whether the time is all there is to say. Where it is not, the wording belongs beside the
    /// title: 5月, 6月底前.
    pub is_exact: bool,
}

/// The time of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// Whole days, the last one among them.
    Days {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// Hours, in China.
    Hours {
        /// When it begins.
        start: NaiveDateTime,
        /// When it ends, if that is known.
        end: Option<NaiveDateTime>,
    },
}

/// Where a task or an activity stands, by what has been reported of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing<'p> {
    /// The last status.
    pub status: Option<Status>,
    /// The day and time last set, as written.
    pub date: Option<&'p str>,
    /// Whether it has been postponed without a new day since.
    pub is_adrift: bool,
    /// The place last set.
    pub place: Option<&'p str>,
    /// How many reports there are.
    pub reports: usize,
    /// The day of the last one.
    pub latest: Option<NaiveDate>,
}

/// A plan's events, and where their work stands.
#[derive(Debug, Clone)]
pub struct Agenda<'p> {
    /// In the order of time, then of the schedule.
    pub events: Vec<Event>,
    /// The tasks' standing, by position.
    pub tasks: Vec<Standing<'p>>,
    /// The activities' standing, by position.
    pub activities: Vec<Standing<'p>>,
}

impl<'p> Agenda<'p> {
    /// The events of a plan.
    pub fn of(plan: &'p Plan) -> Self {
        let mut agenda = Self {
            events: Vec::new(),
            tasks: vec![Standing::default(); plan.tasks.len()],
            activities: vec![Standing::default(); plan.activities.len()],
        };
        for update in &plan.updates {
            let standing = match update.about {
                About::Task(index) => &mut agenda.tasks[index],
                About::Activity(index) => &mut agenda.activities[index],
                About::Item(_) => continue,
            };
            standing.reports += 1;
            standing.latest = Some(update.on);
            standing.status = update.status.or(standing.status);
            standing.place = update.place.as_deref().or(standing.place);
            standing.is_adrift = match (&update.date, update.status) {
                (Some(_), _) => false,
                (None, Some(status)) => status == Status::Postponed,
                (None, None) => standing.is_adrift,
            };
            standing.date = update.date.as_deref().or(standing.date);
        }
        for (index, task) in plan.tasks.iter().enumerate() {
            let date = agenda.tasks[index].date;
            agenda.add(About::Task(index), date, task.when.as_ref(), plan.year);
            for activity in task.activities.clone() {
                let date = agenda.activities[activity].date;
                let when = plan.activities[activity].when.as_ref();
                agenda.add(About::Activity(activity), date, when, plan.year);
            }
        }
        agenda.events.sort_by_key(|event| event.time.begins());
        agenda
    }

    /// Where a task or an activity stands; none for an item.
    ///
    /// # Panics
    /// If `about` is of another plan.
    pub fn standing(&self, about: About) -> Option<&Standing<'p>> {
        match about {
            About::Task(index) => Some(&self.tasks[index]),
            About::Activity(index) => Some(&self.activities[index]),
            About::Item(_) => None,
        }
    }

    /// Tells whether the day of an activity, by its position, has been set and still holds.
    pub fn has_settled_day(&self, activity: usize) -> bool {
        let Standing { date, status, is_adrift, .. } = self.activities[activity];
        let about = About::Activity(activity);
        date.is_some()
            && !is_adrift
            && status != Some(Status::Cancelled)
            && self.events.iter().any(|event| event.about == about && event.is_exact)
    }

    fn add(&mut self, about: About, date: Option<&str>, when: Option<&When>, year: i32) {
        let mut times = date.map_or_else(Vec::new, |date| set(date, year));
        if times.is_empty() {
            times = when.map_or_else(Vec::new, |when| planned(when, year));
            // A date that can't be placed is said beside the title.
            if date.is_some() {
                times.iter_mut().for_each(|(_, is_exact)| *is_exact = false);
            }
        }
        let events = (1..).zip(times);
        self.events.extend(events.map(|(ordinal, (time, is_exact))| Event {
            about,
            ordinal,
            time,
            is_exact,
        }));
    }
}

impl Time {
    /// When it begins; whole days do so at midnight.
    pub fn begins(self) -> NaiveDateTime {
        match self {
            Self::Days { first, .. } => first.into(),
            Self::Hours { start, .. } => start,
        }
    }

    fn on(day: NaiveDate) -> Self {
        Self::Days { first: day, last: day }
    }
}

/// The times of an appointment; none if its wording settles no day.
fn set(date: &str, year: i32) -> Vec<(Time, bool)> {
    match Appointment::read(date, year) {
        Some(Appointment::Hours { start, end }) => vec![(Time::Hours { start, end }, true)],
        Some(Appointment::Days(days)) => {
            days.into_iter().map(|(first, last)| stretch(first, last)).collect()
        }
        None => Vec::new(),
    }
}

/// A bar, or the first day of what is too long for one.
fn stretch(first: NaiveDate, last: NaiveDate) -> (Time, bool) {
    let short = (last - first).num_days() < BAR_DAYS;
    if short { (Time::Days { first, last }, true) } else { (Time::on(first), false) }
}

/// The times that a plan's wording comes to.
fn planned(when: &When, year: i32) -> Vec<(Time, bool)> {
    if when.lane() != Lane::Months {
        return Vec::new();
    }
    let mut times = Vec::new();
    let first_day = |month: u8| NaiveDate::from_ymd_opt(year, month.into(), 1);
    for span in when.spans() {
        match span.grain {
            Grain::Due => times.push((Time::on(span.last), false)),
            Grain::Days => times.push(stretch(span.first, span.last)),
            Grain::Months => {
                let days = span.months(year).iter().filter_map(first_day);
                times.extend(days.map(|day| (Time::on(day), false)));
            }
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::{Time, planned};
    use crate::plan::{Terms, When};

    /// The days of a wording, as a reader would note them.
    fn days(text: &str) -> Vec<String> {
        let when = When::read(text, 2021, &Terms::default()).unwrap();
        let noted = |(time, is_exact): &(Time, bool)| {
            let Time::Days { first, last } = time else { panic!("{text} names hours") };
            let days = if first == last { format!("{first}") } else { format!("{first}…{last}") };
            if *is_exact { days } else { format!("{days}, as worded") }
        };
        planned(&when, 2021).iter().map(noted).collect()
    }

    #[test]
    fn a_month_is_noted_on_its_first_day() {
        assert_eq!(days("5月"), ["2021-05-01, as worded"]);
        assert_eq!(
            days("3-5月"),
            ["2021-03-01, as worded", "2021-04-01, as worded", "2021-05-01, as worded"]
        );
        assert_eq!(days("4月、10月"), ["2021-04-01, as worded", "2021-10-01, as worded"]);
    }

    #[test]
    fn what_runs_into_another_year_is_noted_in_the_plans_own() {
        assert_eq!(days("2021年12月—2022年2月"), ["2021-12-01, as worded"]);
    }

    #[test]
    fn days_are_a_bar_of_a_week_at_most() {
        assert_eq!(days("3月8日"), ["2021-03-08"]);
        assert_eq!(days("5月10日—14日"), ["2021-05-10…2021-05-14"]);
        assert_eq!(days("5月10日—16日"), ["2021-05-10…2021-05-16"]);
        assert_eq!(days("5月10日—17日"), ["2021-05-10, as worded"]);
        assert_eq!(days("4月上旬"), ["2021-04-01, as worded"]);
    }

    #[test]
    fn a_deadline_is_noted_on_its_day() {
        assert_eq!(days("6月底前"), ["2021-06-30, as worded"]);
        assert_eq!(days("6月18日前"), ["2021-06-18, as worded"]);
    }

    #[test]
    fn what_has_no_month_of_its_own_is_no_event() {
        for text in ["全年", "每月", "适时", "待定"] {
            assert!(days(text).is_empty(), "{text}");
        }
    }
}
