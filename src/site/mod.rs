//! Plans → pages: which pages exist, where they stand and what each shows.
//!
//! [`routes`] is the one place that knows URLs. [`view`] holds the shapes that several kinds of
//! page show, [`lists`] makes them once a plan, and [`pages`] has one file a kind of page.

pub mod entries;
pub mod lists;
pub mod pages;
pub mod routes;
pub mod ruler;
pub mod view;
pub mod wording;

use crate::plan::event::Agenda;
use crate::plan::{Plan, Union};
use lists::{Lists, value};
use minijinja::Value;
use routes::{Routes, YearRoutes};
use std::sync::Arc;
use view::{CalendarView, Counts, Crumb, DateView, Doors, PageView, PlanView, SiteView, Way};
use wording::Wording;

use chrono::Datelike;

/// A page to be rendered.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path from the site's root: `2021/months/05.html`.
    pub path: String,
    /// The template's name: `month.html`.
    pub template: &'static str,
    /// What the page says of itself, as `page`.
    pub page: Value,
    /// What it has in common with the other pages of its plan.
    pub frame: Arc<Frame>,
    /// The page's own variables: a map.
    pub view: Value,
}

/// What all pages of a plan have in common.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The site, as `site`.
    pub site: Value,
    /// The plan, as `plan`; none on pages that belong to no plan.
    pub plan: Value,
    /// The plan's lists: `months`, `all_year`, `as_appropriate`.
    pub lists: Option<[Value; 3]>,
}

impl Frame {
    /// The frame of a page that belongs to no plan.
    pub fn without_plan(site: Value) -> Arc<Self> {
        Arc::new(Self { site, plan: Value::from(()), lists: None })
    }

    /// A list of the plan, by the name that templates know it by.
    pub fn list(&self, name: &str) -> Option<&Value> {
        let [months, all_year, as_appropriate] = self.lists.as_ref()?;
        match name {
            "months" => Some(months),
            "all_year" => Some(all_year),
            "as_appropriate" => Some(as_appropriate),
            _ => None,
        }
    }
}

/// What is the same on every page of the site.
#[derive(Debug, Clone)]
pub struct SiteFrame {
    /// The site's title, if it is not the main union's short name.
    pub title: Option<String>,
    /// Address of the site, with a slash at its end, if it is known.
    pub base_url: Option<String>,
    /// `zh-CN`
    pub language: String,
    /// A picture beside the site's name: a file of the site.
    pub logo: Option<String>,
    /// ICP filing number.
    pub icp: Option<String>,
    /// Site pages, for the footer.
    pub pages: Vec<Way>,
    /// Short name of the main union.
    pub main_name: String,
    /// Whether there are branch unions.
    pub has_branches: bool,
}

/// A union among the others of its site.
#[derive(Debug, Clone)]
pub struct UnionFrame<'s> {
    /// The site.
    pub site: &'s SiteFrame,
    /// The union.
    pub union: &'s Union,
    /// None for the main union, else the branch's id.
    pub branch: Option<&'s str>,
    /// Its years with a plan, the earliest first; never empty.
    pub years: &'s [i32],
}

impl SiteFrame {
    /// The wording of the site's language.
    pub fn wording(&self) -> Wording {
        Wording::of(&self.language)
    }

    fn canonical(&self, path: &str) -> Option<String> {
        let base = self.base_url.as_ref()?;
        let path = path
            .strip_suffix("index.html")
            .filter(|rest| rest.is_empty() || rest.ends_with('/'))
            .unwrap_or(path);
        Some(format!("{base}{path}"))
    }
}

impl UnionFrame<'_> {
    /// The full address of a page or file, if the site's is known.
    pub fn address(&self, path: &str) -> Option<String> {
        self.site.base_url.as_ref().map(|base| format!("{base}{path}"))
    }

    /// A calendar file as a page offers it.
    pub fn calendar_view(&self, file: String) -> CalendarView {
        let address = self.address(&file);
        let rest = address.as_ref().and_then(|address| address.split_once("://"));
        let subscribe = rest.map(|(_, rest)| format!("webcal://{rest}"));
        CalendarView { file, subscribe, address }
    }

    /// The union's routes.
    pub fn routes(&self) -> Routes {
        Routes::new(self.branch)
    }

    /// The current year: the latest that has a plan.
    pub fn current_year(&self) -> i32 {
        self.years.last().copied().unwrap_or_default()
    }

    /// The site as this union's pages show it.
    pub fn site_view(&self) -> Value {
        let site = self.site;
        let name = match (self.branch, &site.title) {
            (None, Some(title)) => title.clone(),
            _ => self.union.short_name.clone(),
        };
        value(&SiteView {
            name,
            language: site.language.clone(),
            home: self.routes().home(),
            parent: self.branch.map(|_| Way {
                title: site.main_name.clone(),
                label: None,
                page: Routes::new(None).home(),
            }),
            years: (self.years.len() > 1).then(|| self.routes().years()),
            branches: site.has_branches.then(|| routes::BRANCHES.to_owned()),
            search: routes::SEARCH,
            pages: site.pages.clone(),
            accessibility: routes::ACCESSIBILITY,
            contact: self.union.contact.clone(),
            logo: site.logo.as_deref().map(routes::encode),
            icp: site.icp.clone(),
        })
    }

    fn doors(&self, routes: &YearRoutes, year: i32) -> Doors {
        let current = year == self.current_year();
        Doors {
            overview: if current { self.routes().home() } else { routes.overview() },
            calendar: routes.calendar(),
            schedule: routes.schedule(),
            offices: routes.offices(),
            notice: routes.notice(),
        }
    }

    /// What the pages of a plan say of it.
    pub fn plan_view(&self, plan: &Plan, routes: &YearRoutes) -> Value {
        value(&PlanView {
            year: plan.year,
            title: plan.title.clone(),
            has_notice: plan.notice.is_some(),
            has_table: plan.schedule_title.is_some(),
            issued: plan.issued.map(|day| DateView {
                iso: day.to_string(),
                year: day.year(),
                month: day.month(),
                day: day.day(),
            }),
            document_number: plan.document_number.clone(),
            issuer: self.union.name.clone(),
            doors: self.doors(routes, plan.year),
            counts: counts(plan),
        })
    }
}

