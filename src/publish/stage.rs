//! Staging: the files of the new site, written beside the output.

use super::compress::{ENCODINGS, Encoding, is_compressed};
use super::location::put_at;
use super::manifest::{Entry, Unit};
use super::{Made, Output};
use crate::diagnostic::{Diagnostic, Place, faults};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many variants are made before they are written: so many are in memory.
const COMPRESSED_AT_ONCE: usize = 64;

/// One unit's files on their way into the staging folder.
#[derive(Debug)]
pub struct Batch<'o> {
    output: &'o Output,
    folder: String,
    before: Option<Arc<Unit>>,
    staging: PathBuf,
    files: Vec<StagedFile>,
}

/// A file of the new site.
#[derive(Debug, Clone)]
pub(super) struct StagedFile {
    pub path: String,
    pub entry: Entry,
    /// False where the published file already is what it should be.
    pub is_new: bool,
    /// Whether it is the copy of a file, beside which there may be others of its name.
    pub is_copy: bool,
}

/// A unit of the new site.
#[derive(Debug)]
pub(super) struct StagedUnit {
    pub unit: Arc<Unit>,
    /// The paths of the files that the output does not have yet, in order.
    pub new: Vec<String>,
    /// Whether all files of its folder stand in the staging folder, the unchanged ones too, so that
    /// the folder can be published as a whole.
    pub is_whole: bool,
}

impl<'o> Batch<'o> {
    pub(super) fn new(output: &'o Output, folder: &str) -> Self {
        Self {
            output,
            folder: folder.to_owned(),
            before: output.before.units.get(folder).cloned(),
            staging: output.folders.staging(),
            files: Vec::with_capacity(64),
        }
    }

    /// A batch for other files of the same unit, to be put [together](Self::with) with this one.
    pub fn another(&self) -> Self {
        Self {
            output: self.output,
            folder: self.folder.clone(),
            before: self.before.clone(),
            staging: self.staging.clone(),
            files: Vec::with_capacity(32),
        }
    }

    /// This batch and the files of another one.
    pub fn with(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self
    }

