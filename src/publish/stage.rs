//! Staging: the files of the new site, written beside the output.

use super::manifest::Entry;
use super::{Output, Staged};
use crate::diagnostic::{Diagnostic, faults};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
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
        let same = |published: &Path| Ok(fs::read(published)? == bytes);
        if self.is_published(path, bytes.len() as u64, same) {
            return Ok(());
        }
        self.stage(path, |file| file.write_all(bytes))
    }

    /// Stages a copy of a file, which may be large.
    ///
    /// # Errors
    /// The file can't be read, or the staging folder can't be written.
    pub fn copy(&mut self, path: &str, source: &Path) -> Result<(), Box<Diagnostic>> {
        let unreadable = |error: io::Error| {
            Box::new(faults::cannot_read(crate::diagnostic::Place::whole(source), &error))
        };
        let mut reader = File::open(source).map_err(unreadable)?;
        let size = reader.metadata().map_err(unreadable)?.len();
        if self.is_published(path, size, |published| same_content(source, published)) {
            return Ok(());
        }
        self.stage(path, |file| io::copy(&mut reader, file).map(drop))
    }

    /// Hands the files over to the output.
    pub fn finish(self) {
        self.output.take(self.files);
    }

    /// Tells whether the output has a file of ours with this very content, and notes it then.
    fn is_published(
        &mut self,
        path: &str,
        size: u64,
        same: impl FnOnce(&Path) -> io::Result<bool>,
    ) -> bool {
        if self.output.before.files.get(path).is_none_or(|entry| entry.size != size) {
            return false;
        }
        let published = self.output.out.join(path);
        let entry = fs::metadata(&published).and_then(|metadata| Entry::of(&metadata));
        match entry {
            Ok(entry) if entry.size == size && same(&published).unwrap_or(false) => {
                self.files.push((path.to_owned(), Staged { entry, is_new: false }));
                true
            }
            _ => false,
        }
    }

    fn stage(
        &mut self,
        path: &str,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<(), Box<Diagnostic>> {
        let target = self.prepare(path)?;
        let staged = File::create(&target).and_then(|mut file| {
            write(&mut file)?;
            Entry::of(&file.metadata()?)
        });
        let entry = staged.map_err(|error| Box::new(faults::cannot_write(&target, &error)))?;
        self.files.push((path.to_owned(), Staged { entry, is_new: true }));
        Ok(())
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

/// Compares two files piece by piece, so that large ones need no memory.
pub(super) fn same_content(a: &Path, b: &Path) -> io::Result<bool> {
    let (a, b) = (File::open(a)?, File::open(b)?);
    if a.metadata()?.len() != b.metadata()?.len() {
        return Ok(false);
    }
    let (mut a, mut b) = (BufReader::new(a), BufReader::new(b));
    loop {
        let (left, right) = (a.fill_buf()?, b.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            return Ok(left.len() == right.len());
        }
        if left[..length] != right[..length] {
            return Ok(false);
        }
        a.consume(length);
        b.consume(length);
    }
}
