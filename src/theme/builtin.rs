//! The default theme, part of the program so that one file is all it takes.

/// Lists files of `themes/default/` with their content.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../themes/default/", $name)))),*]
    };
}

/// Every file of the default theme, by its path in the theme.
pub const FILES: &[(&str, &str)] = files![
    "icon.svg",
    "scripts/schedule.js",
    "scripts/search.js",
    "scripts/site.js",
    "strings/en.yaml",
    "strings/zh-CN.yaml",
    "styles/access.css",
    "styles/base.css",
    "styles/beside.css",
    "styles/facts.css",
    "styles/fonts.css",
    "styles/foot.css",
    "styles/hang.css",
    "styles/index.css",
    "styles/lanes.css",
    "styles/masthead.css",
    "styles/months.css",
    "styles/names.css",
    "styles/notice.css",
    "styles/people.css",
    "styles/print.css",
    "styles/prose.css",
    "styles/schedule.css",
    "styles/search.css",
    "styles/sections.css",
    "styles/status.css",
    "styles/subscribe.css",
    "styles/tasks.css",
    "styles/tokens.css",
    "styles/updates.css",
    "styles/year.css",
    "templates/accessibility.html",
    "templates/activities.html",
    "templates/activity.html",
    "templates/branches.html",
    "templates/calendar.html",
    "templates/entries.html",
    "templates/filter.html",
    "templates/foot.html",
    "templates/head.html",
    "templates/item.html",
    "templates/lane.html",
    "templates/layout.html",
    "templates/leader.html",
    "templates/masthead.html",
    "templates/missing.html",
    "templates/month-lanes.html",
    "templates/month.html",
    "templates/months.html",
    "templates/news.html",
    "templates/notice.html",
    "templates/office.html",
    "templates/offices.html",
    "templates/overview.html",
    "templates/page.html",
    "templates/person.html",
    "templates/schedule.html",
    "templates/search.html",
    "templates/section.html",
    "templates/subscribe-how.html",
    "templates/subscribe.html",
    "templates/tasks.html",
    "templates/updates.html",
    "templates/years.html",
    "theme.yaml",
];

/// The style sheet of the default theme as [`super::styles`] bundles it, which takes longer than
/// all else that a small site needs. A test holds it to the sheets.
pub const STYLE: &str = include_str!("default.css");

/// A file of the default theme.
pub fn find(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}

/// Tells whether a file of the default theme is this one.
pub fn has(name: &str, text: &str) -> bool {
    find(name) == Some(text)
}