    /// Stages a file; one that the output already has as it should be is only noted.
    ///
    /// # Errors
    /// The staging folder can't be written.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
        self.write_pieces(path, &[bytes])
    }

    /// Stages a file as [`write`](Self::write) does, of pieces that may be long together.
    ///
    /// # Errors
    /// The staging folder can't be written.
    pub fn write_pieces(&mut self, path: &str, pieces: &[&[u8]]) -> Result<(), Box<Diagnostic>> {
        let same = |published: &Path| {
            let published = fs::read(published)?;
            let rest =
                pieces.iter().try_fold(&published[..], |rest, piece| rest.strip_prefix(*piece));
            Ok(rest.is_some_and(<[u8]>::is_empty))
        };
        let size: usize = pieces.iter().map(|piece| piece.len()).sum();
        if self.is_published(path, size as u64, same) {
            return Ok(());
        }
        self.stage(path, |file| pieces.iter().try_for_each(|piece| file.write_all(piece)))
    }

    /// Notes a file of the unit that is known to stand in the output as it should; false if the
    /// unit did not have it.
    pub fn keep(&mut self, path: &str) -> bool {
        let before = self.before.as_ref().filter(|unit| !unit.is_mixed);
        let Some(entry) = before.and_then(|unit| unit.entry(path)) else {
            return false;
        };
        self.files.push(StagedFile { path: path.to_owned(), entry, is_new: false, is_copy: false });
        true
    }

    /// Stages a copy of a file, which may be large.
    ///
    /// # Errors
    /// The file can't be read, or the staging folder can't be written.
    pub fn copy(&mut self, path: &str, source: &Path) -> Result<(), Box<Diagnostic>> {
        let unreadable =
            |error: io::Error| Box::new(faults::cannot_read(Place::whole(source), &error));
        let mut reader = File::open(source).map_err(unreadable)?;
        let size = reader.metadata().map_err(unreadable)?.len();
        if !self.is_published(path, size, |published| same_content(source, published)) {
            self.stage(path, |file| io::copy(&mut reader, file).map(drop))?;
        }
        if let Some(file) = self.files.last_mut() {
            file.is_copy = true;
        }
        Ok(())
    }

    /// Hands the unit over to the output, with what it was made from: its key, if that is known,
    /// and what other pages say of it.
    ///
    /// # Errors
    /// The staging folder can't be written, or two files have the same path.
    pub fn finish(mut self, key: Option<u128>, note: String) -> Result<(), Box<Diagnostic>> {
        if self.output.manner.compress {
            self.compress()?;
        }
        self.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        if let Some([file, _]) = self.files.windows(2).find(|two| two[0].path == two[1].path) {
            let place = Place { path: file.path.clone(), spot: None };
            return Err(Box::new(faults::two_sources(place, &file.path)));
        }
        let is_whole = self.link_unchanged();
        let new = self.files.iter().filter(|file| file.is_new).map(|file| file.path.clone());
        let new = new.collect();
        let files = self.files.into_iter().map(|file| (file.path, file.entry)).collect();
        let unit = Arc::new(Unit { key, is_mixed: false, note, files });
        let unit = match self.before {
            Some(before) if before == unit => before,
            _ => unit,
        };
        self.output.take(self.folder, Made::Staged(StagedUnit { unit, new, is_whole }));
        Ok(())
    }

    /// Makes and stages the variants that are lacking, several at once. A file that is meant to be
    /// published under the name of a variant goes before it.
    fn compress(&mut self) -> Result<(), Box<Diagnostic>> {
        let taken: HashSet<&str> = self.files.iter().map(|file| file.path.as_str()).collect();
        let texts = self.files.iter().filter(|file| is_compressed(&file.path, file.entry.size));
        let jobs = texts.flat_map(|file| ENCODINGS.map(|encoding| (file.clone(), encoding)));
        let jobs: Vec<_> = jobs
            .filter(|(file, encoding)| !taken.contains(encoding.variant(&file.path).as_str()))
            .collect();
        let mut lacking = Vec::new();
        for (file, encoding) in jobs {
            match self.published_variant(&file, encoding) {
                Some(variant) => self.files.push(variant),
                None => {
                    lacking.push((self.where_now(&file), encoding.variant(&file.path), encoding))
                }
            }
        }
        for jobs in lacking.chunks(COMPRESSED_AT_ONCE) {
            let packed: Vec<_> = jobs
                .par_iter()
                .map(|(file, _, encoding)| encoding.compress(&fs::read(file)?))
                .collect();
            for ((file, variant, _), bytes) in jobs.iter().zip(packed) {
                let bytes = bytes.map_err(|error| Box::new(faults::cannot_write(file, &error)))?;
                self.write(variant, &bytes)?;
            }
        }
        Ok(())
    }

    /// The variant of a file that is published as it should be, if nobody has touched it: what was
    /// compressed once is not compressed again.
    fn published_variant(&self, file: &StagedFile, encoding: Encoding) -> Option<StagedFile> {
        let before = self.before.as_ref().filter(|unit| !file.is_new && !unit.is_mixed)?;
        let path = encoding.variant(&file.path);
        let entry = before.entry(&path)?;
        let published = self.output.folders.out.join(&path);
        // A file that was published under the name of the variant may be anything.
        let is_variant = || {
            let file = File::open(self.where_now(file))?;
            let mut unpacked = BufReader::new(encoding.unpack(File::open(&published)?));
            same_bytes(&mut BufReader::new(file), &mut unpacked)
        };
        let is_fine =
            entry.is_untouched(&published) && (!file.is_copy || is_variant().unwrap_or(false));
        is_fine.then_some(StagedFile { path, entry, is_new: false, is_copy: false })
    }

    fn where_now(&self, file: &StagedFile) -> PathBuf {
        let folder = if file.is_new { &self.staging } else { &self.output.folders.out };
        folder.join(&file.path)
    }

    /// Puts the unchanged files of the unit's folder beside its new ones, as further names of the
    /// very same files: they keep their time stamps, and so a server's ETags. Tells whether the
    /// folder is whole then; it need not be where nothing in it changes.
    fn link_unchanged(&self) -> bool {
        // A folder that is not there yet is published as a whole without more ado.
        if self.folder.is_empty() || !self.output.folders.out.join(&self.folder).is_dir() {
            return false;
        }
        let inside = |file: &&StagedFile| file.path.starts_with(&self.folder);
        let (new, unchanged): (Vec<_>, Vec<_>) =
            self.files.iter().filter(inside).partition(|file| file.is_new);
        let before = self.before.iter().flat_map(|unit| &unit.files);
        let before = before.filter(|(path, _)| path.starts_with(&self.folder)).count();
        if new.is_empty() && unchanged.len() == before {
            return false;
        }
        let out = &self.output.folders.out;
        let linked = unchanged.iter().all(|file| {
            let published = out.join(&file.path);
            self.put(&file.path, |staged| fs::hard_link(&published, staged)).is_ok()
        });
        let folders =
            self.files.iter().filter(inside).filter_map(|file| file.path.rsplit_once('/'));
        let folders: BTreeSet<&str> = folders.map(|(folder, _)| folder).collect();
        // A folder keeps what an admin has allowed and forbidden there; one that may not be written
        // could not be removed either.
        linked
            && folders.iter().all(|folder| {
                let (staged, published) = (self.staging.join(folder), out.join(folder));
                match (fs::metadata(&staged), fs::metadata(published)) {
                    (Ok(staged_as), Ok(as_published)) => {
                        let permissions = as_published.permissions();
                        permissions.readonly()
                            || staged_as.permissions() == permissions
                            || fs::set_permissions(&staged, permissions).is_ok()
                    }
                    _ => true,
                }
            })
    }

    /// Tells whether the output has a file of ours with this very content, and notes it then.
    fn is_published(
        &mut self,
        path: &str,
        size: u64,
        same: impl FnOnce(&Path) -> io::Result<bool>,
    ) -> bool {
        let known = self.before.as_ref().and_then(|unit| unit.entry(path));
        if known.is_none_or(|entry| entry.size != size) {
            return false;
        }
        let published = self.output.folders.out.join(path);
        let entry = fs::symlink_metadata(&published).and_then(|metadata| Entry::of(&metadata));
        match entry {
            Ok(entry) if entry.size == size && same(&published).unwrap_or(false) => {
                self.files.push(StagedFile {
                    path: path.to_owned(),
                    entry,
                    is_new: false,
                    is_copy: false,
                });
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
        let mut file = self.put(path, |target| File::create(target))?;
        let fill = || {
            write(&mut file)?;
            let entry = Entry::of(&file.metadata()?)?;
            let known = self.before.as_ref().and_then(|unit| unit.entry(path));
            match known.and_then(|known| entry.told_apart_from(known)) {
                Some(later) => {
                    file.set_modified(later.time())?;
                    Ok(later)
                }
                None => Ok(entry),
            }
        };
        let entry = fill().map_err(|error| self.cannot_write(path, &error))?;
        self.files.push(StagedFile { path: path.to_owned(), entry, is_new: true, is_copy: false });
        Ok(())
    }

    /// Puts something at a path of the staging folder.
    fn put<T>(
        &self,
        path: &str,
        put: impl Fn(&Path) -> io::Result<T>,
    ) -> Result<T, Box<Diagnostic>> {
        let done = put_at(&self.staging.join(path), put);
        done.map_err(|error| self.cannot_write(path, &error))
    }

    fn cannot_write(&self, path: &str, error: &io::Error) -> Box<Diagnostic> {
        Box::new(faults::cannot_write(&self.staging.join(path), error))
    }
}

/// Compares a published file with its source, piece by piece, so that large ones need no memory.
pub(super) fn same_content(source: &Path, published: &Path) -> io::Result<bool> {
    // A pipe would never end, and a link is not what we would have published.
    if !source.metadata()?.is_file() || !published.symlink_metadata()?.is_file() {
        return Ok(false);
    }
    let (source, published) = (File::open(source)?, File::open(published)?);
    if source.metadata()?.len() != published.metadata()?.len() {
        return Ok(false);
    }
    same_bytes(&mut BufReader::new(source), &mut BufReader::new(published))
}

fn same_bytes(a: &mut impl BufRead, b: &mut impl BufRead) -> io::Result<bool> {
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
