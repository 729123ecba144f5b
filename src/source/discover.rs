//! Finds unions and their years in `data/`.

use super::spelling::half_width_digit;
use crate::diagnostic::{Place, Report, faults};
use crate::limits;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A union's folder: `data/` itself, or `data/branches/<id>/`.
#[derive(Debug, Clone)]
pub struct UnionFolder {
    /// None for the main union, else the branch's id.
    pub branch: Option<String>,
    /// Its `union.yaml`.
    pub union_file: PathBuf,
    /// Its years, the earliest first.
    pub years: Vec<YearFolder>,
}

/// A year's folder: `data/2021/`.
#[derive(Debug, Clone)]
pub struct YearFolder {
    /// 2021
    pub year: i32,
    /// Its `plan.yaml`.
    pub plan_file: PathBuf,
    /// Its `updates.yaml`, if there is one.
    pub updates_file: Option<PathBuf>,
    /// What stands in its `files/`.
    pub attachments: Vec<Attachment>,
}

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where it lies.
    pub source: PathBuf,
    /// Its path below its folder, with forward slashes.
    pub name: String,
}

/// What one union's folder holds, gathered while walking.
#[derive(Default)]
struct Found {
    union_file: Option<PathBuf>,
    similar: Option<String>,
    /// Folders that are no year, and the year that they may be meant for.
    strange: Vec<(Place, String, Option<i32>)>,
    years: BTreeMap<i32, FoundYear>,
}

#[derive(Default)]
struct FoundYear {
    plan: Option<PathBuf>,
    similar: Option<String>,
    updates: Option<PathBuf>,
    attachments: Vec<Attachment>,
}

/// Finds every union and year below `root/data`, the main union first, branches by id.
///
/// The report holds what is missing, misnamed or leads out of the root.
pub fn discover(root: &Path) -> (Vec<UnionFolder>, Report) {
    let mut report = Report::default();
    let data = root.join("data");
    if super::is_absent(&data) || data.is_file() {
        report.push(faults::no_data_folder(Place::whole(Path::new("data"))));
        return (Vec::new(), report);
    }
    let mut unions: BTreeMap<Option<String>, Found> = BTreeMap::new();
    unions.entry(None).or_default();
    for (entry, path) in walk(root, &data, false, &mut report) {
        let mut parts: Vec<&str> = path.split('/').collect();
        let mut branch = None;
        if parts[0] == "branches" {
            match (parts.len(), entry.file_type().is_dir()) {
                (1, true) => continue,
                (1, false) => {
                    report.push(faults::not_a_folder(place(root, &entry)));
                    continue;
                }
                (2, false) => {
                    report.push(faults::file_not_read(place(root, &entry), parts[1], None));
                    continue;
                }
                _ => {}
            }
            if !is_branch_id(parts[1]) {
                if parts.len() == 2 {
                    report.push(faults::bad_name(place(root, &entry), parts[1]));
                }
                continue;
            }
            branch = Some(parts[1].to_owned());
            parts.drain(..2);
        }
        let found = unions.entry(branch).or_default();
        if !parts.is_empty() {
            found.take(&parts, &entry, &place(root, &entry), &mut report);
        }
    }
    // What a folder lacks can't be told if it could not be looked into; that has been said.
    let unread: Vec<String> = places(&report).collect();
    let folders = unions
        .into_iter()
        .filter_map(|(branch, found)| found.finish(root, branch, &unread, &mut report))
        .collect();
    (folders, report)
}

/// The places at which something could not be read.
fn places(report: &Report) -> impl Iterator<Item = String> {
    let unread = report
        .diagnostics()
        .iter()
        .filter(|found| matches!(found.code, "cannot-read" | "not-a-file"));
    unread.filter_map(|found| found.place.as_ref()).map(|place| place.path.clone())
}

/// Lists what stands below `folder` as published: `site/static/`, `site/pages/`.
pub fn files_below(root: &Path, folder: &Path, report: &mut Report) -> Vec<Attachment> {
    if super::is_absent(folder) || folder.is_file() {
        return Vec::new();
    }
    walk(root, folder, true, report)
        .into_iter()
        .filter(|(entry, _)| entry.file_type().is_file())
        .map(|(entry, name)| Attachment { source: entry.into_path(), name })
        .collect()
}

