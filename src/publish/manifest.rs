//! What unionplan made in an output folder: units, each with its files.
//!
//! A unit is what is made and published together: a plan's folder with its union's home, or, with
//! an empty name, all that belongs to no plan. While a unit's key stays the same, so do its files,
//! and they need not be made again.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// First line of a manifest; another one is not read.
const HEADER: &str = "unionplan manifest 4\n";

/// Last line of a manifest; without it, it was cut off.
const END: &str = "end\n";

/// In a second.
const NANOSECONDS: u64 = 1_000_000_000;

/// What stands for the key of a unit whose files may be of several builds.
const MIXED: &str = "?";

/// How each unit's lines begin.
const UNIT: &str = "unit ";

/// The units of an output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Folder with a slash at its end, or nothing for what belongs to no plan → the unit.
    pub units: BTreeMap<String, Arc<Unit>>,
}

/// Files that are made and published together, and what they were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// Hash of everything that the files depend on; none if they have to be made each time.
    pub key: Option<u128>,
    /// Whether its files may be of several builds, as after a commit that broke off.
    pub is_mixed: bool,
    /// What other pages say of it, in one line.
    pub note: String,
    /// Path below the output, with forward slashes, and what stands there; in order.
    pub files: Vec<(String, Entry)>,
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

    /// The entry that a new file needs instead of this one, so that web servers tell it apart from
    /// the one before: nginx, Caddy and rsync know a file by its size and by whole seconds. None if
    /// it needs no other.
    pub fn told_apart_from(self, before: Self) -> Option<Self> {
        let [new, old] = [self, before].map(|entry| entry.modified / NANOSECONDS);
        let is_apart = self.size != before.size || new > old;
        let next = old.saturating_add(1).saturating_mul(NANOSECONDS);
        (!is_apart).then_some(Self { modified: next, ..self })
    }

    /// The time of the last change.
    pub fn time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_nanos(self.modified)
    }

    /// Tells whether the file at `path` is still the one that was written.
    pub fn is_untouched(&self, path: &Path) -> bool {
        fs::symlink_metadata(path)
            .and_then(|metadata| Self::of(&metadata))
            .is_ok_and(|found| found == *self)
    }
}

/// A time stamp as the manifest keeps it; it fits until the year 2554.
fn nanoseconds(time: io::Result<SystemTime>) -> u64 {
    let since = time.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}

impl Unit {
    /// What was written down of a file of this unit.
    pub fn entry(&self, path: &str) -> Option<Entry> {
        let at = self.files.binary_search_by(|(file, _)| file.as_str().cmp(path)).ok()?;
        Some(self.files[at].1)
    }

    /// The files below the unit's folder.
    pub fn inside<'u>(&'u self, folder: &'u str) -> impl Iterator<Item = &'u (String, Entry)> {
        self.files.iter().filter(move |(path, _)| path.starts_with(folder))
    }

    fn has_below(&self, folder: &str) -> bool {
        let at = self.files.partition_point(|(path, _)| path.as_str() < folder);
        self.files.get(at).is_some_and(|(path, _)| path.starts_with(folder))
    }

    /// Tells whether every file stands below `out` as it was written.
    pub fn is_untouched(&self, out: &Path) -> bool {
        self.files.iter().all(|(path, entry)| entry.is_untouched(&out.join(path)))
    }

    fn write(&self, folder: &str, text: &mut String) {
        text.push_str(UNIT);
        let _ = match self.key {
            Some(key) => write!(text, "{key:x}"),
            None => write!(text, "{}", if self.is_mixed { MIXED } else { "-" }),
        };
        let folder = if folder.is_empty() { "/" } else { folder };
        let _ = writeln!(text, " {} {folder} {}", self.files.len(), self.note);
        for (path, entry) in &self.files {
            let _ = writeln!(text, "{} {} {path}", entry.size, entry.modified);
        }
    }

