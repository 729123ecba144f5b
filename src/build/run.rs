//! One run over all plans: each goes the whole way by itself, in parallel with the others.

mod search;
mod staging;

pub use search::Searched;

use self::search::{Search, Through, attachment_names};
use self::staging::Staged;
use super::key::{SiteKey, UnionKey, plan_files};
use super::{Changed, Memory, Options, Project};
use crate::diagnostic::{Diagnostic, Report};
use crate::formats::calendar_file::calendar_files;
use crate::lock::lock;
use crate::plan::event::Agenda;
use crate::publish::{Batch, Output};
use crate::site::pages::union::{self as union_pages, BranchLine, YearLine};
use crate::site::routes::{ACCESSIBILITY, Routes, site_page};
use crate::site::view::Way;
use crate::site::wording::Wording;
use crate::site::{Page, SiteFrame, UnionFrame, counts, plan_pages};
use crate::source::{PlanFiles, UnionFolder, YearFolder};
use crate::theme::{Parts, Theme};
use rayon::Scope;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Everything that one run works with.
pub struct Run<'r> {
    root: &'r Path,
    project: &'r Project,
    theme: Option<&'r Theme>,
    output: Option<&'r Output>,
    changed: &'r Changed,
    remembered: &'r BTreeMap<String, u128>,
    searched: Option<&'r Searched>,
    is_lasting: bool,
    search: Search<'r>,
    site: SiteFrame,
    unions: Vec<UnionRun>,
    key: Option<SiteKey>,
    fingerprints: Mutex<BTreeMap<String, u128>>,
    report: Mutex<Report>,
    kept: AtomicUsize,
    failed: AtomicBool,
}

/// What a run knows of a union.
#[derive(Default)]
struct UnionRun {
    years: Vec<i32>,
    key: Option<UnionKey>,
    lines: Mutex<Vec<YearLine>>,
}

/// What has come of a run.
pub struct Done {
    /// All that was found.
    pub report: Report,
    /// How many plans were kept as they were.
    pub kept: usize,
    /// The fingerprint of each plan's files, by the folder of its pages.
    pub fingerprints: BTreeMap<String, u128>,
    /// The search data as it was made; none if it stays as it was.
    pub searched: Option<Searched>,
}

impl<'r> Run<'r> {
    /// Prepares a run. `report` holds what has been found so far.
    pub fn new(
        options: &'r Options,
        project: &'r Project,
        theme: Option<&'r Theme>,
        output: Option<&'r Output>,
        (memory, changed): (&'r Memory, &'r Changed),
        report: Report,
    ) -> Self {
        let years = |(folder, _): &(UnionFolder, _)| UnionRun {
            years: folder.years.iter().map(|year| year.year).collect(),
            ..UnionRun::default()
        };
        let mut run = Self {
            root: &options.root,
            project,
            theme,
            output,
            changed,
            remembered: &memory.fingerprints,
            searched: memory.searched.as_ref(),
            is_lasting: memory.is_lasting,
            search: Search::new(project.unions.iter().map(|(folder, _)| folder)),
            site: site_frame(project),
            unions: project.unions.iter().map(years).collect(),
            key: theme.map(|theme| SiteKey::new(theme, options.manner)),
            fingerprints: Mutex::default(),
            kept: AtomicUsize::new(0),
            failed: AtomicBool::new(report.errors() > 0 || theme.is_none()),
            report: Mutex::new(report),
        };
        let keys: Vec<Option<UnionKey>> = (0..run.unions.len())
            .into_par_iter()
            .map(|index| Some(run.key.as_ref()?.union(&run.union_frame(index))))
            .collect();
        run.unions.iter_mut().zip(keys).for_each(|(union, key)| union.key = key);
        run
    }

    /// Goes through all plans, then makes what belongs to no plan.
    pub fn walk(self) -> Done {
        let folders = self.project.unions.iter().map(|(folder, _)| folder);
        let jobs: Vec<(usize, &YearFolder)> = folders
            .enumerate()
            .flat_map(|(index, folder)| folder.years.iter().map(move |year| (index, year)))
            .collect();
        let has_failed = || self.failed.load(Ordering::Relaxed);
        rayon::scope(|scope| {
            let plan = |(index, year)| self.plan(scope, index, year);
            jobs.into_par_iter().with_max_len(1).for_each(plan);
        });
        let rest = || rayon::join(|| self.index(), || self.own()).0;
        let searched = if has_failed() { None } else { rest() };
        Done {
            searched,
            report: std::mem::take(&mut *lock(&self.report)),
            kept: self.kept.load(Ordering::Relaxed),
            fingerprints: std::mem::take(&mut *lock(&self.fingerprints)),
        }
    }