/// Walks a folder in the order of names, with paths below it; leaves out what editors and systems
/// leave lying about, and refuses symbolic links that lead out of the root.
///
/// What goes to the web as it is may also hold files that speak to a host.
fn walk(root: &Path, folder: &Path, for_web: bool, report: &mut Report) -> Vec<(DirEntry, String)> {
    let home = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut entries = Vec::new();
    let mut walker = WalkDir::new(folder)
        .min_depth(1)
        .max_depth(limits::FOLDER_DEPTH)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = walker.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                report.push(unwalkable(root, &error));
                continue;
            }
        };
        let inside = || entry.path().canonicalize().is_ok_and(|real| real.starts_with(&home));
        let is_regular = entry.file_type().is_file() || entry.file_type().is_dir();
        let file_name = entry.file_name().to_string_lossy();
        let skip = is_litter(&file_name) && !(for_web && FOR_HOSTS.contains(&&*file_name));
        if !skip && entry.path_is_symlink() && !inside() {
            report.push(faults::link_leads_out(place(root, &entry)));
        } else if !skip && entry.file_type().is_dir() && entry.depth() == limits::FOLDER_DEPTH {
            report.push(faults::folders_too_deep(place(root, &entry)));
        } else if !skip && !is_regular {
            report.push(faults::no_regular_file(place(root, &entry)));
        } else if !skip {
            if let Some(name) = name_below(folder, entry.path()) {
                entries.push((entry, name));
                continue;
            }
            report.push(faults::unusable_file_name(place(root, &entry)));
        }
        if entry.file_type().is_dir() {
            walker.skip_current_dir();
        }
    }
    entries
}

/// The path of an entry below a folder, with forward slashes, as part of a web address. None if a
/// name in it is no text, or has a backslash, which is a separator to some.
fn name_below(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let names = below
        .components()
        .map(|part| part.as_os_str().to_str().filter(|name| !name.contains('\\')));
    Some(names.collect::<Option<Vec<&str>>>()?.join("/"))
}

fn unwalkable(root: &Path, error: &walkdir::Error) -> crate::diagnostic::Diagnostic {
    let path = error.path().unwrap_or(root);
    let place = Place::whole(path.strip_prefix(root).unwrap_or(path));
    match error.io_error() {
        Some(reason) => faults::cannot_read(place, reason),
        None => faults::link_leads_out(place),
    }
}

fn place(root: &Path, entry: &DirEntry) -> Place {
    Place::whole(entry.path().strip_prefix(root).unwrap_or(entry.path()))
}

/// Files for a host, and proofs of ownership, which are published though they begin with a dot.
const FOR_HOSTS: [&str; 3] = [".htaccess", ".nojekyll", ".well-known"];

/// Files that editors and systems leave behind: `.DS_Store`, `~$plan.docx`, `plan.yaml~`.
pub fn is_litter(name: &str) -> bool {
    let lower = name.to_lowercase();
    let backup = [".bak", ".tmp", ".swp", "~"].iter().any(|end| lower.ends_with(end));
    name.starts_with('.')
        || name.contains(char::is_control)
        || name.starts_with('~')
        || backup
        || lower == "thumbs.db"
        || lower == "desktop.ini"
}

/// Tells whether a name may be a branch's folder.
pub fn is_branch_id(name: &str) -> bool {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.len() <= 64 && name.chars().all(fine) && name != "index"
}

/// A file name that was likely meant as another: `plan.yml`, `Plan.yaml`, `plan.yaml.txt`.
pub fn is_meant_as(name: &str, wanted: &str) -> bool {
    let stem = wanted.trim_end_matches(".yaml");
    let lower = name.to_lowercase();
    let chinese = wanted == "plan.yaml"
        && (name.contains("计划") || name.contains("要点"))
        && (lower.ends_with(".yaml") || lower.ends_with(".yml"));
    lower == wanted
        || chinese
        || [".yml", ".yaml.txt", ".txt", ".yam"].iter().any(|end| lower == format!("{stem}{end}"))
        || strsim::damerau_levenshtein(&lower, wanted) <= 2
}

