//! An edited workbook ([`crate::export`]) → its `plan.yaml`, changed in place.
//!
//! Three states are compared: what was exported (the workbook's record), what the workbook says now
//! (`edited`), and what `plan.yaml` says now. `merge` makes changes of them, or tells where both
//! sides changed the same. `apply` types the changes into the file, and nothing else: every other
//! byte stays. The result is read again before anybody gets it, and has to say what was meant.

mod apply;
mod check;
mod edited;
mod entries;
mod located;
mod matching;
mod merge;
mod paragraphs;
mod pen;
mod rows;
mod scalar;
mod text_rows;
mod typed;
mod wording;

use crate::diagnostic::{Diagnostic, Place, Report, SourceFile, Words, faults, shown_path};
use crate::export::contents::Contents;
use crate::export::fingerprint;
use crate::export::record::{self, Record};
use crate::import::read::sheet;
use crate::limits;
use crate::plan::{Plan, Union};
use crate::source::{self, UnionFolder, YearFolder, node};
use located::Located;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use typed::Typed;

/// What an edited workbook changes.
#[derive(Debug)]
pub struct Update {
    /// The file that it changes.
    pub plan_file: PathBuf,
    /// The file's new text; none where nothing is to be changed.
    pub text: Option<String>,
    /// The changes in words, in the order of the plan.
    pub changes: Vec<Words>,
    /// What is to be looked at again.
    pub warnings: Report,
    /// Whether the file has changed since the workbook was made.
    pub is_stale: bool,
}

/// Tells whether a file is a workbook that was exported, whatever was edited in it.
pub fn is_export(path: &Path, bytes: &[u8]) -> bool {
    sheet::open(path, bytes).is_ok_and(|book| book.sheets.iter().any(record::is_record))
}

/// Works out what an edited workbook changes. Nothing is written.
///
/// # Errors
/// The workbook can't be understood, `plan.yaml` is faulty or would be, or both sides have changed
/// the same. The report tells of all of it.
pub fn update(root: &Path, path: &Path, bytes: &[u8]) -> Result<Update, Report> {
    let book = sheet::open(path, bytes).map_err(|fault| Report::from(*fault))?;
    let record = record::read(&book).ok_or_else(|| faults::no_record(path))?;
    let project = Project::find(root, path, &record)?;
    let plan = project.sound(&project.raw)?;
    let current = Contents::new(&plan, &project.union);
    let is_stale = fingerprint(project.raw.as_bytes()) != record.mark.fingerprint
        || current != record.contents;
    let mut warnings = Report::default();
    let edited = edited::read(path, &book, &record.contents, &mut warnings)?;
    let file = project.file(&project.raw);
    let root_node = node::parse(&file).map_err(|fault| Report::from(*fault))?;
    let located = Located::new(&root_node);
    let matching = matching::Matching::new(&record.contents, &current, is_stale);
    let changes = merge::merge(&merge::Sides {
        base: &record.contents,
        edited: &edited,
        current: &current,
        matching: &matching,
        located: &located,
        file: &file,
    })?;
    let plan_file = project.year.plan_file.clone();
    if changes.is_empty() {
        return Ok(Update { plan_file, text: None, changes: Vec::new(), warnings, is_stale });
    }
    let typed = Typed::new(project.raw.clone());
    let applied = apply::apply(&typed, &located, &current, &changes)
        .map_err(|apply::NoPlace| faults::cannot_change_in_place(project.place()))?;
    let checked = check::check(&project, &plan, &current, &changes, &applied)?;
    warnings.extend(checked);
    let changes = wording::changes(&changes, &current);
    Ok(Update { plan_file, text: Some(applied.text), changes, warnings, is_stale })
}

/// The plan that a workbook belongs to, as it is now.
struct Project<'r> {
    root: &'r Path,
    union: Union,
    year: YearFolder,
    raw: String,
}

impl<'r> Project<'r> {
    fn find(root: &'r Path, path: &Path, record: &Record) -> Result<Self, Report> {
        let mark = &record.mark;
        let (folders, found) = source::discover(root);
        let of = |folder: &&UnionFolder| folder.branch == mark.branch;
        let folder = folders.iter().find(of);
        let year = folder.and_then(|f| f.years.iter().find(|year| year.year == mark.year));
        let (Some(folder), Some(year)) = (folder, year) else {
            if found.errors() > 0 && folders.is_empty() {
                return Err(found);
            }
            return Err(faults::workbook_of_no_plan(path, mark.year, mark.branch.as_deref()).into());
        };
        let (union, found) = source::read_union(root, folder);
        let Some(union) = union.filter(|_| found.errors() == 0) else { return Err(found) };
        // Checked for its size and its encoding; line breaks are kept as they are in what is edited.
        source::read_text(root, &year.plan_file, limits::DATA_FILE_BYTES)
            .map_err(|fault| Report::from(*fault))?;
        let raw = fs::read_to_string(&year.plan_file).map_err(|reason| {
            let shown = year.plan_file.strip_prefix(root).unwrap_or(&year.plan_file);
            faults::cannot_read(Place::whole(shown), &reason)
        })?;
        Ok(Self { root, union, year: year.clone(), raw })
    }

    /// A text as the file of the plan.
    fn file(&self, text: &str) -> Arc<SourceFile> {
        let path = self.year.plan_file.strip_prefix(self.root).unwrap_or(&self.year.plan_file);
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        SourceFile::new(shown_path(path), text.replace("\r\n", "\n").replace('\r', "\n"))
    }

    fn place(&self) -> Place {
        let path = self.year.plan_file.strip_prefix(self.root).unwrap_or(&self.year.plan_file);
        Place::whole(path)
    }

    /// Reads a text as this plan.
    fn read(&self, text: &str) -> (Option<Plan>, Report) {
        source::check_plan(self.root, &self.year, &self.union, &self.file(text))
    }

    /// Reads a text as this plan, which must have no fault.
    fn sound(&self, text: &str) -> Result<Plan, Report> {
        match self.read(text) {
            (Some(plan), report) if report.errors() == 0 => Ok(plan),
            (_, report) => Err(report),
        }
    }
}

impl From<Box<Diagnostic>> for Report {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::from(*diagnostic)
    }
}
