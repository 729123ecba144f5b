//! Somebody without privileges, as whom the program runs where permissions matter: root may do
//! anything.

use super::folder_in_memory;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The user `nobody` of all distributions.
const NOBODY: u32 = 65534;

/// A folder of such a person, who is `nobody` if the tests run as root, else who runs them.
pub struct Clerk {
    // On disk, since a file system in memory often does not let programs run.
    program: tempfile::TempDir,
    folder: tempfile::TempDir,
    is_nobody: bool,
}

impl Clerk {
    /// With an empty folder.
    pub fn new() -> Self {
        let (program, folder) = (tempfile::tempdir().unwrap(), folder_in_memory());
        set_mode(program.path(), 0o755);
        let (built, own) = (env!("CARGO_BIN_EXE_unionplan"), program.path().join("unionplan"));
        // Where it was built it may not be reached by others.
        if fs::hard_link(built, &own).is_err() {
            fs::copy(built, &own).unwrap();
        }
        let is_nobody = fs::metadata(folder.path()).unwrap().uid() == 0;
        let clerk = Self { program, folder, is_nobody };
        clerk.give(clerk.folder.path());
        clerk
    }

    /// Their folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Whether there are others than the clerk, to whom files may belong.
    pub fn has_others(&self) -> bool {
        self.is_nobody
    }

    /// Makes a file or folder theirs.
    pub fn give(&self, path: &Path) {
        if self.is_nobody {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }

    /// Makes it somebody else's again.
    pub fn take(&self, path: &Path) {
        if self.is_nobody {
            chown(path, Some(0), Some(0)).unwrap();
        }
    }

    /// A build as this person, with Chinese messages.
    pub fn command(&self, root: &Path, out: &Path) -> Command {
        let mut command = self.program("build", root);
        command.arg("--out").arg(out);
        command
    }

    /// A watch as this person, with Chinese messages.
    pub fn watch(&self, root: &Path) -> Command {
        self.program("watch", root)
    }

    fn program(&self, what: &str, root: &Path) -> Command {
        let mut command = Command::new(self.program.path().join("unionplan"));
        command.arg(what).arg("--root").arg(root).current_dir(self.folder());
        command.env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES");
        if self.is_nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        // What may not be written can't be removed.
        for entry in walkdir::WalkDir::new(self.folder.path()).into_iter().flatten() {
            if entry.file_type().is_dir() {
                let _ = fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o755));
            }
        }
    }
}

/// Sets the mode of a file or folder.
pub fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// A file or folder and all below it, the outermost first.
pub fn all_below(path: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(path).into_iter().map(|entry| entry.unwrap().into_path()).collect()
}

/// Takes the right to write away, or gives it back, from a file or folder and all below it.
pub fn set_writable(path: &Path, writable: bool) {
    for path in all_below(path) {
        let mode = fs::metadata(&path).unwrap().mode();
        set_mode(&path, if writable { mode | 0o200 } else { mode & !0o222 });
    }
}
