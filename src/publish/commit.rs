//! From staged units to the steps of a commit: what is added, exchanged and withdrawn, whole
//! folders where that can be, and never at the cost of a file that is not ours.

use super::allow_writing;
use super::journal::{Failure, Journal, Kind, Step, exchange};
use super::location::{Folders, path_below, put_at};
use super::manifest::{Manifest, Unit};
use super::stage::{StagedUnit, same_content};
use crate::diagnostic::{Diagnostic, faults};
use crate::site::routes::ASSETS;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// How many files that are not ours are listed; a few show what is the matter.
const FOREIGN_SHOWN: usize = 20;

/// What a commit has to do with: the output before, and what was staged.
pub struct Commit<'o> {
    pub folders: &'o Folders,
    pub before: &'o Manifest,
    pub after: &'o Manifest,
    pub staged: &'o BTreeMap<String, StagedUnit>,
}

impl Commit<'_> {
    /// Files that stand where ours should go and that we did not make. One with the very bytes
    /// that we would write is taken as ours.
    pub fn foreign(&self) -> Vec<Diagnostic> {
        let out = &self.folders.out;
        let is_empty = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
        if is_empty {
            return Vec::new();
        }
        let mut foreign = BTreeSet::new();
        let mut absent: HashSet<&str> = HashSet::new();
        for path in self.staged.values().flat_map(|unit| &unit.new) {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if absent.contains(folder) {
                continue;
            }
            if !folder.is_empty() && !out.join(folder).is_dir() {
                absent.insert(folder);
                foreign.extend(self.foreign_file_above(path).map(|file| out.join(file)));
                continue;
            }
            let target = out.join(path);
            if target.symlink_metadata().is_err() || self.before.entry(path).is_some() {
                continue;
            }
            let is_ours = if target.is_dir() {
                let known = |below: &str| self.before.entry(&format!("{path}/{below}")).is_some();
                strangers(&target, known).iter().all(|below| target.join(below).is_dir())
            } else {
                same_content(&self.folders.staging().join(path), &target).unwrap_or(false)
            };
            if !is_ours {
                foreign.insert(target);
            }
            if foreign.len() >= FOREIGN_SHOWN {
                break;
            }
        }
        foreign.iter().map(|path| faults::foreign_file(path)).collect()
    }

    /// A file that is not ours where a folder above a path goes.
    fn foreign_file_above<'p>(&self, path: &'p str) -> Option<&'p str> {
        parents(path).find(|above| {
            let found = self.folders.out.join(above).metadata();
            found.is_ok_and(|found| !found.is_dir()) && self.before.entry(above).is_none()
        })
    }

    /// What was part of the site and no longer is: each path with its unit.
    pub fn gone(&self) -> Vec<(&str, &str)> {
        let homes = LazyCell::new(|| self.homes());
        let own = self.after.units.get("");
        let mut gone = Vec::new();
        for (folder, old) in &self.before.units {
            let new = self.after.units.get(folder);
            if new.is_some_and(|new| Arc::ptr_eq(new, old)) {
                continue;
            }
            let has = |unit: Option<&Arc<Unit>>, path: &str| {
                unit.is_some_and(|unit| unit.entry(path).is_some())
            };
            let paths = old.files.iter().map(|(path, _)| path.as_str());
            let paths = paths.filter(|path| !has(new, path) && !has(own, path));
            let paths = paths.filter(|path| !homes.contains(path));
            gone.extend(paths.map(|path| (folder.as_str(), path)));
        }
        gone
    }

    /// The steps from the output as it is to the output as it should be: of whole folders, where
    /// that can be, or of single files.
    ///
    /// # Errors
    /// The state folder can't be written.
    pub fn journal(&self, of_folders: bool) -> Result<Journal, Failure> {
        let can_exchange = can_exchange(self.folders)?;
        let mut steps = Steps {
            folders: self.folders,
            before: self.before,
            can_exchange,
            of_folders,
            steps: Vec::new(),
        };
        let mut whole: HashSet<&str> = HashSet::new();
        for (folder, staged) in self.staged {
            if of_folders && can_exchange && staged.is_whole && self.is_all_ours(folder) {
                steps.push(Kind::Exchange, folder.trim_end_matches('/'));
                whole.insert(folder);
            }
            let new = staged.new.iter().filter(|path| !is_whole(&whole, folder, path));
            new.for_each(|path| steps.put(path));
        }
        let withdrawals = self.withdrawals(&whole, of_folders);
        withdrawals.for_each(|path| steps.push(Kind::Withdraw, path));
        Ok(steps.in_order())
    }

    /// What has to be taken out of the output: whole folders, if that is asked for and nothing else
    /// is in them.
    fn withdrawals<'c>(
        &'c self,
        exchanged: &HashSet<&str>,
        of_folders: bool,
    ) -> impl Iterator<Item = &'c str> {
        // What somebody has put in the place of a file of ours is theirs.
        let is_ours = |path: &str| {
            let entry = self.before.entry(path);
            entry.is_some_and(|entry| entry.is_untouched(&self.folders.out.join(path)))
        };
        let gone = self
            .gone()
            .into_iter()
            .filter(|(folder, path)| !is_whole(exchanged, folder, path) && is_ours(path));
        let gone: HashSet<&str> = gone.map(|(_, path)| path).collect();
        let mut goes: HashMap<&str, bool> = HashMap::new();
        let mut withdrawals = BTreeSet::new();
        for path in &gone {
            let folder = parents(path).filter(|_| of_folders).find(|folder| {
                *goes.entry(folder).or_insert_with(|| self.is_left_empty(folder, &gone))
            });
            let what = folder.unwrap_or(path);
            if self.folders.out.join(what).symlink_metadata().is_ok() {
                withdrawals.insert(what);
            }
        }
        withdrawals.into_iter()
    }

    /// Tells whether a folder holds nothing but what goes.
    fn is_left_empty(&self, folder: &str, gone: &HashSet<&str>) -> bool {
        let path = self.folders.out.join(folder);
        let goes = |below: &str| gone.contains(format!("{folder}/{below}").as_str());
        // Asked first, since it spares looking through a folder of which most stays.
        !self.after.has_below(folder) && is_real_folder(&path) && strangers(&path, goes).is_empty()
    }

    /// The files of the new site that stand outside of their plan's folder.
    fn homes(&self) -> HashSet<&str> {
        let units = self.after.units.iter().filter(|(folder, _)| !folder.is_empty());
        let outside = units.flat_map(|(folder, unit)| {
            let paths = unit.files.iter().map(|(path, _)| path.as_str());
            paths.filter(move |path| !path.starts_with(folder.as_str()))
        });
        outside.collect()
    }

    /// Tells whether a unit's folder stands in the output, and nothing in it but what is ours.
    fn is_all_ours(&self, folder: &str) -> bool {
        let path = self.folders.out.join(folder.trim_end_matches('/'));
        let is_ours =
            |below: &str| is_known([self.before, self.after], &format!("{folder}{below}"));
        !folder.is_empty() && is_real_folder(&path) && strangers(&path, is_ours).is_empty()
    }
}