    fn union_frame(&self, index: usize) -> UnionFrame<'_> {
        let (folder, union) = &self.project.unions[index];
        UnionFrame {
            site: &self.site,
            union,
            branch: folder.branch.as_deref(),
            years: &self.unions[index].years,
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

    /// The fingerprint of a plan's files by an earlier build, if no change of them was heard.
    fn remembered(&self, pages: &str, folder: &YearFolder) -> Option<u128> {
        let source = folder.plan_file.parent().unwrap_or(self.root);
        let source = source.strip_prefix(self.root).unwrap_or(source);
        self.remembered.get(pages).copied().filter(|_| !self.changed.touches(source))
    }

    /// The key of a plan's pages by the fingerprint of its files, of which note is taken.
    fn plan_key(&self, index: usize, pages: &str, files: Option<u128>) -> Option<u128> {
        let mut fingerprints = lock(&self.fingerprints);
        match files {
            Some(files) => fingerprints.insert(pages.to_owned(), files),
            None => fingerprints.remove(pages),
        };
        Some(self.unions[index].key.as_ref()?.plan(files?))
    }

    /// What is kept of a unit, if the output was made from the very same: its note.
    fn keep(&self, folder: &str, key: u128) -> Option<String> {
        let trusted = *self.changed != Changed::Everything;
        self.output?.keep(folder, key, trusted)
    }

    /// Keeps a plan's pages, if they were made from the very same; tells whether they were.
    fn keep_plan<'s>(
        &'s self,
        scope: &Scope<'s>,
        (index, folder): (usize, &YearFolder),
        pages: &str,
        key: Option<u128>,
    ) -> bool {
        let note = key.and_then(|key| self.keep(pages, key));
        let Some(line) = note.and_then(|note| serde_json::from_str(&note).ok()) else {
            return false;
        };
        lock(&self.unions[index].lines).push(line);
        self.kept.fetch_add(1, Ordering::Relaxed);
        self.gather(scope, index, folder.year, Through { key, found: None });
        true
    }

