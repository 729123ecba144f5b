//! Bytes → the output folder; the only room that writes there.
//!
//! The output is what the world sees, so it is never half-made:
//!
//! 1. `stage`: files are written beside the output, on the same file system; nothing is touched
//!    until every page of the site stands there. A file that the output already has is only noted,
//!    and keeps its time stamp.
//! 2. `commit` works out the steps: a plan's folder changes places with the staged one as a
//!    whole, so that a reader sees its old pages or its new ones; other files one by one. Only
//!    files that the `manifest` knows as our own are ever replaced or removed.
//! 3. `journal`: the steps are written down, then taken. If one fails, those before it are taken
//!    back. A run that is killed in between leaves the journal, and the next run carries on
//!    (`recovery`).
//!
//! All that is needed for this lives in a state folder (`location`).

mod commit;
mod compress;
mod durable;
mod journal;
mod location;
mod manifest;
mod recovery;
mod stage;

pub use location::manifests;
pub use manifest::{Entry, Manifest, Unit};
pub use stage::Batch;

use self::commit::Commit;
use self::durable::Durable;
use self::journal::{Failure, Journal};
use self::location::Folders;
use self::stage::StagedUnit;
use crate::diagnostic::{Diagnostic, faults};
use crate::lock::lock;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// How long to wait for another run that is writing the same output.
const PATIENCE: Duration = Duration::from_secs(4);

/// How to publish.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// Whether files that unionplan did not make may be overwritten.
    pub overwrite: bool,
    /// Whether everything is on the disk before the output changes, so that not even a loss of
    /// power leaves a file half-written.
    pub durable: bool,
    /// Whether `.gz` and `.br` variants of text files stand beside them.
    pub compress: bool,
}

/// An output folder that is being written.
#[derive(Debug)]
pub struct Output {
    folders: Folders,
    manner: Manner,
    before: Arc<Manifest>,
    is_remembered: bool,
    made: Mutex<BTreeMap<String, Made>>,
    // Held until the end; the system lets go of it even if the process is killed.
    _lock: File,
}

/// A unit of the new site.
#[derive(Debug)]
enum Made {
    /// As it was.
    Kept(Arc<Unit>),
    /// Made anew, though perhaps with the same content.
    Staged(StagedUnit),
}

/// The manifest of an output as a process remembers it from one build to the next.
#[derive(Debug, Clone)]
pub struct Remembered {
    manifest: Arc<Manifest>,
    /// The manifest's file: another one was written by another process.
    file: Entry,
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
    /// Whether another process may have written the output since this one last did.
    pub is_by_others: bool,
}

