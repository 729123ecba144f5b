//! Waiting until what was written stands on the disk.

use super::journal::Failure;
use super::location::Folders;
use std::io;
use std::path::Path;

/// Whether to wait at all.
#[derive(Debug, Clone, Copy)]
pub struct Durable(pub bool);

impl Durable {
    /// Waits until everything that was written stands on the disk, if that was asked for.
    ///
    /// # Errors
    /// The system can't write.
    pub fn flush(self, folders: &Folders) -> Result<(), Failure> {
        if self.0 {
            flush(&folders.state).map_err(|error| (folders.state.clone(), error))?;
        }
        Ok(())
    }
}

/// Flushes the file system that a folder is on: much faster than one file at a time.
///
/// # Errors
/// The system can't write.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn flush(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(folder)?)?)
}

/// Flushes every file below a folder.
///
/// # Errors
/// The system can't write.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn flush(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if entry.file_type().is_file() {
            std::fs::File::options().append(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}