    /// Takes a plan the whole way.
    fn plan<'s>(&'s self, scope: &Scope<'s>, index: usize, folder: &YearFolder) {
        let frame = self.union_frame(index);
        let routes = frame.routes().year(folder.year);
        let pages = routes.folder();
        let remembered = self.remembered(pages, folder);
        let key = remembered.and_then(|files| self.plan_key(index, pages, Some(files)));
        if self.keep_plan(scope, (index, folder), pages, key) {
            return;
        }
        // What is read only now may differ from what was remembered: the key is made of it.
        let files = PlanFiles::read(self.root, folder);
        let key = self.plan_key(index, pages, plan_files(folder, &files));
        if self.keep_plan(scope, (index, folder), pages, key) {
            return;
        }
        let (plan, found) = files.understand(self.root, folder, frame.union);
        let (sound, silent) = (found.errors() == 0, found.is_empty());
        self.tell(found);
        let Some(plan) = plan.filter(|_| sound && !self.failed.load(Ordering::Relaxed)) else {
            return;
        };
        let line = YearLine {
            year: plan.year,
            title: plan.title.clone(),
            page: routes.overview(),
            counts: counts(&plan),
            current: plan.year == frame.current_year(),
        };
        let names = attachment_names(folder);
        let agenda = Agenda::of(&plan);
        let pages = plan_pages(&frame, &plan, &agenda, &names);
        let Some(theme) = self.theme else { return };
        let batch = self.output.map(|output| output.batch(routes.folder()));
        let another = batch.as_ref().map(Batch::another);
        let (staged, (files, found)) = rayon::join(
            || staging::pages_of_plan(theme, batch, &pages, &Parts::default()),
            || {
                let files = staging::files(another, |batch| {
                    for file in calendar_files(&frame, &plan, &agenda) {
                        batch.write(&file.path, file.text.as_bytes())?;
                    }
                    folder.attachments.iter().try_for_each(|file| {
                        batch.copy(&routes.attachment_file(&file.name), &file.source)
                    })
                });
                (files, self.output.map(|_| self.ready(&frame, &plan, &names)))
            },
        );
        if let Some(batch) = self.sound(staging::together(staged, files)) {
            // A plan with something to tell is read again each time, so that it is told each time.
            let note = serde_json::to_string(&line);
            let key = key.filter(|_| silent && note.is_ok());
            self.finish(batch, key, note.unwrap_or_default());
            drop((pages, plan));
            self.gather(scope, index, folder.year, Through { key, found });
        }
        lock(&self.unions[index].lines).push(line);
    }

    /// What was staged, if there was no fault; the fault is told.
    fn sound(&self, staged: Staged<'r>) -> Option<Batch<'r>> {
        staged.unwrap_or_else(|fault| {
            self.tell_one(*fault);
            None
        })
    }

    fn finish(&self, batch: Batch<'_>, key: Option<u128>, note: String) {
        if let Err(fault) = batch.finish(key, note) {
            self.tell_one(*fault);
        }
    }

    /// What belongs to no plan: pages that gather plans, the theme's files and the site's own.
    fn own(&self) {
        let mut lines: Vec<Vec<YearLine>> = Vec::with_capacity(self.unions.len());
        for union in &self.unions {
            let mut of_union = std::mem::take(&mut *lock(&union.lines));
            of_union.sort_by_key(|line| line.year);
            lines.push(of_union);
        }
        let Project { pages, statics, .. } = self.project;
        let key = self.key.as_ref().map(|key| {
            let unions = self.unions.iter().filter_map(|union| union.key.as_ref());
            key.own(unions.zip(lines.iter().map(Vec::as_slice)), pages, statics)
        });
        if key.is_some_and(|key| self.keep("", key).is_some()) {
            return;
        }
        let Some(pages) = self.own_pages(&lines) else {
            return;
        };
        let Some(theme) = self.theme else { return };
        let batch = self.output.map(|output| output.batch(""));
        let staged = staging::pages_of_site(theme, batch, &pages).and_then(|batch| {
            staging::files(batch, |batch| {
                for asset in &theme.assets {
                    batch.write(&asset.path, &asset.bytes)?;
                }
                statics.iter().try_for_each(|file| batch.copy(&file.name, &file.source))
            })
        });
        if let Some(batch) = self.sound(staged) {
            self.finish(batch, key, String::new());
        }
    }

    /// None where there is no main union, which has been reported.
    fn own_pages(&self, lines: &[Vec<YearLine>]) -> Option<Vec<Page>> {
        let unions = &self.project.unions;
        let main_index = unions.iter().position(|(folder, _)| folder.branch.is_none())?;
        let mut pages = Vec::new();
        let mut branches = Vec::new();
        for (index, lines) in lines.iter().enumerate() {
            let frame = self.union_frame(index);
            if frame.branch.is_some() {
                branches.push(branch_line(&frame, lines));
            }
            if lines.len() > 1 {
                pages.push(union_pages::years(&frame, lines.clone()));
            }
        }
        let main = self.union_frame(main_index);
        if !branches.is_empty() {
            pages.push(union_pages::branches(&main, branches));
        }
        pages.push(union_pages::search(&main, &lines[main_index]));
        for page in &self.project.pages {
            pages.push(union_pages::markdown(&main, &page.name, &page.title, &page.html));
        }
        if !has_own_statement(self.project) {
            pages.push(union_pages::accessibility(&main));
        }
        pages.push(union_pages::missing(&main));
        Some(pages)
    }
}

fn site_frame(project: &Project) -> SiteFrame {
    let settings = &project.settings;
    let main = project.unions.iter().find(|(folder, _)| folder.branch.is_none());
    let ways = project.pages.iter().map(|page| Way {
        title: page.title.clone(),
        label: None,
        page: site_page(&page.name),
    });
    let statement = Way {
        title: Wording::of(&settings.language).accessibility(),
        label: None,
        page: ACCESSIBILITY.to_owned(),
    };
    let statement = Some(statement).filter(|_| !has_own_statement(project));
    SiteFrame {
        title: settings.title.clone(),
        base_url: settings.base_url.clone(),
        language: settings.language.clone(),
        logo: settings.logo.clone(),
        icp: settings.icp.clone(),
        pages: ways.chain(statement).collect(),
        main_name: main.map_or_else(String::new, |(_, union)| union.short_name.clone()),
        has_branches: project.unions.iter().any(|(folder, _)| folder.branch.is_some()),
    }
}

/// Whether the site's own page stands in for the theme's accessibility statement.
fn has_own_statement(project: &Project) -> bool {
    project.pages.iter().any(|page| site_page(&page.name) == ACCESSIBILITY)
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
