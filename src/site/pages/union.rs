//! Pages that gather plans or belong to none: the list of years, the list of branch unions, site
//! pages, and the page for addresses that lead nowhere.

use crate::site::lists::value;
use crate::site::routes::{self, Routes};
use crate::site::view::{Counts, Crumb, PageView, Way};
use crate::site::{Frame, Page, SiteFrame, UnionFrame};
use minijinja::Value;
use serde::{Deserialize, Serialize};

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

/// Variables of `page.html`.
#[derive(Serialize)]
struct Content<'c> {
    content: &'c str,
}

/// The list of a union's years, the latest first. Only where there is more than one.
pub fn years(frame: &UnionFrame<'_>, mut lines: Vec<YearLine>) -> Page {
    lines.sort_by_key(|line| std::cmp::Reverse(line.year));
    let wording = frame.site.wording();
    let routes = frame.routes();
    let path = routes.years();
    let title = wording.years();
    let page = PageView {
        canonical: frame.site.canonical(&path),
        kind: "years",
        description: wording.titled(&title, &frame.union.short_name),
        door: None,
        crumbs: vec![
            Crumb { title: wording.overview(), page: Some(routes.home()) },
            Crumb { title: title.clone(), page: None },
        ],
        title,
        previous: None,
        next: None,
        path: path.clone(),
    };
    Page {
        path,
        template: super::template("years"),
        page: value(&page),
        frame: Frame::without_plan(frame.site_view()),
        view: value(&Years { years: lines }),
    }
}

/// The list of branch unions.
pub fn branches(site: &SiteFrame, site_view: Value, branches: Vec<BranchLine>) -> Page {
    let title = site.wording().branches();
    let view = value(&Branches { branches });
    loose(site, routes::BRANCHES.to_owned(), "branches", title, site_view, view)
}

/// A site page; `content` is safe HTML.
pub fn markdown(
    site: &SiteFrame,
    site_view: Value,
    name: &str,
    title: &str,
    content: &str,
) -> Page {
    let view = value(&Content { content });
    loose(site, routes::site_page(name), "page", title.to_owned(), site_view, view)
}

/// The page for addresses that lead nowhere.
pub fn missing(site: &SiteFrame, site_view: Value) -> Page {
    let title = site.wording().missing();
    let view = Value::from(std::collections::BTreeMap::<String, Value>::new());
    loose(site, routes::MISSING.to_owned(), "missing", title, site_view, view)
}

fn loose(
    site: &SiteFrame,
    path: String,
    kind: &'static str,
    title: String,
    site_view: Value,
    view: Value,
) -> Page {
    let wording = site.wording();
    let page = PageView {
        canonical: site.canonical(&path).filter(|_| kind != "missing"),
        kind,
        description: wording.titled(&title, &site.main_name),
        door: None,
        crumbs: vec![
            Crumb { title: wording.overview(), page: Some(Routes::new(None).home()) },
            Crumb { title: title.clone(), page: None },
        ],
        title,
        previous: None,
        next: None,
        path: path.clone(),
    };
    Page {
        path,
        template: super::template(kind),
        page: value(&page),
        frame: Frame::without_plan(site_view),
        view,
    }
}
