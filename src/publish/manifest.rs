//! What unionplan made in an output folder: one line a file, and one line a unit.
//!
//! A unit is a plan's folder with what it was made from: while its key stays the same, so do its
//! files, and the plan need not be rendered again.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// First line of a manifest; another one is not read.
const HEADER: &str = "unionplan manifest 3";

/// The files of an output, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Path below the output, with forward slashes → what stands there.
    pub files: BTreeMap<String, Entry>,
    /// Folder with a slash at its end → the unit that it is.
    pub units: BTreeMap<String, Unit>,
}

/// A plan's folder, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Hash of everything that the unit's files depend on.
    pub key: u128,
    /// Its file outside the folder, if it has one: the union's home.
    pub home: Option<String>,
    /// What other pages say of it, in one line.
    pub note: String,
}

/// A file as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970 of the last change, to notice a change by another hand.
    pub modified: u64,
}

impl Entry {
    /// What is written down of a file that has just been written, or stands in the output.
    ///
    /// # Errors
    /// There is no such file, or it is a folder.
    pub fn of(metadata: &fs::Metadata) -> io::Result<Self> {
        if !metadata.is_file() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok(Self { size: metadata.len(), modified: nanoseconds(metadata.modified()) })
    }

    /// Tells whether the file at `path` is still the one that was written.
    pub fn is_untouched(&self, path: &Path) -> bool {
        fs::metadata(path)
            .and_then(|metadata| Self::of(&metadata))
            .is_ok_and(|found| found == *self)
    }
}

/// A time stamp as the manifest keeps it; it fits until the year 2554.
fn nanoseconds(time: io::Result<SystemTime>) -> u64 {
    let since = time.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}

impl Manifest {
    /// Reads the manifest of a state folder, which after a killed run is its journal. Empty where
    /// there is none or it can't be understood.
    pub fn load(state: &Path) -> Self {
        let text = fs::read_to_string(state.join("manifest")).unwrap_or_default();
        Self::parse(&text).unwrap_or_default()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != HEADER {
            return None;
        }
        let (mut files, mut units) = (BTreeMap::new(), BTreeMap::new());
        for line in lines {
            if let Some(line) = line.strip_prefix("unit ") {
                let mut parts = line.splitn(4, ' ');
                let key = u128::from_str_radix(parts.next()?, 16).ok()?;
                let folder = parts.next()?.to_owned();
                let home = Some(parts.next()?.to_owned()).filter(|home| home != "-");
                units.insert(folder, Unit { key, home, note: parts.next()?.to_owned() });
                continue;
            }
            let mut parts = line.splitn(3, ' ');
            let size = parts.next()?.parse().ok()?;
            let modified = parts.next()?.parse().ok()?;
            let path = parts.next()?;
            // A manifest is data, too: nothing in it may lead out of the output.
            if path.split('/').any(|part| part.is_empty() || part == "." || part == "..")
                || path.contains('\\')
            {
                return None;
            }
            files.insert(path.to_owned(), Entry { size, modified });
        }
        Some(Self { files, units })
    }

    /// The files of a unit: all in its folder, and its home.
    pub fn files_of<'m>(
        &'m self,
        folder: &'m str,
        unit: &'m Unit,
    ) -> impl Iterator<Item = (&'m String, &'m Entry)> {
        let inside = self
            .files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder));
        let home = unit.home.as_ref().and_then(|home| self.files.get_key_value(home));
        inside.chain(home)
    }
}

/// Writes a manifest of these units and files, whole or not at all.
///
/// # Errors
/// With the path at which writing failed.
pub fn write<'f>(
    state: &Path,
    units: &BTreeMap<String, Unit>,
    files: impl Iterator<Item = (&'f String, &'f Entry)>,
) -> Result<(), (PathBuf, io::Error)> {
    let mut text = format!("{HEADER}\n");
    for (folder, unit) in units {
        let home = unit.home.as_deref().unwrap_or("-");
        let _ = writeln!(text, "unit {:x} {folder} {home} {}", unit.key, unit.note);
    }
    for (path, entry) in files {
        let _ = writeln!(text, "{} {} {path}", entry.size, entry.modified);
    }
    let (draft, path) = (state.join("manifest.new"), state.join("manifest"));
    fs::write(&draft, text).map_err(|error| (draft.clone(), error))?;
    fs::rename(&draft, &path).map_err(|error| (path, error))
}
