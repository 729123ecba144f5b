//! What has become of a plan's work: its reports of progress, and what the last of them says.

use super::Lists;
use crate::plan::update::About;
use crate::plan::{Status, Update};
use crate::site::routes::encode;
use crate::site::view::{UpdateView, Way};

impl Lists<'_> {
    /// Where a piece of work stands, by the last report that says so.
    pub fn status(&self, about: About) -> Option<&'static str> {
        self.plan.latest(about, |update| update.status.map(Status::word))
    }

    /// The day and time last set for a piece of work.
    pub fn set_date(&self, about: About) -> Option<String> {
        self.plan.latest(about, |update| update.date.clone())
    }

    /// The place last set for a piece of work.
    pub fn set_place(&self, about: About) -> Option<String> {
        self.plan.latest(about, |update| update.place.clone())
    }

    /// Reports about some of the plan's work, the latest first.
    pub fn updates(&self, mut wanted: impl FnMut(About) -> bool) -> Vec<UpdateView> {
        let of = |update: &&Update| wanted(update.about);
        self.plan.updates.iter().rev().filter(of).map(|update| self.update(update)).collect()
    }

    fn update(&self, update: &Update) -> UpdateView {
        let about = match update.about {
            About::Item(index) => self.item_way(&self.plan.items[index]),
            About::Task(index) => {
                let task = &self.plan.tasks[index];
                Way {
                    title: task.text.clone(),
                    label: None,
                    page: self.routes.task(self.plan, task),
                }
            }
            About::Activity(index) => {
                let activity = &self.plan.activities[index];
                Way {
                    title: activity.name.clone(),
                    label: None,
                    page: self.routes.activity(&activity.id),
                }
            }
        };
        UpdateView {
            on: update.on.to_string(),
            about,
            status: update.status.map(Status::word),
            date: update.date.clone(),
            place: update.place.clone(),
            text: update.text.clone(),
            link: update.link.as_deref().map(link_target),
        }
    }
}

/// A link from data as a target for `link(…)`: an address as it is, a path of the site encoded.
fn link_target(link: &str) -> String {
    if link.contains(':') { link.to_owned() } else { encode(link) }
}
