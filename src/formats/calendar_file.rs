//! The calendars of a plan that phones and computers subscribe to: one of the whole plan, one for
//! each office and leader, and one for each activity whose day is set.
//!
//! The same plan gives the same bytes: stamps and sequence numbers come from the days of the plan
//! and its updates. An event keeps its UID while texts are corrected and days are set, for it is
//! made of the year, the id and the site.

use super::File;
use super::icalendar::{Lines, TIME_ZONE};
use super::words::Words;
use crate::plan::calendar::lane;
use crate::plan::event::{Agenda, Event, Standing, Time};
use crate::plan::update::About;
use crate::plan::when::Lane;
use crate::plan::{Offices, Plan, Status, Task};
use crate::site::UnionFrame;
use crate::site::routes::YearRoutes;
use crate::site::wording::Wording;
use chrono::{Days, NaiveDate};

/// Makes the calendars of a plan.
pub fn calendar_files(union: &UnionFrame<'_>, plan: &Plan, agenda: &Agenda<'_>) -> Vec<File> {
    let routes = union.routes().year(plan.year);
    let calendars = Calendars::new(union, plan, agenda, &routes);
    let mut files =
        vec![calendars.file(None, &routes.calendar(), routes.calendar_file(), |_| true)];
    for (index, office) in union.union.offices.iter().enumerate() {
        let page = routes.office(&office.id);
        let path = YearRoutes::calendar_file_of(&page);
        files.push(calendars.file(Some(&office.name), &page, path, |task| {
            let has = |offices: &Offices| offices.everyone || offices.named.contains(&index);
            has(&task.offices) || has(&task.support)
        }));
    }
    for (index, leader) in union.union.leaders.iter().enumerate() {
        let page = routes.leader(&leader.id);
        let path = YearRoutes::calendar_file_of(&page);
        files.push(
            calendars.file(Some(&leader.name), &page, path, |task| task.leaders.contains(&index)),
        );
    }
    for (index, activity) in plan.activities.iter().enumerate() {
        if calendars.agenda.has_settled_day(index) {
            let page = routes.activity(&activity.id);
            let path = YearRoutes::calendar_file_of(&page);
            files.push(calendars.single(About::Activity(index), path));
        }
    }
    files
}

/// What a plan's calendars are made of.
struct Calendars<'p> {
    union: &'p UnionFrame<'p>,
    plan: &'p Plan,
    routes: &'p YearRoutes,
    wording: Wording,
    words: Words,
    agenda: &'p Agenda<'p>,
    /// The agenda's events as they stand in each calendar.
    events: Vec<Lines>,
}

impl<'p> Calendars<'p> {
    fn new(
        union: &'p UnionFrame<'p>,
        plan: &'p Plan,
        agenda: &'p Agenda<'p>,
        routes: &'p YearRoutes,
    ) -> Self {
        let wording = union.site.wording();
        let mut calendars = Self {
            union,
            plan,
            routes,
            wording,
            words: Words::of(wording),
            agenda,
            events: Vec::new(),
        };
        let site = calendars.site_name();
        calendars.events =
            calendars.agenda.events.iter().map(|event| calendars.event(event, &site)).collect();
        calendars
    }

    /// What tells this site's events from those of others: its address, or a hash of the union's
    /// name.
    fn site_name(&self) -> String {
        let address = self.union.site.base_url.as_deref().and_then(|url| url.split_once("://"));
        match address {
            Some((_, rest)) => rest.trim_end_matches('/').to_owned(),
            None => {
                let hash = blake3::hash(self.union.union.name.as_bytes()).to_hex();
                format!("{}.unionplan", &hash[..16])
            }
        }
    }

