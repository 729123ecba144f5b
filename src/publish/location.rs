//! Where an output may lie, and where its state lies.

use crate::diagnostic::{Diagnostic, faults};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// An output folder and the folder of its state.
#[derive(Debug, Clone)]
pub struct Folders {
    /// What the world sees.
    pub out: PathBuf,
    /// Manifest, journal, lock, and what is on its way in or out.
    pub state: PathBuf,
}

impl Folders {
    /// Makes both folders where they are not there yet.
    ///
    /// # Errors
    /// The output lies where it must not, or can't be written.
    pub fn open(root: &Path, out: &Path) -> Result<Self, Box<Diagnostic>> {
        check(root, out)?;
        let cannot = |error: io::Error| Box::new(faults::cannot_write(out, &error));
        fs::create_dir_all(out).map_err(cannot)?;
        let state = state_folder(out).map_err(cannot)?;
        Ok(Self { out: out.to_owned(), state })
    }

    /// Files of the new site on their way in, and after an exchange the old ones on their way out.
    pub fn staging(&self) -> PathBuf {
        self.state.join("staging")
    }

    /// Files on their way out.
    pub fn withdrawn(&self) -> PathBuf {
        self.state.join("withdrawn")
    }

    /// What unionplan has made in the output.
    pub fn manifest(&self) -> PathBuf {
        self.state.join("manifest")
    }

    /// The manifest of the site that is being published.
    pub fn next_manifest(&self) -> PathBuf {
        self.state.join("manifest.new")
    }

    /// The steps of a commit that is under way.
    pub fn journal(&self) -> PathBuf {
        self.state.join("journal")
    }

    /// What keeps two runs apart.
    pub fn lock(&self) -> PathBuf {
        self.state.join("lock")
    }
}

/// Refuses an output that holds the root, the data or the themes, or lies inside them.
fn check(root: &Path, out: &Path) -> Result<(), Box<Diagnostic>> {
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

/// The state folder stands beside the output, or inside it where the folder above can't be written
/// or is another file system: renames work within one file system only.
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
    File::options().create(true).append(true).open(folder.join("lock")).is_ok()
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
