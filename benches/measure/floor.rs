//! The floor: the same bytes written to the same paths by a bare loop.

use super::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A file of a site: its path from the site's root, and its bytes.
pub type File = (String, Vec<u8>);

/// Every file of a site, by path.
pub fn read_all(out: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(out).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(out)?.to_string_lossy().into_owned();
            files.push((path, fs::read(entry.path())?));
        }
    }
    Ok(files)
}

/// The least that any program has to do: make the folders, write the files.
pub fn floor(target: &Path, files: &[File], threads: usize) -> Result<Duration> {
    let _ = fs::remove_dir_all(target);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(files.len().div_ceil(threads))
            .map(|part| {
                scope.spawn(move || -> std::io::Result<()> {
                    let mut folder = PathBuf::new();
                    for (path, bytes) in part {
                        let path = target.join(path);
                        if let Some(parent) = path.parent().filter(|parent| **parent != *folder) {
                            fs::create_dir_all(parent)?;
                            folder = parent.to_owned();
                        }
                        fs::write(path, bytes)?;
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done,
            Err(_) => Err(std::io::Error::other("a worker panicked")),
        })
    })?;
    Ok(begun.elapsed())
}
