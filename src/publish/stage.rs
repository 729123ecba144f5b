//! Staging: the files of the new site, written beside the output.

use super::manifest::{self, Entry};
use super::{Output, Staged};
use crate::diagnostic::{Diagnostic, faults};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// One thread's files on their way into the staging folder.
#[derive(Debug)]
pub struct Batch<'o> {
    output: &'o Output,
    staging: PathBuf,
    folders: BTreeSet<String>,
    files: Vec<(String, Staged)>,
}

impl<'o> Batch<'o> {
    pub(super) fn new(output: &'o Output) -> Self {
        Self { output, staging: output.staging(), folders: BTreeSet::new(), files: Vec::new() }
    }

    /// Stages a file; one that the output already has as it should be is only noted.
    ///
    /// # Errors
    /// The staging folder can't be written.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
        let hash = manifest::hash(bytes);
        if let Some(entry) = self.unchanged(path, hash) {
            self.files.push((path.to_owned(), Staged { entry, is_new: false }));
            return Ok(());
        }
        let target = self.prepare(path)?;
        let write = || -> io::Result<u128> {
            let mut file = File::create(&target)?;
            file.write_all(bytes)?;
            Ok(manifest::nanoseconds(file.metadata()?.modified()))
        };
        let modified = write().map_err(|error| Box::new(faults::cannot_write(&target, &error)))?;
        let entry = Entry { hash, size: bytes.len() as u64, modified };
        self.files.push((path.to_owned(), Staged { entry, is_new: true }));
        Ok(())
    }

    /// Stages a copy of a file, which may be large.
    ///
    /// # Errors
    /// The file can't be read, or the staging folder can't be written.
    pub fn copy(&mut self, path: &str, source: &Path) -> Result<(), Box<Diagnostic>> {
        let unreadable = |error: io::Error| {
            Box::new(faults::cannot_read(crate::diagnostic::Place::whole(source), &error))
        };
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(source).map_err(unreadable)?).map_err(unreadable)?;
        let mut half = [0; 16];
        half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        let hash = u128::from_le_bytes(half);
        if let Some(entry) = self.unchanged(path, hash) {
            self.files.push((path.to_owned(), Staged { entry, is_new: false }));
            return Ok(());
        }
        let target = self.prepare(path)?;
        let copy = || -> io::Result<Entry> {
            let mut reader = File::open(source)?;
            let mut file = File::create(&target)?;
            let size = io::copy(&mut reader, &mut file)?;
            Ok(Entry { hash, size, modified: manifest::nanoseconds(file.metadata()?.modified()) })
        };
        let entry = copy().map_err(|error| Box::new(faults::cannot_write(&target, &error)))?;
        self.files.push((path.to_owned(), Staged { entry, is_new: true }));
        Ok(())
    }

    /// Hands the files over to the output.
    pub fn finish(self) {
        self.output.take(self.files);
    }

    /// The manifest's entry, if it has this content and nobody has touched the file since.
    fn unchanged(&self, path: &str, hash: u128) -> Option<Entry> {
        let entry = self.output.before.files.get(path).filter(|entry| entry.hash == hash)?;
        entry.is_untouched(&self.output.out.join(path)).then_some(*entry)
    }

    /// Makes the folders of a path in the staging folder.
    fn prepare(&mut self, path: &str) -> Result<PathBuf, Box<Diagnostic>> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !folder.is_empty() && !self.folders.contains(folder) {
            let target = self.staging.join(folder);
            fs::create_dir_all(&target)
                .map_err(|error| Box::new(faults::cannot_write(&target, &error)))?;
            self.folders.insert(folder.to_owned());
        }
        Ok(self.staging.join(path))
    }
}