    fn task(&self, about: About) -> Option<&'p Task> {
        match about {
            About::Task(index) => self.plan.tasks.get(index),
            About::Activity(index) => {
                let activity = self.plan.activities.get(index)?;
                self.plan.tasks.get(activity.task)
            }
            About::Item(_) => None,
        }
    }

    /// The calendar of those tasks, and of their activities, that are wanted. `page` is where the
    /// same can be read.
    fn file(
        &self,
        whose: Option<&str>,
        page: &str,
        path: String,
        wanted: impl Fn(&Task) -> bool,
    ) -> File {
        let mut lines = self.head();
        let name = self.words.name(whose, &self.union.union.short_name, self.plan.year);
        lines.text("NAME", &name);
        lines.text("X-WR-CALNAME", &name);
        let description = self.description(&wanted);
        if !description.is_empty() {
            lines.text("X-WR-CALDESC", &description);
        }
        if let Some(address) = self.union.address(page) {
            lines.address("URL", &address);
        }
        if let Some(address) = self.union.address(&path) {
            lines.address("SOURCE;VALUE=URI", &address);
        }
        lines.line("X-WR-TIMEZONE:Asia/Shanghai");
        // Twice a day. The hours stand after a T: some phones drop a file that says P12H.
        lines.line("REFRESH-INTERVAL;VALUE=DURATION:PT12H");
        lines.line("X-PUBLISHED-TTL:PT12H");
        // A calendar must hold a component, even before it has an event.
        TIME_ZONE.iter().for_each(|line| lines.line(line));
        for (event, written) in self.agenda.events.iter().zip(&self.events) {
            if self.task(event.about).is_some_and(&wanted) {
                lines.append(written);
            }
        }
        lines.line("END:VCALENDAR");
        File { path, text: lines.finish() }
    }

    /// The events of one activity alone, to be added to a calendar that the reader has.
    fn single(&self, about: About, path: String) -> File {
        let mut lines = self.head();
        TIME_ZONE.iter().for_each(|line| lines.line(line));
        for (event, written) in self.agenda.events.iter().zip(&self.events) {
            if event.about == about {
                lines.append(written);
            }
        }
        lines.line("END:VCALENDAR");
        File { path, text: lines.finish() }
    }

    fn head(&self) -> Lines {
        let mut lines = Lines::default();
        lines.line("BEGIN:VCALENDAR");
        lines.line("VERSION:2.0");
        lines.line(self.words.product);
        lines.line("CALSCALE:GREGORIAN");
        lines.line("METHOD:PUBLISH");
        lines
    }

    /// The tasks that stand on no day, so that they are not lost.
    fn description(&self, wanted: impl Fn(&Task) -> bool) -> String {
        let mut noted = vec![false; self.plan.tasks.len()];
        for event in &self.agenda.events {
            match event.about {
                About::Task(index) => noted[index] = true,
                About::Activity(index) => noted[self.plan.activities[index].task] = true,
                About::Item(_) => {}
            }
        }
        let tasks = |sought: Lane| -> Vec<&str> {
            let tasks = self.plan.tasks.iter().enumerate();
            tasks
                .filter(|(_, task)| lane(task.when.as_ref()) == sought && wanted(task))
                .filter(|(index, _)| !noted[*index])
                .map(|(_, task)| task.text.as_str())
                .collect()
        };
        let (all_year, as_appropriate) = (tasks(Lane::AllYear), tasks(Lane::AsAppropriate));
        let mut lines = Vec::new();
        if !all_year.is_empty() {
            lines.push(self.words.all_year(&all_year));
        }
        if !as_appropriate.is_empty() {
            lines.push(self.words.as_appropriate(&as_appropriate));
        }
        lines.join("\n")
    }

    fn event(&self, event: &Event, site: &str) -> Lines {
        let mut lines = Lines::default();
        let (Some(task), Some(standing)) =
            (self.task(event.about), self.agenda.standing(event.about))
        else {
            return lines;
        };
        let activity = match event.about {
            About::Activity(index) => self.plan.activities.get(index),
            _ => None,
        };
        let (id, title) =
            activity.map_or((&task.id, &task.text), |activity| (&activity.id, &activity.name));
        let when = activity.map_or(task.when.as_ref(), |activity| activity.when.as_ref());
        let wording = standing.date.or(when.map(|when| when.text()));
        lines.line("BEGIN:VEVENT");
        lines.text("UID", &self.uid(id, event.ordinal, site));
        lines.stamp("DTSTAMP", standing.latest.unwrap_or_else(|| self.issued()));
        lines.line(&format!("SEQUENCE:{}", standing.reports));
        match event.time {
            Time::Days { first, last } => {
                lines.day("DTSTART", first);
                // The day after the last one (RFC 5545, 3.6.1).
                lines.day("DTEND", last.checked_add_days(Days::new(1)).unwrap_or(last));
            }
            Time::Hours { start, end } => {
                lines.time("DTSTART", start);
                end.into_iter().for_each(|end| lines.time("DTEND", end));
            }
        }
        let unsaid = wording.filter(|_| !event.is_exact);
        lines.text("SUMMARY", &self.summary(title, unsaid, standing));
        let place = activity.and_then(|activity| activity.place.as_deref());
        if let Some(place) = standing.place.or(place) {
            lines.text("LOCATION", place);
        }
        lines.text("DESCRIPTION", &self.details(task, wording, standing));
        let page = activity.map_or_else(
            || self.routes.task(self.plan, task),
            |activity| self.routes.activity(&activity.id),
        );
        if let Some(address) = self.union.address(&page) {
            lines.address("URL", &address);
        }
        lines.line(match standing.status {
            Some(Status::Cancelled) => "STATUS:CANCELLED",
            _ if standing.is_adrift => "STATUS:TENTATIVE",
            _ => "STATUS:CONFIRMED",
        });
        // A plan that is looked at keeps nobody from other appointments.
        lines.line("TRANSP:TRANSPARENT");
        lines.line("END:VEVENT");
        lines
    }

    /// `2021.tug-of-war@gh.example.edu.cn/union`; ids have no dots, so no two come out the same.
    fn uid(&self, id: &str, ordinal: usize, site: &str) -> String {
        let folder = self.routes.folder().replace('/', ".");
        if ordinal == 1 {
            format!("{folder}{id}@{site}")
        } else {
            format!("{folder}{id}.{ordinal}@{site}")
        }
    }

    /// The day on which the plan became known.
    fn issued(&self) -> NaiveDate {
        let new_year = NaiveDate::from_ymd_opt(self.plan.year, 1, 1);
        self.plan.issued.or(new_year).unwrap_or_default()
    }

    /// The title, behind what has become of it and the wording of a time that its day leaves open.
    fn summary(&self, title: &str, unsaid: Option<&str>, standing: &Standing<'_>) -> String {
        let state = match standing.status {
            Some(Status::Cancelled) => self.words.cancelled,
            _ if standing.is_adrift => self.words.postponed,
            _ => "",
        };
        match unsaid {
            Some(when) => format!("{state}{when}{}{title}", self.words.colon),
            None => format!("{state}{title}"),
        }
    }

    /// When, who, and where it comes from, a line each.
    fn details(&self, task: &Task, wording: Option<&str>, standing: &Standing<'_>) -> String {
        let union = self.union.union;
        let item = task.item.map(|item| &self.plan.items[item]);
        let row = |names: String| Some(names).filter(|names| !names.is_empty());
        let words = &self.words;
        let facts = [
            (words.when, wording.map(str::to_owned)),
            (words.status, standing.status.map(|status| words.status_word(status).to_owned())),
            (words.offices, row(self.wording.row(union.office_names(&task.offices)))),
            (words.leaders, row(self.wording.row(union.leader_names(task)))),
            (words.support, row(self.wording.row(union.office_names(&task.support)))),
            (words.audience, task.audience.clone()),
            (words.remark, task.remark.clone()),
            (
                words.item,
                item.map(|item| format!("{} {}", item.printed_label(), item.table_title())),
            ),
        ];
        let lines = facts
            .into_iter()
            .filter_map(|(label, fact)| Some(format!("{label}{}{}", words.colon, fact?)));
        lines.collect::<Vec<_>>().join("\n")
    }
}
