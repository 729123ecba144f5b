//! One file a kind of page: what it shows, and how it is called.

pub mod activity;
pub mod calendar;
pub mod item;
pub mod notice;
pub mod offices;
pub mod overview;
pub mod schedule;
pub mod section;
pub mod union;
pub mod updates;

/// Every kind of page with its template.
pub const KINDS: [(&str, &str); 18] = [
    ("overview", "overview.html"),
    ("notice", "notice.html"),
    ("schedule", "schedule.html"),
    ("section", "section.html"),
    ("item", "item.html"),
    ("calendar", "calendar.html"),
    ("month", "month.html"),
    ("activity", "activity.html"),
    ("offices", "offices.html"),
    ("office", "office.html"),
    ("leader", "leader.html"),
    ("updates", "updates.html"),
    ("years", "years.html"),
    ("branches", "branches.html"),
    ("search", "search.html"),
    ("page", "page.html"),
    ("accessibility", "accessibility.html"),
    ("missing", "missing.html"),
];

/// The template of a kind of page.
pub fn template(kind: &str) -> &'static str {
    KINDS.iter().find(|(name, _)| *name == kind).map_or("page.html", |(_, template)| template)
}
