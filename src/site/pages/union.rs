//! Pages that gather plans or belong to none: the list of years, the list of branch unions, site
//! pages, the search page, the accessibility statement, and the page for addresses that lead
//! nowhere.

use crate::site::lists::value;
use crate::site::routes;
use crate::site::view::{Counts, PageView, Way};
use crate::site::{Frame, Page, UnionFrame, crumb, here};
use minijinja::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the list of years says of a plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct YearLine {
    /// 2021
    pub year: i32,
    /// The plan's title.
    pub title: String,
    /// Its overview.
    pub page: String,
    /// How much it holds.
    pub counts: Counts,
    /// True for the current year.
    pub current: bool,
}

/// A branch union in the list of branches.
#[derive(Debug, Clone, Serialize)]
pub struct BranchLine {
    /// Its short name.
    pub name: String,
    /// Its home.
    pub page: String,
    /// The title of its current plan, if it has one.
    pub title: Option<String>,
    /// Its years, the latest first.
    pub years: Vec<Way>,
}

/// Variables of `years.html`.
#[derive(Serialize)]
struct Years {
    years: Vec<YearLine>,
}

/// Variables of `branches.html`.
#[derive(Serialize)]
struct Branches {
    branches: Vec<BranchLine>,
}

/// Variables of `search.html`.
#[derive(Serialize)]
struct Search {
    /// Ways that need no script: the main union's years with their full texts and tables, the latest
    /// first.
    years: Vec<FullText>,
    /// The index of what can be found.
    index: String,
}

/// Where all that a plan says stands on one page.
#[derive(Serialize)]
struct FullText {
    title: String,
    notice: String,
    schedule: String,
}

/// Variables of `page.html`.
#[derive(Serialize)]
struct Content<'c> {
    content: &'c str,
}

/// The list of a union's years, the latest first. Only where there is more than one.
pub fn years(union: &UnionFrame<'_>, mut lines: Vec<YearLine>) -> Page {
    lines.sort_by_key(|line| std::cmp::Reverse(line.year));
    let title = union.site.wording().years();
    page(union, union.routes().years(), "years", title, value(&Years { years: lines }))
}

/// The list of branch unions, as the main union shows it.
pub fn branches(main: &UnionFrame<'_>, branches: Vec<BranchLine>) -> Page {
    let title = main.site.wording().branches();
    let view = value(&Branches { branches });
    page(main, routes::BRANCHES.to_owned(), "branches", title, view)
}

/// The page that searches the whole site. `lines` are the main union's plans.
pub fn search(main: &UnionFrame<'_>, lines: &[YearLine]) -> Page {
    let title = main.site.wording().search();
    let mut years: Vec<&YearLine> = lines.iter().collect();
    years.sort_by_key(|line| std::cmp::Reverse(line.year));
    let full = |line: &&YearLine| {
        let routes = main.routes().year(line.year);
        let title = line.title.clone();
        FullText { title, notice: routes.notice(), schedule: routes.schedule() }
    };
    let view = Search {
        years: years.iter().map(full).collect(),
        index: format!("{}index.js", routes::search_folder("index")),
    };
    page(main, routes::SEARCH.to_owned(), "search", title, value(&view))
}

/// A site page; `content` is safe HTML.
pub fn markdown(main: &UnionFrame<'_>, name: &str, title: &str, content: &str) -> Page {
    let view = value(&Content { content });
    page(main, routes::site_page(name), "page", title.to_owned(), view)
}

/// The accessibility statement, in the theme's words.
pub fn accessibility(main: &UnionFrame<'_>) -> Page {
    let title = main.site.wording().accessibility();
    let view = Value::from(BTreeMap::<String, Value>::new());
    page(main, routes::ACCESSIBILITY.to_owned(), "accessibility", title, view)
}

/// The page for addresses that lead nowhere.
pub fn missing(main: &UnionFrame<'_>) -> Page {
    let title = main.site.wording().missing();
    let view = Value::from(BTreeMap::<String, Value>::new());
    page(main, routes::MISSING.to_owned(), "missing", title, view)
}

/// A page that belongs to no plan, one step below its union's home.
fn page(
    union: &UnionFrame<'_>,
    path: String,
    kind: &'static str,
    title: String,
    view: Value,
) -> Page {
    let wording = union.site.wording();
    let about = PageView {
        // An address that leads nowhere has no address of its own.
        canonical: union.site.canonical(&path).filter(|_| kind != "missing"),
        kind,
        description: wording.titled(&title, &union.union.short_name),
        door: None,
        at_door: false,
        crumbs: vec![crumb(wording.overview(), union.routes().home()), here(title.clone())],
        title,
        previous: None,
        next: None,
        path: path.clone(),
    };
    Page {
        path,
        template: super::template(kind),
        page: value(&about),
        frame: Frame::without_plan(union.site_view()),
        view,
    }
}
