//! The straight way, from the root folder to the output.
//!
//! Plans are independent of each other, so each one goes the whole way by itself, in parallel:
//! read, checked, turned into pages, rendered, staged, and dropped from memory before the next.
//! The output is touched only after every plan has come through without a fault; from the first
//! fault on, the others are only checked, so that one run reports everything. A plan of which
//! nothing has changed since the last build stays as it is, unread.

mod key;

use self::key::Keys;
use crate::diagnostic::{Diagnostic, Report};
use crate::lock::lock;
use crate::plan::Union;
use crate::publish::{Batch, Output, Summary, Unit};
use crate::site::pages::union::{self as union_pages, BranchLine, YearLine};
use crate::site::routes::Routes;
use crate::site::view::Way;
use crate::site::{Frame, Page, SiteFrame, UnionFrame, counts, plan_pages};
use crate::source::{self, Settings, SitePage, UnionFolder, YearFolder};
use crate::theme::{self, Parts, Theme};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What to build, and where to.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds `data/`, `site/` and `themes/`.
    pub root: PathBuf,
    /// Where the site goes; none to check only.
    pub out: Option<PathBuf>,
    /// Address of the site, in place of the one in `site.yaml`.
    pub base_url: Option<String>,
    /// Whether warnings stop a build.
    pub strict: bool,
    /// Whether files that unionplan did not make may be overwritten.
    pub overwrite: bool,
}

/// How a build went.
#[derive(Debug)]
pub struct Outcome {
    /// All that there is to tell, in order.
    pub report: Report,
    /// What was published; none if it was only checked, or stopped by a fault.
    pub summary: Option<Summary>,
    /// How many plans there are.
    pub plans: usize,
    /// How many of them were kept as they were, without being read.
    pub kept: usize,
}

/// Everything that is read before the plans.
struct Project {
    settings: Settings,
    unions: Vec<(UnionFolder, Union)>,
    pages: Vec<SitePage>,
    statics: Vec<source::Attachment>,
}

/// Builds a site, or only checks it.
pub fn build(options: &Options) -> Outcome {
    let mut report = Report::default();
    let (project, found) = read_project(options);
    report.extend(found);
    let theme = match theme::load(&options.root, &project.settings) {
        Ok(theme) => Some(theme),
        Err(faults) => {
            report.extend(faults);
            None
        }
    };
    let output = match &options.out {
        Some(out) if report.errors() == 0 => {
            Output::open(&options.root, out, options.overwrite).map(Some).unwrap_or_else(|fault| {
                report.push(*fault);
                None
            })
        }
        _ => None,
    };
    let plans = project.unions.iter().map(|(folder, _)| folder.years.len()).sum();
    let run = Run::new(options, &project, theme.as_ref(), output.as_ref(), report);
    run.plans();
    run.shared_pages();
    let kept = run.kept.load(Ordering::Relaxed);
    let mut report = run.report.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    report.sort();
    let stopped = report.errors() > 0 || (options.strict && report.warnings() > 0);
    let summary = match output {
        Some(output) if stopped => {
            output.abandon();
            None
        }
        Some(output) => match output.commit() {
            Ok(summary) => Some(summary),
            Err(faults) => {
                faults.into_iter().for_each(|fault| report.push(fault));
                None
            }
        },
        None => None,
    };
    Outcome { report, summary, plans, kept }
}

fn read_project(options: &Options) -> (Project, Report) {
    let root = &options.root;
    let (mut settings, mut report) = source::read_settings(root);
    if let Some(url) = &options.base_url {
        settings.base_url = Some(url.clone());
    }
    let (folders, found) = source::discover(root);
    report.extend(found);
    let read: Vec<_> =
        folders.into_par_iter().map(|folder| (source::read_union(root, &folder), folder)).collect();
    let mut unions = Vec::new();
    for ((union, found), folder) in read {
        report.extend(found);
        unions.extend(union.map(|union| (folder, union)));
    }
    let pages = source::read_site_pages(root, settings.raw_html, &mut report);
    let statics = source::static_files(root, &pages, &mut report);
    (Project { settings, unions, pages, statics }, report)
}