/// Tells whether a path is a folder, and no link to one.
fn is_real_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_dir())
}

fn is_known(manifests: [&Manifest; 2], path: &str) -> bool {
    manifests.iter().any(|manifest| manifest.entry(path).is_some())
}

/// Tells whether a path stands in its unit's folder and that is moved as a whole.
fn is_whole(whole: &HashSet<&str>, folder: &str, path: &str) -> bool {
    whole.contains(folder) && path.starts_with(folder)
}

/// Puts back what was not ours and yet went with a folder: somebody must have put it there while
/// the commit was under way.
pub fn rescue(folders: &Folders, journal: &Journal, before: &Manifest, after: &Manifest) {
    for step in &journal.0 {
        let gone = match step.kind {
            Kind::Exchange => folders.staging(),
            Kind::Withdraw => folders.withdrawn(),
            Kind::Add | Kind::Replace => continue,
        };
        let known = |below: &str| is_known([before, after], &format!("{}/{below}", step.path));
        let from = gone.join(&step.path);
        for below in strangers(&from, known) {
            let (stranger, target) = (from.join(&below), folders.out.join(&step.path).join(&below));
            if let Some(folder) = stranger.parent() {
                // It may have been put into a folder that may not be written.
                let _ = allow_writing(folder);
            }
            if target.symlink_metadata().is_err() {
                // If this fails there is nowhere to put it; it was lost to a race all the same.
                let _ = put_at(&target, |target| fs::rename(&stranger, target));
            }
        }
    }
}

/// Removes the folders that files withdrawn one by one have left empty.
pub fn prune(folders: &Folders, journal: &Journal) {
    let withdrawn = journal.0.iter().filter(|step| step.kind == Kind::Withdraw);
    let emptied: BTreeSet<&str> = withdrawn.flat_map(|step| parents(&step.path)).collect();
    for folder in emptied.into_iter().rev() {
        // Only an empty folder can be removed this way.
        let _ = fs::remove_dir(folders.out.join(folder));
    }
}