/// How much a plan holds.
pub fn counts(plan: &Plan) -> Counts {
    Counts {
        sections: plan.sections.len(),
        items: plan.items.len(),
        tasks: plan.tasks.len(),
        activities: plan.activities.len(),
    }
}

/// What a page of a plan is about; the rest of [`PageView`] follows from where it stands.
pub struct Head {
    /// Path from the site's root.
    pub path: String,
    /// Kind of page, which is also its template's name without `.html`.
    pub kind: &'static str,
    /// For `<title>`.
    pub title: String,
    /// For search results.
    pub description: String,
    /// The door of the masthead behind which it stands.
    pub door: Option<&'static str>,
    /// Crumbs below the overview.
    pub crumbs: Vec<Crumb>,
    /// The page before.
    pub previous: Option<Way>,
    /// The page after.
    pub next: Option<Way>,
}

/// The pages of one plan, in the making.
pub struct PlanPages<'p> {
    /// The union among the others.
    pub union: &'p UnionFrame<'p>,
    /// The plan's lists.
    pub lists: Lists<'p>,
    /// What the plan puts into calendars.
    pub agenda: &'p Agenda<'p>,
    frame: Arc<Frame>,
    overview: String,
    pages: Vec<Page>,
}

/// Makes every page of a plan: those in its folder, and the union's home if the plan is the
/// current one.
pub fn plan_pages(
    union: &UnionFrame<'_>,
    plan: &Plan,
    agenda: &Agenda<'_>,
    attachments: &[String],
) -> Vec<Page> {
    let routes = union.routes().year(plan.year);
    let lists = Lists::new(union.union, plan, routes.clone(), union.site.wording());
    let mut pages = PlanPages {
        frame: Arc::new(Frame {
            site: union.site_view(),
            plan: union.plan_view(plan, &routes),
            lists: Some([
                Value::from(lists.months.clone()),
                lists.all_year.clone(),
                lists.as_appropriate.clone(),
            ]),
        }),
        overview: union.doors(&routes, plan.year).overview,
        union,
        lists,
        agenda,
        pages: Vec::with_capacity(32 + plan.items.len() + plan.activities.len()),
    };
    pages::overview::add(&mut pages);
    pages::notice::add(&mut pages, attachments);
    pages::schedule::add(&mut pages);
    pages::section::add(&mut pages);
    pages::item::add(&mut pages);
    pages::calendar::add(&mut pages);
    pages::activity::add(&mut pages);
    pages::offices::add(&mut pages);
    pages::updates::add(&mut pages);
    pages.pages
}

impl PlanPages<'_> {
    /// Adds a page with its own variables, a map.
    pub fn push(&mut self, head: Head, view: Value) {
        let mut crumbs = Vec::with_capacity(head.crumbs.len() + 1);
        if !head.crumbs.is_empty() {
            crumbs.push(Crumb {
                title: self.lists.wording.overview(),
                page: Some(self.overview.clone()),
            });
        }
        crumbs.extend(head.crumbs);
        let page = PageView {
            canonical: self.union.site.canonical(&head.path),
            kind: head.kind,
            title: head.title,
            description: head.description,
            door: head.door,
            at_door: head.door == Some(head.kind),
            crumbs,
            previous: head.previous,
            next: head.next,
            path: head.path.clone(),
        };
        self.pages.push(Page {
            path: head.path,
            template: pages::template(head.kind),
            page: value(&page),
            frame: self.frame.clone(),
            view,
        });
    }
}

/// A crumb that leads somewhere.
pub fn crumb(title: String, page: String) -> Crumb {
    Crumb { title, page: Some(page) }
}

/// The last crumb: the page itself.
pub fn here(title: String) -> Crumb {
    Crumb { title, page: None }
}