/// One run over all plans.
struct Run<'r> {
    root: &'r Path,
    project: &'r Project,
    theme: Option<&'r Theme>,
    output: Option<&'r Output>,
    keys: Option<Keys>,
    frame: SiteFrame,
    years: Vec<Vec<i32>>,
    lines: Vec<Mutex<Vec<YearLine>>>,
    report: Mutex<Report>,
    kept: AtomicUsize,
    failed: AtomicBool,
}

impl<'r> Run<'r> {
    fn new(
        options: &'r Options,
        project: &'r Project,
        theme: Option<&'r Theme>,
        output: Option<&'r Output>,
        report: Report,
    ) -> Self {
        let settings = &project.settings;
        let main = project.unions.iter().find(|(folder, _)| folder.branch.is_none());
        let ways = project.pages.iter().map(|page| Way {
            title: page.title.clone(),
            label: None,
            page: crate::site::routes::site_page(&page.name),
        });
        let frame = SiteFrame {
            title: settings.title.clone(),
            base_url: settings.base_url.clone(),
            language: settings.language.clone(),
            icp: settings.icp.clone(),
            pages: ways.collect(),
            main_name: main.map_or_else(String::new, |(_, union)| union.short_name.clone()),
            has_branches: project.unions.iter().any(|(folder, _)| folder.branch.is_some()),
        };
        let years = |(folder, _): &(UnionFolder, Union)| {
            folder.years.iter().map(|year| year.year).collect()
        };
        Self {
            root: &options.root,
            project,
            theme,
            output,
            keys: theme.map(Keys::new),
            frame,
            years: project.unions.iter().map(years).collect(),
            lines: project.unions.iter().map(|_| Mutex::default()).collect(),
            kept: AtomicUsize::new(0),
            failed: AtomicBool::new(report.errors() > 0 || theme.is_none()),
            report: Mutex::new(report),
        }
    }