    /// Reads a unit and its folder from what [`Unit::write`] wrote, without its first word. One that
    /// was cut off has no key, so that it is made again.
    fn parse(text: &str) -> Option<(String, Self)> {
        let (head, rest) = text.split_once('\n').unwrap_or((text, ""));
        let mut words = head.splitn(4, ' ');
        let word = words.next()?;
        let is_mixed = word == MIXED;
        let key = match word {
            "-" | MIXED => None,
            key => Some(u128::from_str_radix(key, 16).ok()?),
        };
        let count: usize = words.next()?.parse().ok()?;
        let folder = words.next()?;
        let folder = if folder == "/" { "" } else { folder };
        let note = words.next()?.to_owned();
        let mut files = Vec::with_capacity(rest.len() / 32);
        for line in rest.lines() {
            let mut words = line.splitn(3, ' ');
            let size = words.next()?.parse().ok()?;
            let modified = words.next()?.parse().ok()?;
            let path = words.next()?;
            if leads_out(path) {
                return None;
            }
            files.push((path.to_owned(), Entry { size, modified }));
        }
        // Each file once, and in order; else it is made again, too.
        let in_order = files.is_sorted_by(|(a, _), (b, _)| a < b);
        files.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        files.dedup_by(|(a, _), (b, _)| a == b);
        let key = key.filter(|_| in_order && files.len() == count);
        Some((folder.to_owned(), Self { key, is_mixed, note, files }))
    }
}

/// A manifest is data, too: nothing in it may lead out of the output.
pub(super) fn leads_out(path: &str) -> bool {
    // On Windows a colon names a drive.
    let has_drive = cfg!(windows) && path.contains(':');
    has_drive || path.contains('\\') || path.split('/').any(|part| matches!(part, "" | "." | ".."))
}

impl Manifest {
    /// Reads a manifest, or what is left of it. Empty where there is none or it can't be
    /// understood.
    pub fn load(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap_or_default();
        Self::parse(&text).unwrap_or_default()
    }

    /// Reads a manifest, if it is there and whole.
    pub fn load_whole(file: &Path) -> Option<Self> {
        let text = fs::read_to_string(file).ok()?;
        if text.ends_with(END) { Self::parse(&text) } else { None }
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix(HEADER)?;
        let Some(units) = text.strip_suffix(END).unwrap_or(text).strip_prefix(UNIT) else {
            return (text == END).then(Self::default);
        };
        // A file system that lost power may have cut the file off; the lines before are sound.
        let whole = units.rfind('\n')?;
        let units: Vec<&str> = units[..whole].split(concat!('\n', "unit ")).collect();
        let units: Option<Vec<(String, Unit)>> = units.into_par_iter().map(Unit::parse).collect();
        Some(Self { units: units?.into_iter().map(|(name, unit)| (name, unit.into())).collect() })
    }

    /// Writes a manifest into a file that nobody reads yet.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        let units: Vec<_> = self.units.iter().collect();
        let texts: Vec<String> = units
            .par_chunks(8)
            .map(|units| {
                let mut text = String::new();
                units.iter().for_each(|(folder, unit)| unit.write(folder, &mut text));
                text
            })
            .collect();
        let whole = [HEADER].into_iter().chain(texts.iter().map(String::as_str)).chain([END]);
        fs::write(file, whole.collect::<String>())
    }

    /// What is known for sure after a commit that broke off and can't be carried on: the files of
    /// either manifest that stand in the output just as they were written. All of them have to be
    /// made again.
    pub fn standing(manifests: [&Self; 2], out: &Path) -> Self {
        let mut standing: BTreeMap<&String, BTreeMap<&String, Entry>> = BTreeMap::new();
        for (folder, unit) in manifests.iter().flat_map(|manifest| &manifest.units) {
            let files =
                unit.files.iter().filter(|(path, entry)| entry.is_untouched(&out.join(path)));
            standing.entry(folder).or_default().extend(files.map(|(path, entry)| (path, *entry)));
        }
        let units = standing.into_iter().map(|(folder, files)| {
            let files = files.into_iter().map(|(path, entry)| (path.clone(), entry)).collect();
            (folder.clone(), Arc::new(Unit { is_mixed: true, files, ..Unit::default() }))
        });
        Self { units: units.collect() }
    }

    /// Tells whether there is a file below a folder, such as `branches` or `2021/items`.
    pub fn has_below(&self, folder: &str) -> bool {
        let folder = format!("{folder}/");
        // Units stand in order, and so do their files.
        let unit = self.units.range(folder.clone()..).next();
        let within = folder.match_indices('/').map(|(at, _)| &folder[..=at]).chain([""]);
        unit.is_some_and(|(unit, _)| unit.starts_with(&folder))
            || within.filter_map(|above| self.units.get(above)).any(|unit| unit.has_below(&folder))
    }

    /// What was written down of a file, whichever unit it belongs to.
    pub fn entry(&self, path: &str) -> Option<Entry> {
        let folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
        let inside = folders.filter_map(|folder| self.units.get(folder)?.entry(path)).next();
        // Homes stand outside of their plan's folder.
        inside.or_else(|| self.units.values().find_map(|unit| unit.entry(path)))
    }
}
