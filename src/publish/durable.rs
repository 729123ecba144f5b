//! Waiting until what was written stands on the disk.

use std::io;
use std::path::Path;

/// Flushes the file system that a folder is on: much faster than one file at a time.
///
/// # Errors
/// The system can't write.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub fn flush(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(folder)?)?)
}

/// Flushes every file below a folder.
///
/// # Errors
/// The system can't write.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub fn flush(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if entry.file_type().is_file() {
            std::fs::File::options().append(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}