    fn union_frame(&self, index: usize) -> UnionFrame<'_> {
        let (folder, union) = &self.project.unions[index];
        UnionFrame {
            site: &self.frame,
            union,
            branch: folder.branch.as_deref(),
            years: &self.years[index],
        }
    }

    fn tell(&self, found: Report) {
        if found.is_empty() {
            return;
        }
        if found.errors() > 0 {
            self.failed.store(true, Ordering::Relaxed);
        }
        lock(&self.report).extend(found);
    }

    fn tell_one(&self, diagnostic: Diagnostic) {
        self.tell(Report::from(diagnostic));
    }

    /// Takes every plan the whole way.
    fn plans(&self) {
        let jobs: Vec<(usize, &YearFolder)> = self
            .project
            .unions
            .iter()
            .enumerate()
            .flat_map(|(index, (folder, _))| folder.years.iter().map(move |year| (index, year)))
            .collect();
        jobs.into_par_iter().with_max_len(1).for_each(|(index, year)| self.plan(index, year));
    }

    /// Keeps what the output has of a plan, if it was made from the very same.
    fn keep(&self, index: usize, folder: &str, key: u128) -> bool {
        let note = self.output.and_then(|output| output.keep(folder, key));
        let Some(line) = note.and_then(|note| serde_json::from_str(&note).ok()) else {
            return false;
        };
        lock(&self.lines[index]).push(line);
        self.kept.fetch_add(1, Ordering::Relaxed);
        true
    }

    fn plan(&self, index: usize, folder: &YearFolder) {
        let frame = self.union_frame(index);
        let routes = frame.routes().year(folder.year);
        let key = self.keys.as_ref().and_then(|keys| keys.of(&frame, folder));
        if key.is_some_and(|key| self.keep(index, routes.folder(), key)) {
            return;
        }
        let (plan, found) = source::read_plan(self.root, folder, frame.union);
        let (sound, silent) = (found.errors() == 0, found.is_empty());
        self.tell(found);
        let Some(plan) = plan.filter(|_| sound && !self.failed.load(Ordering::Relaxed)) else {
            return;
        };
        let names: Vec<String> = folder.attachments.iter().map(|file| file.name.clone()).collect();
        self.publish(plan_pages(&frame, &plan, &names), |batch| {
            folder
                .attachments
                .iter()
                .try_for_each(|file| batch.copy(&routes.attachment_file(&file.name), &file.source))
        });
        let line = YearLine {
            year: plan.year,
            title: plan.title.clone(),
            page: routes.overview(),
            counts: counts(&plan),
            current: plan.year == frame.current_year(),
        };
        // A plan with something to tell is read again each time, so that it is told each time.
        if let (Some(output), Some(key), true, Ok(note)) =
            (self.output, key, silent, serde_json::to_string(&line))
        {
            let home = line.current.then(|| frame.routes().home());
            output.note(routes.folder(), Unit { key, home, note });
        }
        lock(&self.lines[index]).push(line);
    }

    /// Renders and stages pages, then whatever `more` adds.
    fn publish(
        &self,
        pages: impl IntoIterator<Item = Page>,
        more: impl FnOnce(&mut Batch<'_>) -> Result<(), Box<Diagnostic>>,
    ) {
        let Some(theme) = self.theme else { return };
        let mut batch = self.output.map(Output::batch);
        let mut parts: Option<(Arc<Frame>, Parts)> = None;
        for page in pages {
            // Parts are shared by the pages of one frame, which come one after the other.
            let (_, parts) = match &mut parts {
                Some(shared) if Arc::ptr_eq(&shared.0, &page.frame) => shared,
                other => other.insert((page.frame.clone(), Parts::default())),
            };
            let staged = theme.render(&page, parts).and_then(|html| match &mut batch {
                Some(batch) => batch.write(&page.path, html.as_bytes()),
                None => Ok(()),
            });
            if let Err(fault) = staged {
                return self.tell_one(*fault);
            }
        }
        if let Some(mut batch) = batch {
            if let Err(fault) = more(&mut batch) {
                self.tell_one(*fault);
            }
            batch.finish();
        }
    }

    /// The pages that gather plans or belong to none, the theme's files and the site's own.
    fn shared_pages(&self) {
        if self.failed.load(Ordering::Relaxed) {
            return;
        }
        let Some(main) = self.project.unions.iter().position(|(folder, _)| folder.branch.is_none())
        else {
            return;
        };
        let mut pages = Vec::new();
        let mut branches = Vec::new();
        for (index, lines) in self.lines.iter().enumerate() {
            let frame = self.union_frame(index);
            let lines = lock(lines).clone();
            if frame.branch.is_some() {
                branches.push(branch_line(&frame, &lines));
            }
            if lines.len() > 1 {
                pages.push(union_pages::years(&frame, lines));
            }
        }
        let main = self.union_frame(main);
        if !branches.is_empty() {
            pages.push(union_pages::branches(&main, branches));
        }
        for page in &self.project.pages {
            pages.push(union_pages::markdown(&main, &page.name, &page.title, &page.html));
        }
        pages.push(union_pages::missing(&main));
        let assets = self.theme.map_or(&[][..], |theme| &theme.assets);
        self.publish(pages, |batch| {
            for asset in assets {
                batch.write(&asset.path, &asset.bytes)?;
            }
            self.project.statics.iter().try_for_each(|file| batch.copy(&file.name, &file.source))
        });
    }
}

fn branch_line(frame: &UnionFrame<'_>, lines: &[YearLine]) -> BranchLine {
    let mut years: Vec<&YearLine> = lines.iter().collect();
    years.sort_by_key(|line| std::cmp::Reverse(line.year));
    let way = |line: &&YearLine| Way {
        title: line.title.clone(),
        label: Some(line.year.to_string()),
        page: line.page.clone(),
    };
    BranchLine {
        name: frame.union.short_name.clone(),
        page: Routes::new(frame.branch).home(),
        title: years.first().map(|line| line.title.clone()),
        years: years.iter().map(way).collect(),
    }
}
