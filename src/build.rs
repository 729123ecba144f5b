//! The straight way, from the root folder to the output.
//!
//! Plans are independent of each other, so each one goes the whole way by itself, in parallel:
//! read, checked, turned into pages, rendered, staged, and dropped from memory before the next.
//! The output is touched only after every plan has come through without a fault; from the first
//! fault on, the others are only checked, so that one run reports everything. A plan of which
//! nothing has changed since the last build stays as it is, unread.

mod changed;
mod key;
mod run;

pub use changed::Changed;

use self::run::{Done, Run, Searched};
use crate::diagnostic::Report;
use crate::plan::Union;
use crate::publish::{self, Manner, Output, Remembered, Summary};
use crate::search::fold;
use crate::source::{self, Settings, SitePage, UnionFolder};
use crate::theme::{self, Theme};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to build, and where to.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The folder that holds `data/`, `site/` and `themes/`.
    pub root: PathBuf,
    /// Where the site goes; none to check only.
    pub out: Option<PathBuf>,
    /// Address of the site, in place of the one in `site.yaml`.
    pub base_url: Option<String>,
    /// Whether warnings stop a build.
    pub strict: bool,
    /// How to publish.
    pub manner: Manner,
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

/// What a process remembers from one build to the next, so that it need not look at everything
/// again.
#[derive(Debug, Default)]
pub struct Memory {
    theme: Option<(Settings, Arc<Theme>)>,
    site: Option<Remembered>,
    fingerprints: BTreeMap<String, u128>,
    searched: Option<Searched>,
    is_lasting: bool,
}

impl Memory {
    /// The memory of a process that goes on building: its first build takes a moment longer for the
    /// sake of all others.
    pub fn lasting() -> Self {
        Self { is_lasting: true, ..Self::default() }
    }
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
    build_again(options, &mut Memory::default(), &Changed::Everything)
}

/// Builds a site again in the same process, which has heard what has changed since.
pub fn build_again(options: &Options, memory: &mut Memory, changed: &Changed) -> Outcome {
    // By one of the threads that share the work: to call them from outside takes a moment each time.
    rayon::scope(|_| go(options, memory, changed))
}

/// Goes the straight way.
fn go(options: &Options, memory: &mut Memory, changed: &Changed) -> Outcome {
    let published = options.out.as_deref().map(publish::manifests);
    let (mut project, mut theme, mut report) = read(options, memory, changed);
    let output = open_output(options, memory, &mut report);
    // Another process may have read newer files meanwhile, and published them.
    if output.is_some() && options.out.as_deref().map(publish::manifests) != published {
        (project, theme, report) = read(options, memory, &Changed::Everything);
    }
    // A site that another process has written since is looked at again.
    let remembers = output.as_ref().is_some_and(Output::is_remembered);
    let changed = if remembers { changed } else { &Changed::Everything };
    let plans = project.unions.iter().map(|(folder, _)| folder.years.len()).sum();
    let context = (&*memory, changed);
    let run = Run::new(options, &project, theme.as_deref(), output.as_ref(), context, report);
    let Done { mut report, kept, fingerprints, searched } = run.walk();
    memory.fingerprints = fingerprints;
    report.sort();
    let stopped = report.errors() > 0 || (options.strict && report.warnings() > 0);
    let summary = output.and_then(|output| {
        if stopped {
            output.abandon();
            return None;
        }
        match output.commit() {
            Ok((summary, remembered)) => {
                memory.site = remembered;
                memory.searched = searched.or_else(|| memory.searched.take());
                Some(summary)
            }
            Err(faults) => {
                faults.into_iter().for_each(|fault| report.push(fault));
                None
            }
        }
    });
    Outcome { report, summary, plans, kept }
}

/// Reads everything but the plans, and tells what is wrong with it. The theme is remembered.
fn read(
    options: &Options,
    memory: &mut Memory,
    changed: &Changed,
) -> (Project, Option<Arc<Theme>>, Report) {
    let (settings, mut report) = read_settings(options);
    let project = || {
        let project = read_project(&options.root, settings.clone());
        if options.out.is_some() {
            fold::prepare();
        }
        project
    };
    let theme = || load_theme(&options.root, &settings, memory, changed);
    let ((project, found), theme) = rayon::join(project, theme);
    report.extend(found);
    let theme = theme.map_err(|faults| report.extend(faults)).ok();
    memory.theme = theme.clone().map(|theme| (settings, theme));
    (project, theme, report)
}

/// Opens the output, if there is to be one and nothing is wrong so far.
fn open_output(options: &Options, memory: &Memory, report: &mut Report) -> Option<Output> {
    let out = options.out.as_ref().filter(|_| report.errors() == 0)?;
    let opened = Output::open(&options.root, out, options.manner, memory.site.as_ref());
    opened.map_err(|fault| report.push(*fault)).ok()
}

fn read_settings(options: &Options) -> (Settings, Report) {
    let (mut settings, report) = source::read_settings(&options.root);
    if let Some(url) = &options.base_url {
        settings.base_url = Some(url.clone());
    }
    (settings, report)
}

/// Loads the theme, unless it is at hand and nothing that belongs to it has changed.
fn load_theme(
    root: &Path,
    settings: &Settings,
    memory: &Memory,
    changed: &Changed,
) -> Result<Arc<Theme>, Report> {
    let changed = ["site", "themes"].iter().any(|folder| changed.touches(Path::new(folder)));
    match &memory.theme {
        Some((made_for, theme)) if !changed && made_for == settings => Ok(theme.clone()),
        _ => theme::load(root, settings).map(Arc::new),
    }
}

fn read_project(root: &Path, settings: Settings) -> (Project, Report) {
    let (folders, mut report) = source::discover(root);
    let read: Vec<_> =
        folders.into_par_iter().map(|folder| (source::read_union(root, &folder), folder)).collect();
    let mut unions = Vec::new();
    for ((union, found), folder) in read {
        report.extend(found);
        unions.extend(union.map(|union| (folder, union)));
    }
    source::look_over(root, &mut report);
    let pages = source::read_site_pages(root, settings.raw_html, &mut report);
    let statics = source::static_files(root, &pages, &mut report);
    (Project { settings, unions, pages, statics }, report)
}
