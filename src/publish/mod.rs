//! Bytes → the output folder; the only room that writes there.
//!
//! The output is what the world sees, so it is never half-made. Files are staged beside it, on the
//! same file system; nothing is touched until every page of the site stands there. Then a journal
//! is written and the files are renamed into place: a folder that does not exist yet as a whole,
//! else file by file. What has not changed is left alone with its time stamp. Only files that the
//! manifest knows as our own are ever replaced or removed. A run that is killed between two renames
//! leaves the journal, from which the next run knows what is ours and makes the site whole.
//!
//! The manifest, the journal, the staging folder and the lock live in `.unionplan/<name>/` beside
//! the output; inside it where the folder above can't be written or is another file system.

mod manifest;
mod stage;

pub use manifest::{Entry, Manifest, Unit};
pub use stage::Batch;

use crate::diagnostic::{Diagnostic, faults};
use crate::lock::lock;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// How many files that are not ours are listed; a few show what is the matter.
const FOREIGN_SHOWN: usize = 20;

/// An output folder that is being written.
#[derive(Debug)]
pub struct Output {
    out: PathBuf,
    state: PathBuf,
    overwrite: bool,
    before: Manifest,
    staged: Mutex<BTreeMap<String, Staged>>,
    units: Mutex<BTreeMap<String, Unit>>,
    // Held until the end; the system lets go of it even if the process is killed.
    _lock: File,
}

/// A file of the new site.
#[derive(Debug, Clone)]
struct Staged {
    entry: Entry,
    /// False where the published file already is what it should be.
    is_new: bool,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files of the site.
    pub files: usize,
    /// HTML pages among them.
    pub pages: usize,
    /// Bytes of the site.
    pub bytes: u64,
    /// Files that were not there before.
    pub added: usize,
    /// Files whose content is another.
    pub changed: usize,
    /// Files that are no longer part of the site.
    pub removed: usize,
}

