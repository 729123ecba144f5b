//! The steps of a commit: written down before the first is taken, so that a run which is killed in
//! between is carried on by the next, and one that fails is taken back.
//!
//! Every step is one rename. A folder or file of the output changes places with the staged one in
//! a single step where the system can do that; so nothing is ever missing, and what was there
//! before is kept until the commit is complete.

use super::location::{Folders, path_below, put_at};
use super::manifest::{Manifest, leads_out};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// First line of a journal; another one is not read.
const HEADER: &str = "unionplan journal 1\n";

/// Last line of a journal; without it, it was cut off.
const END: &str = "end\n";

/// Where a step failed, and why.
pub type Failure = (PathBuf, io::Error);

/// What a step does with its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Moves a staged file or folder to where nothing stands.
    Add,
    /// Lets a staged file or folder and the one in the output change places.
    Exchange,
    /// Moves a staged file over the one in the output, where the system knows no exchange.
    Replace,
    /// Moves a file or folder out of the output.
    Withdraw,
}

const KINDS: [(Kind, &str); 4] = [
    (Kind::Add, "add"),
    (Kind::Exchange, "exchange"),
    (Kind::Replace, "replace"),
    (Kind::Withdraw, "withdraw"),
];

/// One rename.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub kind: Kind,
    /// With which path below the output: `2021`, `index.html`.
    pub path: String,
}

/// All steps of a commit, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal(pub Vec<Step>);

impl Journal {
    /// Writes the journal down, whole or not at all.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self, folders: &Folders) -> Result<(), Failure> {
        let mut text = HEADER.to_owned();
        for step in &self.0 {
            let kind =
                KINDS.iter().find(|(kind, _)| *kind == step.kind).map_or("", |(_, word)| word);
            text.extend([kind, " ", &step.path, "\n"]);
        }
        text.push_str(END);
        let draft = folders.journal_draft();
        fs::write(&draft, text).map_err(|error| (draft.clone(), error))?;
        fs::rename(&draft, folders.journal()).map_err(|error| (folders.journal(), error))
    }

    /// Reads the journal that a run has left behind; none if there is none that can be understood.
    pub fn load(folders: &Folders) -> Option<Self> {
        let text = fs::read_to_string(folders.journal()).ok()?;
        let lines = text.strip_prefix(HEADER)?.strip_suffix(END)?.lines();
        let steps = lines.map(|line| {
            let (word, path) = line.split_once(' ')?;
            let (kind, _) = KINDS.iter().find(|(_, known)| *known == word)?;
            (!leads_out(path)).then(|| Step { kind: *kind, path: path.to_owned() })
        });
        steps.collect::<Option<Vec<Step>>>().map(Self)
    }

    /// Takes every step. If one fails, those before it are taken back; where that can't be done,
    /// the journal stays, and the next run carries on.
    ///
    /// # Errors
    /// A step failed; tells which path could not be written.
    pub fn carry_out(&self, folders: &Folders) -> Result<(), Failure> {
        for (done, step) in self.0.iter().enumerate() {
            let Err(error) = step.take(folders) else { continue };
            let taken_back =
                self.0[..done].iter().rev().try_for_each(|step| step.take_back(folders));
            if taken_back.is_ok() {
                let _ = fs::remove_file(folders.journal());
            }
            return Err((folders.out.join(&step.path), error));
        }
        Ok(())
    }

    /// Tells whether nobody has put a file in the way of the steps that a run before this one did
    /// not come to.
    pub fn is_free(&self, folders: &Folders, before: &Manifest, new: &Manifest) -> bool {
        let mut left = self.0.iter().filter(|step| !step.is_done(folders, new));
        !left.any(|step| step.is_blocked(folders, before))
    }

    /// Takes the steps that a run before this one did not come to. `new` is what the output holds
    /// when all are taken.
    ///
    /// # Errors
    /// A step failed; the journal stays.
    pub fn carry_on(&self, folders: &Folders, new: &Manifest) -> Result<(), Failure> {
        for step in &self.0 {
            if !step.is_done(folders, new) {
                let step = step.as_found(folders);
                step.take(folders).map_err(|error| (folders.out.join(&step.path), error))?;
            }
        }
        Ok(())
    }
}