impl Found {
    /// Takes in one entry; `parts` is its path below the union's folder.
    fn take(&mut self, parts: &[&str], entry: &DirEntry, place: &Place, report: &mut Report) {
        let name = parts[0];
        let is_dir = entry.file_type().is_dir();
        let year = if name.len() == 4 {
            name.parse::<i32>().ok().filter(|y| limits::YEARS.contains(y))
        } else {
            None
        };
        match (parts.len(), year) {
            (1, Some(year)) if is_dir => {
                self.years.entry(year).or_default();
            }
            (1, _) if is_dir => {
                let digits: String = name.chars().filter_map(half_width_digit).collect();
                let meant = if digits.len() == 4 { digits.parse().ok() } else { None };
                let meant = meant.filter(|year| limits::YEARS.contains(year));
                self.strange.push((place.clone(), name.to_owned(), meant));
            }
            (1, _) if name == "union.yaml" => self.union_file = Some(entry.path().to_owned()),
            (1, _) if is_meant_as(name, "union.yaml") => self.similar = Some(name.to_owned()),
            (1, _) if is_meant_as(name, "plan.yaml") => {
                report.push(faults::plan_outside_year(place.clone()));
            }
            (1, Some(_)) => report.push(faults::not_a_folder(place.clone())),
            (1, _) => report.push(faults::file_not_read(place.clone(), name, None)),
            (_, Some(year)) => {
                self.years.entry(year).or_default().take(&parts[1..], entry, place, report);
            }
            // Inside a folder that has been reported.
            _ => {}
        }
    }

    fn finish(
        self,
        root: &Path,
        branch: Option<String>,
        unread: &[String],
        report: &mut Report,
    ) -> Option<UnionFolder> {
        let folder = match &branch {
            None => "data".to_owned(),
            Some(id) => format!("data/branches/{id}"),
        };
        let at = |path: String| Place { path, spot: None };
        let is_read = |path: &str| !unread.iter().any(|above| Path::new(path).starts_with(above));
        if self.union_file.is_none() && is_read(&folder) {
            report.push(faults::no_union_file(
                at(format!("{folder}/union.yaml")),
                self.similar.as_deref(),
            ));
        }
        let (meant, strange): (Vec<_>, Vec<_>) = self
            .strange
            .into_iter()
            .partition(|(.., year)| self.years.is_empty() && year.is_some());
        if self.years.is_empty() && is_read(&folder) {
            let similar = meant.first().and_then(|(_, name, year)| Some((name.as_str(), (*year)?)));
            report.push(faults::no_years(at(folder.clone()), similar));
        }
        for (place, name, year) in strange {
            let year = year.filter(|year| !self.years.contains_key(year));
            report.push(faults::folder_not_a_year(place, &name, year));
        }
        let mut years = Vec::new();
        for (year, found) in self.years {
            match found.plan {
                Some(plan_file) => {
                    if let Some(name) = found.similar {
                        let place = at(format!("{folder}/{year}/{name}"));
                        report.push(faults::file_not_read(place, &name, None));
                    }
                    years.push(YearFolder {
                        year,
                        plan_file,
                        updates_file: found.updates,
                        attachments: found.attachments,
                    });
                }
                None if unread.contains(&format!("{folder}/{year}/plan.yaml")) => {}
                None if is_read(&format!("{folder}/{year}")) => {
                    report.push(faults::no_plan_file(
                        at(format!("{folder}/{year}/plan.yaml")),
                        found.similar.as_deref(),
                    ));
                }
                None => {}
            }
        }
        let union_file = self.union_file?;
        debug_assert!(union_file.starts_with(root));
        Some(UnionFolder { branch, union_file, years })
    }
}

impl FoundYear {
    fn take(&mut self, parts: &[&str], entry: &DirEntry, place: &Place, report: &mut Report) {
        let is_dir = entry.file_type().is_dir();
        match (parts, is_dir) {
            (["plan.yaml"], false) => self.plan = Some(entry.path().to_owned()),
            (["updates.yaml"], false) => self.updates = Some(entry.path().to_owned()),
            (["plan.yaml" | "updates.yaml"], true) => {
                report.push(faults::not_a_file(place.clone()))
            }
            (["files"], false) => report.push(faults::not_a_folder(place.clone())),
            (["files", ..], true) => {}
            (["files", below @ ..], false) if !below.is_empty() => {
                let name = below.join("/");
                self.attachments.push(Attachment { source: entry.path().to_owned(), name });
            }
            ([name], _) => {
                let near = ["plan.yaml", "updates.yaml"]
                    .into_iter()
                    .find(|wanted| is_meant_as(name, wanted));
                if near == Some("plan.yaml") && !is_dir {
                    self.similar = Some((*name).to_owned());
                    return;
                }
                let near = if is_dir { Some("files") } else { near };
                report.push(faults::file_not_read(place.clone(), name, near));
            }
            _ => {}
        }
    }
}