impl Summary {
    /// Tells whether the output is another than before.
    pub fn has_changes(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

impl Output {
    /// Opens an output folder, which need not exist, and locks it. Carries on with what a killed
    /// run has left.
    ///
    /// # Errors
    /// It lies where it must not, can't be written, or another run is writing it.
    pub fn open(
        root: &Path,
        out: &Path,
        manner: Manner,
        remembered: Option<&Remembered>,
    ) -> Result<Self, Box<Diagnostic>> {
        let folders = Folders::open(root, out)?;
        let lock = lock_file(&folders)?;
        let cannot = |(path, error): Failure| Box::new(faults::cannot_write(&path, &error));
        recovery::carry_on(&folders, Durable(manner.durable)).map_err(cannot)?;
        clear(&folders).map_err(cannot)?;
        let staging = folders.staging();
        fs::create_dir(&staging).map_err(|error| cannot((staging, error)))?;
        let file = manifest_file(&folders);
        let remembered = remembered.filter(|remembered| Some(remembered.file) == file);
        let before = match remembered {
            Some(remembered) => remembered.manifest.clone(),
            None => Arc::new(Manifest::load(&folders.manifest())),
        };
        let is_remembered = remembered.is_some();
        Ok(Self { folders, manner, before, is_remembered, made: Mutex::default(), _lock: lock })
    }

    /// Tells whether the output was last written by this very process.
    pub fn is_remembered(&self) -> bool {
        self.is_remembered
    }

    /// A batch for the files of a unit: a plan's folder, or nothing for what belongs to no plan.
    pub fn batch(&self, folder: &str) -> Batch<'_> {
        Batch::new(self, folder)
    }

    /// Keeps a unit as it is, if the output has it with this key and nobody has touched a file of
    /// it; with `trusted` that is not looked at again. Returns the unit's note.
    pub fn keep(&self, folder: &str, key: u128, trusted: bool) -> Option<String> {
        let unit = self.before.units.get(folder).filter(|unit| unit.key == Some(key))?;
        if !trusted && !unit.is_untouched(&self.folders.out) {
            return None;
        }
        self.take(folder.to_owned(), Made::Kept(unit.clone()));
        Some(unit.note.clone())
    }

    fn take(&self, folder: String, made: Made) {
        lock(&self.made).insert(folder, made);
    }

    /// Drops all that was staged; the output stays as it is.
    pub fn abandon(self) {
        // Whatever can't be removed now is removed by the next run.
        let _ = clear(&self.folders);
    }

    /// Puts the staged files in place of the old ones.
    ///
    /// # Errors
    /// Files that are not ours stand in the way (nothing is touched then), or writing fails (what
    /// was done is taken back; where that is impossible, the next run makes the site whole).
    pub fn commit(self) -> Result<(Summary, Option<Remembered>), Vec<Diagnostic>> {
        let mut staged = BTreeMap::new();
        let mut after = Manifest::default();
        for (folder, made) in std::mem::take(&mut *lock(&self.made)) {
            let unit = match made {
                Made::Kept(unit) => unit,
                Made::Staged(made) => {
                    let unit = made.unit.clone();
                    staged.insert(folder.clone(), made);
                    unit
                }
            };
            after.units.insert(folder, unit);
        }
        let (folders, before) = (&self.folders, &*self.before);
        let commit = Commit { folders, before, after: &after, staged: &staged };
        let foreign = if self.manner.overwrite { Vec::new() } else { commit.foreign() };
        if !foreign.is_empty() {
            self.abandon();
            return Err(foreign);
        }
        let summary = Summary { is_by_others: !self.is_remembered, ..summary(&commit) };
        let publish = |of_folders: bool| {
            let steps = || match summary.has_changes() {
                true => commit.journal(of_folders),
                false => Ok(Journal::default()),
            };
            self.publish(steps, &after)
        };
        let published =
            publish(true).or_else(|failure| match recovery::is_about_folders(&failure.1) {
                true if !self.folders.journal().exists() => publish(false),
                _ => Err(failure),
            });
        if let Err((path, error)) = published {
            let fault = faults::cannot_write(&path, &error);
            if !self.folders.journal().exists() {
                self.abandon();
            }
            return Err(vec![fault]);
        }
        let file = manifest_file(&self.folders);
        let remembered = file.map(|file| Remembered { manifest: Arc::new(after), file });
        self.abandon();
        Ok((summary, remembered))
    }

    /// Takes the steps of a commit, and remembers the new site.
    fn publish(
        &self,
        steps: impl Fn() -> Result<Journal, Failure> + Send,
        after: &Manifest,
    ) -> Result<(), Failure> {
        if *after == *self.before {
            return Ok(());
        }
        let durable = Durable(self.manner.durable);
        let next = self.folders.next_manifest();
        let (journal, written) = rayon::join(steps, || after.write(&next));
        written.map_err(|error| (next, error))?;
        let journal = &journal?;
        if !journal.0.is_empty() {
            durable.flush(&self.folders)?;
            journal.write(&self.folders)?;
            durable.flush(&self.folders)?;
            journal.carry_out(&self.folders)?;
            durable.flush(&self.folders)?;
        }
        recovery::conclude(&self.folders, journal, &self.before, after, durable)
    }
}

fn lock_file(folders: &Folders) -> Result<File, Box<Diagnostic>> {
    let path = folders.lock();
    let cannot = |error: io::Error| Box::new(faults::cannot_write(&path, &error));
    let file = File::create(&path).map_err(cannot)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            // Most runs take no longer than a moment.
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => return Err(Box::new(faults::busy(&folders.out))),
            // A file system without locks: go on as a single run.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(file);
            }
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
    }
}

fn manifest_file(folders: &Folders) -> Option<Entry> {
    fs::metadata(folders.manifest()).and_then(|metadata| Entry::of(&metadata)).ok()
}

fn summary(commit: &Commit<'_>) -> Summary {
    let mut summary = Summary { removed: commit.gone().len(), ..Summary::default() };
    for (path, entry) in commit.after.units.values().flat_map(|unit| &unit.files) {
        summary.files += 1;
        summary.bytes += entry.size;
        summary.pages += usize::from(path.ends_with(".html"));
    }
    for path in commit.staged.values().flat_map(|unit| &unit.new) {
        match commit.before.entry(path) {
            Some(_) => summary.changed += 1,
            None => summary.added += 1,
        }
    }
    summary
}

/// Removes what is left of a commit that has ended, or never began. There may be many files, so
/// several folders at once.
fn clear(folders: &Folders) -> Result<(), Failure> {
    for folder in [folders.staging(), folders.withdrawn()] {
        let inner = WalkDir::new(&folder).min_depth(2).max_depth(2).into_iter().flatten();
        let inner: Vec<PathBuf> = inner
            .filter(|entry| entry.file_type().is_dir())
            .map(walkdir::DirEntry::into_path)
            .collect();
        inner.par_iter().try_for_each(|path| remove_folder(path))?;
        remove_folder(&folder)?;
    }
    for draft in [folders.next_manifest(), folders.standing_manifest(), folders.journal_draft()] {
        match fs::remove_file(&draft) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err((draft, error)),
            _ => {}
        }
    }
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<(), Failure> {
    let removed = fs::remove_dir_all(folder).or_else(|error| {
        if error.kind() != io::ErrorKind::PermissionDenied {
            return Err(error);
        }
        // A published folder that may not be written has been withdrawn as it was.
        for entry in WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_dir()) {
            allow_writing(entry.path())?;
        }
        fs::remove_dir_all(folder)
    });
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err((folder.to_owned(), error)),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn allow_writing(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn allow_writing(_: &Path) -> io::Result<()> {
    Ok(())
}
