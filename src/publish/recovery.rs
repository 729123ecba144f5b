//! The end of a commit, whether in the run that began it or in the next.

use super::commit;
use super::durable::Durable;
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
pub fn carry_on(folders: &Folders, durable: Durable) -> Result<(), Failure> {
    if !folders.journal().exists() {
        return Ok(());
    }
    let next = folders.next_manifest();
    let before = Manifest::load(&folders.manifest());
    match (Journal::load(folders), Manifest::load_whole(&next)) {
        (Some(journal), Some(after)) if journal.is_free(folders, &before, &after) => {
            match journal.carry_on(folders, &after) {
                Ok(()) => conclude(folders, &journal, &before, &after, durable),
                Err((_, error)) if is_in_the_way(&error) => start_over(folders, &before),
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
    let after = Manifest::load(&folders.next_manifest());
    let standing = Manifest::standing([before, &after], &folders.out);
    let path = folders.standing_manifest();
    standing.write(&path).map_err(|error| (path.clone(), error))?;
    fs::rename(&path, folders.manifest()).map_err(|error| (folders.manifest(), error))?;
    remove_journal(folders)
}

/// Tells whether a step failed because of what stands in the output, which trying again won't mend.
fn is_in_the_way(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, DirectoryNotEmpty, IsADirectory, NotADirectory, NotFound};
    let kinds = [AlreadyExists, DirectoryNotEmpty, IsADirectory, NotADirectory, NotFound];
    is_about_folders(error) || kinds.contains(&error.kind())
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
    durable: Durable,
) -> Result<(), Failure> {
    commit::rescue(folders, journal, before, after);
    commit::prune(folders, journal);
    let (next, path) = (folders.next_manifest(), folders.manifest());
    fs::rename(next, &path).map_err(|error| (path, error))?;
    // Were only the removal of the journal to reach the disk, the old manifest would not know what
    // is new.
    durable.flush(folders)?;
    remove_journal(folders)
}

fn remove_journal(folders: &Folders) -> Result<(), Failure> {
    match fs::remove_file(folders.journal()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err((folders.journal(), error)),
        _ => Ok(()),
    }
}