impl Step {
    fn take(&self, folders: &Folders) -> io::Result<()> {
        let (staged, target) = (folders.staging().join(&self.path), folders.out.join(&self.path));
        match self.kind {
            Kind::Add => {
                if target.is_dir() {
                    remove_empty_folders(&target)?;
                }
                move_into(&staged, &target)
            }
            Kind::Replace => fs::rename(staged, target),
            Kind::Exchange => exchange(&staged, &target),
            Kind::Withdraw => move_into(&target, &folders.withdrawn().join(&self.path)),
        }
    }

    fn take_back(&self, folders: &Folders) -> io::Result<()> {
        let (staged, target) = (folders.staging().join(&self.path), folders.out.join(&self.path));
        match self.kind {
            Kind::Add => fs::rename(target, staged),
            Kind::Replace => Err(io::ErrorKind::Unsupported.into()),
            Kind::Exchange => exchange(&staged, &target),
            Kind::Withdraw => move_into(&folders.withdrawn().join(&self.path), &target),
        }
    }

    /// The step that has the same end, should somebody have removed what was to be exchanged.
    fn as_found(&self, folders: &Folders) -> Self {
        let is_there = folders.out.join(&self.path).symlink_metadata().is_ok();
        let kind = if self.kind == Kind::Exchange && !is_there { Kind::Add } else { self.kind };
        Self { kind, path: self.path.clone() }
    }

    /// Tells whether a run before this one has taken the step.
    fn is_done(&self, folders: &Folders, new: &Manifest) -> bool {
        let exists = |folder: PathBuf| folder.join(&self.path).symlink_metadata().is_ok();
        match self.kind {
            Kind::Add | Kind::Replace => !exists(folders.staging()),
            Kind::Withdraw => !exists(folders.out.clone()) || exists(folders.withdrawn()),
            // Both sides exist before and after. Nobody else touches the staged one: while it is
            // what was staged, they have not changed places.
            Kind::Exchange => !self.is_staged(folders, new),
        }
    }

    /// Tells whether exactly what is to be published stands in the staging folder.
    fn is_staged(&self, folders: &Folders, new: &Manifest) -> bool {
        let staging = folders.staging();
        let folder = format!("{}/", self.path);
        let Some(unit) = new.units.get(&folder) else {
            let entry = new.entry(&self.path);
            return entry.is_some_and(|entry| entry.is_untouched(&staging.join(&self.path)));
        };
        let found = WalkDir::new(staging.join(&self.path)).into_iter().flatten();
        let found = found.filter(|entry| !entry.file_type().is_dir()).count();
        found == unit.inside(&folder).count()
            && unit.inside(&folder).all(|(path, entry)| entry.is_untouched(&staging.join(path)))
    }

    /// Tells whether somebody has put a file where the step puts one, or a folder: `before` does
    /// not know it. What is to be withdrawn must be as it was written, too.
    fn is_blocked(&self, folders: &Folders, before: &Manifest) -> bool {
        let found = WalkDir::new(folders.out.join(&self.path)).into_iter().flatten();
        let mut files = found.filter(|entry| !entry.file_type().is_dir());
        let known = |file: &Path| before.entry(&path_below(&folders.out, file)?);
        if self.kind == Kind::Withdraw {
            let is_ours = |file: &Path| known(file).is_some_and(|entry| entry.is_untouched(file));
            return files.any(|file| !is_ours(file.path()));
        }
        files.any(|file| known(file.path()).is_none())
            || self.path.match_indices('/').any(|(at, _)| {
                let above = folders.out.join(&self.path[..at]).metadata();
                above.is_ok_and(|found| !found.is_dir())
            })
    }
}

/// Renames into a folder that may not exist yet.
fn move_into(from: &Path, to: &Path) -> io::Result<()> {
    put_at(to, |to| fs::rename(from, to))
}

/// Removes a folder that holds nothing but empty folders.
fn remove_empty_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_empty_folders(&entry.path())?;
        }
    }
    fs::remove_dir(folder)
}

/// Lets two paths change places in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
pub fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// Lets two paths change places in one step, which this system can't.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests;
