//! The one place that knows URLs: where each page stands, and how one page links to another.
//!
//! Targets are paths from the site's root with an optional fragment: `2021/items/5.html#t5-1`.
//! Pages link to each other by relative paths that name the file, so that a copy of the output
//! works at a domain's root, under any path, on a share and from a USB stick.

use crate::plan::{Plan, Task};
use std::borrow::Cow;
use std::fmt::Write;

/// The routes of one union: the main union's begin at the root, a branch's below
/// `branches/<id>/`.
#[derive(Debug, Clone)]
pub struct Routes {
    base: String,
}

/// The page that lists the branch unions.
pub const BRANCHES: &str = "branches.html";
/// The page for addresses that lead nowhere.
pub const MISSING: &str = "404.html";
/// The accessibility statement of the whole site.
pub const ACCESSIBILITY: &str = "accessibility.html";
/// The page that searches the whole site.
pub const SEARCH: &str = "search.html";
/// The folder of what the search page looks through.
pub const SEARCH_DATA: &str = "search";
/// The folder of the theme's files, whose names carry a hash of their content.
pub const ASSETS: &str = "assets";

impl Routes {
    /// Routes of the main union (none) or of a branch.
    pub fn new(branch: Option<&str>) -> Self {
        Self { base: branch.map_or_else(String::new, |id| format!("branches/{id}/")) }
    }

    /// The union's home: the overview of its current year.
    pub fn home(&self) -> String {
        format!("{}index.html", self.base)
    }

    /// The list of its years.
    pub fn years(&self) -> String {
        format!("{}years.html", self.base)
    }

    /// The folder of a year, with a slash at its end.
    pub fn year(&self, year: i32) -> YearRoutes {
        YearRoutes { folder: format!("{}{year}/", self.base) }
    }
}

/// The routes of one year's plan.
#[derive(Debug, Clone)]
pub struct YearRoutes {
    folder: String,
}

impl YearRoutes {
    /// The folder itself, `2021/`: the unit in which a plan is published.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    fn at(&self, path: &str) -> String {
        let mut target = String::with_capacity(self.folder.len() + path.len() + 16);
        target.push_str(&self.folder);
        target.push_str(path);
        target
    }

    fn page(&self, room: &str, id: &str) -> String {
        let mut target = self.at(room);
        target.push('/');
        target.push_str(id);
        target.push_str(".html");
        target
    }

    /// `2021/index.html`
    pub fn overview(&self) -> String {
        self.at("index.html")
    }

    /// `2021/notice.html`
    pub fn notice(&self) -> String {
        self.at("notice.html")
    }

    /// `2021/schedule.html`
    pub fn schedule(&self) -> String {
        self.at("schedule.html")
    }

    /// `2021/calendar.html`
    pub fn calendar(&self) -> String {
        self.at("calendar.html")
    }

    /// `2021/offices.html`
    pub fn offices(&self) -> String {
        self.at("offices.html")
    }

    /// `2021/sections/1.html`
    pub fn section(&self, id: &str) -> String {
        self.page("sections", id)
    }

    /// `2021/items/5.html`
    pub fn item(&self, id: &str) -> String {
        self.page("items", id)
    }

    /// Where a task stands in full: on its item's page, else its section's, else the overview.
    pub fn task(&self, plan: &Plan, task: &Task) -> String {
        let mut page = match (task.item, task.section) {
            (Some(item), _) => self.item(&plan.items[item].id),
            (None, Some(section)) => self.section(&plan.sections[section].id),
            (None, None) => self.overview(),
        };
        let _ = write!(page, "#{}", task.id);
        page
    }

    /// `2021/months/05.html`
    pub fn month(&self, month: u8) -> String {
        let mut target = self.at("months/");
        let _ = write!(target, "{month:02}.html");
        target
    }

    /// `2021/activities/tug-of-war.html`
    pub fn activity(&self, id: &str) -> String {
        self.page("activities", id)
    }

    /// `2021/offices/publicity.html`
    pub fn office(&self, id: &str) -> String {
        self.page("offices", id)
    }

    /// `2021/leaders/he-pin.html`
    pub fn leader(&self, id: &str) -> String {
        self.page("leaders", id)
    }

    /// `2021/updates.html`
    pub fn updates(&self) -> String {
        self.at("updates.html")
    }

    /// `2021/calendar.ics`: the whole plan as a calendar.
    pub fn calendar_file(&self) -> String {
        self.at("calendar.ics")
    }

    /// The calendar of an office, a leader or an activity, beside its page: of
    /// `2021/offices/publicity.html`, `2021/offices/publicity.ics`.
    pub fn calendar_file_of(page: &str) -> String {
        format!("{}.ics", page.strip_suffix(".html").unwrap_or(page))
    }

    /// Where a file of the plan's `files/` is written.
    pub fn attachment_file(&self, name: &str) -> String {
        self.at(&format!("files/{name}"))
    }

    /// The target of a link to such a file: the same, percent-encoded.
    pub fn attachment(&self, name: &str) -> String {
        self.at(&format!("files/{}", encode(name)))
    }
}

/// The folder of a chunk of what can be found, or of the index of all, with a slash at its end.
pub fn search_folder(name: &str) -> String {
    format!("{SEARCH_DATA}/{name}/")
}

/// A site page written in Markdown: `about.html`.
pub fn site_page(name: &str) -> String {
    format!("{name}.html")
}

/// Percent-encodes a path, keeping its slashes.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The relative link from the page at `from` to `target`.
///
/// ```
/// use unionplan::site::routes::relative;
///
/// assert_eq!(relative("2021/items/5.html", "2021/items/6.html"), "6.html");
/// assert_eq!(relative("2021/items/5.html", "index.html"), "../../index.html");
/// assert_eq!(relative("2021/items/5.html", "2021/items/5.html#t5-1"), "#t5-1");
/// ```
pub fn relative(from: &str, target: &str) -> String {
    Origin::new(from.to_owned()).link(target).into_owned()
}

/// The page that relative links start from. Many start from the same one, so what they have in
/// common is worked out once.
#[derive(Debug, Clone)]
pub struct Origin {
    page: String,
    /// Lengths of the page's folders from its own up to the root, each with its slash.
    folders: Vec<usize>,
}

impl Origin {
    /// The page at a path; with a slash at its end, a page of that folder without a name.
    pub fn new(page: String) -> Self {
        let slashes = page.rmatch_indices('/').map(|(at, _)| at + 1);
        Self { folders: slashes.chain([0]).collect(), page }
    }

    /// The link to a target: as [`relative`] has it.
    pub fn link<'t>(&self, target: &'t str) -> Cow<'t, str> {
        let fragment = target.strip_prefix(&self.page).filter(|rest| rest.starts_with('#'));
        if let Some(fragment) = fragment {
            return Cow::Borrowed(fragment);
        }
        let shared = |end: &usize| target.as_bytes().starts_with(&self.page.as_bytes()[..*end]);
        let up = self.folders.iter().position(shared).unwrap_or_default();
        let rest = &target[self.folders[up]..];
        if up == 0 {
            return Cow::Borrowed(rest);
        }
        let mut link = String::with_capacity(up * 3 + rest.len());
        for _ in 0..up {
            link.push_str("../");
        }
        link.push_str(rest);
        Cow::Owned(link)
    }
}
