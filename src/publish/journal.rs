//! The steps of a commit: written down before the first is taken, so that a run which is killed in
//! between is carried on by the next, and one that fails is taken back.
//!
//! Every step is one rename. A folder or file of the output changes places with the staged one in
//! a single step where the system can do that; so nothing is ever missing, and what was there
//! before is kept until the commit is complete.

use super::location::Folders;
use super::manifest::{Manifest, leads_out};
use crate::diagnostic::shown_path;
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
            // Both sides exist before and after; only the new one is as the manifest has it.
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
    /// not know it.
    fn is_blocked(&self, folders: &Folders, before: &Manifest) -> bool {
        let found = WalkDir::new(folders.out.join(&self.path)).into_iter().flatten();
        let mut files = found.filter(|entry| !entry.file_type().is_dir());
        self.kind != Kind::Withdraw
            && files.any(|entry| {
                let path = entry.path().strip_prefix(&folders.out).unwrap_or(entry.path());
                before.entry(&shown_path(path)).is_none()
            })
    }
}

/// Renames into a folder that may not exist yet.
fn move_into(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(from, to)
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
mod tests {
    use super::{Journal, Kind, Step};
    use crate::publish::location::Folders;
    use crate::publish::manifest::{Entry, Manifest, Unit};
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    /// An output with a plan, a home and a page to be withdrawn, and staged beside it: the plan
    /// changed, the home changed, and a second plan.
    struct Site {
        folders: Folders,
        before: Manifest,
        after: Manifest,
        _folder: tempfile::TempDir,
    }

    fn site() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let folders =
            Folders { out: folder.path().join("public"), state: folder.path().join("state") };
        let write = |base: &Path, path: &str, text: &str| {
            let path = base.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for (path, text) in [
            ("index.html", "old"),
            ("2021/a.html", "old"),
            ("2021/b/c.html", "old"),
            ("about.html", "old"),
        ] {
            write(&folders.out, path, text);
        }
        let staged =
            [("index.html", "new one"), ("2021/a.html", "new one"), ("2022/a.html", "new one")];
        for (path, text) in staged {
            write(&folders.staging(), path, text);
        }
        let mut after = Manifest::default();
        for unit in ["2021/", "2022/"] {
            // The home belongs to the plan of 2021, outside of its folder.
            let files = staged.iter().filter(|(path, _)| {
                path.starts_with(unit) && !unit.is_empty()
                    || unit == "2021/" && *path == "index.html"
            });
            let files = files.map(|(path, _)| {
                let metadata = fs::metadata(folders.staging().join(path)).unwrap();
                ((*path).to_owned(), Entry::of(&metadata).unwrap())
            });
            let mut files: Vec<(String, Entry)> = files.collect();
            files.sort_by(|a, b| a.0.cmp(&b.0));
            after.units.insert(unit.to_owned(), Arc::new(Unit { files, ..Unit::default() }));
        }
        let old = ["2021/a.html", "2021/b/c.html", "about.html", "index.html"];
        let files = old.map(|path| {
            let metadata = fs::metadata(folders.out.join(path)).unwrap();
            (path.to_owned(), Entry::of(&metadata).unwrap())
        });
        let unit = Unit { files: files.into(), ..Unit::default() };
        let before = Manifest { units: [(String::new(), Arc::new(unit))].into() };
        Site { folders, before, after, _folder: folder }
    }

    fn journal() -> Journal {
        let step = |kind, path: &str| Step { kind, path: path.to_owned() };
        Journal(vec![
            step(Kind::Exchange, "2021"),
            step(Kind::Add, "2022"),
            step(Kind::Exchange, "index.html"),
            step(Kind::Withdraw, "about.html"),
        ])
    }

    fn content(folder: &Path) -> BTreeMap<String, String> {
        let files = walkdir::WalkDir::new(folder).into_iter().flatten();
        let files = files.filter(|entry| entry.file_type().is_file());
        let named = files.map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            (crate::diagnostic::shown_path(path), fs::read_to_string(entry.path()).unwrap())
        });
        named.collect()
    }

    fn published() -> BTreeMap<String, String> {
        let site = site();
        journal().carry_out(&site.folders).unwrap();
        content(&site.folders.out)
    }

    #[test]
    fn every_step_is_taken() {
        let names: Vec<(String, String)> = published().into_iter().collect();
        let names: Vec<_> =
            names.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(
            names,
            [("2021/a.html", "new one"), ("2022/a.html", "new one"), ("index.html", "new one")]
        );
    }

    #[test]
    fn a_journal_is_read_as_it_was_written_and_not_at_all_if_it_was_cut_off() {
        let site = site();
        journal().write(&site.folders).unwrap();
        assert_eq!(Journal::load(&site.folders), Some(journal()));
        let text = fs::read(site.folders.journal()).unwrap();
        for length in 0..text.len() {
            fs::write(site.folders.journal(), &text[..length]).unwrap();
            assert_eq!(Journal::load(&site.folders), None, "{length} bytes");
        }
    }

    #[test]
    fn a_path_that_leads_out_voids_a_journal() {
        let site = site();
        for path in ["../x", "a/../../x", "/etc/passwd", "a//b", "."] {
            Journal(vec![Step { kind: Kind::Withdraw, path: path.to_owned() }])
                .write(&site.folders)
                .unwrap();
            assert_eq!(Journal::load(&site.folders), None, "{path}");
        }
    }

    #[test]
    fn a_run_that_ended_after_any_step_is_carried_on() {
        for done in 0..=journal().0.len() {
            let site = site();
            for step in &journal().0[..done] {
                step.take(&site.folders).unwrap();
            }
            journal().carry_on(&site.folders, &site.after).unwrap();
            assert_eq!(content(&site.folders.out), published(), "after {done} steps");
            // And once more, should the run that carried on have been killed at its end.
            journal().carry_on(&site.folders, &site.after).unwrap();
            assert_eq!(content(&site.folders.out), published(), "twice after {done} steps");
        }
    }

    #[test]
    fn a_plan_that_only_loses_a_page_is_exchanged_once() {
        let site = site();
        fs::copy(site.folders.staging().join("2021/a.html"), site.folders.out.join("2021/a.html"))
            .unwrap();
        fs::remove_file(site.folders.staging().join("2021/a.html")).unwrap();
        let staged = site.folders.staging().join("2021/a.html");
        fs::hard_link(site.folders.out.join("2021/a.html"), staged).unwrap();
        let mut after = site.after.clone();
        let mut unit = Unit::clone(&after.units["2021/"]);
        let entry = fs::metadata(site.folders.out.join("2021/a.html")).unwrap();
        unit.files[0].1 = Entry::of(&entry).unwrap();
        after.units.insert("2021/".to_owned(), Arc::new(unit));
        for _ in 0..2 {
            journal().carry_on(&site.folders, &after).unwrap();
            assert_eq!(content(&site.folders.out), published());
        }
    }

    #[test]
    fn what_somebody_has_put_in_the_way_is_noticed() {
        let site = site();
        let is_free = || journal().is_free(&site.folders, &site.before, &site.after);
        assert!(is_free());
        fs::create_dir_all(site.folders.out.join("2022/empty")).unwrap();
        assert!(is_free(), "a folder is not in the way");
        for path in ["2022/mine.html", "2021/mine.html"] {
            fs::write(site.folders.out.join(path), "mine").unwrap();
            assert!(!is_free(), "{path}");
            fs::remove_file(site.folders.out.join(path)).unwrap();
        }
        assert!(is_free());
    }

    #[test]
    fn a_run_is_carried_on_even_where_the_old_was_removed_by_hand() {
        let site = site();
        fs::remove_dir_all(&site.folders.out).unwrap();
        fs::create_dir(&site.folders.out).unwrap();
        journal().carry_on(&site.folders, &site.after).unwrap();
        assert_eq!(content(&site.folders.out), published());
    }

    #[test]
    fn if_a_step_fails_those_before_it_are_taken_back() {
        let site = site();
        let before = content(&site.folders.out);
        let mut broken = journal();
        broken.0.push(Step { kind: Kind::Exchange, path: "nowhere.html".to_owned() });
        broken.write(&site.folders).unwrap();
        let (path, _) = broken.carry_out(&site.folders).unwrap_err();
        assert!(path.ends_with("nowhere.html"));
        assert_eq!(content(&site.folders.out), before);
        assert!(!site.folders.journal().exists());
    }

    #[test]
    fn a_step_that_cannot_be_taken_back_leaves_the_journal_for_the_next_run() {
        let site = site();
        let step = |kind, path: &str| Step { kind, path: path.to_owned() };
        let journal =
            Journal(vec![step(Kind::Replace, "index.html"), step(Kind::Exchange, "nowhere.html")]);
        journal.write(&site.folders).unwrap();
        journal.carry_out(&site.folders).unwrap_err();
        assert!(site.folders.journal().exists());
    }
}