/// Steps in the making.
struct Steps<'o> {
    folders: &'o Folders,
    before: &'o Manifest,
    can_exchange: bool,
    of_folders: bool,
    steps: Vec<Step>,
}

impl Steps<'_> {
    fn push(&mut self, kind: Kind, path: &str) {
        self.steps.push(Step { kind, path: path.to_owned() });
    }

    /// Puts a staged file in its place. The outermost folder that the output does not have yet
    /// moves as a whole: all that was staged below it is new.
    fn put(&mut self, path: &str) {
        let last = self.steps.last();
        if last.is_some_and(|step| step.kind == Kind::Add && is_inside(path, &step.path)) {
            return;
        }
        let target = self.folders.out.join(path);
        if target.is_file() || target.is_symlink() {
            let kind = if self.can_exchange { Kind::Exchange } else { Kind::Replace };
            return self.push(kind, path);
        }
        let is_missing = |folder: &&str| !self.folders.out.join(folder).is_dir();
        let missing = parents(path).find(is_missing);
        // A file of others where a folder goes: overwriting was asked for, or it would have been
        // named. One of ours is among what goes.
        if let Some(file) = missing.filter(|folder| {
            self.folders.out.join(folder).symlink_metadata().is_ok()
                && self.before.entry(folder).is_none()
        }) {
            self.push(Kind::Withdraw, file);
        }
        self.push(Kind::Add, missing.filter(|_| self.of_folders).unwrap_or(path));
    }

    /// Each step once, in an order in which every page finds what it asks for: what stands in the
    /// way of the new goes first, then come assets, pages that were not there yet, plans, and the
    /// pages that gather them; what is no longer needed goes last, pages before assets.
    fn in_order(mut self) -> Journal {
        let mut seen = HashSet::new();
        self.steps.retain(|step| seen.insert((step.kind, step.path.clone())));
        let new = self.steps.iter().filter(|step| step.kind == Kind::Add);
        let added: HashSet<&str> = new.map(|step| step.path.as_str()).collect();
        let above: HashSet<&str> = added.iter().flat_map(|path| parents(path)).collect();
        let rank = |step: &Step| match step.kind {
            Kind::Withdraw => {
                let path = step.path.as_str();
                let is_in_the_way = added.contains(path)
                    || above.contains(path)
                    || parents(path).any(|folder| added.contains(folder));
                match (is_in_the_way, is_inside(path, ASSETS)) {
                    (true, _) => 0,
                    (false, false) => 5,
                    (false, true) => 6,
                }
            }
            _ if is_inside(&step.path, ASSETS) => 1,
            Kind::Add => 2,
            _ if self.folders.staging().join(&step.path).is_dir() => 3,
            _ => 4,
        };
        let mut ranked: Vec<(u8, Step)> =
            self.steps.iter().map(|step| (rank(step), step.clone())).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        Journal(ranked.into_iter().map(|(_, step)| step).collect())
    }
}

/// Tells whether a path is a folder or something below it.
fn is_inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The folders above a path, the outermost first: `2021`, `2021/items`.
fn parents(path: &str) -> impl Iterator<Item = &str> + Clone {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// What stands below a folder and is not known: files, and folders with nothing known in them.
fn strangers(folder: &Path, known: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut strangers = Vec::new();
    let mut familiar: HashSet<PathBuf> = HashSet::new();
    // Contents first: a folder is known by what is in it.
    for entry in WalkDir::new(folder).min_depth(1).contents_first(true).into_iter().flatten() {
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let is_known = if entry.file_type().is_dir() {
            familiar.contains(below)
        } else {
            let above = below.ancestors().skip(1).take_while(|above| !above.as_os_str().is_empty());
            let unfamiliar = above.take_while(|above| !familiar.contains(*above));
            let unfamiliar: Vec<PathBuf> = unfamiliar.map(Path::to_owned).collect();
            familiar.extend(unfamiliar);
            path_below(folder, entry.path()).is_some_and(|below| known(&below))
        };
        if !is_known {
            strangers.push(below.to_owned());
        }
    }
    strangers
}

/// Tries whether the system can let two paths change places.
fn can_exchange(folders: &Folders) -> Result<bool, Failure> {
    let probes = ["a", "b"].map(|name| folders.state.join(format!("exchange-{name}")));
    for folder in &probes {
        fs::create_dir_all(folder).map_err(|error| (folder.clone(), error))?;
    }
    let can = exchange(&probes[0], &probes[1]).is_ok();
    for folder in &probes {
        let _ = fs::remove_dir(folder);
    }
    Ok(can)
}
