//! Where an output may lie, and where its state lies.

use super::journal::Failure;
use super::manifest::Entry;
use crate::diagnostic::{Diagnostic, faults};
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

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
        let state = state_folder(out)
            .map_err(|(path, error)| Box::new(faults::cannot_write(&path, &error)))?;
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

    /// What is known of a commit that broke off, before it takes the manifest's place.
    pub fn standing_manifest(&self) -> PathBuf {
        self.state.join("manifest.standing")
    }

    /// The journal before it is whole.
    pub fn journal_draft(&self) -> PathBuf {
        self.state.join("journal.new")
    }

    /// What keeps two runs apart.
    pub fn lock(&self) -> PathBuf {
        self.state.join("lock")
    }
}

/// Puts something at a path, and makes the folder that it goes into if that is not there yet: to look
/// for it each time would take longer.
///
/// # Errors
/// It can't be put there, or the folder can't be made.
pub fn put_at<T>(target: &Path, put: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    put(target).or_else(|error| match target.parent() {
        Some(folder) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            put(target)
        }
        _ => Err(error),
    })
}

/// A path below a folder as the manifest has it: with forward slashes. None if a name in it is no
/// text, as none of ours is.
pub fn path_below(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let names = below.components().map(|part| part.as_os_str().to_str());
    Some(names.collect::<Option<Vec<_>>>()?.join("/"))
}

/// The name of the folder that holds the state of outputs.
const STATE: &str = ".unionplan";

/// Refuses an output that holds the root, the data or the themes, or lies inside them or in a state
/// folder, by whichever of their names.
fn check(root: &Path, out: &Path) -> Result<(), Box<Diagnostic>> {
    let (root, target) = (real(root), real(out));
    let kept = ["data", "site", "themes", "src", ".git"].map(|name| root.join(name));
    // A folder may have two names, where it is a symbolic link to another.
    let mut kept = kept.iter().flat_map(|folder| [folder.clone(), real(folder)]);
    let is_held = root.starts_with(&target)
        || kept.any(|folder| target.starts_with(&folder) || folder.starts_with(&target));
    if is_held || target.components().any(|part| part.as_os_str() == STATE) {
        return Err(Box::new(faults::bad_output(out)));
    }
    Ok(())
}

/// Where a path really leads, even if its end does not exist yet.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = absolute.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, mut real)) = there else { return absolute };
    for part in absolute.strip_prefix(above).unwrap_or(Path::new("")).components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
    }
    real
}

/// The state folder stands beside the output, or inside it where the folder above can't be written
/// or is another file system: renames work within one file system only. One that is there is used,
/// or named if it can't be: with another in its place, nothing in the output would be known as ours.
fn state_folder(out: &Path) -> Result<PathBuf, Failure> {
    let absolute = out.canonicalize().map_err(|error| (out.to_owned(), error))?;
    let name = absolute.file_name().unwrap_or_default();
    let beside = absolute.parent().map(|parent| (parent, parent.join(STATE).join(name)));
    let inside = absolute.join(STATE);
    let is_used =
        |state: &Path| ["manifest", "journal"].iter().any(|name| state.join(name).exists());
    let state = match beside {
        Some((parent, state))
            if (is_used(&state) || !is_used(&inside))
                && same_file_system(parent, &absolute)
                && (state.exists() || fs::create_dir_all(&state).is_ok())
                && same_file_system(&state, &absolute) =>
        {
            state
        }
        _ => inside,
    };
    let lock = state.join("lock");
    fs::create_dir_all(&state).map_err(|error| (state.clone(), error))?;
    File::options().create(true).append(true).open(&lock).map_err(|error| (lock, error))?;
    Ok(state)
}

/// The manifests that an output may have, wherever its state lies, as they are at this moment.
pub fn manifests(out: &Path) -> [Option<Entry>; 2] {
    let absolute = out.canonicalize().unwrap_or_else(|_| out.to_owned());
    let beside = absolute.parent().zip(absolute.file_name());
    let beside = beside.map(|(parent, name)| parent.join(STATE).join(name));
    [beside, Some(absolute.join(STATE))].map(|state| {
        let found = fs::metadata(state?.join("manifest"));
        found.and_then(|found| Entry::of(&found)).ok()
    })
}

/// Tells whether files can be renamed from one folder to the other. Two mounts of one file system,
/// as containers and system services have them, are as far apart as two file systems.
#[cfg(unix)]
fn same_file_system(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(a), fs::metadata(b)) {
        (Ok(in_a), Ok(in_b)) => in_a.dev() == in_b.dev() && mount(a) == mount(b),
        _ => false,
    }
}

/// The number of the mount that a folder is on, where the system tells it.
#[cfg(target_os = "linux")]
fn mount(folder: &Path) -> Option<u64> {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statx};
    let found = statx(CWD, folder, AtFlags::empty(), StatxFlags::MNT_ID).ok()?;
    let is_told = found.stx_mask & StatxFlags::MNT_ID.bits() != 0;
    is_told.then_some(found.stx_mnt_id)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn mount(_: &Path) -> Option<u64> {
    None
}

#[cfg(not(unix))]
fn same_file_system(a: &Path, b: &Path) -> bool {
    a.components().next() == b.components().next()
}
