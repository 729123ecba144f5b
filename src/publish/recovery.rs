//! The end of a commit, whether in the run that began it or in the next.

use super::commit;
use super::journal::{Failure, Journal};
use super::location::Folders;
use super::manifest::Manifest;
use std::fs;
use std::io;

/// Takes the steps that a killed run has left. Where that can't be done, because somebody has put
/// something in the way or the journal is broken, it is enough to know which files are ours: this
/// run will make them what they should be.
///
/// # Errors
/// A step can't be taken; the next run tries again.
pub fn carry_on(folders: &Folders) -> Result<(), Failure> {
    if !folders.journal().exists() {
        return Ok(());
    }
    let next = folders.next_manifest();
    let before = Manifest::load(&folders.manifest());
    match (Journal::load(folders), Manifest::load_whole(&next)) {
        (Some(journal), Some(after)) if journal.is_free(folders, &before, &after) => {
            match journal.carry_on(folders, &after) {
                Ok(()) => conclude(folders, &journal, &before, &after),
                Err((_, error)) if is_about_folders(&error) => start_over(folders, &before),
                Err(failure) => Err(failure),
            }
        }
        // That run came to its end, but for the removal of the journal.
        (Some(_), None) if !next.exists() => remove_journal(folders),
        _ => start_over(folders, &before),
    }
}

/// Gives up a commit that broke off, and remembers what of ours stands in the output.
fn start_over(folders: &Folders, before: &Manifest) -> Result<(), Failure> {
    let next = folders.next_manifest();
    let standing = Manifest::standing([before, &Manifest::load(&next)], &folders.out);
    standing.write(&next).map_err(|error| (next.clone(), error))?;
    fs::rename(&next, folders.manifest()).map_err(|error| (folders.manifest(), error))?;
    remove_journal(folders)
}

/// Tells whether a file system refuses to rename folders, as overlays do with those of a lower
/// layer; files it does rename.
pub fn is_about_folders(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::CrossesDevices
}

/// Ends a commit whose steps are all taken.
///
/// # Errors
/// The state folder can't be written.
pub fn conclude(
    folders: &Folders,
    journal: &Journal,
    before: &Manifest,
    after: &Manifest,
) -> Result<(), Failure> {
    commit::rescue(folders, journal, before, after);
    commit::prune(folders, journal);
    let (next, path) = (folders.next_manifest(), folders.manifest());
    fs::rename(next, &path).map_err(|error| (path, error))?;
    remove_journal(folders)
}

fn remove_journal(folders: &Folders) -> Result<(), Failure> {
    match fs::remove_file(folders.journal()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err((folders.journal(), error)),
        _ => Ok(()),
    }
}