impl Summary {
    /// Tells whether the output is another than before.
    pub fn has_changes(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

impl Output {
    /// Opens an output folder, which need not exist, and locks it.
    ///
    /// # Errors
    /// It lies where it must not, can't be written, or another run is writing it.
    pub fn open(root: &Path, out: &Path, overwrite: bool) -> Result<Self, Box<Diagnostic>> {
        check_location(root, out)?;
        let cannot = |path: &Path, error: io::Error| Box::new(faults::cannot_write(path, &error));
        fs::create_dir_all(out).map_err(|error| cannot(out, error))?;
        let state = state_folder(out).map_err(|error| cannot(out, error))?;
        let lock_path = state.join("lock");
        let lock = File::create(&lock_path).map_err(|error| cannot(&lock_path, error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Box::new(faults::busy(out))),
            // A file system without locks: go on as a single run.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(cannot(&lock_path, error)),
        }
        let staging = state.join("staging");
        remove_folder(&staging).map_err(|error| cannot(&staging, error))?;
        fs::create_dir(&staging).map_err(|error| cannot(&staging, error))?;
        let before = Manifest::load(&state);
        Ok(Self {
            out: out.to_owned(),
            state,
            overwrite,
            before,
            staged: Mutex::default(),
            units: Mutex::default(),
            _lock: lock,
        })
    }

    /// A batch for one thread's files.
    pub fn batch(&self) -> Batch<'_> {
        Batch::new(self)
    }

    /// Keeps a unit as it is, if the output has it with this key and nobody has touched a file of
    /// it. Returns the unit's note.
    pub fn keep(&self, folder: &str, key: u128) -> Option<String> {
        let unit = self.before.units.get(folder).filter(|unit| unit.key == key)?;
        let files: Vec<(String, Staged)> = self
            .before
            .files_of(folder, unit)
            .map(|(path, entry)| {
                let kept = Staged { entry: *entry, is_new: false };
                entry.is_untouched(&self.out.join(path)).then(|| (path.clone(), kept))
            })
            .collect::<Option<_>>()?;
        self.take(files);
        lock(&self.units).insert(folder.to_owned(), unit.clone());
        Some(unit.note.clone())
    }

    /// Notes what a unit that has been staged was made from.
    pub fn note(&self, folder: &str, unit: Unit) {
        lock(&self.units).insert(folder.to_owned(), unit);
    }

    fn staging(&self) -> PathBuf {
        self.state.join("staging")
    }

    fn take(&self, files: Vec<(String, Staged)>) {
        lock(&self.staged).extend(files);
    }

    /// Drops all that was staged; the output stays as it is.
    pub fn abandon(self) {
        // Whatever can't be removed now is removed by the next run.
        let _ = remove_folder(&self.staging());
    }

    /// Puts the staged files in place of the old ones.
    ///
    /// # Errors
    /// Files that are not ours stand in the way (nothing is touched then), or writing fails (the
    /// next run makes the site whole).
    pub fn commit(self) -> Result<Summary, Vec<Diagnostic>> {
        let staged = std::mem::take(&mut *lock(&self.staged));
        let foreign = self.foreign(&staged);
        if !foreign.is_empty() {
            self.abandon();
            return Err(foreign);
        }
        let stale: Vec<&String> =
            self.before.files.keys().filter(|path| !staged.contains_key(*path)).collect();
        let summary = self.summary(&staged, stale.len());
        let done = if summary.has_changes() { self.rename_all(&staged, &stale) } else { Ok(()) };
        let done = done.and_then(|()| self.remember(&staged));
        match done {
            Ok(()) => {
                self.abandon();
                Ok(summary)
            }
            Err((path, error)) => {
                let fault = faults::cannot_write(&path, &error);
                self.abandon();
                Err(vec![fault])
            }
        }
    }

    /// Writes the manifest of the new site, unless it is what the old one was.
    fn remember(&self, staged: &BTreeMap<String, Staged>) -> Result<(), (PathBuf, io::Error)> {
        let units = lock(&self.units);
        let files = || staged.iter().map(|(path, file)| (path, &file.entry));
        if *units == self.before.units && files().eq(self.before.files.iter()) {
            return Ok(());
        }
        manifest::write(&self.state, &units, files())
    }

    fn summary(&self, staged: &BTreeMap<String, Staged>, removed: usize) -> Summary {
        let mut summary = Summary { files: staged.len(), removed, ..Summary::default() };
        for (path, file) in staged {
            summary.bytes += file.entry.size;
            summary.pages += usize::from(path.ends_with(".html"));
            if file.is_new {
                match self.before.files.contains_key(path) {
                    true => summary.changed += 1,
                    false => summary.added += 1,
                }
            }
        }
        summary
    }

    /// Files that stand where ours should go and that we did not make. One with the very bytes
    /// that we would write is taken as ours.
    fn foreign(&self, staged: &BTreeMap<String, Staged>) -> Vec<Diagnostic> {
        let is_empty = fs::read_dir(&self.out).is_ok_and(|mut entries| entries.next().is_none());
        if self.overwrite || is_empty {
            return Vec::new();
        }
        let mut absent: BTreeSet<&str> = BTreeSet::new();
        let mut foreign = Vec::new();
        let ours = |path: &str| self.before.files.contains_key(path);
        for path in
            staged.iter().filter(|(path, file)| file.is_new && !ours(path)).map(|(path, _)| path)
        {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if absent.contains(folder) {
                continue;
            }
            if !folder.is_empty() && !self.out.join(folder).exists() {
                absent.insert(folder);
                let file =
                    parents(path).map(|above| self.out.join(above)).find(|above| above.is_file());
                foreign.extend(file.map(|file| faults::foreign_file(&file)));
                continue;
            }
            let target = self.out.join(path);
            if !target.exists() {
                continue;
            }
            let same = stage::same_content(&self.staging().join(path), &target).unwrap_or(false);
            if !same {
                foreign.push(faults::foreign_file(&target));
            }
            if foreign.len() >= FOREIGN_SHOWN {
                break;
            }
        }
        foreign
    }

    /// The renames. An error names the path at which it happened.
    fn rename_all(
        &self,
        staged: &BTreeMap<String, Staged>,
        stale: &[&String],
    ) -> Result<(), (PathBuf, io::Error)> {
        // The journal: all that may stand in the output from now on, and no unit to rely on.
        let old = self.before.files.iter().filter(|(path, _)| !staged.contains_key(*path));
        let new = staged.iter().map(|(path, file)| (path, &file.entry));
        manifest::write(&self.state, &BTreeMap::new(), old.chain(new))?;
        let staging = self.staging();
        // Assets first, so that no page ever asks for one that is not there yet.
        let (assets, pages): (Vec<_>, Vec<_>) = staged
            .iter()
            .filter(|(_, file)| file.is_new)
            .map(|(path, _)| path.as_str())
            .partition(|path| path.starts_with(crate::site::routes::ASSETS));
        let mut moved: BTreeSet<&str> = BTreeSet::new();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for path in assets.into_iter().chain(pages) {
            let mut folders = parents(path);
            if folders.clone().any(|folder| moved.contains(folder)) {
                continue;
            }
            // The outermost folder that the output does not have yet moves as a whole: all that
            // was staged below it is new.
            let missing =
                folders.find(|folder| !known.contains(folder) && !self.out.join(folder).exists());
            let what = missing.unwrap_or(path);
            let target = self.out.join(what);
            clear_way(&target, missing.is_some()).map_err(|error| (target.clone(), error))?;
            fs::rename(staging.join(what), &target).map_err(|error| (target, error))?;
            match missing {
                Some(folder) => drop(moved.insert(folder)),
                None => known.extend(parents(path)),
            }
        }
        for path in stale {
            let target = self.out.join(path);
            match fs::remove_file(&target) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err((target, error));
                }
                _ => {}
            }
            for folder in parents(path).collect::<Vec<_>>().into_iter().rev() {
                // Only an empty folder can be removed this way.
                if fs::remove_dir(self.out.join(folder)).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// The folders above a path, the outermost first: `2021`, `2021/items`.
fn parents(path: &str) -> impl Iterator<Item = &str> + Clone {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Makes way for a rename: an empty folder where a file goes.
fn clear_way(target: &Path, is_folder: bool) -> io::Result<()> {
    if !is_folder && target.is_dir() {
        fs::remove_dir(target)?;
    }
    Ok(())
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Refuses an output that holds the root, the data or the themes, or lies inside them.
fn check_location(root: &Path, out: &Path) -> Result<(), Box<Diagnostic>> {
    let real = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        path.canonicalize().unwrap_or(path)
    };
    let (root, target) = (real(root), real(out));
    let inside = ["data", "site", "themes", "src", ".git"]
        .iter()
        .any(|name| target.starts_with(root.join(name)));
    if inside || root.starts_with(&target) {
        return Err(Box::new(faults::bad_output(out)));
    }
    Ok(())
}

/// Where the manifest and the staging folder of an output live: beside it, else inside it.
fn state_folder(out: &Path) -> io::Result<PathBuf> {
    let absolute = out.canonicalize()?;
    let name = absolute.file_name().unwrap_or_default();
    let beside = absolute.parent().filter(|parent| same_file_system(parent, &absolute));
    if let Some(parent) = beside {
        let state = parent.join(".unionplan").join(name);
        if fs::create_dir_all(&state).is_ok() && is_writable(&state) {
            return Ok(state);
        }
    }
    let state = absolute.join(".unionplan");
    fs::create_dir_all(&state)?;
    Ok(state)
}

fn is_writable(folder: &Path) -> bool {
    File::create(folder.join("lock")).is_ok()
}

#[cfg(unix)]
fn same_file_system(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(a), fs::metadata(b)) {
        (Ok(a), Ok(b)) => a.dev() == b.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_file_system(a: &Path, b: &Path) -> bool {
    a.components().next() == b.components().next()
}
